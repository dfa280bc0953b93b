//! What wires ztvet into pipelines runs commands that exist, and does with them what it says.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[cfg(unix)]
mod action;
mod examples;
mod hooks;
#[cfg(unix)]
mod install;
mod packaging;
#[path = "../support/mod.rs"]
#[allow(dead_code, reason = "other tests need the rest of it")]
mod support;

use std::fs;
use std::path::{Path, PathBuf};

use serde_yaml::Value;
use tempfile::TempDir;

use self::support::Ran;

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn read(name: &str) -> String {
    fs::read_to_string(path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn yaml(name: &str) -> Value {
    serde_yaml::from_str(&read(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// A repository with registrations, the rules of its owner, and a baseline of what was found so far.
struct Repository(TempDir);

impl Repository {
    fn new() -> Self {
        let repository = Self(tempfile::tempdir().unwrap());
        repository.add("orders-api.json");
        fs::create_dir_all(repository.path("policies/directory")).unwrap();
        for name in [
            "cost_centre.rego",
            "cost_centre_test.rego",
            "directory/data.yaml",
        ] {
            let from = path("examples/contoso/policies").join(name);
            fs::copy(from, repository.path("policies").join(name)).unwrap();
        }
        let baseline = repository.run("ztvet check apps/ --write-baseline baseline.json");
        baseline.ends_with(0);
        repository
    }

    /// With one more registration, which has findings that are not in the baseline.
    fn with_findings() -> Self {
        let repository = Self::new();
        repository.add("shop.json");
        repository
    }

    fn add(&self, name: &str) {
        fs::create_dir_all(self.path("apps")).unwrap();
        let from = path("examples/manifests").join(name);
        fs::copy(from, self.path("apps").join(name)).unwrap();
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Runs a line of a pipeline.
    fn run(&self, line: &str) -> Ran {
        let arguments = line.strip_prefix("ztvet ").unwrap();
        support::run(self.0.path(), "", arguments.split_whitespace())
    }
}
