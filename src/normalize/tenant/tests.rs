//! Policies become facts of their tenant.

use serde_json::{Value, json};

use super::{Policy, Tenant};
use crate::document::{self, Document, Limits};
use crate::normalize::part::{self, Part};
use crate::normalize::{Facts, GapReason, Normalized, Place, Subject, Unrecognized, normalize};

fn document(path: &str, value: &Value) -> Document {
    let text = serde_json::to_vec_pretty(value).unwrap();
    document::parse(path, &text, &Limits::default())
        .unwrap()
        .remove(0)
}

fn read(path: &str, value: &Value) -> Normalized {
    normalize(&document(path, value), None)
}

fn parts(documents: &[(&str, Value)]) -> Vec<Part> {
    documents
        .iter()
        .flat_map(|(path, value)| read(path, value).parts)
        .collect()
}

fn subjects(documents: &[(&str, Value)]) -> Vec<Subject> {
    part::join(Vec::new(), parts(documents), &[])
}

fn facts(subject: &Subject) -> &Tenant {
    match &subject.facts {
        Facts::Tenant(tenant) => tenant,
        other => panic!("{other:?}"),
    }
}

fn only(documents: &[(&str, Value)]) -> Subject {
    let mut subjects = subjects(documents);
    assert_eq!(subjects.len(), 1);
    subjects.remove(0)
}

fn tenant(value: Value) -> Tenant {
    facts(&only(&[("policy.json", value)])).clone()
}

fn kind(value: &Value) -> Option<Policy> {
    super::policy(value, value).unwrap()
}

fn authorization() -> Value {
    json!({
        "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#policies/authorizationPolicy/$entity",
        "id": "authorizationPolicy",
        "allowUserConsentForRiskyApps": false,
        "defaultUserRolePermissions": {
            "allowedToCreateApps": true,
            "permissionGrantPoliciesAssigned": ["ManagePermissionGrantsForSelf.microsoft-user-default-low"]
        }
    })
}

fn app_management() -> Value {
    json!({
        "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#policies/defaultAppManagementPolicy/$entity",
        "id": "00000000-0000-0000-0000-000000000000",
        "isEnabled": true,
        "applicationRestrictions": {
            "passwordCredentials": [{"restrictionType": "passwordLifetime", "state": "enabled",
                "maxLifetime": "P180D", "restrictForAppsCreatedAfterDateTime": null}],
            "keyCredentials": []
        },
        "servicePrincipalRestrictions": {"passwordCredentials": [], "keyCredentials": []}
    })
}

fn custom(name: &str) -> Value {
    json!({
        "id": "0f0f0f0f-0000-4000-8000-000000000001",
        "displayName": name,
        "isEnabled": true,
        "restrictions": {
            "passwordCredentials": [{"restrictionType": "passwordAddition", "state": "disabled", "maxLifetime": null}],
            "keyCredentials": []
        }
    })
}

fn page(context: &str, items: Value) -> Value {
    json!({
        "@odata.context": format!("https://graph.microsoft.com/v1.0/$metadata#{context}"),
        "value": items
    })
}

#[test]
fn policies_are_told_apart() {
    for (value, expected) in [
        (authorization(), Policy::Authorization),
        (app_management(), Policy::AppManagement),
        (custom("Legacy"), Policy::CustomAppManagement),
        (
            json!({"@odata.type": "#microsoft.graph.adminConsentRequestPolicy", "isEnabled": false}),
            Policy::AdminConsentRequests,
        ),
        (
            json!({"isEnabled": true, "requestDurationInDays": 30}),
            Policy::AdminConsentRequests,
        ),
        (
            json!({"templateId": "dffd5d46-495d-40a9-8e21-954ff55e198a", "values": []}),
            Policy::DirectorySettings,
        ),
        (
            json!({"ApplicationRestrictions": null}),
            Policy::AppManagement,
        ),
        (
            json!({"@odata.context": "https://graph.microsoft.com/v1.0/$metadata#policies/authorizationPolicy(id)/$entity"}),
            Policy::Authorization,
        ),
        (
            json!({"@odata.context": "https://graph.microsoft.com/beta/$metadata#settings/$entity"}),
            Policy::DirectorySettings,
        ),
    ] {
        assert_eq!(kind(&value), Some(expected), "{value}");
    }
}

