use serde_json::{Value, json};

use super::super::tests::{change, created, read};
use crate::normalize::service_principal::ServicePrincipal;
use crate::normalize::{Facts, GapReason, Normalized, Subject};

const GRAPH: &str = "00000003-0000-0000-c000-000000000000";
const ROLE: &str = "9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8";
const SHOP: &str = "azuread_service_principal.shop";
const OF_SHOP: &[&str] = &[
    "azuread_service_principal.shop.object_id",
    "azuread_service_principal.shop",
];

/// A plan; each expression is a resource's type and name, an attribute, and what that refers to.
fn plan(changes: &[Value], expressions: &[(&str, &str, &[&str])]) -> Value {
    let mut resources: Vec<Value> = Vec::new();
    for (address, attribute, references) in expressions {
        let (kind, name) = address.split_once('.').unwrap();
        let is_it = |resource: &Value| resource["type"] == kind && resource["name"] == name;
        let index = resources.iter().position(is_it).unwrap_or_else(|| {
            resources
                .push(json!({"mode": "managed", "type": kind, "name": name, "expressions": {}}));
            resources.len() - 1
        });
        resources[index]["expressions"][*attribute] = json!({"references": references});
    }
    json!({"format_version": "1.2", "resource_changes": changes, "configuration": {"root_module": {"resources": resources}}})
}

fn known(address: &str, after: Value) -> Value {
    change(address, json!({"actions": ["no-op"], "after": after}))
}

fn shop() -> Value {
    created(
        SHOP,
        json!({"preferred_single_sign_on_mode": "saml"}),
        json!({"client_id": true, "object_id": true, "redirect_uris": true}),
    )
}

fn assignment(key: &str, after: Value) -> Value {
    created(
        &format!("azuread_app_role_assignment.a[\"{key}\"]"),
        after,
        json!({"app_role_id": true, "principal_object_id": true, "resource_object_id": true}),
    )
}

fn principals(normalized: &Normalized) -> Vec<(&Subject, &ServicePrincipal)> {
    let subjects = normalized.subjects.iter();
    subjects
        .filter_map(|subject| match &subject.facts {
            Facts::ServicePrincipal(facts) => Some((subject, facts.as_ref())),
            _ => None,
        })
        .collect()
}

/// The names of the roles that the only service principal has.
fn roles(normalized: &Normalized) -> Vec<Option<&str>> {
    let all = principals(normalized);
    let [(_, facts)] = all.as_slice() else {
        panic!("{} service principals", all.len())
    };
    let assignments = facts.app_role_assignments.iter().flatten();
    assignments
        .map(|assignment| assignment.permission.name.as_deref())
        .collect()
}

#[test]
fn a_role_of_a_well_known_api_has_a_name_before_it_has_an_id() {
    let graph = created(
        "azuread_service_principal.graph",
        json!({"client_id": GRAPH, "use_existing": true}),
        json!({"object_id": true, "app_role_ids": true}),
    );
    let constant = r#"azuread_service_principal.graph.app_role_ids["User.Read.All"]"#;
    let map = "azuread_service_principal.graph.app_role_ids";
    let api = "azuread_service_principal.graph";
    for (references, expected) in [
        (&[constant, map, api][..], Some("User.Read.All")),
        (&[map, api, "each.key"], Some("Mail.Read")),
        (&[map, api, "each.value"], Some("Mail.Read")),
        // Which of two, or which element, nobody can tell.
        (&[constant, map, api, "var.role"], None),
        (&[map, api, "each.value.role"], None),
        (&[map, api, "each.key", "each.value"], None),
        (&["local.role"], None),
    ] {
        let normalized = read(&plan(
            &[graph.clone(), assignment("Mail.Read", json!({}))],
            &[
                ("azuread_app_role_assignment.a", "app_role_id", references),
                (
                    "azuread_app_role_assignment.a",
                    "resource_object_id",
                    &[api],
                ),
                (
                    "azuread_app_role_assignment.a",
                    "principal_object_id",
                    &["azurerm_user_assigned_identity.deploy.principal_id"],
                ),
            ],
        ));
        let all = principals(&normalized);
        let (_, identity) = all
            .iter()
            .find(|(_, facts)| facts.app_id.is_none())
            .unwrap();
        let permission = &identity.app_role_assignments.as_ref().unwrap()[0].permission;
        assert_eq!(permission.name.as_deref(), expected, "{references:?}");
        assert_eq!(permission.resource.app_id.as_deref(), Some(GRAPH));
        assert_eq!(identity.managed_identity, Some(true));
    }
}

