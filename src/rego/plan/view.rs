//! Values at work: what plans read and make while they judge one input.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use regorus::Value;
use serde::{Serialize, Serializer};

/// Where the values of one input stand. It is emptied at once, so that none of them is counted or dropped by itself.
pub(crate) type Arena = bumpalo::Bump;

/// A value that costs nothing to copy: text and lists stand in the arena, in the program, or in its data.
#[derive(Debug, Clone, Copy)]
pub(crate) enum View<'a> {
    Undefined,
    Null,
    Bool(bool),
    Text(&'a str),
    Array(&'a [View<'a>]),
    /// In order, each once.
    Set(&'a [View<'a>]),
    /// In any order, each key once.
    Object(&'a [Member<'a>]),
    /// A number, or a list of the program or of its data.
    Value(&'a Value),
}

/// A key and its value.
pub(super) type Member<'a> = (View<'a>, View<'a>);

impl<'a> From<&'a Value> for View<'a> {
    fn from(value: &'a Value) -> Self {
        match value {
            Value::Undefined => Self::Undefined,
            Value::Null => Self::Null,
            Value::Bool(bool) => Self::Bool(*bool),
            Value::String(text) => Self::Text(text),
            Value::Number(_) | Value::Array(_) | Value::Set(_) | Value::Object(_) => {
                Self::Value(value)
            }
        }
    }
}

impl<'a> View<'a> {
    /// A value that is not lasting. None where a number of it is so large that it would have to be dropped.
    pub(super) fn copied(arena: &'a Arena, value: &Value) -> Option<Self> {
        let all = |items: &mut dyn Iterator<Item = &Value>| {
            let items: Option<Vec<_>> = items.map(|item| Self::copied(arena, item)).collect();
            items.map(|items| &*arena.alloc_slice_copy(&items))
        };
        Some(match value {
            Value::Undefined => Self::Undefined,
            Value::Null => Self::Null,
            Value::Bool(bool) => Self::Bool(*bool),
            Value::String(text) => Self::Text(arena.alloc_str(text)),
            Value::Number(number) => {
                let is_small = number.as_i64().is_some() || number.as_u64().is_some();
                if !is_small && number.is_integer() {
                    return None;
                }
                Self::Value(arena.alloc(value.clone()))
            }
            Value::Array(items) => Self::Array(all(&mut items.iter())?),
            Value::Set(items) => Self::Set(all(&mut items.iter_sorted())?),
            Value::Object(members) => {
                let copied =
                    |(key, item)| Some((Self::copied(arena, key)?, Self::copied(arena, item)?));
                let members: Option<Vec<_>> = members.iter_sorted().map(copied).collect();
                Self::Object(arena.alloc_slice_copy(&members?))
            }
        })
    }

    /// A list of what is in a list.
    pub(super) fn array(arena: &'a Arena, items: &[Self]) -> Self {
        Self::Array(arena.alloc_slice_copy(items))
    }

    /// A set of what is in a list.
    pub(super) fn set(arena: &'a Arena, items: &[Self]) -> Self {
        let mut items = bumpalo::collections::Vec::from_iter_in(items.iter().copied(), arena);
        items.sort();
        items.dedup();
        Self::Set(items.into_bump_slice())
    }

    /// An object of members, none where a key has several values.
    pub(super) fn object(arena: &'a Arena, mut members: Vec<Member<'a>>) -> Option<Self> {
        members.sort();
        members.dedup();
        let has_twice = members.windows(2).any(|pair| match pair {
            [(one, _), (other, _)] => one == other,
            _ => false,
        });
        (!has_twice).then(|| Self::Object(arena.alloc_slice_copy(&members)))
    }

    /// The same as a value of regorus.
    pub(crate) fn to_value(self) -> Value {
        match self {
            Self::Undefined => Value::Undefined,
            Self::Null => Value::Null,
            Self::Bool(bool) => Value::Bool(bool),
            Self::Text(text) => Value::from(text),
            Self::Value(value) => value.clone(),
            Self::Array(items) => Value::from(to_values(items).collect::<Vec<_>>()),
            Self::Set(items) => Value::from(to_values(items).collect::<BTreeSet<_>>()),
            Self::Object(members) => {
                let members = members.iter();
                let members = members.map(|(key, item)| (key.to_value(), item.to_value()));
                Value::from(members.collect::<BTreeMap<_, _>>())
            }
        }
    }

