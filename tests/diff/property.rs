//! What holds for the comparison of any two applications.

use proptest::prelude::*;
use serde_json::{Value, json};
use ztvet::document::{Limits, parse};
use ztvet::normalize::change::Change;
use ztvet::normalize::{Facts, Subject, normalize};

const KINDS: [&str; 2] = ["Scope", "Role"];
const MEMBERS: [&[&str]; 3] = [&["User"], &["Application"], &["User", "Application"]];

fn guid(number: u8) -> String {
    format!("7d9f0c11-0000-4000-8000-{number:012}")
}

/// A list of a few numbers, in any order, some twice; or none at all.
fn numbers() -> impl Strategy<Value = Option<Vec<u8>>> {
    let list = proptest::collection::vec(0..6u8, 0..5);
    prop_oneof![1 => Just(None), 6 => list.prop_map(Some)]
}

fn list(numbers: Option<Vec<u8>>, element: impl Fn(u8) -> Value) -> Option<Value> {
    Some(numbers?.into_iter().map(element).collect())
}

/// A registration in which any list may be missing.
fn application() -> impl Strategy<Value = Value> {
    let lists = proptest::collection::vec(numbers(), 8);
    (lists, 0..4usize, any::<bool>(), 0..3u8).prop_map(|(lists, audience, switch, shift)| {
        let audiences = [
            "AzureADMyOrg",
            "AzureADMultipleOrgs",
            "AzureADandPersonalMicrosoftAccount",
        ];
        let mut lists = lists.into_iter();
        let mut next = || lists.next().flatten();
        let members = [
            (
                "requiredResourceAccess",
                list(next(), |n| {
                    json!({"resourceAppId": guid(9),
                "resourceAccess": [{"id": guid(n), "type": KINDS[usize::from(n % 2)]}]})
                }),
            ),
            (
                "identifierUris",
                list(next(), |n| json!(format!("api://shop-{n}"))),
            ),
            (
                "passwordCredentials",
                list(next(), |n| json!({"keyId": guid(n), "displayName": "ci"})),
            ),
            ("keyCredentials", Some(json!([]))),
            (
                "appRoles",
                list(next(), |n| {
                    json!({"id": guid(n), "value": format!("Orders.{}", n + shift),
                "isEnabled": switch, "allowedMemberTypes": MEMBERS[usize::from((n + shift) % 3)]})
                }),
            ),
            ("owners", list(next(), |n| json!({"id": guid(n)}))),
            (
                "web",
                list(next(), |n| {
                    json!(format!("https://host-{n}.contoso.com/cb"))
                })
                .map(|uris| json!({"redirectUris": uris})),
            ),
            (
                "spa",
                list(next(), |n| json!(format!("https://spa-{n}.contoso.com/cb")))
                    .map(|uris| json!({"redirectUris": uris})),
            ),
            ("publicClient", Some(json!({"redirectUris": []}))),
            (
                "api",
                list(next(), |n| {
                    json!({"id": guid(n), "value": format!("Orders.{}", n + shift),
                "type": if switch { "User" } else { "Admin" }, "isEnabled": n % 2 == 0})
                })
                .map(|scopes| json!({"oauth2PermissionScopes": scopes})),
            ),
            (
                "signInAudience",
                audiences.get(audience).map(|name| json!(name)),
            ),
        ];
        let mut app =
            json!({"appId": guid(1), "displayName": "Shop", "isFallbackPublicClient": switch});
        for (name, value) in members {
            if let Some(value) = value {
                app[name] = value;
            }
        }
        app
    })
}

fn subject(app: &Value) -> Subject {
    let documents = parse("shop.json", app.to_string().as_bytes(), &Limits::default()).unwrap();
    normalize(&documents[0], None).subjects.remove(0)
}

fn change(old: &Value, new: &Value) -> Change {
    let subject = Subject::change(&subject(old), &subject(new)).unwrap();
    match subject.facts {
        Facts::Change(change) => *change,
        other => panic!("{other:?}"),
    }
}

/// The lists of a change, with what they gained and lost, without places.
fn lists(change: &Change, name: &str) -> Vec<(String, Value)> {
    let change = serde_json::to_value(change).unwrap();
    let facts = change.as_object().unwrap().iter();
    let lists =
        facts.filter_map(|(fact, lists)| Some((fact.clone(), without_places(lists.get(name)?))));
    lists.collect()
}

fn without_places(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(without_places).collect(),
        Value::Object(members) => {
            let members = members.iter().filter(|(name, _)| *name != "at");
            members
                .map(|(name, value)| (name.clone(), without_places(value)))
                .collect()
        }
        scalar => scalar.clone(),
    }
}

proptest! {
    #[test]
    fn nothing_differs_from_itself(app in application()) {
        let change = change(&app, &app);
        prop_assert!(!change.is_any(), "{change:?}");
    }

    #[test]
    fn what_one_way_gains_the_other_loses(old in application(), new in application()) {
        let (there, back) = (change(&old, &new), change(&new, &old));
        prop_assert_eq!(lists(&there, "gained"), lists(&back, "lost"));
        prop_assert_eq!(lists(&there, "lost"), lists(&back, "gained"));
        let changed = |change: &Change| {
            let pairs = change.scopes.changed.as_ref().map(Vec::len);
            (pairs, change.app_roles.changed.as_ref().map(Vec::len), change.settings.len())
        };
        prop_assert_eq!(changed(&there), changed(&back));
    }

    #[test]
    fn the_same_list_is_no_change_however_the_others_differ(old in application(), new in application()) {
        let mut new = new;
        new["appRoles"] = json!([]);
        let mut old = old;
        old["appRoles"] = json!([]);
        prop_assert_eq!(change(&old, &new).app_roles.gained.map(|list| list.len()), Some(0));
    }

    #[test]
    fn places_lead_to_the_version_that_they_are_of(old in application(), new in application()) {
        let subject = Subject::change(&subject(&old), &subject(&new)).unwrap();
        let Facts::Change(change) = &subject.facts else { panic!("{subject:?}") };
        for lost in change.permissions.lost.iter().flatten() {
            let place = subject.place_of(Some(&lost.at));
            prop_assert_eq!(place.document, 1);
            let id = old.pointer(&place.pointer).unwrap()["id"].as_str();
            prop_assert_eq!(id, lost.id.as_deref());
        }
        for gained in change.permissions.gained.iter().flatten() {
            let place = subject.place_of(Some(&gained.at));
            prop_assert_eq!(place.document, 0);
            let id = new.pointer(&place.pointer).unwrap()["id"].as_str();
            prop_assert_eq!(id, gained.id.as_deref());
        }
    }
}
