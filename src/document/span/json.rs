//! Places in JSON: of the values that are asked for, as `serde_json` reads them; with comments or trailing commas, of all, by
//! the ranges of `jsonc-parser`'s syntax tree.

use std::fmt;
use std::ops::Range;

use jsonc_parser::ast::{ObjectProp, Value};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::super::pointer::escaped;
use super::{Children, Member, Name, Tree};

/// The places in a text that has been parsed before, so that looseness does no harm. What no pointer leads into is closed.
pub(super) fn tree<'a>(text: &'a str, pointers: &[&str]) -> Option<Tree<'a>> {
    let pointers: Vec<&str> = pointers
        .iter()
        .filter_map(|at| at.strip_prefix('/'))
        .collect();
    match serde_json::from_str(text) {
        Ok(whole) => of_raw(text, whole, &pointers),
        Err(_) => {
            let ast = parse_to_ast(text, &CollectOptions::default(), &ParseOptions::default());
            ast.ok()?.value.map(of_value)
        }
    }
}

/// A value, and what the pointers below it lead to.
fn of_raw<'a>(text: &str, raw: &'a RawValue, below: &[&str]) -> Option<Tree<'a>> {
    let children = match raw.get().as_bytes().first()? {
        b'[' if below.is_empty() => Children::Items(Vec::new()),
        b'[' => {
            let items: Vec<&RawValue> = serde_json::from_str(raw.get()).ok()?;
            let of_item =
                |(index, item): (usize, _)| of_raw(text, item, &within(below, &index.to_string()));
            let items = items.into_iter().enumerate().map(of_item);
            Children::Items(items.collect::<Option<_>>()?)
        }
        b'{' if below.is_empty() => Children::Members(Vec::new()),
        b'{' => {
            let RawMembers(members) = serde_json::from_str(raw.get()).ok()?;
            let of_member = |(key, value): (&'a RawValue, &'a RawValue)| {
                let name: String = serde_json::from_str(key.get()).ok()?;
                Some(Member {
                    key: range(text, key),
                    tree: of_raw(text, value, &within(below, &escaped(&name)))?,
                    name: Name::Text(name.into()),
                })
            };
            Children::Members(members.into_iter().map(of_member).collect::<Option<_>>()?)
        }
        _ => Children::None,
    };
    Some(Tree {
        range: range(text, raw),
        children,
    })
}

/// What is left of the pointers that lead into a member or an element.
fn within<'p>(pointers: &[&'p str], token: &str) -> Vec<&'p str> {
    let pointers = pointers.iter();
    let rest = pointers.filter_map(|at| at.strip_prefix(token)?.strip_prefix('/'));
    rest.collect()
}

/// Where a part of a text stands in it.
fn range(text: &str, part: &RawValue) -> Range<usize> {
    let part = part.get();
    let start = part.as_ptr().addr().saturating_sub(text.as_ptr().addr());
    start..start + part.len()
}

/// The members of an object as they are written.
struct RawMembers<'a>(Vec<(&'a RawValue, &'a RawValue)>);

impl<'de> Deserialize<'de> for RawMembers<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;

        impl<'de> Visitor<'de> for Members {
            type Value = RawMembers<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(RawMembers(members))
            }
        }

        deserializer.deserialize_map(Members)
    }
}

fn of_value(value: Value<'_>) -> Tree<'_> {
    let range = value.start()..value.end();
    let children = match value {
        Value::Array(array) => Children::Items(array.elements.into_iter().map(of_value).collect()),
        Value::Object(object) => {
            Children::Members(object.properties.into_iter().map(of_member).collect())
        }
        _ => Children::None,
    };
    Tree { range, children }
}

fn of_member(property: ObjectProp<'_>) -> Member<'_> {
    Member {
        key: property.name.start()..property.name.end(),
        name: Name::Text(property.name.into_string().into()),
        tree: of_value(property.value),
    }
}
