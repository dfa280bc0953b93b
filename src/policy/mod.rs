//! Rules: one Rego package each, with METADATA that says what it is.

mod bundle;
mod bundled;
mod data;
mod error;
mod example;
mod fact;
mod load;
mod metadata;
mod now;
mod package;
mod prepared;
mod rule;
mod set;
mod source;
mod template;
#[cfg(test)]
mod tests;

pub use self::bundle::BundleKey;
pub use self::error::PolicyError;
pub use self::example::{Case, Examples, RuleExamples};
pub use self::fact::FactPath;
pub(crate) use self::fact::{Root, Segment};
pub(crate) use self::load::{Loader, Module, Purpose};
pub use self::metadata::Parameter;
pub use self::rule::{EntryPoint, InputForm, Machine, Origin, Rule, Verb};
pub use self::set::PolicySet;
pub use self::source::PolicySource;
