//! Facts compared: without places and without an order, and null where a format has no words.

use serde_json::Value;

/// The facts without the places that they came from, all lists sorted.
pub fn comparable(facts: &Value) -> Value {
    match facts {
        Value::Object(members) => {
            let members = members.iter().filter(|(name, _)| *name != "at");
            let members = members.map(|(name, value)| (name.clone(), comparable(value)));
            Value::Object(members.collect())
        }
        Value::Array(items) => {
            let mut items: Vec<Value> = items.iter().map(comparable).collect();
            items.sort_by_cached_key(Value::to_string);
            items.into()
        }
        scalar => scalar.clone(),
    }
}

/// The places where facts differ from others, with both values.
pub fn differences(facts: &Value, others: &Value, place: &str) -> Vec<String> {
    match (facts, others) {
        (Value::Object(members), Value::Object(_)) => members
            .iter()
            .flat_map(|(name, fact)| differences(fact, &others[name], &format!("{place}/{name}")))
            .collect(),
        (Value::Array(items), Value::Array(more)) if items.len() == more.len() => {
            let pairs = items.iter().zip(more).enumerate();
            pairs
                .flat_map(|(index, (one, other))| {
                    differences(one, other, &format!("{place}/{index}"))
                })
                .collect()
        }
        _ if facts == others => Vec::new(),
        _ => vec![format!("{place}: {facts} instead of {others}")],
    }
}

/// Makes null what a path leads to: `owners[].name`, or `credentials[certificate].name` for one kind of element.
pub fn forget(facts: &mut Value, path: &str) {
    forget_where(facts, path, |_| true);
}

/// The same, where it is an empty list or text.
pub fn forget_empty(facts: &mut Value, path: &str) {
    forget_where(facts, path, |fact| {
        fact.as_array().is_some_and(Vec::is_empty) || fact.as_str() == Some("")
    });
}

fn forget_where(facts: &mut Value, path: &str, is_meant: fn(&Value) -> bool) {
    let Some((first, rest)) = path.split_once('.') else {
        let fact = slot(facts, path);
        if is_meant(fact) {
            *fact = Value::Null;
        }
        return;
    };
    let Some((list, kind)) = first.split_once('[') else {
        return forget_where(slot(facts, first), rest, is_meant);
    };
    let kind = kind.trim_end_matches(']');
    for item in slot(facts, list).as_array_mut().into_iter().flatten() {
        if kind.is_empty() || item["kind"] == kind {
            forget_where(item, rest, is_meant);
        }
    }
}

/// A member that must be there, so that a path that is misspelt is found.
fn slot<'a>(facts: &'a mut Value, name: &str) -> &'a mut Value {
    let member = facts.as_object_mut().and_then(|facts| facts.get_mut(name));
    member.unwrap_or_else(|| panic!("there is no fact `{name}`"))
}

/// What tells the element of the facts that stands at a place from all others: its id, or its text.
pub fn identity<'f>(facts: &'f Value, at: &str) -> Option<&'f str> {
    match facts {
        Value::Object(members) => {
            let own = || {
                let names = ["id", "uri", "app_id", "name"].into_iter();
                names.filter_map(|name| members.get(name)?.as_str()).next()
            };
            if members.get("at").and_then(Value::as_str) == Some(at) {
                return own();
            }
            members.values().find_map(|value| identity(value, at))
        }
        Value::Array(items) => items.iter().find_map(|value| identity(value, at)),
        _ => None,
    }
}
