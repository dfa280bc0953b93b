//! Service principals, what other documents say of them, and the inventory of a run, from files to report.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::path::Path;

use serde_json::{Value, json};
use ztvet::normalize::input::Input;
use ztvet::report::Report;
use ztvet::{Config, Engine};

const SHOP: &str = "1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9";
const SHOP_PRINCIPAL: &str = "5b0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9";
const GRAPH_PRINCIPAL: &str = "6c0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9";
const GRAPH: &str = "00000003-0000-0000-c000-000000000000";
const TENANT: &str = "3f2504e0-0000-4000-8000-000000000001";
const CONTEXT: &str = "https://graph.microsoft.com/v1.0/$metadata#";

fn engine(config: &str) -> Engine {
    let config = Config::parse("ztvet.yaml", config).unwrap();
    let builder = Engine::builder()
        .bundled()
        .unwrap()
        .config("ztvet.yaml", config);
    let now = "2026-11-23T06:00:00Z".parse().unwrap();
    builder.now(now).build().unwrap()
}

/// Writes documents into a directory, each under its name.
fn directory(documents: &[(&str, Value)]) -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    for (name, document) in documents {
        let text = serde_json::to_string_pretty(document).unwrap();
        std::fs::write(directory.path().join(name), text).unwrap();
    }
    directory
}

fn inputs(config: &str, path: &Path) -> Vec<Input> {
    let inputs = engine(config).normalize_paths(&[path]);
    assert!(inputs.errors.is_empty(), "{:?}", inputs.errors);
    inputs.inputs
}

fn principal(config: &str, path: &Path) -> Value {
    let inputs = inputs(config, path);
    let principal = inputs.iter().find_map(|input| {
        let facts = input.service_principal.as_ref()?;
        (facts.object_id.as_deref() == Some(SHOP_PRINCIPAL)).then_some(facts)
    });
    serde_json::to_value(principal.unwrap()).unwrap()
}

fn found(report: &Report) -> Vec<(&str, &str)> {
    let findings = report.findings.iter();
    findings
        .map(|finding| (finding.rule.as_str(), finding.message.as_str()))
        .collect()
}

fn shop_principal(more: Value) -> Value {
    let mut principal = json!({
        "id": SHOP_PRINCIPAL,
        "appId": SHOP,
        "displayName": "Shop",
        "servicePrincipalType": "Application",
        "appOwnerOrganizationId": TENANT,
    });
    merge(&mut principal, more);
    principal
}

fn merge(into: &mut Value, more: Value) {
    let (Value::Object(into), Value::Object(more)) = (into, more) else {
        panic!("both must be objects")
    };
    into.extend(more);
}

fn graph_principal() -> Value {
    json!({
        "id": GRAPH_PRINCIPAL,
        "appId": GRAPH,
        "displayName": "Microsoft Graph",
        "servicePrincipalType": "Application",
        "appOwnerOrganizationId": "f8cdef31-a31e-4b4a-93e4-5f571e91255a",
    })
}

fn role_management() -> Value {
    json!({
        "appRoleId": "9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8",
        "principalId": SHOP_PRINCIPAL,
        "resourceDisplayName": "Graph, as somebody called it",
        "resourceId": GRAPH_PRINCIPAL,
    })
}

