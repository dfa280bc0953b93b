use proptest::prelude::*;
use serde_json::{Value, json};

use super::application::whole_days;
use super::*;
use crate::document::{Limits, parse};
use crate::normalize::application::Application;
use crate::normalize::{GapReason, normalize};

pub(super) fn read(value: &Value) -> Normalized {
    let documents = parse(
        "plan.json",
        value.to_string().as_bytes(),
        &Limits::default(),
    );
    normalize(&documents.unwrap()[0], None)
}

pub(super) fn change(address: &str, change: Value) -> Value {
    let end = if address.ends_with(']') {
        address.rfind('[').unwrap()
    } else {
        address.len()
    };
    let mut steps = address[..end].rsplit('.');
    let (name, kind) = (steps.next().unwrap(), steps.next().unwrap());
    json!({"address": address, "mode": "managed", "type": kind, "name": name, "change": change})
}

pub(super) fn created(address: &str, after: Value, unknown: Value) -> Value {
    let actions = ["create"];
    change(
        address,
        json!({"actions": actions, "before": null, "after": after, "after_unknown": unknown, "after_sensitive": {}}),
    )
}

/// A plan; each reference is a part's address without keys and what its `application_id` refers to.
fn plan(changes: &[Value], references: &[(&str, &[&str])]) -> Value {
    let resources: Vec<Value> = references
        .iter()
        .map(|(address, references)| {
            let (kind, name) = address.rsplit_once('.').unwrap();
            json!({"mode": "managed", "type": kind, "name": name, "expressions": {"application_id": {"references": references}}})
        })
        .collect();
    json!({"format_version": "1.2", "resource_changes": changes, "configuration": {"root_module": {"resources": resources}}})
}

fn only(normalized: &Normalized) -> &Application {
    assert_eq!(normalized.subjects.len(), 1);
    normalized.subjects[0].application().unwrap()
}

fn gaps(normalized: &Normalized, reason: GapReason) -> Vec<&str> {
    let gaps = normalized.subjects[0].gaps.iter();
    gaps.filter(|gap| gap.reason == reason)
        .map(|gap| gap.fact.as_ref())
        .collect()
}

#[test]
fn what_is_known_after_apply_is_not_known() {
    let normalized = read(&plan(
        &[created(
            "azuread_application.a",
            json!({"display_name": "A", "identifier_uris": ["api://a", null], "web": [{"homepage_url": null}], "api": []}),
            json!({"client_id": true, "sign_in_audience": true, "identifier_uris": [false, true], "web": [{"redirect_uris": true, "implicit_grant": true}], "app_role": true}),
        )],
        &[],
    ));
    let app = only(&normalized);
    assert_eq!(app.app_id, None);
    assert_eq!(app.multitenant, None);
    assert_eq!(app.identifier_uris.as_ref().unwrap().len(), 1);
    assert_eq!(app.implicit_grant.access_token, None);
    assert_eq!(app.app_roles, None);
    let unknown = gaps(&normalized, GapReason::Unknown);
    for fact in [
        "application.sign_in_audience",
        "application.identifier_uris",
        "application.redirect_uris",
        "application.implicit_grant.access_token",
        "application.app_roles",
    ] {
        assert!(unknown.contains(&fact), "{fact}");
    }
    assert!(normalized.problems.is_empty());
}

#[test]
fn what_is_not_set_has_the_default_of_the_provider() {
    let attributes = json!({"display_name": "A", "sign_in_audience": null, "api": [{"requested_access_token_version": null}], "fallback_public_client_enabled": null, "single_page_application": [], "web": [], "group_membership_claims": null});
    let normalized = read(&plan(
        &[created("azuread_application.a", attributes, json!({}))],
        &[],
    ));
    let app = only(&normalized);
    assert_eq!(app.sign_in_audience.as_deref(), Some("AzureADMyOrg"));
    assert_eq!(app.api.access_token_version, Some(1));
    assert_eq!(app.public_client_fallback, Some(false));
    assert_eq!(app.redirect_uris.as_deref(), Some(&[][..]));
    assert_eq!(app.group_claims.as_deref(), Some("None"));
    // Others may add these, and the provider has no attribute for the last.
    assert_eq!((&app.credentials, &app.owners), (&None, &None));
    assert_eq!((&app.federated_credentials, &app.lock), (&None, &None));
}

#[test]
fn a_registration_accepts_tokens_of_version_two_unless_it_says_so() {
    let attributes = json!({"requested_access_token_version": null});
    let registration = created("azuread_application_registration.a", attributes, json!({}));
    let normalized = read(&plan(&[registration], &[]));
    assert_eq!(only(&normalized).api.access_token_version, Some(2));
}

