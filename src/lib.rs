#![doc = include_str!("../README.md")]

pub mod baseline;
mod builder;
pub mod challenge;
mod check;
pub mod config;
mod decision;
mod denial;
pub mod diff;
mod digest;
pub mod document;
mod engine;
mod evaluate;
pub mod explain;
pub mod finding;
mod junit;
pub mod normalize;
pub mod online;
mod parallel;
mod personal;
pub mod policy;
pub mod practice;
pub mod query;
mod rego;
pub mod report;
pub mod signature;
pub mod testing;
mod waiver;

pub use baseline::Baseline;
pub use builder::{BuildError, EngineBuilder};
pub use check::{CacheUse, Inputs, Progress};
pub use config::Config;
pub use decision::{Decision, authenticate};
pub use denial::Denial;
pub use engine::{Engine, Evaluation, EvaluationError, Judge};
pub use policy::PolicySet;
