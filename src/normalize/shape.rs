//! The shape that a tool's output has always: what has another one would be left out in silence.

use serde_json::Value;

use super::FieldProblem;
use super::reader::type_name;
use crate::document::pointer::escaped;

/// A value, and where it stands.
pub(super) struct At<'a> {
    pub(super) value: &'a Value,
    pub(super) pointer: String,
}

impl<'a> At<'a> {
    /// The member of that name, in its own case.
    pub(super) fn get(&self, name: &str) -> Option<At<'a>> {
        let value = self.value.get(name)?;
        Some(self.below(name, value))
    }

    fn below(&self, name: &str, value: &'a Value) -> At<'a> {
        At {
            value,
            pointer: format!("{}/{}", self.pointer, escaped(name)),
        }
    }

    /// The members of an object or the elements of a list.
    pub(super) fn parts(&self) -> Vec<At<'a>> {
        match self.value {
            Value::Object(members) => members
                .iter()
                .map(|(name, value)| self.below(name, value))
                .collect(),
            Value::Array(items) => items
                .iter()
                .enumerate()
                .map(|(index, value)| self.below(&index.to_string(), value))
                .collect(),
            _ => Vec::new(),
        }
    }
}

/// What a value must be.
#[derive(Clone, Copy)]
pub(super) enum Expected {
    Switch,
    Text,
    TextOrNull,
    List,
    ListOrNull,
    Object,
    ObjectOrNull,
}

impl Expected {
    fn allows(self, value: &Value) -> bool {
        match self {
            Self::Switch => value.is_boolean(),
            Self::Text => value.is_string(),
            Self::TextOrNull => value.is_string() || value.is_null(),
            Self::List => value.is_array(),
            Self::ListOrNull => value.is_array() || value.is_null(),
            Self::Object => value.is_object(),
            Self::ObjectOrNull => value.is_object() || value.is_null(),
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Switch => "true or false",
            Self::Text => "a string",
            Self::TextOrNull => "a string or null",
            Self::List => "a list",
            Self::ListOrNull => "a list or null",
            Self::Object => "an object",
            Self::ObjectOrNull => "an object or null",
        }
    }
}

/// Gathers what is wrong.
pub(super) struct Shape {
    /// What mends it.
    help: &'static str,
    pub(super) problems: Vec<FieldProblem>,
}

impl Shape {
    pub(super) const fn new(help: &'static str) -> Self {
        let problems = Vec::new();
        Self { help, problems }
    }

    /// Says that the value of a place is not what it must be.
    pub(super) fn wrong(&mut self, pointer: String, is: &str, expected: &str) {
        self.problems.push(FieldProblem {
            message: format!("`{pointer}` is {is}, expected {expected}"),
            pointer,
            help: Some(self.help.to_owned()),
        });
    }

    /// A value; none where it is not what it must be.
    pub(super) fn check<'a>(&mut self, at: At<'a>, expected: Expected) -> Option<At<'a>> {
        if expected.allows(at.value) {
            return Some(at);
        }
        self.wrong(at.pointer, type_name(at.value), expected.name());
        None
    }

    /// A member that may be missing.
    pub(super) fn optional<'a>(
        &mut self,
        of: &At<'a>,
        name: &str,
        expected: Expected,
    ) -> Option<At<'a>> {
        self.check(of.get(name)?, expected)
    }

    /// A member that is always there.
    pub(super) fn required<'a>(
        &mut self,
        of: &At<'a>,
        name: &str,
        expected: Expected,
    ) -> Option<At<'a>> {
        if of.value.is_object() && of.get(name).is_none() {
            let pointer = format!("{}/{}", of.pointer, escaped(name));
            self.wrong(pointer, "missing", expected.name());
        }
        self.optional(of, name, expected)
    }

    /// The objects of a list that may be missing.
    pub(super) fn items<'a>(&mut self, of: &At<'a>, name: &str) -> Vec<At<'a>> {
        let list = self.optional(of, name, Expected::List);
        let items = list.map(|list| list.parts()).unwrap_or_default();
        let objects = items
            .into_iter()
            .filter_map(|item| self.check(item, Expected::Object));
        objects.collect()
    }
}
