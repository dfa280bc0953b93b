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
