//! The keys of plans.

use std::sync::atomic::{AtomicUsize, Ordering};

use regorus::Value;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::view::{Member, View, member_of};

/// The name of a member, and where it was found last: what one step of a plan looks into is alike each time.
#[derive(Debug)]
pub(crate) struct Key {
    name: Value,
    position: AtomicUsize,
}

impl Key {
    /// A key, given its name as a string of regorus.
    const fn named(name: Value) -> Self {
        Self {
            name,
            position: AtomicUsize::new(0),
        }
    }

    /// What stands under the key; undefined where nothing does.
    pub(crate) fn of<'a>(&self, value: View<'a>) -> View<'a> {
        match value {
            View::Object(members) => *self.among(members),
            View::Value(value) => member_of(value, &self.name),
            _ => View::Undefined,
        }
    }

    /// What stands under the key among members; undefined where nothing does.
    pub(super) fn among<'a>(&self, members: &'a [Member<'a>]) -> &'a View<'a> {
        let is_here =
            |(name, _): &Member<'a>| matches!(name, View::Text(name) if *name == self.as_str());
        let last = members.get(self.position.load(Ordering::Relaxed));
        if let Some((_, item)) = last.filter(|member| is_here(member)) {
            return item;
        }
        match members.iter().position(is_here) {
            Some(position) => {
                self.position.store(position, Ordering::Relaxed);
                &members[position].1
            }
            None => &View::Undefined,
        }
    }

    pub(super) fn as_str(&self) -> &str {
        match &self.name {
            Value::String(name) => name,
            _ => "",
        }
    }
}

impl From<&str> for Key {
    fn from(name: &str) -> Self {
        Self::named(Value::from(name))
    }
}

impl Clone for Key {
    fn clone(&self) -> Self {
        Self::named(self.name.clone())
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

/// Keys, written with each name once.
#[derive(Serialize, Deserialize)]
struct Written {
    names: Vec<String>,
    keys: Vec<usize>,
}

pub(super) fn serialize<S: Serializer>(keys: &[Key], serializer: S) -> Result<S::Ok, S::Error> {
    let mut names: Vec<String> = keys.iter().map(|key| key.as_str().to_owned()).collect();
    names.sort();
    names.dedup();
    let number = |key: &Key| names.partition_point(|name| name.as_str() < key.as_str());
    Written {
        keys: keys.iter().map(number).collect(),
        names,
    }
    .serialize(serializer)
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<Key>, D::Error> {
    let written = Written::deserialize(deserializer)?;
    let names: Vec<Value> = written.names.into_iter().map(Value::from).collect();
    let key = |number| names.get(number).cloned().map(Key::named);
    let keys: Option<Vec<Key>> = written.keys.into_iter().map(key).collect();
    keys.ok_or_else(|| de::Error::custom("a key without a name"))
}
