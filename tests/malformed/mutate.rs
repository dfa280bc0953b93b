//! Changes of a JSON value in one place.

use serde_json::{Map, Value, json};

/// The JSON Pointers of a value and of all within it.
pub fn pointers(value: &Value) -> Vec<String> {
    let mut all = vec![String::new()];
    let inner: Vec<(String, &Value)> = match value {
        Value::Object(members) => members
            .iter()
            .map(|(key, value)| (escaped(key), value))
            .collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(i, v)| (i.to_string(), v))
            .collect(),
        _ => Vec::new(),
    };
    for (token, value) in inner {
        all.extend(
            pointers(value)
                .into_iter()
                .map(|rest| format!("/{token}{rest}")),
        );
    }
    all
}

fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// Values of other types than this one; of null it is not known which type belongs in its place, but for numbers.
pub fn mistyped(value: &Value) -> Vec<Value> {
    let others = [json!(7), json!("x"), json!([{}]), json!({"x": 7})];
    let is_other = |other: &Value| match value {
        Value::Null => other.is_number(),
        value => std::mem::discriminant(value) != std::mem::discriminant(other),
    };
    others.into_iter().filter(is_other).collect()
}

/// The value with another one in a place.
pub fn replaced(value: &Value, pointer: &str, other: &Value) -> Value {
    let mut changed = value.clone();
    *changed.pointer_mut(pointer).unwrap() = other.clone();
    changed
}

/// The value without a member; none where the pointer leads to no member of an object.
pub fn without(value: &Value, pointer: &str) -> Option<Value> {
    let mut changed = value.clone();
    let (members, key) = member(&mut changed, pointer)?;
    members.remove(&key);
    Some(changed)
}

/// The value with a member once more, empty, under its name in upper case.
pub fn in_two_cases(value: &Value, pointer: &str) -> Option<Value> {
    let mut changed = value.clone();
    let (members, key) = member(&mut changed, pointer)?;
    members.insert(key.to_uppercase(), Value::Null);
    (changed != *value).then_some(changed)
}

/// The text of the value with a member twice.
pub fn with_duplicate(value: &Value, pointer: &str) -> Option<String> {
    // No text of a fixture has it, so that it can be found again.
    const MARK: &str = "\u{1}";
    let mut changed = value.clone();
    let (members, key) = member(&mut changed, pointer)?;
    members.insert(MARK.to_owned(), Value::Null);
    let quoted = |text: &str| Value::from(text).to_string();
    Some(
        changed
            .to_string()
            .replacen(&quoted(MARK), &quoted(&key), 1),
    )
}

fn member<'a>(value: &'a mut Value, pointer: &str) -> Option<(&'a mut Map<String, Value>, String)> {
    let (parent, token) = pointer.rsplit_once('/')?;
    let key = token.replace("~1", "/").replace("~0", "~");
    let members = value.pointer_mut(parent)?.as_object_mut()?;
    Some((members, key))
}
