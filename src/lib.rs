#![doc = include_str!("../README.md")]

mod builder;
mod check;
pub mod config;
pub mod document;
mod engine;
mod evaluate;
pub mod explain;
pub mod finding;
pub mod normalize;
pub mod policy;
pub mod query;
mod rego;
pub mod report;
pub mod testing;

pub use builder::{BuildError, EngineBuilder};
pub use check::Inputs;
pub use config::Config;
pub use engine::{Engine, Evaluation, EvaluationError, Judge};
pub use policy::PolicySet;
