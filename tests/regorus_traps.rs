//! Traps of regorus that would lose findings or stop the process. Each test shows the trap as it is in the pinned
//! version, so that an upgrade tells when it is gone, and then what ztvet makes of it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use regorus::languages::rego::compiler::Compiler;
use regorus::rvm::vm::RegoVM;
use regorus::{Engine as Regorus, Value};
use serde_json::json;
use ztvet::normalize::{Subject, normalize};
use ztvet::{Engine, document};

fn value(json: serde_json::Value) -> Value {
    serde_json::from_value(json).unwrap()
}

fn subject() -> Subject {
    let manifest = br#"{"appId": "1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9", "signInAudience": "AzureADMyOrg",
        "passwordCredentials": [
            {"keyId": "a", "startDateTime": "2020-01-01T00:00:00Z", "endDateTime": "2299-12-31T00:00:00Z"}]}"#;
    let documents = document::parse("shop.json", manifest, &document::Limits::default()).unwrap();
    normalize(&documents[0], None).subjects.remove(0)
}

fn refusal(policy: &str) -> String {
    let added = Engine::builder().policy("policy.rego", policy);
    added.err().expect("the policy is refused").to_string()
}

/// The messages of what a policy finds.
fn evaluate(policy: &str) -> Result<Vec<String>, String> {
    let builder = Engine::builder()
        .policy("policy.rego", policy)
        .map_err(|e| e.to_string())?;
    let engine = builder.build().map_err(|e| e.to_string())?;
    let evaluation = engine.evaluate(&subject()).map_err(|e| e.to_string())?;
    Ok(evaluation
        .findings
        .into_iter()
        .map(|finding| finding.message)
        .collect())
}

#[test]
fn a_head_that_is_undefined_once_loses_all_findings() {
    let policy = r#"
        package own
        deny contains {"message": y.b} if some y in input.objects
    "#;
    let mut regorus = Regorus::new();
    regorus
        .add_policy("policy.rego".into(), policy.into())
        .unwrap();
    regorus.set_input(value(json!({"objects": [{"b": 1}, {"a": 2}]})));
    let found = regorus.eval_rule("data.own.deny".into()).unwrap();
    assert_eq!(
        found,
        Value::new_set(),
        "regorus keeps the first finding now"
    );

    // ztvet evaluates such a head in a comprehension,
    let kept = policy.replace("input.objects", "[{\"b\": \"1\"}, {\"a\": \"2\"}]");
    assert_eq!(evaluate(&kept), Ok(vec!["1".to_owned()]));
    // and refuses it where that is not the same.
    let message = refusal("package own\n\nsets[i] contains x.b if some i, x in input.objects");
    assert!(message.starts_with("policy.rego:3:"), "{message}");
    assert!(message.contains("findings would be lost"), "{message}");
}

/// That bundled rules do not rest on it is tested where both evaluators see the inputs of their tests.
#[test]
fn the_register_vm_goes_on_where_a_variable_is_undefined() {
    let policy = r#"
        package own
        deny contains "found" if {
            value := input.missing
            not value in {1, 2}
        }
    "#;
    let path = "data.own.deny";
    let mut regorus = Regorus::new();
    regorus
        .add_policy("policy.rego".into(), policy.into())
        .unwrap();
    let compiled = regorus.compile_with_entrypoint(&path.into()).unwrap();
    let mut machine = RegoVM::new();
    machine.load_program(Compiler::compile_from_policy(&compiled, &[path]).unwrap());
    machine.set_input(value(json!({})));
    let found = machine.execute_entry_point_by_name(path).unwrap();
    assert_ne!(found, Value::new_set(), "the register VM stops there now");

    regorus.set_input(value(json!({})));
    let found = regorus.eval_rule(path.into()).unwrap();
    assert_eq!(found, Value::new_set());
    // ztvet runs what it has not tested on the interpreter.
    assert_eq!(evaluate(policy), Ok(Vec::new()));
}

#[test]
fn data_replaces_a_rule() {
    let policy = "package own\ndeny contains \"found\" if true";
    let mut regorus = Regorus::new();
    regorus
        .add_policy("policy.rego".into(), policy.into())
        .unwrap();
    regorus
        .add_data(value(json!({"own": {"deny": []}})))
        .unwrap();
    let found = regorus.eval_rule("data.own.deny".into()).unwrap();
    assert_eq!(found, value(json!([])), "regorus refuses the data now");

    // ztvet's data has two roots, and no policy may be in one of them.
    assert!(refusal("package ztvet\ndeny contains \"x\" if true").contains("belongs to ztvet"));
    assert!(refusal("package facts.own\ndeny contains \"x\" if true").contains("belongs to ztvet"));
    assert_eq!(evaluate(policy), Ok(vec!["found".to_owned()]));
}

