//! The hooks for pre-commit.

use regex::Regex;
use serde_yaml::Value;

use crate::{Repository, yaml};

fn strings(value: &Value) -> Vec<&str> {
    let items = value.as_sequence().unwrap();
    items.iter().map(|item| item.as_str().unwrap()).collect()
}

#[test]
fn they_judge_the_directories_that_they_are_given() {
    let hooks = yaml(".pre-commit-hooks.yaml");
    let config = yaml("examples/ci/pre-commit-config.yaml");
    let used = &config["repos"][0]["hooks"][0];
    for hook in hooks.as_sequence().unwrap() {
        let entry = hook["entry"].as_str().unwrap();
        // A file that is named must be recognized, and not every JSON file is a registration.
        assert_eq!(hook["pass_filenames"], false);
        let line = format!("{entry} {}", strings(&used["args"]).join(" "));
        Repository::new().run(&line).ends_with(0);
        Repository::with_findings().run(&line).ends_with(1);
        Repository::with_findings().run(entry).ends_with(1);
    }
    let ids = hooks.as_sequence().unwrap().iter().map(|hook| &hook["id"]);
    assert!(ids.into_iter().any(|id| *id == used["id"]));
}

#[test]
fn they_run_when_registrations_or_policies_change() {
    let hooks = yaml(".pre-commit-hooks.yaml");
    let config = yaml("examples/ci/pre-commit-config.yaml");
    let used = &config["repos"][0]["hooks"][0]["files"];
    let hooks = hooks.as_sequence().unwrap().iter();
    for files in hooks.map(|hook| &hook["files"]).chain([used]) {
        let files = Regex::new(files.as_str().unwrap()).unwrap();
        for name in [
            "apps/shop.json",
            "policies/team.rego",
            "ztvet.yaml",
            "baseline.json",
        ] {
            assert!(files.is_match(name), "{files} passes over {name}");
        }
        for name in ["README.md", "src/main.rs", "docs/json.md"] {
            assert!(!files.is_match(name), "{files} takes {name}");
        }
    }
}
