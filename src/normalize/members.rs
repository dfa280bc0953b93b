//! The members of an object, found by their names in any case: tools write `appId`, `AppId` and `appid`.

use serde_json::{Map, Value};

/// The member of that name: as written, else in any case.
pub(super) fn lookup<'a>(
    members: &'a Map<String, Value>,
    name: &str,
) -> Option<(&'a str, &'a Value)> {
    members
        .get_key_value(name)
        .or_else(|| {
            members
                .iter()
                .find(|(key, _)| key.eq_ignore_ascii_case(name))
        })
        .map(|(key, value)| (key.as_str(), value))
}

/// The members of an object in which very much is looked for that is not there.
pub(super) struct Members<'a>(Vec<(&'a str, &'a Value)>);

impl<'a> Members<'a> {
    pub(super) fn of(object: &'a Map<String, Value>) -> Self {
        let members = object.iter();
        Self(members.map(|(key, value)| (key.as_str(), value)).collect())
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// As [`lookup`] finds it.
    pub(super) fn get(&self, name: &str) -> Option<(&'a str, &'a Value)> {
        let members = self.0.iter().copied();
        let mut alike = members.filter(|(key, _)| key.eq_ignore_ascii_case(name));
        let first = alike.next()?;
        let same = std::iter::once(first)
            .chain(alike)
            .find(|(key, _)| *key == name);
        Some(same.unwrap_or(first))
    }

    /// Whether there is a member of that name as it is written.
    pub(super) fn has_exactly(&self, name: &str) -> bool {
        self.0.iter().any(|(key, _)| *key == name)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    proptest! {
        #[test]
        fn members_are_found_as_in_their_object(
            keys in prop::collection::vec("[aAbB]{0,2}", 0..6),
            name in "[aAbB]{0,2}",
        ) {
            let object: Map<String, Value> = keys.into_iter().map(|key| (key, json!(1))).collect();
            let members = Members::of(&object);
            prop_assert_eq!(members.get(&name), lookup(&object, &name));
            prop_assert_eq!(members.has_exactly(&name), object.contains_key(&name));
            prop_assert_eq!(members.is_empty(), object.is_empty());
        }
    }
}
