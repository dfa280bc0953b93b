//! Translates the attributes of the AzureAD provider's resources.
//!
//! An attribute that is null is not set, which to Graph is its empty value or default. A nested block is a list of none
//! or one. An attribute that a version of the provider has not stays absent: nothing is known of it.

use serde_json::Value;

use super::super::translation::{Translation, UNKNOWN};
use super::resource::{Attribute, Known};

/// An attribute, and the JSON Pointer of what it sets.
pub(super) enum Field {
    /// A scalar, or a list of scalars.
    Value(&'static str, &'static str),
    /// A scalar that the provider computes: null says nothing.
    Computed(&'static str, &'static str),
    /// A secret or a key. Nothing that reads it keeps it.
    Material(&'static str, &'static str),
    /// A nested block that Graph has not: its attributes are the object's own.
    Block(&'static str, &'static [Field]),
    /// A list of objects.
    Objects(&'static str, &'static str, &'static [Field]),
}

use Field::{Block, Computed, Material, Objects, Value as Plain};

/// Translates the attributes that the table names, into the object at `base`.
pub(super) fn translate(
    translation: &mut Translation,
    base: &str,
    attributes: &Attribute<'_>,
    fields: &[Field],
) {
    for field in fields {
        match field {
            Plain(from, to) => value(translation, &format!("{base}{to}"), &attributes.get(from)),
            Computed(from, to) => {
                let attribute = attributes.get(from);
                if !matches!(attribute.known(), Known::Value(Value::Null)) {
                    value(translation, &format!("{base}{to}"), &attribute);
                }
            }
            Material(from, to) => {
                material(translation, &format!("{base}{to}"), &attributes.get(from))
            }
            Block(from, fields) => block(translation, base, &attributes.get(from), fields),
            Objects(from, to, fields) => {
                objects(
                    translation,
                    &format!("{base}{to}"),
                    &attributes.get(from),
                    fields,
                );
            }
        }
    }
}

/// A scalar, or a list of scalars of which some may not be known.
pub(super) fn value(translation: &mut Translation, to: &str, attribute: &Attribute<'_>) {
    match attribute.known() {
        Known::Absent => {}
        Known::Unknown => translation.set(to, UNKNOWN.into(), attribute.pointer(), true),
        Known::Value(Value::Array(_)) => {
            let items = attribute.items();
            let items = items.iter().map(|item| match item.known() {
                // Planned values have null for an element that is not known yet.
                Known::Value(Value::Null) | Known::Absent | Known::Unknown => UNKNOWN.into(),
                Known::Value(value) => value.clone(),
            });
            translation.set(to, items.collect(), attribute.pointer(), true);
        }
        Known::Value(value) => translation.set(to, value.clone(), attribute.pointer(), true),
    }
}

fn material(translation: &mut Translation, to: &str, attribute: &Attribute<'_>) {
    match attribute.material() {
        Known::Absent | Known::Value(Value::Null) => {}
        Known::Unknown => translation.set(to, UNKNOWN.into(), attribute.pointer(), true),
        Known::Value(value) => translation.set(to, value.clone(), attribute.pointer(), true),
    }
}

fn block(translation: &mut Translation, base: &str, attribute: &Attribute<'_>, fields: &[Field]) {
    match attribute.known() {
        Known::Absent => {}
        Known::Unknown => fill(translation, base, attribute, fields, &UNKNOWN.into()),
        Known::Value(Value::Array(items)) if !items.is_empty() => {
            let inside = attribute.item(0);
            match inside.known() {
                Known::Unknown | Known::Absent => {
                    fill(translation, base, &inside, fields, &UNKNOWN.into());
                }
                Known::Value(Value::Null) => {
                    fill(translation, base, attribute, fields, &Value::Null)
                }
                Known::Value(_) => translate(translation, base, &inside, fields),
            }
        }
        Known::Value(Value::Array(_) | Value::Null) => {
            fill(translation, base, attribute, fields, &Value::Null);
        }
        // The shape of the document is told to be wrong.
        Known::Value(_) => fill(translation, base, attribute, fields, &UNKNOWN.into()),
    }
}

/// Writes the same value for everything that a block would say.
fn fill(
    translation: &mut Translation,
    base: &str,
    attribute: &Attribute<'_>,
    fields: &[Field],
    value: &Value,
) {
    for field in fields {
        match field {
            Plain(_, to) | Computed(_, to) | Material(_, to) | Objects(_, to, _) => {
                translation.set(
                    &format!("{base}{to}"),
                    value.clone(),
                    attribute.pointer(),
                    false,
                );
            }
            Block(_, fields) => fill(translation, base, attribute, fields, value),
        }
    }
}

fn objects(translation: &mut Translation, to: &str, attribute: &Attribute<'_>, fields: &[Field]) {
    match attribute.known() {
        Known::Absent => {}
        Known::Unknown => translation.set(to, UNKNOWN.into(), attribute.pointer(), true),
        Known::Value(Value::Array(_)) => {
            translation.set(to, Value::Array(Vec::new()), attribute.pointer(), true);
            for item in attribute.items() {
                object(translation, to, &item, fields);
            }
        }
        Known::Value(Value::Null) => {
            translation.set(to, Value::Null, attribute.pointer(), true);
        }
        // The shape of the document is told to be wrong.
        Known::Value(_) => translation.set(to, UNKNOWN.into(), attribute.pointer(), true),
    }
}

/// Adds one object to the list at `to`, and gives back its place.
pub(super) fn object(
    translation: &mut Translation,
    to: &str,
    attributes: &Attribute<'_>,
    fields: &[Field],
) -> String {
    match attributes.known() {
        Known::Value(Value::Object(_)) => {
            let element = serde_json::json!({});
            let place = translation.push(to, element, attributes.pointer());
            // What the format does not have stands nowhere.
            translation.place(&place, attributes.pointer(), false);
            translate(translation, &place, attributes, fields);
            place
        }
        _ => translation.push(to, UNKNOWN.into(), attributes.pointer()),
    }
}