#[test]
fn other_objects_are_no_policies() {
    for value in [
        json!({"appId": "1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9", "signInAudience": "AzureADMyOrg"}),
        json!({"appId": "1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9", "restrictions": {"passwordCredentials": []}}),
        json!({"@odata.type": "#microsoft.graph.application", "restrictions": {"keyCredentials": []}}),
        json!({"restrictions": {"maximum": 3}}),
        json!({"templateId": "x", "values": {}}),
        json!({"isEnabled": true}),
        json!({"@odata.context": "https://graph.microsoft.com/v1.0/$metadata#groups('x')/settings"}),
        json!([]),
        json!("authorizationPolicy"),
    ] {
        assert_eq!(kind(&value), None, "{value}");
    }
}

#[test]
fn keys_of_two_policies_are_ambiguous() {
    let mut both = app_management();
    both["restrictions"] = json!({"passwordCredentials": []});
    both.as_object_mut().unwrap().remove("@odata.context");
    let reason = read("policy.json", &both).unrecognized;
    assert!(
        matches!(reason, Some(Unrecognized::Ambiguous(_))),
        "{reason:?}"
    );
}

#[test]
fn keys_that_differ_in_case_are_problems() {
    let value = json!({"applicationRestrictions": null, "isEnabled": true, "IsEnabled": false});
    let problems = read("policy.json", &value).problems;
    assert!(
        problems[0].message.contains("differ only in case"),
        "{problems:?}"
    );
}

#[test]
fn documents_of_a_run_are_one_tenant() {
    let subject = only(&[
        ("tenant/app.json", app_management()),
        ("tenant/authorization.json", authorization()),
    ]);
    let tenant = facts(&subject);
    assert_eq!(tenant.authorization.allowed_to_create_apps, Some(true));
    assert_eq!(tenant.app_management.enabled, Some(true));
    assert_eq!(tenant.app_management.service_principals, Some(Vec::new()));
    assert_eq!(tenant.app_management_policies, None);
    assert_eq!(tenant.admin_consent_requests.enabled, None);
    assert_eq!(tenant.directory_settings.group_specific_consent, None);
    assert_eq!(tenant.id, None);
}

#[test]
fn places_name_their_document() {
    let subject = only(&[
        ("tenant/app.json", app_management()),
        ("tenant/authorization.json", authorization()),
    ]);
    let place = |document, pointer: &str| Place {
        document,
        pointer: pointer.to_owned(),
    };
    let tenant = facts(&subject);
    let restriction = &tenant.app_management.applications.as_ref().unwrap()[0];
    let first = "/applicationRestrictions/passwordCredentials/0";
    assert_eq!(restriction.at, first);
    assert_eq!(subject.place_of(Some(&restriction.at)), place(0, first));
    let grant = &tenant
        .authorization
        .permission_grant_policies
        .as_ref()
        .unwrap()[0];
    let second = "/defaultUserRolePermissions/permissionGrantPoliciesAssigned/0";
    assert_eq!(grant.at, format!("1#{second}"));
    assert_eq!(subject.place_of(Some(&grant.at)), place(1, second));
    for (at, expected) in [
        (
            "tenant.authorization.allowed_to_create_apps",
            place(1, "/defaultUserRolePermissions/allowedToCreateApps"),
        ),
        ("tenant.authorization", place(1, "")),
        ("tenant.app_management.enabled", place(0, "/isEnabled")),
        ("tenant.admin_consent_requests.enabled", place(0, "")),
        ("2#/isEnabled", place(0, "")),
        ("/a#b", place(0, "/a#b")),
    ] {
        assert_eq!(subject.place_of(Some(at)), expected, "{at}");
    }
    assert_eq!(subject.place_of(None), place(0, ""));
}

#[test]
fn a_policy_that_is_there_twice_splits_the_directories() {
    let found = subjects(&[
        ("contoso/app.json", app_management()),
        ("contoso/authorization.json", authorization()),
        ("fabrikam/app.json", app_management()),
        ("fabrikam/authorization.json", authorization()),
        ("fabrikam/old.json", authorization()),
    ]);
    let of: Vec<(&str, usize)> = found
        .iter()
        .map(|subject| (subject.path(), subject.others.len()))
        .collect();
    assert_eq!(
        of,
        [
            ("contoso/app.json", 1),
            ("fabrikam/app.json", 1),
            ("fabrikam/old.json", 0)
        ]
    );
}

