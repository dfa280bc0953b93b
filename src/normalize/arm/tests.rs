use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::document::{Limits, parse};
use crate::normalize::service_principal::ServicePrincipal;
use crate::normalize::{Facts, GapReason, normalize};

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

fn principal(properties: Value) -> Value {
    json!({"type": "Microsoft.Graph/servicePrincipals@v1.0", "properties": properties})
}

fn existing(mut resource: Value) -> Value {
    resource["existing"] = json!(true);
    resource
}

fn role(principal: &str, resource: &str) -> Value {
    json!({"type": "Microsoft.Graph/appRoleAssignedTo@beta", "properties": {"principalId": principal, "resourceId": resource,
        "appRoleId": "9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8"}})
}

fn graph() -> Value {
    existing(principal(
        json!({"appId": "00000003-0000-0000-c000-000000000000"}),
    ))
}

fn facts(subject: &Subject) -> &ServicePrincipal {
    match &subject.facts {
        Facts::ServicePrincipal(facts) => facts,
        _ => panic!("no service principal"),
    }
}

#[test]
fn a_service_principal_finds_its_application_by_reference() {
    let normalized = read(&json!({
        "a": application(json!({"uniqueName": "a", "displayName": "A", "web": {"redirectUris": []}})),
        "b": application(json!({"uniqueName": "b", "displayName": "B"})),
        "c": principal(json!({"appId": "[reference('b').appId]"})),
        "d": principal(json!({"appId": "[parameters('name')]"})),
    }));
    let [_, _, of_b, of_none] = normalized.subjects.as_slice() else {
        panic!("{} subjects", normalized.subjects.len())
    };
    assert_eq!(facts(of_b).display_name.as_deref(), Some("B"));
    assert!(facts(of_b).registration.as_ref().unwrap().own);
    assert_eq!(facts(of_none).registration, None);
    assert_eq!((&facts(of_b).app_id, &facts(of_b).owners), (&None, &None));
}

#[test]
fn a_service_principal_that_exists_is_what_it_is_granted() {
    let shop = existing(principal(
        json!({"appId": "1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9", "preferredSingleSignOnMode": "password"}),
    ));
    let normalized = read(&json!({"graph": graph(), "shop": shop}));
    assert!(normalized.subjects.is_empty());
    let normalized = read(&json!({
        "graph": graph(),
        "shop": shop,
        "role": role("[reference('shop').id]", "[reference('graph').id]"),
    }));
    let [subject] = normalized.subjects.as_slice() else {
        panic!("{} subjects", normalized.subjects.len())
    };
    let facts = facts(subject);
    assert_eq!(
        (
            subject.name(),
            facts.preferred_single_sign_on_mode.as_deref()
        ),
        (Some("shop"), None)
    );
    let permission = &facts.app_role_assignments.as_ref().unwrap()[0].permission;
    assert_eq!(
        permission.name.as_deref(),
        Some("RoleManagement.ReadWrite.Directory")
    );
    let open = subject
        .gaps
        .iter()
        .filter(|gap| gap.reason == GapReason::NotCollected);
    let open: Vec<_> = open.map(|gap| gap.fact.as_ref()).collect();
    assert_eq!(open, ["service_principal.app_role_assignments"]);
}

#[test]
fn roles_of_other_principals_are_judged_alone() {
    let identity = json!({"type": "Microsoft.ManagedIdentity/userAssignedIdentities", "apiVersion": "2023-01-31", "name": "i"});
    let normalized = read(&json!({
        "graph": graph(),
        "identity": identity,
        "one": role("[reference('identity', '2023-01-31').principalId]", "[reference('graph').id]"),
        "two": role("[reference('identity').principalId]", "[reference('graph').id]"),
        "known": role("AAAAAAAA-0000-4000-8000-000000000001", "[parameters('name')]"),
        "unknown": role("[parameters('name')]", "[parameters('name')]"),
        "unknown2": role("[parameters('name')]", "[parameters('name')]"),
    }));
    let told: Vec<_> = normalized
        .subjects
        .iter()
        .map(|subject| {
            let facts = facts(subject);
            let count = facts.app_role_assignments.as_ref().unwrap().len();
            (
                subject.name().unwrap(),
                facts.managed_identity,
                facts.object_id.as_deref(),
                count,
            )
        })
        .collect();
    assert_eq!(told.len(), 4, "{told:?}");
    assert!(told.contains(&("identity", Some(true), None, 2)));
    assert!(told.contains(&(
        "known",
        None,
        Some("aaaaaaaa-0000-4000-8000-000000000001"),
        1
    )));
    assert!(told.contains(&("unknown", None, None, 1)));
    assert_eq!(normalized.notes.len(), 3);
}

#[test]
fn a_grant_whose_scope_is_not_known_is_not_judged_and_not_passed() {
    let grant = json!({"type": "Microsoft.Graph/oauth2PermissionGrants@v1.0", "properties": {"clientId": "[reference('shop').id]",
        "consentType": "AllPrincipals", "resourceId": "[reference('graph').id]", "scope": "[join(variables('scopes'), ' ')]"}});
    let normalized = read(&json!({
        "graph": graph(),
        "shop": principal(json!({"appId": "[parameters('name')]"})),
        "grant": grant,
    }));
    let subject = &normalized.subjects[0];
    assert_eq!(facts(subject).permission_grants.as_deref(), Some(&[][..]));
    let unknown = subject
        .gaps
        .iter()
        .filter(|gap| gap.reason == GapReason::Unknown);
    let places: Vec<_> = unknown.filter_map(|gap| gap.pointer.as_deref()).collect();
    assert!(
        places.contains(&"/resources/grant/properties/scope"),
        "{places:?}"
    );
    assert!(normalized.problems.is_empty());
}

#[test]
fn owners_of_a_service_principal_that_are_added_to_are_not_all() {
    for (semantics, gaps) in [("append", 1), ("replace", 0)] {
        let owners = json!({"relationships": [{"id": "o"}], "relationshipSemantics": semantics});
        let normalized = read(&json!([principal(json!({"appId": "a", "owners": owners}))]));
        let subject = &normalized.subjects[0];
        assert_eq!(facts(subject).owners.as_ref().unwrap().len(), 1);
        let of_owners = subject
            .gaps
            .iter()
            .filter(|gap| gap.fact == "service_principal.owners");
        assert_eq!(of_owners.count(), gaps);
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
            "d": principal(json!({"appId": value, "owners": value, "replyUrls": value})),
            "e": role(&value, &value),
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
