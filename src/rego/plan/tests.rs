//! What plans make of values is what regorus would.

use proptest::prelude::*;
use regorus::Value;
use serde_json::{Value as Json, json};

use super::builtin::Builtin;
use super::key::Key;
use super::view::{Arena, View};
use crate::rego::{value, view};

/// Values that are often the same, or nearly.
fn any_json() -> impl Strategy<Value = Json> {
    let scalar = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        (-2_i64..3).prop_map(Json::from),
        prop_oneof![Just(-0.5), Just(1.0), Just(1.5)].prop_map(Json::from),
        "[ab]{0,2}".prop_map(Json::from),
    ];
    scalar.prop_recursive(3, 16, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Json::from),
            prop::collection::btree_map("[ab]{1,2}", inner, 0..3).prop_map(|all| json!(all)),
        ]
    })
}

/// Short text, which may be an expression or a broken one.
fn any_text() -> impl Strategy<Value = String> {
    "[abAB\\[\\](|*.É\u{130}]{0,3}"
}

/// As it stands in an arena, and as it stands in the data.
fn both<'a>(arena: &'a Arena, json: &Json) -> [View<'a>; 2] {
    let value: &Value = arena.alloc(value(json).unwrap());
    [view(arena, json).unwrap(), View::from(value)]
}

/// What regorus says, and nobody else.
fn regorus(name: &str, arguments: &[Value]) -> Option<Value> {
    let arena = Arena::new();
    let arguments: Vec<View<'_>> = arguments.iter().map(View::from).collect();
    let builtin = Builtin::find(name, arguments.len())
        .unwrap()
        .without_native();
    builtin.call(&arena, &arguments).map(View::to_value)
}

proptest! {
    #[test]
    fn views_are_ordered_as_values(one in any_json(), other in any_json()) {
        let arena = Arena::new();
        let expected = value(&one).unwrap().cmp(&value(&other).unwrap());
        for left in both(&arena, &one) {
            for right in both(&arena, &other) {
                prop_assert_eq!(left.cmp(&right), expected);
                prop_assert_eq!(left == right, expected.is_eq());
            }
        }
    }

    #[test]
    fn members_and_elements_are_found(list in any_json(), other in any_json(), key in any_json()) {
        let arena = Arena::new();
        let other = view(&arena, &other).unwrap();
        let (list_value, key_value) = (value(&list).unwrap(), value(&key).unwrap());
        let expected = &list_value[&key_value];
        let in_list = match &list_value {
            Value::Array(items) => Some(items.iter().any(|item| *item == key_value)),
            Value::Object(members) => Some(members.values().any(|item| *item == key_value)),
            _ => None,
        };
        for list in both(&arena, &list) {
            for key in both(&arena, &key) {
                prop_assert_eq!(&list.member(key).to_value(), expected);
                prop_assert_eq!(list.contains(key), in_list);
            }
            // It was found elsewhere before, and then here.
            if let Ok(name) = key_value.as_string() {
                let key = Key::from(name.as_ref());
                key.of(other);
                prop_assert_eq!(&key.of(list).to_value(), expected);
                prop_assert_eq!(&key.of(list).to_value(), expected);
            }
        }
    }

    #[test]
    fn native_functions_say_what_regorus_says(
        one in any_json(),
        other in any_json(),
        text in any_text(),
        texts in prop::collection::vec(any_text(), 0..4),
        format in "[a%sdv]{0,5}|a %s b %s|%s|%s: %d",
        spaced in "[ \t\u{a0}\u{2003}a]{0,4}",
        (start, stop) in (-1_i64..5, -1_i64..5),
    ) {
        let arena = Arena::new();
        let (text, texts, format) = (json!(text), json!(texts), json!(format));
        let (spaced, start, stop) = (json!(spaced), json!(start), json!(stop));
        let first = texts.get(0).unwrap_or(&one);
        let calls = [
            ("count", vec![&one]),
            ("object.union", vec![&one, &other]),
            ("concat", vec![&text, &texts]),
            ("concat", vec![&text, &one]),
            ("lower", vec![&text]),
            ("lower", vec![&one]),
            ("startswith", vec![&text, first]),
            ("startswith", vec![first, &text]),
            ("trim_suffix", vec![&text, first]),
            ("sprintf", vec![&format, &texts]),
            ("sprintf", vec![&format, &one]),
            ("sort", vec![&texts]),
            ("sort", vec![&one]),
            ("array.concat", vec![&one, &other]),
            ("array.concat", vec![&texts, &one]),
            ("array.slice", vec![&texts, &start, &stop]),
            ("array.slice", vec![&one, &other, &stop]),
            ("contains", vec![&text, first]),
            ("contains", vec![first, &text]),
            ("is_string", vec![&one]),
            ("max", vec![&texts]),
            ("max", vec![&one]),
            ("object.keys", vec![&one]),
            ("split", vec![&text, first]),
            ("split", vec![first, &text]),
            ("trim_space", vec![&spaced]),
            ("trim_space", vec![&one]),
            ("regex.match", vec![&text, first]),
            ("regex.match", vec![&one, &text]),
        ];
        for (name, given) in calls {
            let values: Vec<Value> = given.iter().map(|json| value(json).unwrap()).collect();
            let expected = regorus(name, &values);
            let builtin = Builtin::find(name, given.len()).unwrap();
            for form in 0..2 {
                let views: Vec<View<'_>> = given.iter().map(|json| both(&arena, json)[form]).collect();
                let found = builtin.call(&arena, &views).map(View::to_value);
                prop_assert_eq!(&found, &expected, "{}", name);
            }
        }
    }
}

#[test]
fn a_number_that_would_have_to_be_dropped_is_not_copied() {
    let arena = Arena::new();
    let large = Value::from_json_str("123456789012345678901234567890").unwrap();
    assert!(View::copied(&arena, &large).is_none());
    assert!(View::copied(&arena, &Value::from(vec![large])).is_none());
    for small in [json!(u64::MAX), json!(i64::MIN), json!(0.25)] {
        let small = value(&small).unwrap();
        let copied = View::copied(&arena, &small).map(View::to_value);
        assert_eq!(copied, Some(small));
    }
}
