//! Documents that are nothing else, for the organisation's own rules.

use serde_json::{Value, json};

use crate::sandbox::{Sandbox, found, texts};

/// Judges documents alone.
const REPLICAS: &str = r#"# METADATA
# title: Too few replicas
# custom:
#   id: K8S-001
#   severity: high
#   applies_to: [document]
#   message: "{name} has {replicas} replicas"
package contoso.replicas

deny contains finding if {
	input.raw.kind == "Deployment"
	input.raw.spec.replicas < 2
	finding := {"at": "/spec/replicas", "name": input.raw.metadata.name, "replicas": input.raw.spec.replicas}
}
"#;

/// Says nothing of what it judges.
const ANYTHING: &str = r#"package contoso.anything

deny contains finding if {
	not input.raw.owner
	input.kind == "document"
	finding := {"msg": "no owner", "at": ""}
}

deny contains finding if {
	input.kind == "application"
	finding := {"msg": "an application"}
}
"#;

const MANIFESTS: &str = "apiVersion: v1
kind: Service
---
# The shop.
kind: Deployment
metadata: {name: shop}
spec:
  replicas: 1
---
kind: Deployment
metadata: {name: bank}
spec: {password: Tr0ub4dor&3, replicas: 1}
";

const ONLY: &str = "--select K8S-001 --policy policy.rego";

fn sandbox() -> Sandbox {
    Sandbox::new(&[("policy.rego", REPLICAS), ("k8s.yaml", MANIFESTS)])
}

