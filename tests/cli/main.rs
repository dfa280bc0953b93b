//! The binary as its users see it: each test runs it in a directory of its own, in an empty environment.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod baseline;
mod cache;
mod check;
mod config;
mod documents;
mod eval;
mod formats;
mod init;
mod inventory;
mod loading;
mod man;
mod metadata;
mod online;
mod options;
mod outputs;
mod policies;
mod reading;
mod refusals;
mod repository;
mod rules;
mod sandbox;
mod secrets;
#[path = "../support/mod.rs"]
mod support;
mod test;
mod waivers;
mod watch;