#[test]
fn parts_of_other_documents_are_joined_by_id() {
    let directory = directory(&[
        ("a-roles.json", json!([role_management()])),
        (
            "b-principals.json",
            json!([shop_principal(json!({})), graph_principal()]),
        ),
        (
            "c-grants.json",
            json!({
                "@odata.context": format!("{CONTEXT}oauth2PermissionGrants"),
                "value": [{
                    "clientId": SHOP_PRINCIPAL,
                    "consentType": "AllPrincipals",
                    "principalId": null,
                    "resourceId": GRAPH_PRINCIPAL,
                    "scope": " openid Directory.AccessAsUser.All",
                }],
            }),
        ),
        (
            "d-directory-roles.json",
            json!({
                "@odata.context": format!("{CONTEXT}roleManagement/directory/roleAssignments"),
                "value": [{
                    "principalId": SHOP_PRINCIPAL.to_uppercase(),
                    "roleDefinitionId": "62e90394-69f5-4237-9190-012177145e10",
                    "directoryScopeId": "/",
                }],
            }),
        ),
        (
            "e-owners.json",
            json!({
                "@odata.context": format!("{CONTEXT}servicePrincipals('{SHOP_PRINCIPAL}')/owners"),
                "value": [],
            }),
        ),
    ]);
    let facts = principal("", directory.path());
    let permission = &facts["app_role_assignments"][0]["permission"];
    assert_eq!(permission["name"], "RoleManagement.ReadWrite.Directory");
    assert_eq!(permission["tier"], 0);
    assert_eq!(permission["at"], "service_principal.app_role_assignments");
    let names = facts["permission_grants"].as_array().unwrap();
    let names: Vec<_> = names.iter().map(|g| &g["permission"]["name"]).collect();
    assert_eq!(names, ["openid", "Directory.AccessAsUser.All"]);
    assert_eq!(
        facts["permission_grants"][1]["consent_type"],
        "AllPrincipals"
    );
    assert_eq!(facts["role_assignments"][0]["scope"], "/");
    assert_eq!(facts["owners"], json!([]));

    let report = engine(&format!("organization: {{tenants: [{TENANT}]}}")).check_path(&directory);
    assert_eq!(report.errors, []);
    assert_eq!(report.summary.subjects, 2);
    let rules: Vec<_> = found(&report).into_iter().map(|(rule, _)| rule).collect();
    for rule in ["LP-302", "LP-303", "LP-307", "AB-301"] {
        assert!(rules.contains(&rule), "{rule} is not in {rules:?}");
    }
    let takeover = report.findings.iter().find(|f| f.rule == "LP-303").unwrap();
    assert!(takeover.location.path.ends_with("b-principals.json"));
    assert_eq!(takeover.location.pointer, "/0");
    assert_eq!(takeover.location.line, Some(2));
}

#[test]
fn what_no_document_says_is_not_known() {
    let directory = directory(&[("sp.json", shop_principal(json!({})))]);
    let facts = principal("", directory.path());
    for fact in [
        "app_role_assignments",
        "permission_grants",
        "role_assignments",
        "owners",
        "credentials",
        "registration",
        "usage",
    ] {
        assert_eq!(facts[fact], Value::Null, "{fact}");
    }
    let report = engine("").check_path(&directory);
    assert_eq!(found(&report), []);
    let inconclusive: Vec<_> = report
        .inconclusive
        .iter()
        .map(|i| i.rule.as_str())
        .collect();
    for rule in [
        "LP-302", "LP-303", "LP-305", "LP-306", "LP-307", "AB-301", "AB-404",
    ] {
        assert!(
            inconclusive.contains(&rule),
            "{rule} is not in {inconclusive:?}"
        );
    }
}

/// A page with more behind it, or one that was filtered, does not show that a service principal holds nothing.
#[test]
fn only_whole_lists_tell_that_there_is_nothing() {
    let assignment = |principal: &str, role: &str| json!({"principalId": principal, "roleDefinitionId": role, "directoryScopeId": "/"});
    let page = |value: Vec<Value>, more: Value| {
        let context = format!("{CONTEXT}roleManagement/directory/roleAssignments");
        let mut page = json!({"@odata.context": context, "value": value});
        merge(&mut page, more);
        page
    };
    let one = assignment("a", "88d8e3e3-8f55-4a1e-953a-9b9898b8876b");
    let other = assignment("b", "62e90394-69f5-4237-9190-012177145e10");
    let several = vec![one.clone(), other];
    let cases = [
        (page(several.clone(), json!({})), json!([])),
        (
            page(
                several,
                json!({"@odata.nextLink": "https://graph.microsoft.com/next"}),
            ),
            Value::Null,
        ),
        (page(vec![one], json!({})), Value::Null),
    ];
    for (page, expected) in cases {
        let directory = directory(&[
            ("sp.json", shop_principal(json!({}))),
            ("roles.json", page.clone()),
        ]);
        let facts = principal("", directory.path());
        assert_eq!(facts["role_assignments"], expected, "{page}");
    }
}

