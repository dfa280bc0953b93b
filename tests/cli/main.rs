//! The binary as its users see it: each test runs it in a directory of its own, in an empty environment.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod check;
mod config;
mod options;
mod policies;
mod reading;
mod refusals;
mod rules;
mod sandbox;
mod secrets;
