use serde_json::Value;

use super::super::normalize;
use crate::document::{Limits, parse};

fn subject(path: &str) -> super::super::Subject {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let bytes = std::fs::read(root.join(path)).unwrap();
    let documents = parse(path, &bytes, &Limits::default()).unwrap();
    normalize(&documents[0], None).subjects.remove(0)
}

fn places(value: &Value, all: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| places(item, all)),
        Value::Object(members) => {
            for (name, value) in members {
                match value {
                    Value::String(at) if name == "at" => all.push(at.clone()),
                    value => places(value, all),
                }
            }
        }
        _ => {}
    }
}

/// A list that is added to an application, and forgotten in `places.rs`, would point into the wrong version.
#[test]
fn all_places_of_the_old_version_are_its_own() {
    for path in [
        "graph/shop.json",
        "aad-graph/shop.json",
        "powershell/shop.json",
    ] {
        let shop = subject(path);
        let change = super::super::Subject::change(&shop, &shop).unwrap();
        let super::super::Facts::Change(facts) = &change.facts else {
            panic!("{change:?}");
        };
        let facts = serde_json::to_value(facts).unwrap();
        let (mut old, mut new) = (Vec::new(), Vec::new());
        places(&facts["old"], &mut old);
        places(&facts["new"], &mut new);
        assert!(new.len() > 10, "{path}");
        let expected: Vec<String> = new.iter().map(|at| format!("1#{at}")).collect();
        assert_eq!(old, expected, "{path}");
    }
}

#[test]
fn facts_lead_to_their_places_in_both_versions() {
    let shop = subject("graph/shop.json");
    let change = super::super::Subject::change(&shop, &shop).unwrap();
    let place = |at: &str| {
        let place = change.place_of(Some(at));
        (place.document, place.pointer)
    };
    assert_eq!(
        place("change.new.sign_in_audience"),
        (0, "/signInAudience".to_owned())
    );
    assert_eq!(
        place("change.old.sign_in_audience"),
        (1, "/signInAudience".to_owned())
    );
    assert_eq!(place("change.old"), (1, String::new()));
    assert_eq!(place("change.permissions"), (0, String::new()));
}