#[test]
fn an_api_is_not_believed_by_a_name_that_is_not_well_known() {
    let assignment = |name: &str| {
        let mut assignment = role_management();
        merge(&mut assignment, json!({"resourceDisplayName": name}));
        let principal = shop_principal(json!({"appRoleAssignments": [assignment]}));
        directory(&[("sp.json", principal)])
    };
    let named = assignment("Microsoft Graph");
    let facts = principal("", named.path());
    let found = &facts["app_role_assignments"][0];
    assert_eq!(found["permission"]["resource"]["app_id"], GRAPH);
    assert_eq!(found["permission"]["tier"], 0);
    assert_eq!(found["at"], "/appRoleAssignments/0");
    let unknown = assignment("Graph, as somebody called it");
    let facts = principal("", unknown.path());
    let found = &facts["app_role_assignments"][0]["permission"];
    assert_eq!(found["resource"]["app_id"], Value::Null);
    assert_eq!(found["tier"], Value::Null);
    assert_eq!(found["known"], Value::Null);
}

#[test]
fn whose_an_application_is() {
    let configured = format!("organization: {{tenants: [{}]}}", TENANT.to_uppercase());
    let own = |config: &str, more: Value| {
        let directory = directory(&[("sp.json", shop_principal(more))]);
        principal(config, directory.path())["own"].clone()
    };
    let other = json!({"appOwnerOrganizationId": "3f2504e0-0000-4000-8000-00000000000f"});
    let managed =
        json!({"servicePrincipalType": "ManagedIdentity", "appOwnerOrganizationId": null});
    let microsoft = json!({"appOwnerOrganizationId": "72F988BF-86F1-41AF-91AB-2D7CD011DB47"});
    let single = json!({"signInAudience": "AzureADMyOrg"});
    assert_eq!(own(&configured, json!({})), true);
    assert_eq!(own(&configured, other.clone()), false);
    assert_eq!(own("", other), Value::Null);
    assert_eq!(own("", json!({})), Value::Null);
    assert_eq!(own("", single), true);
    assert_eq!(own(&configured, managed.clone()), false);
    assert_eq!(own("", managed), false);
    assert_eq!(own("", microsoft), false);
}

#[test]
fn a_registration_of_the_run_is_compared_with_its_service_principal() {
    let registration = json!({
        "appId": SHOP,
        "displayName": "Shop",
        "signInAudience": "AzureADMultipleOrgs",
        "requiredResourceAccess": [],
        "web": {"redirectUris": ["https://shop.contoso.com/auth"]},
        "spa": {"redirectUris": []},
        "publicClient": {"redirectUris": []},
    });
    let principal = shop_principal(json!({
        "replyUrls": ["https://shop.contoso.com/auth", "https://old.contoso.com/auth"],
        "appRoleAssignments": [role_management()],
    }));
    let graph = graph_principal();
    let compared = directory(&[
        ("app.json", registration.clone()),
        ("sp.json", json!([principal, graph])),
    ]);
    let report = engine("").check_path(&compared);
    let rules = found(&report);
    assert!(rules.contains(&(
        "AB-118",
        "redirect URI `https://old.contoso.com/auth` is on the service principal and not on the registration",
    )));
    assert!(rules.iter().any(|(rule, _)| *rule == "LP-304"));

    // One platform was not collected, so the URI may well be on it.
    let mut partial = registration;
    partial.as_object_mut().unwrap().remove("spa");
    let partial = directory(&[("app.json", partial), ("sp.json", json!([principal]))]);
    let report = engine("").check_path(&partial);
    assert!(found(&report).iter().all(|(rule, _)| *rule != "AB-118"));
    assert!(report.inconclusive.iter().any(|i| i.rule == "AB-118"));
}

#[test]
fn a_granted_scope_that_is_in_no_table_is_not_taken_for_a_requested_one() {
    const ORDERS_PRINCIPAL: &str = "7d0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9";
    let registration = json!({
        "appId": SHOP,
        "displayName": "Shop",
        "signInAudience": "AzureADMultipleOrgs",
        "requiredResourceAccess": [],
        "web": {"redirectUris": []},
        "spa": {"redirectUris": []},
        "publicClient": {"redirectUris": []},
    });
    let principal = shop_principal(json!({"appRoleAssignments": []}));
    let orders = json!({
        "id": ORDERS_PRINCIPAL,
        "appId": "2a0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9",
        "displayName": "Orders",
        "servicePrincipalType": "Application",
        "appOwnerOrganizationId": TENANT,
    });
    let grant = json!({
        "clientId": SHOP_PRINCIPAL,
        "consentType": "AllPrincipals",
        "resourceId": ORDERS_PRINCIPAL,
        "scope": "Orders.Read",
    });
    let directory = directory(&[
        ("app.json", registration),
        ("sp.json", json!([principal, orders])),
        ("grants.json", json!([grant])),
    ]);
    let report = engine("").check_path(&directory);
    assert!(found(&report).iter().all(|(rule, _)| *rule != "LP-304"));
    let mut missing = report.inconclusive.iter().filter(|i| i.rule == "LP-304");
    assert!(
        missing.any(|i| i.missing == ["service_principal.permission_grants[].permission.known"])
    );
}