#[test]
fn documents_that_name_two_tenants_are_two() {
    let named = |mut value: Value, tenant: &str| {
        let id = format!("https://graph.microsoft.com/v2/{tenant}/authorizationPolicies/x");
        value["@odata.id"] = json!(id);
        value
    };
    let one = "927C6607-8060-4F4A-A5F8-34964AC78D70";
    let other = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";
    let found = subjects(&[
        ("a/app.json", named(app_management(), one)),
        ("b/authorization.json", named(authorization(), other)),
    ]);
    let ids: Vec<_> = found.iter().map(Subject::id).collect();
    assert_eq!(ids, [Some(one.to_lowercase().as_str()), Some(other)]);
    let same = only(&[
        ("a/app.json", named(app_management(), one)),
        ("b/authorization.json", authorization()),
    ]);
    assert_eq!(same.id(), Some(one.to_lowercase().as_str()));
}

#[test]
fn pages_hold_policies() {
    let items = json!([custom("Legacy"), custom("Payroll")]);
    let subject = only(&[("p.json", page("policies/appManagementPolicies", items))]);
    let policies = facts(&subject).app_management_policies.clone().unwrap();
    assert_eq!(policies.len(), 2);
    assert_eq!(policies[1].at, "/value/1");
    assert_eq!(policies[1].display_name.as_deref(), Some("Payroll"));
    assert_eq!(policies[1].applies_to, None);
    assert_eq!(subject.gaps, []);
}

#[test]
fn an_empty_page_says_that_there_is_none() {
    let none = page("policies/appManagementPolicies", json!([]));
    assert_eq!(tenant(none).app_management_policies, Some(Vec::new()));
    let none = tenant(page("policies/defaultAppManagementPolicy", json!([])));
    assert_eq!(none.app_management.enabled, Some(false));
    assert_eq!(none.app_management.applications, Some(Vec::new()));
    let none = tenant(page("groupSettings", json!([])));
    assert_eq!(none.directory_settings.group_specific_consent, None);
    for context in [
        "applications('x')/appManagementPolicies",
        "applications",
        "groups('x')/settings",
    ] {
        let read = read("p.json", &page(context, json!([])));
        assert!(read.parts.is_empty(), "{context}");
        assert!(read.unrecognized.is_some(), "{context}");
    }
}

#[test]
fn a_page_with_a_next_one_is_incomplete() {
    let mut first = page("policies/appManagementPolicies", json!([custom("Legacy")]));
    first["@odata.nextLink"] = json!("https://graph.microsoft.com/v1.0/next");
    let subject = only(&[("p.json", first.clone())]);
    assert_eq!(subject.gaps.len(), 1);
    assert_eq!(subject.gaps[0].fact, "tenant.app_management_policies");
    assert_eq!(subject.gaps[0].reason, GapReason::NotCollected);
    first["value"] = json!([]);
    assert!(read("p.json", &first).parts.is_empty());
}

#[test]
fn prefixes_and_case_of_grant_policies_do_not_matter() {
    for (id, scope, name) in [
        (
            "ManagePermissionGrantsForSelf.microsoft-user-default-low",
            "self",
            "microsoft-user-default-low",
        ),
        (
            "managePermissionGrantsForSelf.Microsoft-User-Default-Legacy",
            "self",
            "microsoft-user-default-legacy",
        ),
        (
            "microsoft-user-default-recommended",
            "self",
            "microsoft-user-default-recommended",
        ),
        (
            "ManagePermissionGrantsForOwnedResource.microsoft-dynamically-managed-permissions-for-team",
            "owned_resource",
            "microsoft-dynamically-managed-permissions-for-team",
        ),
        ("ManagePermissionGrantsForAll.x", "all", "x"),
        ("ManagePermissionGrantsForNobody.x", "other", "x"),
        ("my.policy", "self", "my.policy"),
    ] {
        let found = tenant(json!({"permissionGrantPolicyIdsAssignedToDefaultUserRole": [id]}));
        let policies = found.authorization.permission_grant_policies.unwrap();
        assert_eq!(policies[0].id, id);
        assert_eq!(
            (policies[0].scope.as_str(), policies[0].name.as_str()),
            (scope, name)
        );
    }
}