#[test]
fn what_may_be_null_is_read_as_the_provider_writes_it() {
    let read = |status: &str, version: u8| {
        let attributes =
            json!({"disabled_by_microsoft": status, "requested_access_token_version": version});
        let address = "azuread_application_registration.a";
        let existing = json!({"actions": ["no-op"], "after": attributes});
        let app = read(&plan(&[change(address, existing)], &[]));
        let app = only(&app);
        (
            app.disabled_by_microsoft.clone(),
            app.api.access_token_version,
        )
    };
    for status in ["", "<nil>", "map[]", "map[false:]"] {
        assert_eq!(read(status, 0), (Some(String::new()), Some(1)), "{status}");
    }
    for status in ["NotDisabled", "map[true:NotDisabled]"] {
        assert_eq!(read(status, 2), (Some("NotDisabled".to_owned()), Some(2)));
    }
}

#[test]
fn an_empty_list_in_a_resource_of_its_own_is_known_to_be_empty() {
    let part = |address: &str, after: Value| {
        change(address, json!({"actions": ["no-op"], "after": after}))
    };
    let normalized = read(&plan(
        &[
            part(
                "azuread_application_registration.a",
                json!({"object_id": "o"}),
            ),
            part(
                "azuread_application_known_clients.a",
                json!({"application_id": "o", "known_client_ids": []}),
            ),
            part(
                "azuread_application_redirect_uris.a",
                json!({"application_id": "o", "type": "SPA", "redirect_uris": []}),
            ),
        ],
        &[],
    ));
    let app = only(&normalized);
    assert_eq!(app.api.known_clients.as_deref(), Some(&[][..]));
    assert_eq!(app.redirect_uris.as_deref(), Some(&[][..]));
    // Nothing is said of the other platforms.
    assert_eq!(
        gaps(&normalized, GapReason::NotCollected),
        ["application.redirect_uris"]
    );
}

#[test]
fn sensitive_values_are_not_read() {
    let application = change(
        "azuread_application.a",
        json!({"actions": ["no-op"], "after": {"display_name": "hunter2", "web": [{"redirect_uris": ["http://hunter2.net"]}],
                "password": [{"display_name": "hunter2", "end_date": "2027-01-01T00:00:00Z", "value": "hunter2"}]},
            "after_sensitive": {"display_name": true, "web": [{"redirect_uris": [true]}], "password": true}}),
    );
    let normalized = read(&plan(&[application], &[]));
    let app = only(&normalized);
    assert!(!serde_json::to_string(app).unwrap().contains("hunter2"));
    assert!(app.credentials.as_ref().unwrap()[0].has_value);
    let secrets = &normalized.subjects[0].secrets;
    assert!(secrets.contains(&"/resource_changes/0/change/after/display_name".to_owned()));
    assert!(secrets.contains(&"/resource_changes/0/change/after/password".to_owned()));
}

#[test]
fn what_is_only_deleted_is_not_judged() {
    for actions in [json!(["delete"]), json!(["forget"])] {
        let gone = json!({"actions": actions, "before": {"display_name": "A"}, "after": null, "after_unknown": false});
        let normalized = read(&plan(&[change("azuread_application.a", gone)], &[]));
        assert!(normalized.subjects.is_empty());
        assert_eq!(normalized.notes.len(), 1);
    }
    let replaced = json!({"actions": ["delete", "create"], "after": {"display_name": "A"}, "after_unknown": {}});
    assert_eq!(
        read(&plan(&[change("azuread_application.a", replaced)], &[]))
            .subjects
            .len(),
        1
    );
}

#[test]
fn a_part_finds_the_application_with_its_key() {
    let password = |key| {
        created(
            &format!("azuread_application_password.p[\"{key}\"]"),
            json!({"display_name": key}),
            json!({"application_id": true}),
        )
    };
    let app = |key| {
        created(
            &format!("azuread_application.a[\"{key}\"]"),
            json!({}),
            json!({"id": true}),
        )
    };
    let normalized = read(&plan(
        &[app("x"), app("y"), password("y"), password("x")],
        &[(
            "azuread_application_password.p",
            &["azuread_application.a", "each.key"],
        )],
    ));
    let names: Vec<_> = normalized
        .subjects
        .iter()
        .map(|subject| {
            let credentials = subject.application().unwrap().credentials.as_ref().unwrap();
            (
                subject.name().unwrap(),
                credentials[0].name.as_deref().unwrap(),
            )
        })
        .collect();
    let (x, y) = (
        "azuread_application.a[\"x\"]",
        "azuread_application.a[\"y\"]",
    );
    assert_eq!(names, [(x, "x"), (y, "y")]);
    assert!(normalized.notes.is_empty());
}