#[test]
fn credentials_of_microsofts_services_are_critical() {
    let mut graph = graph_principal();
    merge(
        &mut graph,
        json!({
            "passwordCredentials": [{"keyId": "k", "displayName": "x", "endDateTime": "2299-12-30T12:00:00Z"}],
            "keyCredentials": [],
        }),
    );
    let directory = directory(&[("sp.json", graph)]);
    let report = engine("").check_path(&directory);
    assert_eq!(
        found(&report),
        [("AB-411", "secret `x` is on Microsoft's `Microsoft Graph`")]
    );
}

#[test]
fn a_malformed_part_is_an_error() {
    let directory = directory(&[
        ("sp.json", shop_principal(json!({}))),
        (
            "grants.json",
            json!([{"clientId": SHOP_PRINCIPAL, "consentType": "AllPrincipals", "resourceId": "x", "scope": 5}]),
        ),
    ]);
    let report = engine("").check_path(&directory);
    let errors: Vec<_> = report.errors.iter().map(|e| e.message.as_str()).collect();
    assert_eq!(errors, ["`/0/scope` is a number, expected a string"]);
    assert!(report.inconclusive.iter().any(|i| i.rule == "LP-302"));
}

fn application(number: u8, more: Value) -> Value {
    let mut application = json!({
        "appId": format!("1f0e2d3c-0000-4000-8000-0000000000{number:02}"),
        "displayName": format!("Shop {number}"),
        "signInAudience": "AzureADMyOrg",
    });
    merge(&mut application, more);
    application
}

fn of_inventory(report: &Report) -> Vec<(&str, &str)> {
    found(report)
        .into_iter()
        .filter(|(rule, _)| rule.starts_with("AB-70"))
        .collect()
}

#[test]
fn what_applications_of_several_documents_share_is_reported_once() {
    let uris = |uri: &str| json!({"web": {"redirectUris": [uri, "http://localhost"]}});
    let directory = directory(&[
        ("a.json", application(1, uris("https://shop.contoso.com"))),
        (
            "b.json",
            json!([application(2, uris("https://SHOP.contoso.com/"))]),
        ),
    ]);
    let report = engine("").check_path(&directory);
    assert_eq!(report.summary.subjects, 2);
    let shop =
        |number: u8| format!("Shop {number} (1f0e2d3c-0000-4000-8000-0000000000{number:02})");
    let message = format!(
        "redirect URI `https://shop.contoso.com` is shared by `{}, {}`",
        shop(1),
        shop(2)
    );
    assert_eq!(of_inventory(&report), [("AB-701", message.as_str())]);
    let finding = report.findings.iter().find(|f| f.rule == "AB-701").unwrap();
    assert!(finding.location.path.ends_with("a.json"));
    assert_eq!(finding.location.pointer, "");
    assert_eq!(finding.subject.kind, "inventory");
}

#[test]
fn one_application_in_two_documents_is_one() {
    let app = application(
        1,
        json!({"web": {"redirectUris": ["https://shop.contoso.com"]}, "identifierUris": ["api://shop"]}),
    );
    let copied = directory(&[("a.json", app.clone()), ("b.json", app)]);
    assert_eq!(of_inventory(&engine("").check_path(&copied)), []);

    // Without ids, two documents may be about one application, and two elements of a list are not.
    let unnamed = json!({"signInAudience": "AzureADMyOrg", "identifierUris": ["api://shop"]});
    let apart = directory(&[("a.json", unnamed.clone()), ("b.json", unnamed.clone())]);
    assert_eq!(of_inventory(&engine("").check_path(&apart)), []);
    let together = directory(&[("a.json", json!([unnamed, unnamed]))]);
    let report = engine("").check_path(&together);
    let rules: Vec<_> = of_inventory(&report).into_iter().map(|(r, _)| r).collect();
    assert_eq!(rules, ["AB-703"]);
}

