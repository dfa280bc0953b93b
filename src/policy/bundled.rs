//! The policies that are compiled in: `policies/`, listed by the build script.

/// Path and text of every file: rules, what they share, and tables.
pub(super) const FILES: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/policies.rs"));

/// Path and text of every test of them.
pub(super) const TESTS: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/policy_tests.rs"));