fn restriction(fields: Value) -> super::Restriction {
    let value =
        json!({"applicationRestrictions": {"passwordCredentials": [fields], "keyCredentials": []}});
    tenant(value).app_management.applications.unwrap().remove(0)
}

#[test]
fn restrictions_are_read_in_any_spelling() {
    let read = restriction(json!({
        "RestrictionType": "PasswordLifetime", "State": "Enabled", "MaxLifetime": {"Ticks": 155_520_000_000_000_u64},
        "RestrictForAppsCreatedAfterDateTime": "/Date(1700000000000)/"
    }));
    assert_eq!(read.kind, "password");
    assert_eq!(read.restriction_type.as_deref(), Some("passwordLifetime"));
    assert_eq!(read.enabled, Some(true));
    assert_eq!(read.max_lifetime.as_deref(), Some("P180D"));
    assert_eq!(read.max_lifetime_days, Some(180));
    assert_eq!(read.created_after.as_deref(), Some("2023-11-14T22:13:20Z"));
    assert_eq!(read.all_applications, Some(false));
}

#[test]
fn minimal_dates_are_for_all_applications() {
    for (date, expected) in [
        (json!(null), Some(true)),
        (json!("0001-01-01T00:00:00Z"), Some(true)),
        (json!("2009-12-31T23:59:59Z"), Some(true)),
        (json!("2010-01-01T00:00:00Z"), Some(false)),
        (json!("2024-01-01T00:00:00Z"), Some(false)),
        (json!("${{DATE}}"), None),
    ] {
        let read = restriction(json!({"restrictForAppsCreatedAfterDateTime": date}));
        assert_eq!(read.all_applications, expected, "{date}");
    }
    assert_eq!(restriction(json!({})).all_applications, None);
}

#[test]
fn states_and_lifetimes_that_are_not_known_are_problems() {
    for (fields, message) in [
        (
            json!({"state": "audit"}),
            "`/applicationRestrictions/passwordCredentials/0/state` is `audit`, expected `enabled` or `disabled`",
        ),
        (
            json!({"maxLifetime": "180 days"}),
            "`/applicationRestrictions/passwordCredentials/0/maxLifetime` is `180 days`, expected a duration such as \
             `P180D`",
        ),
        (
            json!({"restrictForAppsCreatedAfterDateTime": "11/23/2026"}),
            "`/applicationRestrictions/passwordCredentials/0/restrictForAppsCreatedAfterDateTime` is not a date",
        ),
    ] {
        let value = json!({"applicationRestrictions": {"passwordCredentials": [fields], "keyCredentials": []}});
        let problems = read("p.json", &value).problems;
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].message, message);
        let gaps = only(&[("p.json", value)]).gaps;
        assert!(gaps.iter().any(|gap| gap.reason == GapReason::Invalid));
        assert_eq!(gaps[0].fact, "tenant.app_management.applications");
    }
}

#[test]
fn a_restriction_without_a_state_holds() {
    assert_eq!(restriction(json!({})).enabled, Some(true));
    assert_eq!(restriction(json!({"state": null})).enabled, Some(true));
    assert_eq!(
        restriction(json!({"state": "disabled"})).enabled,
        Some(false)
    );
}

#[test]
fn restrictions_of_uris_and_audiences_are_read() {
    let found = tenant(json!({"applicationRestrictions": {
        "passwordCredentials": [], "keyCredentials": null,
        "identifierUris": {"nonDefaultUriAddition": {"state": "enabled", "restrictForAppsCreatedAfterDateTime": null}},
        "audiences": {"azureAdMultipleOrgs": {"state": "disabled"}}
    }}));
    let read: Vec<_> = found
        .app_management
        .applications
        .iter()
        .flatten()
        .map(|r| (r.kind.as_str(), r.restriction_type.as_deref(), r.enabled))
        .collect();
    assert_eq!(
        read,
        [
            ("identifier_uri", Some("nonDefaultUriAddition"), Some(true)),
            ("audience", Some("azureAdMultipleOrgs"), Some(false))
        ]
    );
}

