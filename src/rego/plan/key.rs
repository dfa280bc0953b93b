//! The keys of plans.

use std::sync::atomic::{AtomicUsize, Ordering};

use regorus::Value;
use serde::{Deserialize, Serialize};

use super::view::{View, member_of};

/// The name of a member, and where it was found last: what one step of a plan looks into is alike each time.
#[derive(Debug, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub(crate) struct Key {
    name: Value,
    position: AtomicUsize,
}

impl Key {
    /// What stands under the key; undefined where nothing does.
    pub(crate) fn of<'a>(&self, value: View<'a>) -> View<'a> {
        let members = match value {
            View::Object(members) => members,
            View::Value(value) => return member_of(value, &self.name),
            _ => return View::Undefined,
        };
        let is_here = |(name, _): &(View<'a>, View<'a>)| matches!(name, View::Text(name) if *name == self.as_str());
        let last = members.get(self.position.load(Ordering::Relaxed));
        if let Some((_, item)) = last.filter(|member| is_here(member)) {
            return *item;
        }
        let mut numbered = members.iter().enumerate();
        let Some((position, (_, item))) = numbered.find(|(_, member)| is_here(member)) else {
            return View::Undefined;
        };
        self.position.store(position, Ordering::Relaxed);
        *item
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
        Self {
            name: Value::from(name),
            position: AtomicUsize::new(0),
        }
    }
}

impl From<String> for Key {
    fn from(name: String) -> Self {
        Self::from(name.as_str())
    }
}

impl From<Key> for String {
    fn from(key: Key) -> Self {
        key.as_str().to_owned()
    }
}

impl Clone for Key {
    fn clone(&self) -> Self {
        Self::from(self.as_str())
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Key {}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Key {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.name.cmp(&other.name)
    }
}
