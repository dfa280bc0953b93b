//! Policies that were written for Conftest run unchanged. Each directory here gives with `conftest test` (0.71) what is
//! expected of ztvet.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};

use ztvet::finding::{Finding, Severity, Status};
use ztvet::policy::{InputForm, PolicySource};
use ztvet::{Engine, EngineBuilder};

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/conftest")
        .join(path)
}

/// As ztvet.yaml would say it: `{path: …, input: raw, rego_version: …}`.
fn conftest(policies: &str, rego_version: u8) -> EngineBuilder {
    let source = PolicySource {
        input: Some(InputForm::Raw),
        rego_version: Some(rego_version),
        ..here(policies).into()
    };
    Engine::builder().policy_source(&source).unwrap()
}

/// The findings for `shop.json`: rule, severity, whether an exception lets them pass, and message.
fn check(builder: EngineBuilder) -> Vec<(String, Severity, bool, String)> {
    let report = builder.build().unwrap().check_path(here("shop.json"));
    assert!(report.errors.is_empty(), "{:?}", report.errors);
    let line = |finding: Finding| {
        let is_excepted = finding.status == Status::Waived;
        (finding.rule, finding.severity, is_excepted, finding.message)
    };
    let mut found: Vec<_> = report.findings.into_iter().map(line).collect();
    found.sort_by(|one, other| one.3.cmp(&other.3));
    found
}

fn expected(findings: &[(&str, Severity, bool, &str)]) -> Vec<(String, Severity, bool, String)> {
    let owned = |(rule, severity, is_excepted, message): &(&str, Severity, bool, &str)| {
        (
            (*rule).to_owned(),
            *severity,
            *is_excepted,
            (*message).to_owned(),
        )
    };
    findings.iter().map(owned).collect()
}

#[test]
fn rego_before_1_0_in_several_files() {
    let found = check(conftest("v0/policy", 0));
    let expected = expected(&[
        ("main", Severity::Low, false, "Shop has the secret ci"),
        (
            "main",
            Severity::Medium,
            false,
            "Shop must have the tag owner",
        ),
        (
            "main",
            Severity::Medium,
            false,
            "Shop: redirect over plain HTTP: http://shop.contoso.com/auth",
        ),
        ("main", Severity::Medium, false, "open to other tenants"),
    ]);
    assert_eq!(found, expected);
}

#[test]
fn rules_with_names_of_their_own() {
    let found = check(conftest("v1/policy", 1));
    let expected = expected(&[
        ("main", Severity::Medium, false, "implicit grant is enabled"),
        ("main", Severity::Low, false, "multitenant"),
        (
            "main",
            Severity::Medium,
            false,
            "plain HTTP: http://shop.contoso.com/auth",
        ),
        ("main", Severity::Medium, false, "secrets live too long"),
    ]);
    assert_eq!(found, expected);
}

#[test]
fn exceptions() {
    let found = check(conftest("exceptions/policy", 1));
    let expected = expected(&[
        ("main", Severity::Medium, false, "has a secret"),
        ("main", Severity::Medium, true, "multitenant"),
        (
            "main",
            Severity::Medium,
            true,
            "plain HTTP: http://shop.contoso.com/auth",
        ),
    ]);
    assert_eq!(found, expected);
}

#[test]
fn what_an_exception_lets_pass_is_counted() {
    let engine = conftest("exceptions/policy", 1).build().unwrap();
    let report = engine.check_path(here("shop.json"));
    assert_eq!(report.summary.waived, 2);
    assert!(report.fails_at(Severity::Medium));
}

#[test]
fn an_exception_that_is_no_list_of_names_is_an_error() {
    let policy = "package main\ndeny contains \"x\"\nexception contains \"plain_http\"";
    let engine = Engine::builder()
        .policy("own.rego", policy)
        .unwrap()
        .build()
        .unwrap();
    let report = engine.check_path(here("shop.json"));
    let errors: Vec<&str> = report
        .errors
        .iter()
        .map(|error| error.message.as_str())
        .collect();
    assert_eq!(
        errors,
        ["the rule main failed: `exception` is no set of lists of names"]
    );
}

#[test]
fn data_beside_the_policies() {
    let found = check(conftest("data/policy", 1).data(here("data")).unwrap());
    let message = "shop.contoso.com is excluded: retired";
    assert_eq!(
        found,
        expected(&[("main", Severity::Medium, false, message)])
    );
}

#[test]
fn every_namespace_is_evaluated() {
    let found = check(conftest("namespaces/policy", 1));
    let expected = expected(&[
        ("api.checks", Severity::Medium, false, "api"),
        ("web", Severity::Medium, false, "web"),
    ]);
    assert_eq!(found, expected);
}
