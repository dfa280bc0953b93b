//! Constants of plans, written down. regorus writes a set as if it were a list.

use std::collections::{BTreeMap, BTreeSet};

use regorus::Value;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};

#[derive(Serialize, Deserialize)]
enum Literal {
    Null,
    Bool(bool),
    /// As JSON has it.
    Number(String),
    String(String),
    Array(Vec<Literal>),
    Set(Vec<Literal>),
    Object(Vec<(Literal, Literal)>),
}

pub(super) fn serialize<S: Serializer>(values: &[Value], serializer: S) -> Result<S::Ok, S::Error> {
    let literals: Option<Vec<Literal>> = values.iter().map(literal).collect();
    literals
        .ok_or_else(|| ser::Error::custom("a constant without a value"))?
        .serialize(serializer)
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<Value>, D::Error> {
    let literals = Vec::<Literal>::deserialize(deserializer)?;
    let values: Option<Vec<Value>> = literals.into_iter().map(value).collect();
    values.ok_or_else(|| de::Error::custom("a constant that is no number"))
}

fn literal(value: &Value) -> Option<Literal> {
    let all =
        |items: &mut dyn Iterator<Item = &Value>| items.map(literal).collect::<Option<Vec<_>>>();
    Some(match value {
        Value::Null => Literal::Null,
        Value::Bool(bool) => Literal::Bool(*bool),
        Value::Number(_) => Literal::Number(value.to_json_str().ok()?),
        Value::String(text) => Literal::String(text.to_string()),
        Value::Array(items) => Literal::Array(all(&mut items.iter())?),
        Value::Set(items) => Literal::Set(all(&mut items.iter())?),
        Value::Object(members) => {
            let member = |(key, value)| Some((literal(key)?, literal(value)?));
            Literal::Object(members.iter_sorted().map(member).collect::<Option<_>>()?)
        }
        Value::Undefined => return None,
    })
}

fn value(literal: Literal) -> Option<Value> {
    Some(match literal {
        Literal::Null => Value::Null,
        Literal::Bool(bool) => Value::Bool(bool),
        Literal::Number(text) => Value::from_json_str(&text).ok()?,
        Literal::String(text) => Value::from(text),
        Literal::Array(items) => {
            Value::from(items.into_iter().map(value).collect::<Option<Vec<_>>>()?)
        }
        Literal::Set(items) => {
            let items = items.into_iter().map(value);
            Value::from(items.collect::<Option<BTreeSet<_>>>()?)
        }
        Literal::Object(members) => {
            let members = members
                .into_iter()
                .map(|(key, item)| Some((value(key)?, value(item)?)));
            Value::from(members.collect::<Option<BTreeMap<_, _>>>()?)
        }
    })
}
