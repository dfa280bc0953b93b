//! The guard rails of a tenant, through the command line.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]

use std::path::Path;

use assert_cmd::Command;
use serde_json::{Value, json};

fn ztvet(directory: &Path, arguments: &[&str]) -> (Option<i32>, Value) {
    let output = Command::cargo_bin("ztvet")
        .unwrap()
        .current_dir(directory)
        .env("ZTVET_CACHE_DIR", "")
        .args(arguments)
        .args(["--now", "2026-11-23T06:00:00Z"])
        .output()
        .unwrap();
    let report = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
        let errors = String::from_utf8_lossy(&output.stderr);
        panic!("{error}: {errors}")
    });
    (output.status.code(), report)
}

fn check(directory: &Path, path: &str) -> (Option<i32>, Value) {
    ztvet(directory, &["check", path, "--format", "json", "--quiet"])
}

fn fixtures() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tenant"))
}

/// Rule, file, line and severity of each finding.
fn findings(report: &Value) -> Vec<Value> {
    let findings = report["findings"].as_array().unwrap();
    findings
        .iter()
        .map(|finding| {
            let location = &finding["location"];
            json!([
                finding["rule"],
                location["path"],
                location["line"],
                finding["severity"]
            ])
        })
        .collect()
}

fn inconclusive(report: &Value) -> Vec<&str> {
    let rules = report["inconclusive"].as_array().unwrap().iter();
    let mut rules: Vec<&str> = rules.map(|rule| rule["rule"].as_str().unwrap()).collect();
    rules.sort_unstable();
    rules
}

#[test]
fn findings_stand_in_the_documents_that_they_come_from() {
    let (code, report) = check(fixtures(), "lax");
    assert_eq!(code, Some(1));
    assert_eq!(report["summary"]["subjects"], 1);
    assert_eq!(report["errors"], json!([]));
    assert_eq!(
        findings(&report),
        [
            json!(["LP-603", "lax/adminConsentRequestPolicy.json", 6, "medium"]),
            json!(["LP-603", "lax/adminConsentRequestPolicy.json", 8, "medium"]),
            json!(["AB-605", "lax/appManagementPolicies.json", 29, "low"]),
            json!(["LP-601", "lax/authorizationPolicy.json", 9, "medium"]),
            json!(["LP-602", "lax/authorizationPolicy.json", 13, "critical"]),
            json!(["LP-604", "lax/authorizationPolicy.json", 14, "medium"]),
            json!(["AB-602", "lax/defaultAppManagementPolicy.json", 9, "low"]),
            json!([
                "AB-603",
                "lax/defaultAppManagementPolicy.json",
                15,
                "medium"
            ]),
            json!([
                "AB-604",
                "lax/defaultAppManagementPolicy.json",
                23,
                "medium"
            ]),
            json!([
                "AB-601",
                "lax/defaultAppManagementPolicy.json",
                31,
                "medium"
            ]),
            json!(["AB-602", "lax/defaultAppManagementPolicy.json", 31, "low"]),
            json!([
                "AB-603",
                "lax/defaultAppManagementPolicy.json",
                31,
                "medium"
            ]),
            json!([
                "AB-604",
                "lax/defaultAppManagementPolicy.json",
                31,
                "medium"
            ]),
            json!(["LP-604", "lax/settings.json", 15, "medium"]),
        ]
    );
    assert_eq!(inconclusive(&report), Vec::<&str>::new());
    let subject = &report["findings"][0]["subject"];
    assert_eq!(subject["kind"], "tenant");
    assert_eq!(subject["id"], "3f2504e0-4f89-41d3-9a0c-0305e82c3301");
}

#[test]
fn a_strict_tenant_passes_every_rule() {
    let (code, report) = check(fixtures(), "strict");
    assert_eq!(findings(&report), Vec::<Value>::new());
    assert_eq!(inconclusive(&report), Vec::<&str>::new());
    assert_eq!(report["errors"], json!([]));
    assert_eq!(code, Some(0));
}

#[test]
fn documents_of_one_file_are_told_apart() {
    let directory = tempfile::tempdir().unwrap();
    let text = std::fs::read_to_string(fixtures().join("strict/policies.yaml")).unwrap();
    let text = text
        .replace("allowedToCreateApps: false", "allowedToCreateApps: true")
        .replace("P365D", "P3650D");
    std::fs::write(directory.path().join("policies.yaml"), text).unwrap();
    let (code, report) = check(directory.path(), "policies.yaml");
    assert_eq!(code, Some(0));
    let found = findings(&report);
    assert_eq!(found[0], json!(["LP-601", "policies.yaml", 5, "medium"]));
    assert_eq!(found[1], json!(["AB-604", "policies.yaml", 29, "medium"]));
}

#[test]
fn what_was_not_given_is_inconclusive() {
    let (_, report) = check(fixtures(), "lax/authorizationPolicy.json");
    let found = findings(&report);
    assert_eq!(found.len(), 3);
    assert_eq!(
        inconclusive(&report),
        ["AB-601", "AB-602", "AB-603", "AB-604", "AB-605", "LP-603"]
    );
    let (_, report) = check(fixtures(), "lax/appManagementPolicies.json");
    assert_eq!(findings(&report), Vec::<Value>::new());
    assert_eq!(inconclusive(&report).len(), 9);
}

#[test]
fn places_of_the_input_name_their_document() {
    let (_, input) = ztvet(fixtures(), &["normalize", "lax"]);
    assert_eq!(input["kind"], "tenant");
    let documents = input["source"]["documents"].as_array().unwrap();
    assert_eq!(documents.len(), 5);
    assert_eq!(documents[2], "lax/authorizationPolicy.json");
    let grants = &input["tenant"]["authorization"]["permission_grant_policies"];
    assert_eq!(
        grants[1]["at"],
        "2#/defaultUserRolePermissions/permissionGrantPoliciesAssigned/1"
    );
}

#[test]
fn a_directory_of_two_tenants_has_two_subjects() {
    let (_, report) = check(fixtures(), ".");
    assert_eq!(report["summary"]["subjects"], 2);
    let strict = |finding: &Value| finding[1].as_str().unwrap().contains("strict");
    assert!(!findings(&report).iter().any(strict));
}

#[test]
fn a_state_that_is_not_known_never_passes() {
    let directory = tempfile::tempdir().unwrap();
    let text = std::fs::read_to_string(fixtures().join("strict/policies.yaml")).unwrap();
    let text = text.replace("state: enabled", "state: audit");
    std::fs::write(directory.path().join("policies.yaml"), text).unwrap();
    let (code, report) = check(directory.path(), "policies.yaml");
    assert_eq!(code, Some(2));
    assert_eq!(
        inconclusive(&report),
        ["AB-601", "AB-602", "AB-603", "AB-604", "AB-605"]
    );
}