#[test]
fn a_part_whose_application_cannot_be_told_is_said_and_judged() {
    let uris = created(
        "azuread_application_redirect_uris.r",
        json!({"type": "Web", "redirect_uris": ["http://a.net"]}),
        json!({"application_id": true}),
    );
    let app = created(
        "azuread_application_registration.a",
        json!({}),
        json!({"id": true}),
    );
    for references in [
        &["local.id"][..],
        &[
            "azuread_application_registration.a.id",
            "azuread_application.b.id",
        ][..],
    ] {
        let known = read(&plan(
            &[
                app.clone(),
                uris.clone(),
                created("azuread_application.b", json!({}), json!({"id": true})),
            ],
            &[("azuread_application_redirect_uris.r", references)],
        ));
        assert_eq!(known.notes.len(), 1);
        let alone = known.subjects.last().unwrap();
        assert_eq!(alone.name(), Some("azuread_application_redirect_uris.r"));
        assert_eq!(
            alone
                .application()
                .unwrap()
                .redirect_uris
                .as_ref()
                .unwrap()
                .len(),
            1
        );
        // The registration may be the one, so that it is not known to have none.
        assert_eq!(known.subjects[0].application().unwrap().redirect_uris, None);
    }
}

#[test]
fn lists_that_others_may_add_to_are_never_whole() {
    let known = |address: &str, after: Value| {
        change(address, json!({"actions": ["no-op"], "after": after}))
    };
    let normalized = read(&plan(
        &[
            known(
                "azuread_application_registration.a",
                json!({"id": "/applications/o", "client_id": "c"}),
            ),
            known(
                "azuread_application_app_role.r",
                json!({"application_id": "/applications/o", "role_id": "1", "value": "R", "allowed_member_types": ["User"]}),
            ),
            known(
                "azuread_application_password.p",
                json!({"application_id": "/applications/o", "key_id": "1"}),
            ),
        ],
        &[],
    ));
    let app = only(&normalized);
    assert_eq!(app.app_roles.as_ref().unwrap()[0].enabled, Some(true));
    let open = gaps(&normalized, GapReason::NotCollected);
    assert!(open.contains(&"application.app_roles"));
    assert!(open.contains(&"application.credentials"));
    assert_eq!(app.identifier_uris, None);
}

#[test]
fn a_lifetime_is_known_before_the_dates_are() {
    let password = created(
        "azuread_application_password.p",
        json!({"end_date_relative": "17520h"}),
        json!({"application_id": true, "start_date": true, "end_date": true}),
    );
    let normalized = read(&plan(
        &[
            created("azuread_application.a", json!({}), json!({"id": true})),
            password,
        ],
        &[(
            "azuread_application_password.p",
            &["azuread_application.a.id", "azuread_application.a"],
        )],
    ));
    let credential = &only(&normalized).credentials.as_ref().unwrap()[0];
    assert_eq!(
        (credential.lifetime_days, &credential.end),
        (Some(730), &None)
    );
    assert_eq!(whole_days("24h30m"), Some(1));
    assert_eq!(whole_days("1y"), None);
    assert_eq!(whole_days("99999999999999999999h"), None);
}

#[test]
fn a_plan_without_changes_has_its_planned_values() {
    let normalized = read(
        &json!({"planned_values": {"root_module": {"child_modules": [{"resources": [
            {"address": "module.m.azuread_application.a", "mode": "managed", "type": "azuread_application", "name": "a", "values": {"display_name": "A", "web": []}}
        ]}]}}}),
    );
    let subject = &normalized.subjects[0];
    assert_eq!(
        subject.pointer,
        "/planned_values/root_module/child_modules/0/resources/0/values"
    );
    assert_eq!(subject.name(), Some("module.m.azuread_application.a"));
}

#[test]
fn what_a_plan_for_some_resources_leaves_out_stays() {
    let app = json!({"address": "azuread_application.a", "mode": "managed", "type": "azuread_application", "name": "a",
        "values": {"id": "/applications/o", "display_name": "A"}});
    let password = change(
        "azuread_application_password.p",
        json!({"actions": ["update"], "after": {"application_id": "/applications/o", "display_name": "P"}}),
    );
    let mut plan = plan(&[password], &[]);
    plan["prior_state"] = json!({"values": {"root_module": {"resources": [app]}}});
    let normalized = read(&plan);
    assert_eq!(normalized.subjects[0].name(), Some("azuread_application.a"));
    assert_eq!(only(&normalized).credentials.as_ref().unwrap().len(), 1);
    // What the plan deletes or moves is in the state before it as well.
    let gone = json!({"actions": ["delete"], "before": {}, "after": null});
    plan["resource_changes"] = json!([change("azuread_application.a", gone)]);
    assert!(read(&plan).subjects.is_empty());
    let mut moved = created("azuread_application.b", json!({}), json!({}));
    moved["previous_address"] = json!("azuread_application.a");
    plan["resource_changes"] = json!([moved]);
    assert_eq!(read(&plan).subjects.len(), 1);
}

