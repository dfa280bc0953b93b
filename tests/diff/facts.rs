//! What a change of each fact is called, and which rules speak of it.

use serde_json::{Value, json};

use crate::{changes, diff, edited, rules, shop, two};

const GRAPH: &str = "00000003-0000-0000-c000-000000000000";

fn request(app: &mut Value, permissions: &[(&str, &str)]) {
    let access = permissions.iter();
    let access: Vec<Value> = access
        .map(|(id, kind)| json!({"id": id, "type": kind}))
        .collect();
    app["requiredResourceAccess"] = json!([{"resourceAppId": GRAPH, "resourceAccess": access}]);
}

const USER_READ: (&str, &str) = ("e1fe6dd8-ba31-4d61-89e7-88639da4683d", "Scope");
const READ_ALL_USERS: (&str, &str) = ("df021288-bdef-4463-88db-98f22de89214", "Role");
const WRITE_ALL_USERS: (&str, &str) = ("741f803b-c850-494e-b5df-cde7c675a1ca", "Role");
const WRITE_ROLES: (&str, &str) = ("9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8", "Role");

#[test]
fn nothing_differs_from_itself() {
    let diff = edited(|_| {});
    assert_eq!(diff["applications"], json!([]));
    assert_eq!(diff["findings"]["new"], json!([]));
    assert_eq!(diff["findings"]["gone"], json!([]));
    assert_eq!(diff["summary"]["applications"]["unchanged"], 1);
    assert_eq!(diff["inconclusive"], json!([]));
}

#[test]
fn order_and_texts_for_people_are_no_change() {
    let diff = edited(|app| {
        request(app, &[READ_ALL_USERS, USER_READ]);
        app["notes"] = json!("moved to another team");
        app["owners"].as_array_mut().unwrap().reverse();
    });
    assert_eq!(changes(&diff), [""; 0]);
    assert_eq!(rules(&diff), [""; 0]);
}

#[test]
fn more_privilege_weighs_as_much_as_it_is() {
    let diff = edited(|app| request(app, &[USER_READ, READ_ALL_USERS, WRITE_ROLES]));
    assert_eq!(
        changes(&diff),
        ["gained application permission RoleManagement.ReadWrite.Directory"]
    );
    assert_eq!(rules(&diff), ["LP-404"]);
    let findings = diff["findings"]["new"].as_array().unwrap();
    let finding = findings.iter().find(|one| one["rule"] == "LP-404").unwrap();
    assert_eq!(finding["severity"], "critical");
    assert_eq!(finding["location"]["path"], "new/shop.json");
    assert!(finding["location"]["line"].as_u64().unwrap() > 1);
}

#[test]
fn less_privilege_in_the_place_of_more_is_no_finding() {
    let (mut old, mut new) = (shop(), shop());
    request(&mut old, &[USER_READ, WRITE_ALL_USERS]);
    request(&mut new, &[USER_READ, READ_ALL_USERS]);
    let lower = diff(&two(&old, &new), "").json();
    assert_eq!(
        changes(&lower),
        [
            "gained application permission User.Read.All",
            "lost application permission User.ReadWrite.All",
        ]
    );
    assert_eq!(rules(&lower), [""; 0]);
    let higher = diff(&two(&new, &old), "").json();
    assert_eq!(rules(&higher), ["LP-404"]);
}

