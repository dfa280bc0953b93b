//! The example organisation: its rules do what their tests say, and its manifests show each of them.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use ztvet::testing::{Options, Suite};
use ztvet::{Config, Engine};

fn path(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    root.join("examples/contoso").join(name)
}

#[test]
fn its_rules_are_tested_in_every_line() {
    let suite = Suite::load(&[path("policies")]).unwrap();
    let report = suite.run(&Options {
        coverage: true,
        ..Options::default()
    });
    assert!(report.has_passed());
    for file in report.coverage.unwrap().files {
        assert_eq!(file.uncovered, BTreeSet::new(), "{}", file.path);
    }
}

#[test]
fn its_manifests_show_every_rule() {
    let config = Config::load(&path("ztvet.yaml")).unwrap();
    let engine = Engine::builder()
        .config("ztvet.yaml", config)
        .build()
        .unwrap();
    let report = engine.check_path(path("manifests"));
    assert_eq!(report.errors, []);
    assert_eq!(report.notes, []);
    assert_eq!(report.summary.waived, 1);
    assert_eq!(report.inconclusive, []);
    assert_eq!(report.not_configured, []);
    let found: BTreeSet<&str> = report
        .findings
        .iter()
        .map(|finding| finding.rule.as_str())
        .collect();
    let rules: BTreeSet<&str> = engine.rules().map(|rule| rule.id.as_str()).collect();
    assert_eq!(found, rules);
    assert_eq!(rules.len(), 5);
    let is_clean = |name: &str| {
        let mut findings = report.findings.iter();
        !findings.any(|finding| finding.subject.name.as_deref() == Some(name))
    };
    assert!(is_clean("shop-prod-web"));
}

/// `opa build` made it, as the tutorial says; it must be made again when a rule changes.
#[test]
fn its_bundle_holds_the_same_rules() {
    let builder = |policies: &str| {
        let config = Config {
            policies: Vec::new(),
            ..Config::load(&path("ztvet.yaml")).unwrap()
        };
        let builder = Engine::builder().config("ztvet.yaml", config);
        let builder = builder.policy_dir(path(policies)).unwrap();
        builder.now("2026-11-23T06:00:00Z".parse().unwrap())
    };
    let [files, bundle] = ["policies", "policies.tar.gz"].map(|policies| {
        let engine = builder(policies).build().unwrap();
        let mut sources: Vec<String> = engine.rules().map(|rule| rule.source.to_string()).collect();
        sources.sort_unstable();
        (sources, engine.check_path(path("manifests")).findings)
    });
    assert_eq!(files, bundle);
}