#[test]
fn a_name_that_is_no_role_of_the_api_is_not_believed() {
    let graph = known(
        "azuread_service_principal.graph",
        json!({"client_id": GRAPH}),
    );
    let reference = r#"azuread_service_principal.graph.app_role_ids["Nothing.Of.The.Kind"]"#;
    let normalized = read(&plan(
        &[graph, shop(), assignment("x", json!({}))],
        &[
            ("azuread_app_role_assignment.a", "app_role_id", &[reference]),
            (
                "azuread_app_role_assignment.a",
                "resource_object_id",
                &["azuread_service_principal.graph"],
            ),
            (
                "azuread_app_role_assignment.a",
                "principal_object_id",
                OF_SHOP,
            ),
        ],
    ));
    let all = principals(&normalized);
    let permission = &all[1].1.app_role_assignments.as_ref().unwrap()[0].permission;
    assert_eq!((&permission.id, permission.known), (&None, None));
}

#[test]
fn who_has_a_role_is_told_by_id_or_by_reference() {
    let identity = known(
        "azurerm_user_assigned_identity.deploy",
        json!({"principal_id": "AAAAAAAA-0000-4000-8000-000000000001"}),
    );
    let site = known(
        "azurerm_linux_web_app.site",
        json!({"identity": [{"principal_id": "bbbbbbbb-0000-4000-8000-000000000001"}]}),
    );
    for (principal, name, is_identity) in [
        (
            "aaaaaaaa-0000-4000-8000-000000000001",
            "azurerm_user_assigned_identity.deploy",
            Some(true),
        ),
        (
            "bbbbbbbb-0000-4000-8000-000000000001",
            "azurerm_linux_web_app.site",
            Some(true),
        ),
        (
            "cccccccc-0000-4000-8000-000000000001",
            "azuread_app_role_assignment.a",
            None,
        ),
    ] {
        let role = known(
            "azuread_app_role_assignment.a",
            json!({"app_role_id": ROLE, "principal_object_id": principal, "resource_object_id": "r", "resource_display_name": "Microsoft Graph"}),
        );
        let normalized = read(&plan(&[identity.clone(), site.clone(), role], &[]));
        assert_eq!(
            roles(&normalized),
            [Some("RoleManagement.ReadWrite.Directory")]
        );
        let (subject, facts) = principals(&normalized)[0];
        assert_eq!(subject.name(), Some(name));
        assert_eq!(facts.managed_identity, is_identity);
        assert_eq!(normalized.notes.len(), usize::from(is_identity.is_none()));
    }
}