#[test]
fn every_document_of_a_yaml_file_is_a_subject() {
    let ran = sandbox().run(&format!("check k8s.yaml {ONLY}"));
    ran.ends_with(1);
    insta::assert_snapshot!(ran.stdout, @"
    k8s.yaml: document k8s.yaml#1
    =============================
    high[K8S-001]: shop has 1 replicas
     --> k8s.yaml:8:13
      |
    8 |   replicas: 1
      |             ^

    k8s.yaml: document k8s.yaml#2
    =============================
    high[K8S-001]: bank has 1 replicas
      --> k8s.yaml:12:41
       |
    12 | spec: {password: ***, replicas: 1}
       |                                 ^

    note: k8s.yaml:1:1: not an application registration in a format that is known; it is judged as a
          document alone

    posture: 1 of 3 checks passed (33 %); 2 failed

    judged 3 documents by 1 rule
    0 critical, 2 high, 0 medium, 0 low, 0 info; 0 waived; 0 inconclusive; 0 errors
    ");
}

#[test]
fn other_rules_do_not_judge_documents() {
    let report = sandbox().report("k8s.yaml --policy policy.rego");
    assert_eq!(found(&report), ["K8S-001", "K8S-001"]);
    assert_eq!(report["inconclusive"], json!([]));
    assert_eq!(report["not_configured"], json!([]));
    assert_eq!(report["summary"]["kinds"], json!({"document": 3}));
}

#[test]
fn standard_input_and_lists_and_lines_are_documents() {
    let deployment =
        r#"{"kind": "Deployment", "metadata": {"name": "shop"}, "spec": {"replicas": 1}}"#;
    let sandbox = sandbox();
    let run = |input: &str| {
        let ran = sandbox.run_with(input, &format!("check - --format json {ONLY}"));
        (ran.code, ran.json()["summary"]["subjects"].clone())
    };
    assert_eq!(run(deployment), (1, json!(1)));
    assert_eq!(run(&format!("{deployment}\n{deployment}")), (1, json!(2)));
    assert_eq!(
        run(&format!("[{deployment}, {deployment}]")),
        (0, json!(1)),
        "a list is one document"
    );
}

#[test]
fn a_registration_is_judged_as_one() {
    let sandbox = Sandbox::shop();
    sandbox.write("policy.rego", REPLICAS.as_bytes());
    sandbox.write("any.rego", ANYTHING.as_bytes());
    let report = sandbox.report(
        "shop.json --policy policy.rego --policy any.rego --select contoso.anything,AB-101",
    );
    assert_eq!(texts(&report, "/findings", "/message").len(), 2);
    assert_eq!(report["summary"]["kinds"], json!({"application": 1}));
    assert_eq!(report["notes"], json!([]));
}

#[test]
fn without_a_rule_for_it_a_named_document_is_an_error() {
    let sandbox = sandbox();
    sandbox.write("any.rego", ANYTHING.as_bytes());
    // A rule for anything beside rules for applications does not make a document of a registration that is misspelt.
    for arguments in [
        "",
        "--policy any.rego",
        "--policy policy.rego --ignore K8S-001",
    ] {
        let ran = sandbox.run(&format!("check k8s.yaml {arguments}"));
        ran.ends_with(2);
        let text = ran.stdout.replace("\n       ", "");
        assert!(
            text.contains("not an application registration"),
            "{}",
            ran.all()
        );
        assert!(
            text.contains("a rule with `applies_to: [document]`"),
            "{}",
            ran.all()
        );
    }
}

#[test]
fn a_rule_for_anything_judges_documents_where_they_are_judged() {
    let sandbox = sandbox();
    sandbox.write("any.rego", ANYTHING.as_bytes());
    for arguments in [
        "--policy any.rego --select contoso.anything",
        "--policy any.rego --policy policy.rego --ignore K8S-001 --input-format document",
    ] {
        let report = sandbox.report(&format!("k8s.yaml {arguments}"));
        assert_eq!(
            texts(&report, "/findings", "/message"),
            ["no owner"; 3],
            "{report}"
        );
    }
    let report = sandbox.report("k8s.yaml --policy any.rego --policy policy.rego");
    assert_eq!(report["findings"].as_array().unwrap().len(), 5);
}

#[test]
fn what_cannot_be_parsed_or_is_no_document_is_an_error() {
    let sandbox = sandbox();
    for (name, text) in [
        ("broken.yaml", "a: [1"),
        ("broken.json", "{"),
        ("notes.txt", "Some words."),
        ("ambiguous.json", r#"{"appId": "1", "appRoles": []}"#),
        ("empty.json", "[]"),
    ] {
        sandbox.write(name, text.as_bytes());
        sandbox.run(&format!("check {name} {ONLY}")).ends_with(2);
    }
}

#[test]
fn in_a_directory_documents_are_left_out_unless_they_are_asked_for() {
    let sandbox = sandbox();
    sandbox.write("app/shop.json", crate::sandbox::SHOP.as_bytes());
    let report = sandbox.report(&format!(". {ONLY}"));
    assert_eq!(texts(&report, "/skipped", "/path"), ["k8s.yaml"]);
    assert_eq!(report["summary"]["kinds"], json!({"application": 1}));

    let report = sandbox.report(&format!(". {ONLY} --input-format document"));
    assert_eq!(report["skipped"], json!([]));
    assert_eq!(report["summary"]["kinds"], json!({"document": 4}));
    assert_eq!(report["notes"], json!([]));
}

#[test]
fn documents_that_no_rule_judges_are_no_pass() {
    let sandbox = sandbox();
    sandbox
        .run("check k8s.yaml --input-format document --format json")
        .fails_with("no rule judges documents, which `--input-format document` asks for");
}

#[test]
fn policies_see_the_document_without_its_secrets() {
    let sandbox = sandbox();
    let ran = sandbox.run("normalize k8s.yaml --input-format document --now 2026-11-23");
    ran.ends_with(0);
    let inputs = ran.json();
    let last: &Value = &inputs[2];
    let expected = json!({
        "schema": "ztvet/input/v1",
        "kind": "document",
        "now": "2026-11-23T00:00:00Z",
        "source": {"path": "k8s.yaml", "format": "document", "pointer": ""},
        "subject": {"id": null, "name": "k8s.yaml#2"},
        "declared": null,
        "unknown": [],
        "raw": {"kind": "Deployment", "metadata": {"name": "bank"}, "spec": {"password": "***", "replicas": 1}},
    });
    assert_eq!(*last, expected);
    assert!(!ran.all().contains("Tr0ub4dor"), "{}", ran.all());
    let ran = sandbox.run("normalize k8s.yaml");
    ran.ends_with(2);
}
