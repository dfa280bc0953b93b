//! Rules: one Rego package each, with METADATA that says what it is.

mod bundled;
mod example;
mod fact;
mod metadata;
mod rule;
mod set;
mod template;
#[cfg(test)]
mod tests;

pub use self::example::{Case, Examples, RuleExamples};
pub use self::fact::FactPath;
pub(crate) use self::fact::{Root, Segment};
pub use self::metadata::Parameter;
pub use self::rule::{Machine, Origin, Rule, Verb};
pub use self::set::{PolicyError, PolicySet};