#[test]
fn instances_of_an_identity_are_told_apart() {
    let identity = |key: &str| {
        created(
            &format!("azurerm_user_assigned_identity.i[\"{key}\"]"),
            json!({}),
            json!({"principal_id": true}),
        )
    };
    let normalized = read(&plan(
        &[
            identity("e.u"),
            identity("us"),
            assignment("us", json!({})),
            assignment("e.u", json!({})),
        ],
        &[(
            "azuread_app_role_assignment.a",
            "principal_object_id",
            &["azurerm_user_assigned_identity.i", "each.key"],
        )],
    ));
    let names: Vec<_> = principals(&normalized)
        .iter()
        .map(|it| it.0.name())
        .collect();
    assert_eq!(
        names,
        [
            Some(r#"azurerm_user_assigned_identity.i["e.u"]"#),
            Some(r#"azurerm_user_assigned_identity.i["us"]"#)
        ]
    );
}

#[test]
fn users_and_groups_are_no_service_principals() {
    let group = known(
        "azuread_app_role_assignment.a",
        json!({"principal_object_id": "p", "principal_type": "Group"}),
    );
    let member = created(
        "azuread_directory_role_member.m",
        json!({}),
        json!({"member_object_id": true}),
    );
    for references in [
        &["azuread_user.ada.object_id"][..],
        &["data.azuread_group.g"],
        &["local.x"],
    ] {
        let normalized = read(&plan(
            &[group.clone(), member.clone()],
            &[(
                "azuread_directory_role_member.m",
                "member_object_id",
                references,
            )],
        ));
        assert!(principals(&normalized).is_empty());
        let notes = normalized.notes.iter();
        assert_eq!(
            notes
                .filter(|note| note.message.contains("is not judged"))
                .count(),
            2
        );
    }
}

#[test]
fn a_directory_role_is_known_by_its_template_alone() {
    let member = |reference: Option<&str>| {
        let member = created(
            "azuread_directory_role_member.m",
            json!({"role_object_id": "dddddddd-0000-4000-8000-000000000001"}),
            json!({"member_object_id": true}),
        );
        let role = known(
            "azuread_directory_role.admin",
            json!({"object_id": reference, "template_id": "62e90394-69f5-4237-9190-012177145e10", "display_name": "Global Administrator"}),
        );
        read(&plan(
            &[shop(), member, role],
            &[(
                "azuread_directory_role_member.m",
                "member_object_id",
                OF_SHOP,
            )],
        ))
    };
    let normalized = member(Some("dddddddd-0000-4000-8000-000000000001"));
    let role = &principals(&normalized)[0]
        .1
        .role_assignments
        .as_ref()
        .unwrap()[0];
    assert_eq!(
        role.role_definition_id.as_deref(),
        Some("62e90394-69f5-4237-9190-012177145e10")
    );
    assert_eq!(role.name.as_deref(), Some("Global Administrator"));
    let normalized = member(None);
    let role = &principals(&normalized)[0]
        .1
        .role_assignments
        .as_ref()
        .unwrap()[0];
    assert_eq!(role.role_definition_id, None);
}

#[test]
fn what_the_application_is_about_to_change_is_not_known() {
    let principal = || {
        known(
            SHOP,
            json!({"client_id": "c", "object_id": "o", "display_name": "Old", "redirect_uris": ["https://old.contoso.com"]}),
        )
    };
    let app = |action| {
        change(
            "azuread_application.shop",
            json!({"actions": [action], "after": {"client_id": "c", "display_name": "New", "web": [{"redirect_uris": ["https://new.contoso.com"]}]}}),
        )
    };
    let uris = change(
        "azuread_application_redirect_uris.web",
        json!({"actions": ["update"], "after": {"application_id": "c", "type": "Web", "redirect_uris": ["https://new.contoso.com"]}}),
    );
    for changes in [
        vec![principal(), app("update")],
        vec![principal(), app("no-op"), uris],
    ] {
        let normalized = read(&plan(&changes, &[]));
        let (subject, facts) = principals(&normalized)[0];
        assert_eq!(facts.reply_urls, None);
        assert_eq!(facts.display_name.as_deref(), Some("New"));
        let unknown = subject
            .gaps
            .iter()
            .filter(|gap| gap.reason == GapReason::Unknown);
        let places: Vec<_> = unknown.filter_map(|gap| gap.pointer.as_deref()).collect();
        assert!(
            places.contains(&"/resource_changes/0/change/after/redirect_uris"),
            "{places:?}"
        );
    }
    let normalized = read(&plan(&[principal(), app("no-op")], &[]));
    let (_, facts) = principals(&normalized)[0];
    assert_eq!(facts.reply_urls.as_ref().unwrap().len(), 1);
    assert_eq!(facts.display_name.as_deref(), Some("Old"));
}

#[test]
fn what_signs_saml_tokens_is_no_credential_to_sign_in_with() {
    let certificate = created(
        "azuread_service_principal_token_signing_certificate.c",
        json!({"display_name": "CN=shop", "end_date": "2029-01-01T00:00:00Z"}),
        json!({"service_principal_id": true, "thumbprint": true, "value": true}),
    );
    let with = |principal| {
        read(&plan(
            &[principal, certificate.clone()],
            &[(
                "azuread_service_principal_token_signing_certificate.c",
                "service_principal_id",
                OF_SHOP,
            )],
        ))
    };
    let normalized = with(shop());
    let (_, facts) = principals(&normalized)[0];
    let credential = &facts.credentials.as_ref().unwrap()[0];
    assert_eq!(credential.usage.as_deref(), Some("Sign"));
    // Where the mode may yet become another one, nothing is said of it.
    let normalized = with(created(
        SHOP,
        json!({}),
        json!({"preferred_single_sign_on_mode": true}),
    ));
    let (subject, facts) = principals(&normalized)[0];
    assert_eq!(facts.credentials.as_deref(), Some(&[][..]));
    assert!(
        subject
            .gaps
            .iter()
            .any(|gap| gap.fact == "service_principal.credentials")
    );
}

#[test]
fn for_whom_a_grant_is_may_not_be_known() {
    for (after, unknown, expected) in [
        (json!(null), json!(false), Some("AllPrincipals")),
        (json!(""), json!(false), Some("AllPrincipals")),
        (json!("u"), json!(false), Some("Principal")),
        (json!(null), json!(true), None),
    ] {
        let grant = created(
            "azuread_service_principal_delegated_permission_grant.g",
            json!({"claim_values": ["User.Read", null], "user_object_id": after}),
            json!({"service_principal_object_id": true, "user_object_id": unknown, "claim_values": [false, true]}),
        );
        let normalized = read(&plan(
            &[shop(), grant],
            &[(
                "azuread_service_principal_delegated_permission_grant.g",
                "service_principal_object_id",
                OF_SHOP,
            )],
        ));
        let (_, facts) = principals(&normalized)[0];
        let [grant] = facts.permission_grants.as_deref().unwrap() else {
            panic!("one name is known")
        };
        assert_eq!(grant.consent_type.as_deref(), expected);
        assert_eq!(grant.at, "/resource_changes/1/change/after/claim_values/0");
        assert!(normalized.problems.is_empty());
    }
}

#[test]
fn a_service_principal_in_a_module_finds_the_application_that_is_passed_to_it() {
    let app = |key: &str| {
        created(
            &format!("module.team[\"{key}\"].azuread_application.a"),
            json!({"display_name": key}),
            json!({"client_id": true}),
        )
    };
    let principal = |key: &str| {
        created(
            &format!("module.team[\"{key}\"].module.principal.azuread_service_principal.this"),
            json!({}),
            json!({"client_id": true}),
        )
    };
    let inner = json!({"resources": [{"mode": "managed", "type": "azuread_service_principal", "name": "this",
        "expressions": {"client_id": {"references": ["var.client_id"]}}}]});
    let team = json!({"module_calls": {"principal": {"module": inner,
        "expressions": {"client_id": {"references": ["azuread_application.a.client_id", "azuread_application.a"]}}}}});
    let plan = json!({
        "resource_changes": [principal("a.b"), app("c"), principal("c"), app("a.b")],
        "configuration": {"root_module": {"module_calls": {"team": {"module": team}}}},
    });
    let normalized = read(&plan);
    for (subject, facts) in principals(&normalized) {
        let key = facts.display_name.as_deref().unwrap();
        assert!(subject.name().unwrap().contains(&format!("[\"{key}\"]")));
        assert!(facts.registration.is_some());
    }
}

#[test]
fn what_is_only_deleted_is_granted_no_more() {
    let gone =
        json!({"actions": ["delete"], "before": {"principal_object_id": "o"}, "after": null});
    let normalized = read(&plan(
        &[
            known(SHOP, json!({"object_id": "o"})),
            change("azuread_app_role_assignment.a", gone),
        ],
        &[],
    ));
    let (_, facts) = principals(&normalized)[0];
    assert_eq!(facts.app_role_assignments, None);
    assert_eq!((&facts.credentials, &facts.owners), (&None, &None));
}

#[test]
fn tags_of_features_are_known_before_the_others() {
    let principal = created(
        SHOP,
        json!({"feature_tags": [{"enterprise": true, "hide": false}]}),
        json!({"tags": true}),
    );
    let normalized = read(&plan(&[principal], &[]));
    let (subject, facts) = principals(&normalized)[0];
    assert_eq!(
        facts.tags.as_deref(),
        Some(&["WindowsAzureActiveDirectoryIntegratedApp".to_owned()][..])
    );
    assert!(
        subject
            .gaps
            .iter()
            .any(|gap| gap.fact == "service_principal.tags")
    );
}
