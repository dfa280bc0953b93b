//! The policies that are compiled in: `policies/`, listed by the build script.

/// Path and text of every file: rules, what they share, and tables.
const FILES: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/policies.rs"));

/// Path and text of every test of them.
pub(super) const TESTS: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/policy_tests.rs"));

/// Tells the files, and the code that reads them, from all others.
pub(super) const FINGERPRINT: u64 = include!(concat!(env!("OUT_DIR"), "/fingerprint.rs"));

/// Path and text of every module.
pub(super) fn modules() -> impl Iterator<Item = (&'static str, &'static str)> {
    let files = FILES.iter().copied();
    files.filter(|(path, _)| path.ends_with(".rego"))
}

/// Path and text of every table.
pub(super) fn tables() -> impl Iterator<Item = (&'static str, &'static str)> {
    let files = FILES.iter().copied();
    files.filter(|(path, _)| !path.ends_with(".rego"))
}
