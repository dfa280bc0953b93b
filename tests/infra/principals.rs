//! One service principal in every format: with its application, a secret, an owner, and what it is granted.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value, json};
use ztvet::Engine;
use ztvet::finding::Finding;
use ztvet::report::Report;

use crate::{check, engine};

const DIRECTORY: &str = "tests/infra/principals";
/// CN=ec, made with openssl for tests alone, and its key thrown away.
const CERTIFICATE: &str = "\
    MIIBbzCCARWgAwIBAgIUbC7CJmTnYrWGhbTVc6CFRjeCAU8wCgYIKoZIzj0EAwIwDTELMAkGA1UEAwwCZWMwHhcNMjYxMTIz\
    MTMxOTAzWhcNMjYxMjIzMTMxOTAzWjANMQswCQYDVQQDDAJlYzBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABHd16qUUhz3I\
    BM2l5syB7YO1hWiYkqptWpMkEo/LkY2A2NoT+Y2bIw4hDIcuJ+h0HhyLwV2uzFNJR327a5tIPcqjUzBRMB0GA1UdDgQWBBR5\
    w0csdcrFbRL01sSRo3424osBsDAfBgNVHSMEGDAWgBR5w0csdcrFbRL01sSRo3424osBsDAPBgNVHRMBAf8EBTADAQH/MAoG\
    CCqGSM49BAMCA0gAMEUCIGZbGyXX454W9F07CMXj+Mps5IvgQgjn6NpTIxHBtCxCAiEAra93QtqPcDMHv+YNtijkuxpVqnoo\
    0fBTmNKajDs+RA0=";

fn report(name: &str) -> Report {
    let report = check(&format!("{DIRECTORY}/{name}"));
    assert_eq!(report.errors, []);
    report
}

fn of_principals(report: &Report) -> impl Iterator<Item = &Finding> {
    let findings = report.findings.iter();
    findings.filter(|finding| finding.subject.kind == "service_principal")
}

fn messages(report: &Report) -> BTreeSet<(&str, &str)> {
    of_principals(report)
        .map(|finding| (finding.rule.as_str(), finding.message.as_str()))
        .collect()
}

/// Each finding with the text of the line that it points to.
fn lines(report: &Report) -> BTreeSet<(String, String)> {
    let line = |finding: &Finding| {
        let location = &finding.location;
        let text = std::fs::read_to_string(&location.path).unwrap();
        let number = location.line.unwrap() as usize;
        let line = text.lines().nth(number - 1).unwrap();
        (finding.rule.clone(), line.trim().to_owned())
    };
    of_principals(report).map(line).collect()
}

fn inconclusive(report: &Report) -> BTreeSet<&str> {
    let of_principals = report
        .inconclusive
        .iter()
        .filter(|it| it.subject.kind == "service_principal");
    of_principals.map(|it| it.rule.as_str()).collect()
}

#[test]
fn all_formats_give_the_same_findings() {
    let graph = report("graph");
    let expected = messages(&graph);
    for rule in [
        "AB-118", "AB-401", "AB-404", "LP-301", "LP-302", "LP-303", "LP-304", "LP-307", "VE-121",
    ] {
        assert!(expected.iter().any(|(found, _)| *found == rule), "{rule}");
    }
    for name in ["plan.json", "state.json"] {
        assert_eq!(messages(&report(name)), expected, "{name}");
    }
    // A template knows no directory roles.
    let of_template = expected.iter().filter(|(rule, _)| *rule != "LP-307");
    let template = report("template.json");
    assert_eq!(messages(&template), of_template.copied().collect());
    assert!(inconclusive(&template).contains("LP-307"));
}

#[test]
fn before_it_is_applied_a_plan_gives_no_other_findings() {
    let graph = report("graph");
    let create = report("create.json");
    let (found, expected) = (messages(&create), messages(&graph));
    let unknown: BTreeSet<_> = expected.difference(&found).map(|(rule, _)| *rule).collect();
    assert_eq!(found.difference(&expected).count(), 0, "{found:?}");
    // Which redirect URIs it gets is known when it is applied.
    assert_eq!(unknown, BTreeSet::from(["AB-118"]));
    assert!(inconclusive(&create).is_superset(&unknown));
    // Others may grant more, so that nothing is known to be all.
    for rule in ["AB-301", "AB-411", "LP-308"] {
        assert!(!found.iter().any(|(found, _)| *found == rule), "{rule}");
    }
}

#[test]
fn findings_point_to_what_says_them() {
    let grants = |report: &Report| -> BTreeSet<(String, String)> {
        let all = lines(report).into_iter();
        all.filter(|(rule, _)| ["AB-118", "LP-302", "LP-303"].contains(&rule.as_str()))
            .collect()
    };
    let at = |expected: [(&str, &str); 3]| -> BTreeSet<(String, String)> {
        let owned = expected.map(|(rule, line)| (rule.to_owned(), line.to_owned()));
        owned.into_iter().collect()
    };
    let role = "9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8";
    for name in ["plan.json", "state.json"] {
        let expected = at([
            ("AB-118", "\"https://old.contoso.com/cb\""),
            ("LP-302", "\"Directory.AccessAsUser.All\""),
            ("LP-303", &format!("\"app_role_id\": \"{role}\",")),
        ]);
        assert_eq!(grants(&report(name)), expected, "{name}");
    }
    let expected = at([
        ("AB-118", "\"https://old.contoso.com/cb\""),
        ("LP-302", "\"scope\": \"[parameters('scope')]\""),
        ("LP-303", &format!("\"appRoleId\": \"{role}\"")),
    ]);
    assert_eq!(grants(&report("template.json")), expected);
}

