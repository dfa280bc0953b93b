//! TOML.

use serde_json::{Map, Value};
use toml::de::{DeInteger, DeTable, DeValue};

use super::Limits;
use super::error::Fault;

/// The value; dates are strings, and so are numbers that JSON cannot hold.
pub(super) fn parse(text: &str, limits: &Limits) -> Result<Value, Fault> {
    let table = DeTable::parse(text).map_err(|error| {
        let offset = error.span().map_or(0, |span| span.start);
        Fault::new(offset, error.message().lines().next().unwrap_or("no TOML"))
    })?;
    of_table(table.get_ref(), limits.depth(), limits)
}

fn of_table(table: &DeTable<'_>, depth: usize, limits: &Limits) -> Result<Value, Fault> {
    let mut members = Map::new();
    for (key, value) in table {
        let Some(below) = depth.checked_sub(1) else {
            return Err(Fault::too_deep(key.span().start, limits.depth()));
        };
        members.insert(
            key.get_ref().to_string(),
            of_value(value.get_ref(), below, limits)?,
        );
    }
    Ok(Value::Object(members))
}

fn of_value(value: &DeValue<'_>, depth: usize, limits: &Limits) -> Result<Value, Fault> {
    Ok(match value {
        DeValue::String(text) => text.as_ref().into(),
        DeValue::Integer(number) => of_integer(number),
        DeValue::Float(number) => number
            .as_str()
            .parse::<f64>()
            .ok()
            .and_then(serde_json::Number::from_f64)
            .map_or_else(|| number.as_str().into(), Value::Number),
        DeValue::Boolean(value) => Value::Bool(*value),
        DeValue::Datetime(value) => value.to_string().into(),
        DeValue::Table(table) => of_table(table, depth, limits)?,
        DeValue::Array(items) => {
            let mut values = Vec::new();
            for item in items.iter() {
                let Some(below) = depth.checked_sub(1) else {
                    return Err(Fault::too_deep(item.span().start, limits.depth()));
                };
                values.push(of_value(item.get_ref(), below, limits)?);
            }
            Value::Array(values)
        }
    })
}

fn of_integer(number: &DeInteger<'_>) -> Value {
    match i64::from_str_radix(number.as_str(), number.radix()) {
        Ok(number) => number.into(),
        Err(_) => number.as_str().into(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn parsed(text: &str) -> Result<Value, Fault> {
        parse(text, &Limits::default())
    }

    #[test]
    fn values_are_those_of_json() {
        let text = "a.b = 0x1F\nc = 1.5\nd = inf\ne = 2026-11-23\nf = [true, 'x']\ng = 99999999999999999999\n[[h]]\ni = \"\"\"j\"\"\"\n";
        let found = parsed(text);
        // A number that TOML's own limits refuse may be an error; it must not be lost.
        let text = text.replace("g = 99999999999999999999\n", "");
        let expected = json!({"a": {"b": 31}, "c": 1.5, "d": "inf", "e": "2026-11-23", "f": [true, "x"], "h": [{"i": "j"}]});
        assert_eq!(parsed(&text).unwrap(), expected);
        assert!(found.is_err() || found.is_ok_and(|value| value["g"] == "99999999999999999999"));
    }

    #[test]
    fn what_is_no_toml_has_a_place() {
        let fault = parsed("a = 1\na = 2\n").unwrap_err();
        assert_eq!(fault.offset, 6, "{}", fault.message);
        assert_eq!(parsed("a = \n").unwrap_err().offset, 4);
    }

    #[test]
    fn deep_nesting_is_refused() {
        let nested = |levels: usize| format!("a = {}{}", "[".repeat(levels), "]".repeat(levels));
        assert!(parsed(&nested(60)).is_ok());
        assert!(parsed(&nested(70)).is_err());
        assert!(parsed(&nested(100_000)).is_err());
        assert!(parsed(&format!("{}b = 1", "a.".repeat(70))).is_err());
    }

    proptest! {
        #[test]
        fn never_panics(text in "([\\[\\]{}=.,\"'#\n a-c0-9]|\"\"\"|é)*") {
            let _ = parsed(&text);
        }
    }
}
