//! Values of other formats, translated into Microsoft Graph's spelling, with the way back to where each part stands.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::reader::Node;
use crate::document::pointer::{escaped, unescaped};

/// Stands in a translation for a value that its source does not know yet. As every template expression, it is read as
/// not known.
pub(super) const UNKNOWN: &str = "${unknown}";

/// Where the parts of a translation stand in the document.
#[derive(Debug, Default)]
pub(super) struct Places(BTreeMap<String, Place>);

#[derive(Debug)]
struct Place {
    pointer: String,
    /// Whether everything below stands at the same path below.
    verbatim: bool,
}

impl Places {
    /// The JSON Pointer in the document of a place in the translation.
    pub(super) fn of(&self, pointer: &str) -> String {
        let mut known = pointer;
        loop {
            if let Some(place) = self.0.get(known) {
                let below = pointer.get(known.len()..).unwrap_or_default();
                let below = if place.verbatim { below } else { "" };
                return format!("{}{below}", place.pointer);
            }
            match known.rsplit_once('/') {
                Some((parent, _)) => known = parent,
                None => return pointer.to_owned(),
            }
        }
    }
}

/// A value in Microsoft Graph's spelling.
#[derive(Debug)]
pub(super) struct Translation {
    value: Value,
    places: Places,
}

impl Translation {
    /// An object without members, of what stands at `pointer` in the document.
    pub(super) fn new(pointer: &str) -> Self {
        let mut translation = Self {
            value: Value::Object(Map::new()),
            places: Places::default(),
        };
        translation.place("", pointer, false);
        translation
    }

    /// The root, to read from.
    pub(super) fn node(&self) -> Node<'_> {
        Node::translated(&self.value, &self.places)
    }

    /// The value at a place of the translation.
    pub(super) fn get(&self, to: &str) -> Option<&Value> {
        self.value.pointer(to)
    }

    /// Says where a part stands; `verbatim` when everything below it is spelled alike there.
    pub(super) fn place(&mut self, to: &str, pointer: &str, verbatim: bool) {
        let place = Place {
            pointer: pointer.to_owned(),
            verbatim,
        };
        self.places.0.insert(to.to_owned(), place);
    }

    /// Writes a value, and the objects around it that are not there yet.
    pub(super) fn set(&mut self, to: &str, value: Value, pointer: &str, verbatim: bool) {
        if let Some(slot) = slot(&mut self.value, to) {
            *slot = value;
            self.place(to, pointer, verbatim);
        }
    }

    /// Adds an element to a list, and gives back its place in the translation.
    ///
    /// A list of which nothing is known keeps an element that is not known.
    pub(super) fn push(&mut self, list: &str, value: Value, pointer: &str) -> String {
        let Some(slot) = slot(&mut self.value, list) else {
            return list.to_owned();
        };
        if !slot.is_array() {
            let unknown = slot.as_str() == Some(UNKNOWN);
            *slot = if unknown {
                Value::Array(vec![slot.take()])
            } else {
                Value::Array(Vec::new())
            };
        }
        let length = slot.as_array().map_or(0, Vec::len);
        if let Some(items) = slot.as_array_mut() {
            items.push(value);
        }
        let to = format!("{list}/{length}");
        self.place(&to, pointer, true);
        to
    }
}

impl Translation {
    /// Writes another translation, with its places, at `to`.
    pub(super) fn graft(&mut self, to: &str, other: &Self) {
        if let Some(slot) = slot(&mut self.value, to) {
            *slot = other.value.clone();
        }
        for (from, place) in &other.places.0 {
            self.place(&format!("{to}{from}"), &place.pointer, place.verbatim);
        }
    }

    /// Replaces a text that stands where it stood.
    pub(super) fn rewrite(&mut self, to: &str, new: impl FnOnce(&str) -> String) {
        if let Some(Value::String(text)) = self.value.pointer_mut(to) {
            *text = new(text);
        }
    }

    /// Puts a member of the object at `to` in the object's place.
    pub(super) fn lift(&mut self, to: &str, member: &str) {
        let from = format!("{to}/{}", escaped(member));
        let pointer = self.places.of(&from);
        let value = self.value.pointer_mut(&from).map(Value::take);
        self.set(to, value.unwrap_or_default(), &pointer, true);
    }
}

/// The place of a pointer's value; members that are missing on the way are made.
fn slot<'a>(value: &'a mut Value, pointer: &str) -> Option<&'a mut Value> {
    let mut slot = value;
    for name in pointer.split('/').skip(1) {
        slot = match slot {
            Value::Array(items) => items.get_mut(name.parse::<usize>().ok()?)?,
            slot => {
                if !slot.is_object() {
                    *slot = Value::Object(Map::new());
                }
                slot.as_object_mut()?
                    .entry(unescaped(name).into_owned())
                    .or_insert(Value::Null)
            }
        };
    }
    Some(slot)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_place_leads_back_to_the_document() {
        let mut translation = Translation::new("/change/after");
        translation.set(
            "/web/redirectUris",
            json!(["https://a"]),
            "/change/after/web/0/redirect_uris",
            true,
        );
        let places = &translation.places;
        assert_eq!(
            places.of("/web/redirectUris/0"),
            "/change/after/web/0/redirect_uris/0"
        );
        assert_eq!(places.of("/spa/redirectUris"), "/change/after");
    }

    #[test]
    fn a_list_of_which_nothing_is_known_stays_so_when_elements_are_added() {
        let mut translation = Translation::new("");
        translation.set("/identifierUris", json!(UNKNOWN), "/a", true);
        assert_eq!(
            translation.push("/identifierUris", json!("api://x"), "/b"),
            "/identifierUris/1"
        );
        assert_eq!(
            translation.get("/identifierUris"),
            Some(&json!([UNKNOWN, "api://x"]))
        );
    }

    #[test]
    fn unknown_is_not_resolved() {
        assert!(super::super::placeholder::unresolved(UNKNOWN));
    }
}