#[test]
fn a_service_principal_is_named_by_its_resource_and_paired_with_its_application() {
    for name in ["create.json", "state.json", "template.json"] {
        let inputs = inputs(&Path::new(DIRECTORY).join(name));
        let principal = inputs
            .iter()
            .find(|input| input["kind"] == "service_principal");
        let principal = principal.unwrap();
        let expected = match name {
            "template.json" => "Shop",
            _ => "azuread_service_principal.shop",
        };
        assert_eq!(principal["subject"]["name"], expected);
        let facts = &principal["service_principal"];
        assert_eq!(facts["own"], true);
        let registration = &facts["registration"];
        assert_eq!(registration["permissions"].as_array().unwrap().len(), 2);
        assert_eq!(registration["redirect_uris"].as_array().unwrap().len(), 1);
    }
}

#[test]
fn policies_see_what_the_document_says() {
    for name in ["create", "plan", "state", "template"] {
        let inputs = inputs(&Path::new(DIRECTORY).join(format!("{name}.json")));
        let principals: Vec<_> = inputs
            .iter()
            .filter(|input| input["kind"] == "service_principal")
            .collect();
        insta::assert_json_snapshot!(format!("principals_{name}"), principals);
    }
}

/// What the library says of one document.
fn of_document(document: &Value) -> Report {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("document.json");
    std::fs::write(&path, document.to_string()).unwrap();
    check(path.to_str().unwrap())
}

#[test]
fn what_is_managed_is_no_list_of_what_is_there() {
    let mut state = document("state.json");
    let is_kept = |resource: &Value| resource["type"] != "azuread_application";
    let resources = state["values"]["root_module"]["resources"]
        .as_array_mut()
        .unwrap();
    resources.retain(is_kept);
    // A second application, whose service principal somebody else manages.
    resources.push(json!({"address": "azuread_application.other", "mode": "managed", "type": "azuread_application",
        "name": "other", "values": {"client_id": "0a0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9", "display_name": "Other"}}));
    let report = of_document(&state);
    assert_eq!(report.summary.subjects, 2);
    assert!(
        report
            .findings
            .iter()
            .all(|finding| finding.rule != "AB-706")
    );
}

#[test]
fn an_application_and_its_service_principal_are_one_before_they_have_ids() {
    let mut plan = document("create.json");
    let certificate = |kind: &str, link: &str| {
        json!({"address": format!("{kind}.c"), "mode": "managed", "type": kind, "name": "c", "change": {"actions": ["create"],
            "after": {"value": CERTIFICATE, "type": "AsymmetricX509Cert"}, "after_unknown": {link: true}}})
    };
    let reference = |kind: &str, link: &str, to: &str| json!({"mode": "managed", "type": kind, "name": "c", "expressions": {link: {"references": [to]}}});
    let parts = [
        (
            "azuread_application_certificate",
            "application_id",
            "azuread_application.shop",
        ),
        (
            "azuread_service_principal_certificate",
            "service_principal_id",
            "azuread_service_principal.shop",
        ),
    ];
    for (kind, link, to) in parts {
        let changes = plan["resource_changes"].as_array_mut().unwrap();
        changes.push(certificate(kind, link));
        let resources = plan["configuration"]["root_module"]["resources"]
            .as_array_mut()
            .unwrap();
        resources.push(reference(kind, link, to));
    }
    let report = of_document(&plan);
    assert_eq!(report.summary.subjects, 2);
    let found = |rule: &str| report.findings.iter().any(|finding| finding.rule == rule);
    // The certificate is seen, and is not taken for one that two applications share.
    assert_eq!(
        of_principals(&report)
            .filter(|it| it.rule == "AB-404")
            .count(),
        2
    );
    assert!(!found("AB-702"));
}

#[test]
fn secrets_stand_in_no_line_that_is_shown() {
    for name in ["plan.json", "state.json", "template.json"] {
        // In one line, as the tools write it.
        let report = of_document(&document(name));
        assert!(of_principals(&report).count() > 5);
        assert!(!format!("{report:?}").contains("hunter2"), "{name}");
    }
}

fn document(name: &str) -> Value {
    let text = std::fs::read_to_string(Path::new(DIRECTORY).join(name)).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// The inputs of all subjects.
fn inputs(path: &Path) -> Vec<Value> {
    let engine: Engine = engine();
    let inputs = engine.normalize_paths(&[path]);
    assert!(inputs.errors.is_empty(), "{:?}", inputs.errors);
    let each = inputs.inputs.iter();
    each.map(|input| serde_json::to_value(input).unwrap())
        .collect()
}
