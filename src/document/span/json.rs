//! Places in JSON: of the values that are asked for, as `serde_json` reads them; with comments or trailing commas, of all, by
//! the ranges of `jsonc-parser`'s syntax tree.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use jsonc_parser::ast::{ObjectProp, Value};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::super::pointer::escaped;
use super::{Children, Member, Name, Tree, index};

/// The places in a text that has been parsed before, so that looseness does no harm. What no pointer leads to is not there.
pub(super) fn tree<'a>(text: &'a str, pointers: &[&str]) -> Option<Tree<'a>> {
    let pointers = pointers.iter();
    let below: Vec<&str> = pointers.filter_map(|at| at.strip_prefix('/')).collect();
    let whole = text.trim_matches([' ', '\t', '\n', '\r']);
    let whole = if !below.is_empty() && whole.starts_with(['{', '[']) {
        Some(whole)
    } else {
        let whole: Option<&RawValue> = serde_json::from_str(text).ok();
        whole.map(RawValue::get)
    };
    let tree = whole.and_then(|whole| of_part(text, whole, &below));
    tree.or_else(|| {
        let ast = parse_to_ast(text, &CollectOptions::default(), &ParseOptions::default());
        ast.ok()?.value.map(of_value)
    })
}

/// A value that is a part of a text, and what the pointers below it lead to.
fn of_part<'a>(text: &str, part: &'a str, below: &[&str]) -> Option<Tree<'a>> {
    let children = match part.as_bytes().first()? {
        b'[' if below.is_empty() => Children::Items(Vec::new()),
        b'{' if below.is_empty() => Children::Members(Vec::new()),
        b'[' | b'{' => {
            let mut json = serde_json::Deserializer::from_str(part);
            let children = json.deserialize_any(Within::new(text, below)).ok()?;
            json.end().ok()?;
            children
        }
        _ => Children::None,
    };
    Some(Tree {
        range: range(text, part),
        children,
    })
}

/// Where a part of a text stands in it.
fn range(text: &str, part: &str) -> Range<usize> {
    let start = part.as_ptr().addr().saturating_sub(text.as_ptr().addr());
    start..start + part.len()
}

/// Reads what pointers lead to within an object or an array, and goes over the rest.
struct Within<'t, 'p> {
    text: &'t str,
    /// What is left of the pointers, by their first token.
    below: BTreeMap<&'p str, Vec<&'p str>>,
}

impl<'t, 'p> Within<'t, 'p> {
    fn new(text: &'t str, pointers: &[&'p str]) -> Self {
        let mut below: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for pointer in pointers {
            let (token, further) = match pointer.split_once('/') {
                Some((token, further)) => (token, Some(further)),
                None => (*pointer, None),
            };
            below.entry(token).or_default().extend(further);
        }
        Self { text, below }
    }

    fn tree<'a, E: Error>(&self, value: &'a RawValue, below: &[&str]) -> Result<Tree<'a>, E> {
        let tree = of_part(self.text, value.get(), below);
        tree.ok_or_else(|| E::custom("a value that cannot be read"))
    }
}

impl<'de> Visitor<'de> for Within<'_, '_> {
    type Value = Children<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or an array")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(key) = map.next_key::<&RawValue>()? {
            let name = name(key).map_err(A::Error::custom)?;
            let token = escaped(&name);
            let Some(below) = self.below.get(&*token) else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            members.push(Member {
                key: range(self.text, key.get()),
                tree: self.tree(map.next_value()?, below)?,
                name: Name::Text(name),
            });
        }
        Ok(Children::Members(members))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let below = self.below.iter();
        let below = below.filter_map(|(token, below)| Some((index(token)?, below)));
        let below: BTreeMap<usize, &Vec<&str>> = below.collect();
        let mut trees = Vec::new();
        loop {
            let tree = match below.get(&trees.len()) {
                Some(below) => match items.next_element()? {
                    Some(item) => self.tree(item, below)?,
                    None => break,
                },
                None => match items.next_element::<IgnoredAny>()? {
                    Some(_) => Tree::NOWHERE,
                    None => break,
                },
            };
            trees.push(tree);
        }
        Ok(Children::Items(trees))
    }
}

/// The name that a key as it is written stands for.
fn name(key: &RawValue) -> serde_json::Result<Cow<'_, str>> {
    let inside = key.get().trim_matches('"');
    if inside.len() + 2 == key.get().len() && !inside.contains('\\') {
        return Ok(inside.into());
    }
    serde_json::from_str(key.get()).map(Cow::Owned)
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