#[test]
fn what_opens_an_application_is_found() {
    let cases: [(&str, Value, &str); 5] = [
        (
            "/signInAudience",
            json!("AzureADandPersonalMicrosoftAccount"),
            "audience",
        ),
        (
            "/web/implicitGrantSettings/enableAccessTokenIssuance",
            json!(true),
            "access tokens by implicit grant",
        ),
        (
            "/isFallbackPublicClient",
            json!(true),
            "public client flows",
        ),
        (
            "/servicePrincipalLockConfiguration/isEnabled",
            json!(false),
            "instance property lock",
        ),
        ("/owners", json!([]), "owner"),
    ];
    for (place, value, what) in cases {
        let edit = |app: &mut Value| *app.pointer_mut(place).unwrap() = value.clone();
        let opened = edited(edit);
        assert!(
            changes(&opened)[0].contains(what),
            "{place}: {:?}",
            changes(&opened)
        );
        let found = rules(&opened);
        assert!(
            !found.is_empty() && found.iter().all(|rule| *rule == "LP-405"),
            "{place}"
        );
        let mut open = shop();
        edit(&mut open);
        let closed = diff(&two(&open, &shop()), "").json();
        assert_eq!(rules(&closed), [""; 0], "{place}");
    }
}

#[test]
fn ways_in_are_found_where_they_are_new() {
    let added = edited(|app| {
        let uris = app.pointer_mut("/web/redirectUris").unwrap();
        *uris = json!([
            "https://shop.contoso.com/signin-oidc",
            "https://fabrikam.com/auth"
        ]);
        app["passwordCredentials"] = json!([{"keyId": "0b6f4f2e-9c7d-4a64-8a60-0a5b7a0f3c21",
            "displayName": "ci", "startDateTime": "2026-11-01T00:00:00Z", "endDateTime": "2027-01-01T00:00:00Z"}]);
        app["federatedIdentityCredentials"] = json!([{"name": "ci", "issuer": "https://token.actions.githubusercontent.com",
            "subject": "repo:contoso/shop:environment:production", "audiences": ["api://AzureADTokenExchange"]}]);
    });
    assert_eq!(
        changes(&added),
        [
            "gained redirect URI https://fabrikam.com/auth",
            "gained secret ci",
            "gained federated credential for repo:contoso/shop:environment:production",
        ]
    );
    assert_eq!(rules(&added), ["LP-406"; 3]);
    let path = edited(|app| {
        let uris = app.pointer_mut("/web/redirectUris").unwrap();
        *uris = json!([
            "https://shop.contoso.com/signin-oidc",
            "https://shop.contoso.com/auth"
        ]);
    });
    assert_eq!(
        changes(&path),
        ["gained redirect URI https://shop.contoso.com/auth"]
    );
    assert_eq!(rules(&path), [""; 0]);
}

#[test]
fn a_federated_credential_for_somebody_else_is_another_one() {
    let credential = |subject: &str| {
        json!([{"name": "ci", "issuer": "https://token.actions.githubusercontent.com",
            "subject": subject, "audiences": ["api://AzureADTokenExchange"]}])
    };
    let (mut old, mut new) = (shop(), shop());
    old["federatedIdentityCredentials"] = credential("repo:contoso/shop:environment:production");
    new["federatedIdentityCredentials"] = credential("repo:fabrikam/shop:environment:production");
    let diff = diff(&two(&old, &new), "").json();
    assert_eq!(changes(&diff).len(), 2);
    assert_eq!(rules(&diff), ["LP-406"]);
}

fn offer(app: &mut Value, scopes: &[(u8, &str, &str, bool)]) {
    let scope = |(id, value, consent, enabled): &(u8, &str, &str, bool)| {
        json!({"id": format!("7d9f0c11-0000-4000-8000-00000000000{id}"), "value": value, "type": consent,
            "isEnabled": enabled, "adminConsentDisplayName": value, "adminConsentDescription": value})
    };
    let scopes: Vec<Value> = scopes.iter().map(scope).collect();
    app["api"]["oauth2PermissionScopes"] = json!(scopes);
}

