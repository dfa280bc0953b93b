//! Plans, states and templates through the library: what is found, where, and what is never shown.

#![allow(clippy::unwrap_used, reason = "a test fails where its own helpers do")]

mod principals;

use ztvet::Engine;
use ztvet::report::Report;

fn engine() -> Engine {
    let engine = Engine::builder().bundled().unwrap();
    let now = "2026-11-23T06:00:00Z".parse().unwrap();
    engine.now(now).build().unwrap()
}

fn check(path: &str) -> Report {
    engine().check_path(path)
}

fn places<'a>(report: &'a Report, rule: &str) -> Vec<(&'a str, &'a str)> {
    let findings = report
        .findings
        .iter()
        .filter(|finding| finding.rule == rule);
    findings
        .map(|f| {
            (
                f.subject.name.as_deref().unwrap(),
                f.location.pointer.as_str(),
            )
        })
        .collect()
}

#[test]
fn findings_point_into_the_plan_and_name_the_resource() {
    let report = check("tests/infra/plan.json");
    assert_eq!(report.summary.subjects, 5);
    assert_eq!(report.summary.errors, 0);
    assert_eq!(
        places(&report, "AB-101"),
        [
            (
                "azuread_application.shop",
                "/resource_changes/0/change/after/web/0/redirect_uris/1"
            ),
            (
                "azuread_application_redirect_uris.elsewhere",
                "/resource_changes/14/change/after/redirect_uris/0"
            ),
        ]
    );
    // A secret that the plan makes is found though its application has no id yet.
    assert!(places(&report, "VE-107").contains(&(
        "azuread_application.shop",
        "/resource_changes/1/change/after"
    )));
    assert!(
        report
            .findings
            .iter()
            .all(|finding| finding.location.line.is_some())
    );
}

#[test]
fn what_a_plan_does_not_know_is_neither_found_nor_passed() {
    let report = check("tests/infra/plan.json");
    let inconclusive = |rule: &str, name: &str| {
        let mut all = report.inconclusive.iter();
        all.any(|i| i.rule == rule && i.subject.name.as_deref() == Some(name))
    };
    // One of the redirect URIs is known after apply; others may add owners.
    assert!(inconclusive("AB-101", "azuread_application.shop"));
    assert!(inconclusive("AB-301", "azuread_application.shop"));
    assert!(places(&report, "AB-301").is_empty());
}

#[test]
fn parts_in_modules_belong_to_the_application_of_their_own_instance() {
    let report = check("tests/infra/plan.json");
    let found = places(&report, "LP-101");
    for (region, change) in [("eu", 5), ("us", 9)] {
        let name = format!("module.orders[\"{region}\"].azuread_application_registration.this");
        let pointer = format!("/resource_changes/{change}/change/after/role_ids/0");
        assert!(
            found.contains(&(name.as_str(), pointer.as_str())),
            "{found:?}"
        );
    }
}

#[test]
fn sensitive_values_are_in_no_report() {
    let report = check("tests/infra");
    let text = format!("{:?}", report.findings);
    assert!(!text.contains("hunter2"));
    let engine = Engine::builder().bundled().unwrap().build().unwrap();
    let inputs = engine.normalize_paths(&["tests/infra"]).inputs;
    assert!(!serde_json::to_string(&inputs).unwrap().contains("hunter2"));
}

#[test]
fn a_state_is_judged_with_its_modules() {
    let report = check("tests/infra/state.json");
    assert_eq!(report.summary.subjects, 1);
    assert_eq!(places(&report, "AB-101").len(), 1);
    let credential = "/values/root_module/child_modules/0/child_modules/0/resources/0/values";
    assert_eq!(
        places(&report, "VE-107"),
        [("azuread_application.billing", credential)]
    );
    // A state has all owners, and here there are none.
    assert_eq!(places(&report, "AB-301").len(), 1);
}

#[test]
fn a_template_is_judged_with_its_deployments() {
    let report = check("tests/infra/template.json");
    assert_eq!(report.summary.subjects, 2);
    assert_eq!(
        places(&report, "AB-101"),
        [
            ("SHOP", "/resources/app/properties/web/redirectUris/0"),
            (
                "Inner",
                "/resources/inner/properties/template/resources/0/properties/spa/redirectUris/0"
            ),
        ]
    );
    assert_eq!(
        places(&report, "AB-501"),
        [("SHOP", "/resources/fic/properties")]
    );
    // Whether the lock is on depends on a parameter.
    assert!(places(&report, "AB-204").is_empty());
}