#[test]
fn a_certificate_of_an_application_and_its_service_principal_is_not_shared() {
    let key = json!({"keyCredentials": [{
        "keyId": "k",
        "customKeyIdentifier": "0F1E2D3C4B5A69788796A5B4C3D2E1F00F1E2D3C",
        "type": "AsymmetricX509Cert",
        "usage": "Verify",
        "startDateTime": "2026-10-01T00:00:00Z",
        "endDateTime": "2027-04-01T00:00:00Z",
    }]});
    let app_id = json!({"appId": SHOP});
    let mut registration = application(1, key.clone());
    merge(&mut registration, app_id);
    let pair = [registration.clone(), shop_principal(key.clone())];
    let own = directory(&[("all.json", json!(pair))]);
    assert_eq!(of_inventory(&engine("").check_path(&own)), []);

    let other = directory(&[("all.json", json!([registration, application(2, key)]))]);
    let report = engine("").check_path(&other);
    let rules: Vec<_> = of_inventory(&report).into_iter().map(|(r, _)| r).collect();
    assert_eq!(rules, ["AB-702"]);
}

#[test]
fn equal_names_count_within_one_tenant() {
    let named = |domain: Option<&str>| json!({"displayName": " shop", "publisherDomain": domain});
    let rules = |first: Value, second: Value| {
        let all = directory(&[(
            "apps.json",
            json!([application(1, first), application(2, second)]),
        )]);
        let report = engine("").check_path(&all);
        let rules = of_inventory(&report);
        rules
            .iter()
            .map(|(rule, _)| (*rule).to_owned())
            .collect::<Vec<_>>()
    };
    let contoso = || named(Some("contoso.com"));
    assert_eq!(rules(contoso(), contoso()), ["AB-704"]);
    assert_eq!(rules(contoso(), named(None)), ["AB-704"]);
    assert!(rules(contoso(), named(Some("fabrikam.com"))).is_empty());
}

#[test]
fn only_lists_of_both_kinds_show_what_is_missing() {
    let principals = json!([
        graph_principal(),
        shop_principal(json!({"signInAudience": "AzureADMyOrg"})),
    ]);
    let lists = directory(&[
        ("apps.json", json!([application(1, json!({}))])),
        ("sps.json", principals.clone()),
    ]);
    let messages = |report: &Report| {
        let found = of_inventory(report);
        let mut all: Vec<_> = found
            .iter()
            .map(|(_, message)| (*message).to_owned())
            .collect();
        all.sort();
        all
    };
    assert_eq!(
        messages(&engine("").check_path(&lists)),
        [
            "registration `Shop 1` has no service principal",
            "service principal `Shop` has no registration",
        ]
    );
    let single = directory(&[
        ("app.json", application(1, json!({}))),
        ("sps.json", principals),
    ]);
    let report = engine("").check_path(&single);
    assert!(messages(&report).is_empty());
    assert!(report.inconclusive.iter().any(|i| i.rule == "AB-706"));
}

#[test]
fn owners_of_many_privileged_applications_are_named() {
    let owned = |number| {
        let more = json!({
            "owners": [{"id": "a1b2c3d4-0000-4000-8000-000000000001", "displayName": "Ada"}],
            "requiredResourceAccess": [{
                "resourceAppId": GRAPH,
                "resourceAccess": [{"id": "9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8", "type": "Role"}],
            }],
        });
        application(number, more)
    };
    let config = "parameters: {AB-705: {max_privileged_apps: 2}}";
    let rules = |count: u8| {
        let apps: Vec<Value> = (1..=count).map(owned).collect();
        let all = directory(&[("apps.json", json!(apps))]);
        let report = engine(config).check_path(&all);
        let found = of_inventory(&report);
        found
            .iter()
            .map(|(_, message)| (*message).to_owned())
            .collect::<Vec<_>>()
    };
    assert!(rules(2).is_empty());
    assert_eq!(
        rules(3),
        ["owner `Ada` holds 3 privileged registrations, more than 2"]
    );
}
