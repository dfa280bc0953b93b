#![doc = include_str!("../README.md")]

pub mod baseline;
mod builder;
pub mod challenge;
mod check;
pub mod config;
mod decision;
pub mod document;
mod engine;
mod evaluate;
pub mod explain;
pub mod finding;
pub mod normalize;
pub mod online;
mod personal;
pub mod policy;
pub mod query;
mod rego;
pub mod report;
pub mod signature;
pub mod testing;
mod waiver;

pub use baseline::Baseline;
pub use builder::{BuildError, EngineBuilder};
pub use check::{Inputs, Progress};
pub use config::Config;
pub use decision::{Decision, Denial, authenticate};
pub use engine::{Engine, Evaluation, EvaluationError, Judge};
pub use policy::PolicySet;
