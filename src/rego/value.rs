//! Rust values become values of regorus in one step, without JSON text in between.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::fmt;

use regorus::Value;
use serde::Serialize;
use serde::ser::{self, SerializeMap, SerializeSeq, SerializeStruct};

/// A value for regorus.
pub(crate) fn value<T: Serialize + ?Sized>(value: &T) -> Result<Value, String> {
    value.serialize(ToValue).map_err(|error| error.0)
}

/// Why something is no value of Rego.
#[derive(Debug)]
struct Error(String);

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Error {}

impl ser::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

struct ToValue;

struct Items(Vec<Value>);

struct Members {
    members: Vec<(Value, Value)>,
    key: Option<Value>,
}

thread_local! {
    /// The names of fields as values, by where the program has them: every subject has the same.
    static NAMES: RefCell<HashMap<(*const u8, usize), Value>> = RefCell::new(HashMap::new());
}

fn name(field: &'static str) -> Value {
    NAMES.with_borrow_mut(|names| {
        let place = (field.as_ptr(), field.len());
        let value = names.entry(place).or_insert_with(|| Value::from(field));
        value.clone()
    })
}

/// `{"variant": content}`
struct Variant<T>(&'static str, T);

fn of_variant(variant: &'static str, content: Value) -> Value {
    Value::from(BTreeMap::from([(Value::from(variant), content)]))
}

macro_rules! numbers {
    ($($method:ident: $from:ty as $to:ty;)*) => {
        $(fn $method(self, number: $from) -> Result<Value, Error> {
            Ok(Value::from(<$to>::from(number)))
        })*
    };
}

impl ser::Serializer for ToValue {
    type Ok = Value;
    type Error = Error;
    type SerializeSeq = Items;
    type SerializeTuple = Items;
    type SerializeTupleStruct = Items;
    type SerializeTupleVariant = Variant<Items>;
    type SerializeMap = Members;
    type SerializeStruct = Members;
    type SerializeStructVariant = Variant<Members>;

    numbers! {
        serialize_i8: i8 as i64;
        serialize_i16: i16 as i64;
        serialize_i32: i32 as i64;
        serialize_i64: i64 as i64;
        serialize_u8: u8 as u64;
        serialize_u16: u16 as u64;
        serialize_u32: u32 as u64;
        serialize_u64: u64 as u64;
        serialize_f32: f32 as f64;
        serialize_f64: f64 as f64;
    }

    fn serialize_bool(self, value: bool) -> Result<Value, Error> {
        Ok(Value::from(value))
    }

    fn serialize_char(self, value: char) -> Result<Value, Error> {
        Ok(Value::from(value.to_string()))
    }

    fn serialize_str(self, value: &str) -> Result<Value, Error> {
        Ok(Value::from(value))
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<Value, Error> {
        let bytes = value.iter().map(|byte| Value::from(u64::from(*byte)));
        Ok(Value::from(bytes.collect::<Vec<_>>()))
    }

    fn serialize_none(self) -> Result<Value, Error> {
        Ok(Value::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Value, Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Value, Error> {
        Ok(Value::Null)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Value, Error> {
        Ok(Value::Null)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<Value, Error> {
        Ok(Value::from(variant))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Value, Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Value, Error> {
        Ok(of_variant(variant, value.serialize(self)?))
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Items, Error> {
        Ok(Items(Vec::with_capacity(length.unwrap_or(0))))
    }

    fn serialize_tuple(self, length: usize) -> Result<Items, Error> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_struct(self, _: &'static str, length: usize) -> Result<Items, Error> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Variant<Items>, Error> {
        Ok(Variant(variant, self.serialize_seq(Some(length))?))
    }

    fn serialize_map(self, length: Option<usize>) -> Result<Members, Error> {
        Ok(Members {
            members: Vec::with_capacity(length.unwrap_or(0)),
            key: None,
        })
    }

    fn serialize_struct(self, _: &'static str, length: usize) -> Result<Members, Error> {
        self.serialize_map(Some(length))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Variant<Members>, Error> {
        Ok(Variant(variant, self.serialize_map(Some(length))?))
    }
}

impl SerializeSeq for Items {
    type Ok = Value;
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.0.push(value.serialize(ToValue)?);
        Ok(())
    }

    fn end(self) -> Result<Value, Error> {
        Ok(Value::from(self.0))
    }
}

impl SerializeMap for Members {
    type Ok = Value;
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        self.key = Some(key.serialize(ToValue)?);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        let key = self
            .key
            .take()
            .ok_or_else(|| Error("a value without a key".to_owned()))?;
        self.members.push((key, value.serialize(ToValue)?));
        Ok(())
    }

    fn end(self) -> Result<Value, Error> {
        Ok(Value::from(BTreeMap::from_iter(self.members)))
    }
}

impl SerializeStruct for Members {
    type Ok = Value;
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        self.members.push((name(key), value.serialize(ToValue)?));
        Ok(())
    }

    fn end(self) -> Result<Value, Error> {
        SerializeMap::end(self)
    }
}

impl ser::SerializeTuple for Items {
    type Ok = Value;
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        SerializeSeq::serialize_element(self, value)
    }

    fn end(self) -> Result<Value, Error> {
        SerializeSeq::end(self)
    }
}

impl ser::SerializeTupleStruct for Items {
    type Ok = Value;
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        SerializeSeq::serialize_element(self, value)
    }

    fn end(self) -> Result<Value, Error> {
        SerializeSeq::end(self)
    }
}

impl ser::SerializeTupleVariant for Variant<Items> {
    type Ok = Value;
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        SerializeSeq::serialize_element(&mut self.1, value)
    }

    fn end(self) -> Result<Value, Error> {
        Ok(of_variant(self.0, SerializeSeq::end(self.1)?))
    }
}

impl ser::SerializeStructVariant for Variant<Members> {
    type Ok = Value;
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        SerializeStruct::serialize_field(&mut self.1, key, value)
    }

    fn end(self) -> Result<Value, Error> {
        Ok(of_variant(self.0, SerializeStruct::end(self.1)?))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value as Json, json};

    use super::value;

    /// What JSON text would have become.
    fn through_text(json: &Json) -> regorus::Value {
        serde_json::from_str(&json.to_string()).unwrap()
    }

    #[test]
    fn real_values_are_the_same_as_through_text() {
        let json = json!({
            "null": null, "list": [1, -2, 3.5, true, "x", []], "object": {"a": {"b": {}}},
            "large": u64::MAX, "small": i64::MIN,
        });
        assert_eq!(value(&json).unwrap(), through_text(&json));
    }

    proptest! {
        #[test]
        fn all_values_are_the_same_as_through_text(
            keys in prop::collection::btree_map(".*", any::<(bool, i64, u64, String)>(), 0..8)
        ) {
            let json = json!(keys);
            prop_assert_eq!(value(&json).unwrap(), through_text(&json));
        }
    }
}