#[test]
fn targets_have_kinds() {
    let mut value = custom("Legacy");
    value["appliesTo"] = json!([
        {"@odata.type": "#microsoft.graph.application", "id": "A", "displayName": "Payroll"},
        {"@odata.type": "#microsoft.graph.servicePrincipal", "id": "B"},
        {"id": "C"}
    ]);
    let targets = tenant(value).app_management_policies.unwrap().remove(0);
    let targets = targets.applies_to.unwrap();
    let kinds: Vec<_> = targets.iter().map(|t| t.kind.as_deref()).collect();
    assert_eq!(
        kinds,
        [Some("application"), Some("service_principal"), None]
    );
    assert_eq!(targets[0].display_name.as_deref(), Some("Payroll"));
    assert_eq!(targets[0].at, "/appliesTo/0");
}

#[test]
fn group_consent_is_one_of_several_settings() {
    let setting = |value: Value| {
        json!([
            {"templateId": "62375ab9-6b52-47ed-826b-58e47e0e304b", "values": [{"name": "EnableGroupCreation", "value": "true"}]},
            {"templateId": "dffd5d46-495d-40a9-8e21-954ff55e198a", "values": [
                {"name": "BlockUserConsentForRiskyApps", "value": "true"},
                {"name": "EnableGroupSpecificConsent", "value": value}
            ]}
        ])
    };
    for (value, expected) in [
        (json!("True"), Some(true)),
        (json!("false"), Some(false)),
        (json!(true), Some(true)),
        (json!(""), None),
        (json!(null), None),
    ] {
        let subject = only(&[("settings.json", setting(value.clone()))]);
        let found = facts(&subject).directory_settings.group_specific_consent;
        assert_eq!(found, expected, "{value}");
        let place = subject.place_of(Some("tenant.directory_settings.group_specific_consent"));
        assert_eq!(place.pointer, "/1/values/1");
    }
    assert_eq!(read("s.json", &setting(json!("yes"))).problems.len(), 1);
}

#[test]
fn requests_for_consent_are_read() {
    let found = tenant(json!({
        "isEnabled": true, "notifyReviewers": true, "remindersEnabled": false, "requestDurationInDays": 30,
        "reviewers": [{"query": "/users/906e0ee5-6372-4cc8-8248-fdf2846b48ed", "queryType": "MicrosoftGraph"}]
    }));
    let requests = found.admin_consent_requests;
    assert_eq!(requests.enabled, Some(true));
    assert_eq!(requests.request_duration_days, Some(30));
    assert_eq!(requests.reviewers.unwrap()[0].at, "/reviewers/0");
    let malformed = json!({"requestDurationInDays": "soon"});
    assert_eq!(read("p.json", &malformed).problems.len(), 1);
}

#[test]
fn a_restriction_that_is_cut_off_is_a_gap() {
    let gaps = |fields: Value| {
        let lists = json!({"passwordCredentials": [fields], "keyCredentials": []});
        only(&[("p.json", json!({"applicationRestrictions": lists}))])
            .gaps
            .len()
    };
    let date = "restrictForAppsCreatedAfterDateTime";
    assert_eq!(
        gaps(json!({"restrictionType": "passwordAddition", date: null})),
        0
    );
    assert_eq!(gaps(json!({"restrictionType": "passwordAddition"})), 1);
    assert_eq!(
        gaps(json!({"restrictionType": "passwordAddition", "state": "disabled"})),
        0
    );
    assert_eq!(
        gaps(json!({"restrictionType": "passwordLifetime", date: null})),
        1
    );
    assert_eq!(
        gaps(json!({"restrictionType": "passwordLifetime", date: null, "maxLifetime": null})),
        0
    );
}

#[test]
fn a_configuration_without_one_of_its_lists_is_not_known() {
    for (value, expected) in [
        (json!({"passwordCredentials": []}), None),
        (json!({"keyCredentials": []}), None),
        (
            json!({"passwordCredentials": [], "keyCredentials": null}),
            Some(Vec::new()),
        ),
        (json!(null), Some(Vec::new())),
    ] {
        let found = tenant(json!({"isEnabled": true, "applicationRestrictions": value.clone()}));
        assert_eq!(found.app_management.applications, expected, "{value}");
    }
}