#[test]
fn a_policy_cannot_stand_in_the_place_of_a_bundled_one() {
    for package in [
        "zerotrust",
        "zerotrust.assume_breach",
        "zerotrust.assume_breach.redirect_uri_plain_http",
        "zerotrust.assume_breach.redirect_uri_plain_http.more",
    ] {
        let policy = format!("package {package}\ndeny contains \"x\" if true");
        let builder = Engine::builder().bundled().unwrap();
        let refused = builder
            .policy("policy.rego", &policy)
            .err()
            .map(|e| e.to_string());
        assert!(
            refused.is_some_and(|e| e.contains("belongs to ztvet")),
            "{package}"
        );
    }
}

#[test]
fn nor_when_it_was_loaded_first() {
    let policy = "package zerotrust.assume_breach\ndeny contains \"x\" if true";
    let builder = Engine::builder().policy("policy.rego", policy).unwrap();
    assert!(builder.bundled().is_err());
}

#[test]
fn recursion_is_an_error() {
    let error = evaluate("package own\ndeny contains \"x\" if a\na if b\nb if a");
    assert!(
        error
            .clone()
            .is_err_and(|e| e.contains("recurs") || e.contains("cycl")),
        "{error:?}"
    );
}

#[test]
fn nested_brackets_do_not_take_for_ever() {
    let deep = format!("package own\nx := {}{}", "[".repeat(31), "]".repeat(31));
    let message = refusal(&deep);
    assert!(message.contains("nested more than"), "{message}");
    // Brackets in strings and comments are none.
    let text = format!(
        "package own\n# {0}\ndeny contains \"{0}\" if true",
        "[".repeat(31)
    );
    assert!(evaluate(&text).is_ok());
}

#[test]
fn the_clock_is_out_of_reach() {
    let message = refusal("package own\ndeny contains \"x\" if time.now_ns() > 0");
    assert!(message.contains("use `input.now`"), "{message}");
    let text = "package own\n# time.now_ns\ndeny contains \"time.now_ns\" if true";
    assert!(evaluate(text).is_ok());
}

#[test]
fn an_endless_rule_is_stopped() {
    let policy = "package own
        deny contains \"x\" if {
            xs := numbers.range(1, 3000)
            count([1 | some a in xs; some b in xs; some c in xs; a + b == c]) < 0
        }";
    let error = evaluate(policy);
    assert!(
        error.clone().is_err_and(|e| e.contains("time")),
        "{error:?}"
    );
}

#[test]
fn dates_after_2262_are_facts_of_the_host() {
    let mut regorus = Regorus::new();
    regorus.set_strict_builtin_errors(false);
    let query = "x := time.parse_rfc3339_ns(\"2299-12-31T00:00:00Z\")";
    let result = regorus.eval_query(query.into(), false).unwrap();
    assert!(
        result.result.is_empty(),
        "regorus reads dates after 2262 now"
    );

    let engine = Engine::builder().bundled().unwrap().build().unwrap();
    let findings = engine.evaluate(&subject()).unwrap().findings;
    assert!(
        findings.iter().any(|finding| finding.rule == "AB-402"),
        "the secret never expires"
    );
}

#[test]
fn an_unknown_builtin_is_an_error() {
    let error = evaluate("package own\ndeny contains \"x\" if io.jwt.decode(\"a\")");
    assert!(error.is_err());
}

#[test]
fn a_result_that_is_no_finding_is_an_error() {
    for policy in [
        "package own\ndeny contains 1 if true",
        "package own\ndeny contains finding if finding := {\"at\": 1}",
        "package own\ndeny contains finding if finding := {\"severity\": \"terrible\"}",
        "# METADATA\n# custom:\n#   message: \"{uri}\"\npackage own\ndeny contains finding if finding := {\"a\": 1}",
    ] {
        assert!(evaluate(policy).is_err(), "{policy}");
    }
}

#[test]
fn a_rule_with_one_value_is_refused() {
    let message = refusal("package own\ndeny if input.kind == \"application\"");
    assert!(message.contains("expected a set of findings"), "{message}");
    let message = refusal("package own\ndeny := [\"x\"]");
    assert!(message.contains("expected a set of findings"), "{message}");
}

#[test]
fn broken_policies_are_told_with_their_place() {
    let message = refusal("package own\n\ndeny contains finding if {\n  finding := \n}");
    assert!(message.starts_with("policy.rego:4:"), "{message}");
    let with_custom = |line: &str| {
        refusal(&format!(
            "# METADATA\n# custom:\n#   {line}\npackage own\ndeny contains \"x\" if true"
        ))
    };
    assert!(with_custom("severity: terrible").contains("`terrible`"));
    assert!(with_custom("severty: high").contains("did you mean `severity`?"));
    assert!(with_custom("applies_to: [castle]").contains("`castle`"));
    assert!(with_custom("requires: [\"application..x\"]").contains("`application..x`"));
    assert!(with_custom("message: \"{uri\"").contains("not closed"));
    assert!(with_custom("severity: [").starts_with("policy.rego:"));
}
