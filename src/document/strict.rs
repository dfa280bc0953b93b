//! A JSON value, strictly: no key twice, no nesting beyond a limit.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::map::Entry;
use serde_json::{Map, Number, Value};

use super::error::{duplicate_key, too_deep};

/// Builds a [`Value`], as `serde_json` does, and refuses duplicate keys and deep nesting.
#[derive(Debug, Clone, Copy)]
pub(super) struct Strict {
    max_depth: usize,
    depth: usize,
}

impl Strict {
    pub(super) const fn new(max_depth: usize) -> Self {
        Self {
            max_depth,
            depth: 0,
        }
    }

    /// The same for a value that stands within so many others.
    pub(super) const fn within(self, depth: usize) -> Self {
        Self { depth, ..self }
    }

    fn below<E: Error>(self) -> Result<Self, E> {
        if self.depth >= self.max_depth {
            return Err(E::custom(too_deep(self.max_depth)));
        }
        Ok(Self {
            depth: self.depth + 1,
            ..self
        })
    }
}

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value)
            .map(Value::Number)
            .ok_or_else(|| E::custom("number out of range"))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let below = self.below()?;
        let mut array = Vec::new();
        while let Some(value) = seq.next_element_seed(below)? {
            array.push(value);
        }
        Ok(Value::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let below = self.below()?;
        let mut object = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            match object.entry(key) {
                Entry::Vacant(entry) => entry.insert(map.next_value_seed(below)?),
                Entry::Occupied(entry) => return Err(A::Error::custom(duplicate_key(entry.key()))),
            };
        }
        Ok(Value::Object(object))
    }
}