#[test]
fn what_is_left_of_a_replaced_resource_is_not_judged() {
    let mut old = change(
        "azuread_application.a",
        json!({"actions": ["no-op"], "after": {}}),
    );
    old["deposed"] = json!("00000000");
    assert!(read(&plan(&[old], &[])).subjects.is_empty());
}

#[test]
fn a_plan_that_is_not_whole_is_said_to_be() {
    let whole = plan(
        &[created("azuread_application.a", json!({}), json!({}))],
        &[],
    );
    for (name, value, notes) in [
        ("errored", true, 1),
        ("errored", false, 0),
        ("complete", false, 1),
        ("complete", true, 0),
    ] {
        let mut plan = whole.clone();
        plan[name] = json!(value);
        assert_eq!(read(&plan).notes.len(), notes, "{name}");
    }
}

#[test]
fn an_element_that_is_null_is_not_known() {
    let normalized = read(
        &json!({"planned_values": {"root_module": {"resources": [{"address": "azuread_application.a", "type": "azuread_application",
            "name": "a", "values": {"identifier_uris": ["api://a", null], "web": [{"redirect_uris": [null]}]}}]}}}),
    );
    assert_eq!(only(&normalized).identifier_uris.as_ref().unwrap().len(), 1);
    assert!(gaps(&normalized, GapReason::Unknown).contains(&"application.redirect_uris"));
    assert!(normalized.problems.is_empty());
}

#[test]
fn references_in_circles_come_to_an_end() {
    let twice = |reference: &str| json!({"references": [reference, reference]});
    let call = json!({
        "module": {"outputs": {"x": {"expression": twice("var.v")}}},
        "expressions": {"v": twice("module.a.x")},
    });
    let mut plan = plan(
        &[created(
            "azuread_application_password.p",
            json!({}),
            json!({"application_id": true}),
        )],
        &[("azuread_application_password.p", &["module.a.x"])],
    );
    plan["configuration"]["root_module"]["module_calls"] = json!({"a": call});
    let normalized = read(&plan);
    assert!(normalized.notes[0].message.contains("cannot be told"));
}

#[test]
fn each_subject_hides_what_is_sensitive_of_its_own() {
    let app = |name: &str| {
        change(
            &format!("azuread_application.{name}"),
            json!({"actions": ["no-op"], "after": {"display_name": "hunter2"}, "after_sensitive": {"display_name": true}}),
        )
    };
    let normalized = read(&plan(&[app("a"), app("b")], &[]));
    for subject in &normalized.subjects {
        assert_eq!(subject.raw().unwrap()["display_name"], "***");
    }
}

#[test]
fn values_of_sensitive_variables_are_hidden() {
    let mut plan = plan(
        &[created("azuread_application.a", json!({}), json!({}))],
        &[],
    );
    plan["variables"] = json!({"secret": {"value": "hunter2"}, "name": {"value": "shop"}});
    plan["configuration"]["root_module"]["variables"] =
        json!({"secret": {"sensitive": true}, "name": {}});
    assert_eq!(read(&plan).subjects[0].secrets, ["/variables/secret/value"]);
}

fn json_value() -> impl Strategy<Value = Value> {
    let names = prop::sample::select(vec![
        "web",
        "api",
        "redirect_uris",
        "password",
        "application_id",
        "owners",
        "app_role",
        "type",
        "value",
        "references",
        "client_id",
        "object_id",
        "claim_values",
        "app_role_id",
        "principal_object_id",
        "role_object_id",
        "feature_tags",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i8>().prop_map(Value::from),
        "[a-z.\\[\\]\"/${}é]{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(names.clone(), inner, 0..4).prop_map(|members| {
                Value::Object(
                    members
                        .into_iter()
                        .map(|(k, v)| (k.to_owned(), v))
                        .collect(),
                )
            }),
        ]
    })
}

proptest! {
    #[test]
    fn never_panics(after in json_value(), unknown in json_value(), sensitive in json_value(), expressions in json_value()) {
        let kinds = ["azuread_application", "azuread_application_registration", "azuread_application_password",
            "azuread_application_api_access", "azuread_application_optional_claims", "azuread_application_redirect_uris",
            "azuread_service_principal", "azuread_app_role_assignment", "azuread_directory_role_member", "azuread_directory_role",
            "azuread_service_principal_delegated_permission_grant", "azuread_service_principal_token_signing_certificate"];
        let changes: Vec<Value> = kinds.iter().map(|kind| change(
            &format!("{kind}.x"),
            json!({"actions": ["create"], "after": after, "after_unknown": unknown, "after_sensitive": sensitive}),
        )).collect();
        let resources: Vec<Value> = kinds.iter().map(|kind| json!({"type": kind, "name": "x", "expressions": expressions})).collect();
        read(&json!({"resource_changes": changes, "configuration": {"root_module": {"resources": resources, "module_calls": expressions}}}));
    }
}