#[test]
fn offered_permissions_keep_their_meaning_or_are_reported() {
    type Scopes = &'static [(u8, &'static str, &'static str, bool)];
    let cases: [(Scopes, &[&str], &[&str]); 7] = [
        (
            &[(1, "Orders.ReadWrite", "Admin", true)],
            &["changed value of offered scope Orders.Read Orders.Read Orders.ReadWrite"],
            &["LP-401", "LP-402"],
        ),
        (
            &[(2, "Orders.Read", "Admin", true)],
            &[
                "changed id of offered scope Orders.Read 7d9f0c11-0000-4000-8000-000000000001 7d9f0c11-0000-4000-8000-000000000002",
            ],
            &["LP-401"],
        ),
        (
            &[(1, "Orders.Read", "User", true)],
            &["changed consent of offered scope Orders.Read Admin User"],
            &["LP-402"],
        ),
        (&[], &["lost offered scope Orders.Read"], &["LP-403"]),
        (
            &[(1, "Orders.Read", "Admin", false)],
            &["changed state of offered scope Orders.Read on off"],
            &[],
        ),
        (
            &[
                (1, "Orders.Read", "Admin", true),
                (2, "Orders.List", "Admin", true),
            ],
            &["gained offered scope Orders.List"],
            &[],
        ),
        (&[(1, "Orders.Read", "Admin", true)], &[], &[]),
    ];
    let (mut old, mut new) = (shop(), shop());
    offer(&mut old, &[(1, "Orders.Read", "Admin", true)]);
    for (scopes, expected, found) in cases {
        offer(&mut new, scopes);
        let diff = diff(&two(&old, &new), "").json();
        assert_eq!(changes(&diff), expected);
        assert_eq!(rules(&diff), found);
    }
    let (mut old, new) = (shop(), shop());
    offer(&mut old, &[(1, "Orders.Read", "Admin", false)]);
    let removed = diff(&two(&old, &new), "").json();
    assert_eq!(rules(&removed), [""; 0], "it was disabled before");
}

#[test]
fn what_one_version_does_not_tell_is_inconclusive() {
    for (key, rule) in [
        ("requiredResourceAccess", "LP-404"),
        ("owners", "LP-405"),
        ("passwordCredentials", "LP-406"),
        ("signInAudience", "LP-405"),
        ("appRoles", "LP-403"),
    ] {
        let (mut without, mut with) = (shop(), shop());
        without.as_object_mut().unwrap().remove(key);
        with["displayName"] = json!("Store");
        for (old, new) in [(&without, &with), (&with, &without)] {
            let diff = diff(&two(old, new), "").json();
            assert_eq!(rules(&diff), [""; 0], "{key}");
            assert_eq!(changes(&diff).len(), 1, "{key}: {:?}", changes(&diff));
            let inconclusive = diff["inconclusive"].as_array().unwrap();
            let open = |item: &Value| item["rule"] == rule && item["subject"]["kind"] == "change";
            assert!(inconclusive.iter().any(open), "{key}");
        }
    }
}

#[test]
fn an_element_that_is_not_known_is_nobody_s() {
    let (mut old, new) = (shop(), shop());
    *old.pointer_mut("/web/redirectUris/0").unwrap() = json!("${{SHOP_URL}}/signin-oidc");
    let diff = diff(&two(&old, &new), "").json();
    assert_eq!(changes(&diff), [""; 0]);
    assert_eq!(rules(&diff), [""; 0]);
    let inconclusive = diff["inconclusive"].as_array().unwrap();
    assert!(inconclusive.iter().any(|item| item["rule"] == "LP-406"));
}

#[test]
fn a_platform_that_was_not_collected_hides_nothing_of_the_others() {
    let (mut old, mut new) = (shop(), shop());
    old.as_object_mut().unwrap().remove("spa");
    new["spa"]["redirectUris"] = json!(["https://fabrikam.com/spa"]);
    new["web"]["redirectUris"] = json!([
        "https://shop.contoso.com/signin-oidc",
        "https://fabrikam.com/web"
    ]);
    let diff = diff(&two(&old, &new), "").json();
    assert_eq!(
        changes(&diff),
        ["gained redirect URI https://fabrikam.com/web"]
    );
    assert_eq!(rules(&diff), ["LP-406"]);
}
