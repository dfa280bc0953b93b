//! Rust values become values of Rego in one step, without JSON text in between.

use std::fmt;

use bumpalo::collections::Vec;
use regorus::Value;
use serde::Serialize;
use serde::ser::{self, SerializeMap, SerializeSeq, SerializeStruct};

use super::plan::{Arena, View};

/// A value for regorus.
pub(crate) fn value<T: Serialize + ?Sized>(value: &T) -> Result<Value, String> {
    view(&Arena::new(), value).map(View::to_value)
}

/// A value for plans.
pub(crate) fn view<'a, T: Serialize + ?Sized>(
    arena: &'a Arena,
    value: &T,
) -> Result<View<'a>, String> {
    value.serialize(ToView(arena)).map_err(|error| error.0)
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

#[derive(Clone, Copy)]
struct ToView<'a>(&'a Arena);

impl<'a> ToView<'a> {
    fn number(self, number: Value) -> View<'a> {
        View::Value(self.0.alloc(number))
    }
}

struct Items<'a> {
    to: ToView<'a>,
    items: Vec<'a, View<'a>>,
}

struct Members<'a> {
    to: ToView<'a>,
    members: Vec<'a, (View<'a>, View<'a>)>,
    key: Option<View<'a>>,
}

/// Where the number of members is not told, few objects have more.
const MANY: usize = 16;

/// `{"variant": content}`
struct Variant<T>(&'static str, T);

fn of_variant<'a>(to: ToView<'a>, variant: &'static str, content: View<'a>) -> View<'a> {
    View::Object(to.0.alloc_slice_copy(&[(View::Text(variant), content)]))
}

macro_rules! numbers {
    ($($method:ident: $from:ty as $to:ty;)*) => {
        $(fn $method(self, number: $from) -> Result<View<'a>, Error> {
            Ok(self.number(Value::from(<$to>::from(number))))
        })*
    };
}

impl<'a> ser::Serializer for ToView<'a> {
    type Ok = View<'a>;
    type Error = Error;
    type SerializeSeq = Items<'a>;
    type SerializeTuple = Items<'a>;
    type SerializeTupleStruct = Items<'a>;
    type SerializeTupleVariant = Variant<Items<'a>>;
    type SerializeMap = Members<'a>;
    type SerializeStruct = Members<'a>;
    type SerializeStructVariant = Variant<Members<'a>>;

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

    fn serialize_bool(self, value: bool) -> Result<View<'a>, Error> {
        Ok(View::Bool(value))
    }

    fn serialize_char(self, value: char) -> Result<View<'a>, Error> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<View<'a>, Error> {
        Ok(View::Text(self.0.alloc_str(value)))
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<View<'a>, Error> {
        self.collect_seq(value)
    }

    fn serialize_none(self) -> Result<View<'a>, Error> {
        Ok(View::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<View<'a>, Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<View<'a>, Error> {
        Ok(View::Null)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<View<'a>, Error> {
        Ok(View::Null)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<View<'a>, Error> {
        Ok(View::Text(variant))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<View<'a>, Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<View<'a>, Error> {
        Ok(of_variant(self, variant, value.serialize(self)?))
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Items<'a>, Error> {
        Ok(Items {
            to: self,
            items: Vec::with_capacity_in(length.unwrap_or(MANY), self.0),
        })
    }

    fn serialize_tuple(self, length: usize) -> Result<Items<'a>, Error> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_struct(self, _: &'static str, length: usize) -> Result<Items<'a>, Error> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Variant<Items<'a>>, Error> {
        Ok(Variant(variant, self.serialize_seq(Some(length))?))
    }

    fn serialize_map(self, length: Option<usize>) -> Result<Members<'a>, Error> {
        Ok(Members {
            to: self,
            members: Vec::with_capacity_in(length.unwrap_or(MANY), self.0),
            key: None,
        })
    }

    fn serialize_struct(self, _: &'static str, length: usize) -> Result<Members<'a>, Error> {
        self.serialize_map(Some(length))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Variant<Members<'a>>, Error> {
        Ok(Variant(variant, self.serialize_map(Some(length))?))
    }
}

impl<'a> SerializeSeq for Items<'a> {
    type Ok = View<'a>;
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.items.push(value.serialize(self.to)?);
        Ok(())
    }

    fn end(self) -> Result<View<'a>, Error> {
        Ok(View::Array(self.items.into_bump_slice()))
    }
}

impl<'a> SerializeMap for Members<'a> {
    type Ok = View<'a>;
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        self.key = Some(key.serialize(self.to)?);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        let key = self
            .key
            .take()
            .ok_or_else(|| Error("a value without a key".to_owned()))?;
        self.members.push((key, value.serialize(self.to)?));
        Ok(())
    }

    fn end(self) -> Result<View<'a>, Error> {
        Ok(View::Object(self.members.into_bump_slice()))
    }
}

impl<'a> SerializeStruct for Members<'a> {
    type Ok = View<'a>;
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        self.members
            .push((View::Text(key), value.serialize(self.to)?));
        Ok(())
    }

    fn end(self) -> Result<View<'a>, Error> {
        SerializeMap::end(self)
    }
}

impl<'a> ser::SerializeTuple for Items<'a> {
    type Ok = View<'a>;
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        SerializeSeq::serialize_element(self, value)
    }

    fn end(self) -> Result<View<'a>, Error> {
        SerializeSeq::end(self)
    }
}

impl<'a> ser::SerializeTupleStruct for Items<'a> {
    type Ok = View<'a>;
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        SerializeSeq::serialize_element(self, value)
    }

    fn end(self) -> Result<View<'a>, Error> {
        SerializeSeq::end(self)
    }
}

impl<'a> ser::SerializeTupleVariant for Variant<Items<'a>> {
    type Ok = View<'a>;
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        SerializeSeq::serialize_element(&mut self.1, value)
    }

    fn end(self) -> Result<View<'a>, Error> {
        Ok(of_variant(self.1.to, self.0, SerializeSeq::end(self.1)?))
    }
}

impl<'a> ser::SerializeStructVariant for Variant<Members<'a>> {
    type Ok = View<'a>;
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        SerializeStruct::serialize_field(&mut self.1, key, value)
    }

    fn end(self) -> Result<View<'a>, Error> {
        Ok(of_variant(self.1.to, self.0, SerializeStruct::end(self.1)?))
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
