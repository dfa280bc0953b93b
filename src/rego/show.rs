//! A value as Rego writes it.

use regorus::Value;

/// A value on one line: sets in braces, `undefined` where there is none.
pub(crate) fn show(value: &Value) -> String {
    match value {
        Value::Undefined => "undefined".to_owned(),
        Value::Array(items) => listed("[", items.iter().map(show), "]"),
        Value::Set(items) if items.is_empty() => "set()".to_owned(),
        Value::Set(items) => listed("{", items.iter().map(show), "}"),
        Value::Object(members) => {
            let members = members
                .iter()
                .map(|(key, value)| format!("{}: {}", show(key), show(value)));
            listed("{", members, "}")
        }
        scalar => scalar.to_string(),
    }
}

fn listed(open: &str, items: impl Iterator<Item = String>, close: &str) -> String {
    format!("{open}{}{close}", items.collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_as_in_rego() {
        let value = Value::from_json_str(r#"{"a": [1, "x\"y", null], "b": {}}"#).unwrap();
        assert_eq!(show(&value), r#"{"a": [1, "x\"y", null], "b": {}}"#);
        let set = Value::from(std::collections::BTreeSet::from([
            Value::from(2_u64),
            Value::from(true),
        ]));
        assert_eq!(show(&set), "{true, 2}");
        assert_eq!(show(&Value::new_set()), "set()");
        assert_eq!(show(&Value::Undefined), "undefined");
    }
}
