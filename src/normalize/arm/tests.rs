use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::document::{Limits, parse};
use crate::normalize::normalize;

fn read(resources: &Value) -> Normalized {
    let template = json!({
        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        "parameters": {"name": {"type": "string"}, "on": {"type": "bool"}},
        "resources": resources,
    });
    let documents = parse(
        "t.json",
        template.to_string().as_bytes(),
        &Limits::default(),
    );
    normalize(&documents.unwrap()[0], None)
}

fn application(properties: Value) -> Value {
    json!({"type": "Microsoft.Graph/applications@v1.0", "properties": properties})
}

fn federated(name: &str) -> Value {
    json!({"type": "Microsoft.Graph/applications/federatedIdentityCredentials@beta", "properties": {"name": name, "subject": "s"}})
}

fn trusts(normalized: &Normalized) -> Vec<usize> {
    let subjects = normalized
        .subjects
        .iter()
        .map(|subject| subject.application().unwrap());
    subjects
        .map(|app| app.federated_credentials.as_ref().map_or(0, Vec::len))
        .collect()
}

#[test]
fn a_switch_that_is_not_known_is_not_off() {
    let normalized = read(&json!([application(json!({
        "servicePrincipalLockConfiguration": {"isEnabled": "[parameters('on')]", "allProperties": true},
        "isFallbackPublicClient": "[parameters('on')]",
    }))]));
    let app = normalized.subjects[0].application().unwrap();
    assert_eq!((&app.lock, app.public_client_fallback), (&None, None));
    assert_eq!(app.redirect_uris, None);
    assert!(normalized.problems.is_empty());
}

#[test]
fn a_federated_credential_finds_its_application_by_name() {
    let normalized = read(&json!([
        application(json!({"uniqueName": "a"})),
        application(json!({"uniqueName": "[parameters('name')]"})),
        federated("a/main"),
        federated("[format('{0}/main', parameters('name'))]"),
        federated("[concat(parameters('name'), '/other')]"),
    ]));
    assert_eq!(trusts(&normalized), [1, 2]);
    assert!(normalized.notes.is_empty());
}

#[test]
fn a_federated_credential_finds_its_application_by_reference() {
    let normalized = read(&json!({
        "a": application(json!({"uniqueName": "[uniqueString('x')]"})),
        "b": application(json!({"uniqueName": "[newGuid()]"})),
        "c": federated("[format('{0}/main', reference('b').uniqueName)]"),
    }));
    assert_eq!(trusts(&normalized), [0, 1]);
}

#[test]
fn a_federated_credential_without_its_application_is_said_and_judged() {
    let normalized = read(&json!({"c": federated("elsewhere/main")}));
    assert_eq!(trusts(&normalized), [1]);
    assert_eq!(normalized.notes.len(), 1);
}

#[test]
fn what_the_template_only_refers_to_is_not_judged() {
    let mut existing = application(json!({"uniqueName": "a", "displayName": "A"}));
    existing["existing"] = json!(true);
    let normalized = read(&json!({"a": existing}));
    assert!(normalized.subjects.is_empty());
    assert_eq!(normalized.notes.len(), 1);
    let normalized = read(&json!({"a": existing, "f": federated("a/main")}));
    assert_eq!(trusts(&normalized), [1]);
}

#[test]
fn a_resource_whose_condition_is_false_is_not_deployed() {
    let mut gone = application(json!({}));
    gone["condition"] = json!("[not(true())]");
    let mut perhaps = application(json!({}));
    perhaps["condition"] = json!("[parameters('on')]");
    assert_eq!(read(&json!([gone, perhaps])).subjects.len(), 1);
}

#[test]
fn deployments_within_a_template_are_judged() {
    let inner = |scope: &str| {
        json!({"type": "Microsoft.Resources/deployments", "properties": {
            "expressionEvaluationOptions": {"scope": scope},
            "parameters": {"name": {"value": "Inner"}},
            "template": {"parameters": {"name": {"type": "string"}}, "resources": [application(json!({"displayName": "[parameters('name')]"}))]}
        }})
    };
    let normalized = read(&json!([inner("inner"), inner("outer")]));
    let names: Vec<_> = normalized
        .subjects
        .iter()
        .map(|s| s.application().unwrap().display_name.as_deref())
        .collect();
    assert_eq!(names, [Some("Inner"), None]);
}

#[test]
fn a_list_that_a_loop_makes_is_not_known() {
    let normalized = read(&json!([application(json!({
        "web": {"copy": [{"name": "redirectUris", "count": 2, "input": "[copyIndex('redirectUris')]"}]},
    }))]));
    assert_eq!(
        normalized.subjects[0].application().unwrap().redirect_uris,
        None
    );
    assert!(
        normalized.subjects[0]
            .gaps
            .iter()
            .any(|gap| gap.fact == "application.redirect_uris")
    );
}

#[test]
fn owners_that_are_added_to_are_not_all() {
    for (semantics, gaps) in [("append", 1), ("replace", 0)] {
        let owners = json!({"relationships": ["o"], "relationshipSemantics": semantics});
        let normalized = read(&json!([application(json!({"owners": owners}))]));
        let subject = &normalized.subjects[0];
        assert_eq!(
            subject
                .application()
                .unwrap()
                .owners
                .as_ref()
                .unwrap()
                .len(),
            1
        );
        assert_eq!(
            subject
                .gaps
                .iter()
                .filter(|gap| gap.fact == "application.owners")
                .count(),
            gaps
        );
    }
}

#[test]
fn a_template_without_resources_of_graph_is_none_of_ours() {
    let normalized = read(&json!([{"type": "Microsoft.Web/sites", "properties": {}}]));
    assert!(normalized.unrecognized.is_some());
}

proptest! {
    #[test]
    fn never_panics(name in "\\[?[a-z('/)]{0,12}\\]?", value in "\\[?[a-z('),.]{0,20}\\]?", kind in "[a-z/@.]{0,12}") {
        read(&json!({
            "a": application(json!({"uniqueName": value, "web": value, "owners": {"relationships": value}, "copy": value})),
            "b": federated(&name),
            "c": {"type": format!("Microsoft.Graph/{kind}"), "properties": value},
        }));
    }
}

#[test]
fn a_federated_credential_has_its_own_name() {
    let normalized = read(&json!({
        "app": application(json!({"uniqueName": "[parameters('name')]"})),
        "trust": federated("[format('{0}/main', reference('app').uniqueName)]"),
    }));
    let app = normalized.subjects[0].application().unwrap();
    let names = app
        .federated_credentials
        .iter()
        .flatten()
        .map(|one| one.name.as_deref());
    assert_eq!(names.collect::<Vec<_>>(), [Some("main")]);
}
