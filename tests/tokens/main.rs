//! Tokens from bytes to decision, signed by an issuer of the tests' own.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod attacks;
mod binary;
mod decide;
mod fetch;
mod issuer;
mod signature;
#[path = "../support/mod.rs"]
mod support;