    /// What stands under a key; undefined where nothing does.
    pub(super) fn member(self, key: View<'_>) -> Self {
        let member = match (self, key) {
            (Self::Object(_), View::Text(name)) => return self.field(name),
            (Self::Object(members), _) => members
                .iter()
                .find(|(name, _)| *name == key)
                .map(|(_, item)| *item),
            (Self::Array(items), View::Value(Value::Number(number))) => {
                let index = number
                    .as_u64()
                    .and_then(|index| usize::try_from(index).ok());
                index.and_then(|index| items.get(index)).copied()
            }
            (Self::Set(items), _) => items.iter().find(|item| **item == key).copied(),
            (Self::Value(value), _) => return value_at(value, key),
            _ => None,
        };
        member.unwrap_or(Self::Undefined)
    }

    /// What stands under a name.
    pub(crate) fn field(self, name: &str) -> Self {
        match self {
            Self::Object(members) => {
                let is_it = |(key, _): &&Member<'a>| matches!(key, Self::Text(key) if *key == name);
                let member = members.iter().find(is_it);
                member.map_or(Self::Undefined, |(_, item)| *item)
            }
            Self::Value(value) => value_at(value, View::Text(name)),
            _ => Self::Undefined,
        }
    }

    /// The elements of a list, or of a set in their order.
    pub(crate) fn items(self) -> Option<Cow<'a, [Self]>> {
        let all = |items: &mut dyn Iterator<Item = &'a Value>| items.map(Self::from).collect();
        Some(match self {
            Self::Array(items) | Self::Set(items) => Cow::Borrowed(items),
            Self::Value(Value::Array(items)) => Cow::Owned(all(&mut items.iter())),
            Self::Value(Value::Set(items)) => Cow::Owned(all(&mut items.iter_sorted())),
            _ => return None,
        })
    }

    /// The members of an object, in the order of their keys.
    pub(super) fn members(self) -> Option<Cow<'a, [Member<'a>]>> {
        let mut members = self.entries()?;
        if !members.is_sorted_by(|(one, _), (other, _)| one < other) {
            members.to_mut().sort_unstable();
        }
        Some(members)
    }

    /// The members of an object, in any order.
    pub(crate) fn entries(self) -> Option<Cow<'a, [Member<'a>]>> {
        match self {
            Self::Object(members) => Some(Cow::Borrowed(members)),
            Self::Value(Value::Object(members)) => {
                let members = members.iter();
                let members = members.map(|(key, item)| (Self::from(key), Self::from(item)));
                Some(Cow::Owned(members.collect()))
            }
            _ => None,
        }
    }

    /// How many elements or members there are. None for what is no list, set or object.
    pub(super) fn len(self) -> Option<usize> {
        Some(match self {
            Self::Array(items) | Self::Set(items) => items.len(),
            Self::Object(members) => members.len(),
            Self::Value(Value::Array(items)) => items.len(),
            Self::Value(Value::Set(items)) => items.len(),
            Self::Value(Value::Object(members)) => members.len(),
            _ => return None,
        })
    }

    /// Whether a list or set has an element, or an object a value. None for what is none of them.
    pub(super) fn contains(self, item: Self) -> Option<bool> {
        Some(match self {
            Self::Array(items) => items.contains(&item),
            Self::Set(items) => items.binary_search(&item).is_ok(),
            Self::Object(members) => members.iter().any(|(_, member)| *member == item),
            Self::Value(Value::Array(items)) => items.iter().any(|other| item.is(other)),
            Self::Value(Value::Set(items)) if items.len() <= FEW => {
                items.iter().any(|other| item.is(other))
            }
            Self::Value(Value::Set(items)) => items.contains(&item.to_value()),
            Self::Value(Value::Object(members)) => members.values().any(|member| item.is(member)),
            _ => return None,
        })
    }

    /// Whether it is the same as a value of regorus.
    fn is(self, value: &Value) -> bool {
        match (self, value) {
            (Self::Text(one), Value::String(other)) => *one == **other,
            (Self::Text(_), _) | (_, Value::String(_)) => false,
            _ => self == View::from(value),
        }
    }

    pub(crate) const fn is_object(self) -> bool {
        matches!(self, Self::Object(_) | Self::Value(Value::Object(_)))
    }

    pub(crate) const fn is_set(self) -> bool {
        matches!(self, Self::Set(_) | Self::Value(Value::Set(_)))
    }

    pub(super) const fn is_undefined(self) -> bool {
        matches!(self, Self::Undefined)
    }

    /// As regorus orders values of different types.
    const fn rank(self) -> u8 {
        match self {
            Self::Null => 0,
            Self::Bool(_) => 1,
            Self::Value(Value::Number(_)) => 2,
            Self::Text(_) => 3,
            Self::Array(_) | Self::Value(Value::Array(_)) => 4,
            Self::Set(_) | Self::Value(Value::Set(_)) => 5,
            Self::Object(_) | Self::Value(Value::Object(_)) => 6,
            Self::Undefined | Self::Value(_) => 7,
        }
    }
}

