#![doc = include_str!("../README.md")]

pub mod baseline;
mod builder;
mod check;
pub mod config;
pub mod document;
mod engine;
mod evaluate;
pub mod finding;
pub mod normalize;
pub mod online;
pub mod policy;
mod rego;
pub mod report;
mod waiver;

pub use baseline::Baseline;
pub use builder::{BuildError, EngineBuilder};
pub use check::Inputs;
pub use config::Config;
pub use engine::{Engine, Evaluation, EvaluationError, Judge};
pub use policy::PolicySet;