/// As many elements as are gone over sooner than one is made to look for.
const FEW: usize = 16;

fn value_at<'a>(value: &'a Value, key: View<'_>) -> View<'a> {
    match value {
        Value::Object(members) if members.len() <= FEW => {
            let mut members = members.iter();
            let member = members.find(|(name, _)| key.is(name));
            member.map_or(View::Undefined, |(_, item)| View::from(item))
        }
        _ => member_of(value, &key.to_value()),
    }
}

pub(super) fn member_of<'a>(value: &'a Value, key: &Value) -> View<'a> {
    let member = match (value, key) {
        (Value::Object(members), _) => members.get(key),
        (Value::Array(items), Value::Number(number)) => number
            .as_u64()
            .and_then(|index| items.get(usize::try_from(index).ok()?)),
        (Value::Set(items), _) => items.get(key),
        _ => None,
    };
    member.map_or(View::Undefined, View::from)
}

fn to_values(items: &[View<'_>]) -> impl Iterator<Item = Value> {
    items.iter().map(|item| item.to_value())
}

impl Ord for View<'_> {
    /// As regorus orders values.
    fn cmp(&self, other: &Self) -> Ordering {
        match (*self, *other) {
            (Self::Text(one), Self::Text(other)) => one.cmp(other),
            (Self::Bool(one), Self::Bool(other)) => one.cmp(&other),
            (Self::Value(one), Self::Value(other)) => one.cmp(other),
            (one, other) if one.rank() != other.rank() => one.rank().cmp(&other.rank()),
            (one, other) => match (one.items(), other.items()) {
                (Some(one), Some(other)) => one.cmp(&other),
                _ => one.members().cmp(&other.members()),
            },
        }
    }
}

impl PartialOrd for View<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for View<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text(one), Self::Text(other)) => one == other,
            (Self::Bool(one), Self::Bool(other)) => one == other,
            (Self::Null, Self::Null) => true,
            (Self::Null | Self::Bool(_) | Self::Text(_), _)
            | (_, Self::Null | Self::Bool(_) | Self::Text(_)) => false,
            _ => self.len() == other.len() && self.cmp(other) == Ordering::Equal,
        }
    }
}

impl Eq for View<'_> {}

impl Serialize for View<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            Self::Undefined | Self::Null => serializer.serialize_unit(),
            Self::Bool(bool) => serializer.serialize_bool(bool),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Value(value) => value.serialize(serializer),
            Self::Array(items) | Self::Set(items) => serializer.collect_seq(items),
            Self::Object(members) => {
                serializer.collect_map(members.iter().map(|(key, item)| (key, item)))
            }
        }
    }
}
