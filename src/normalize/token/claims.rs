//! Claims, each read as the type that Microsoft documents. Their names count letter by letter.

use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::normalize::reader::Notes;
use crate::normalize::{FieldProblem, Gap, GapReason};

/// Reads the claims of one token, and keeps what is wrong with them.
///
/// What has the wrong type is a problem and its fact is unknown, but for what a rule reports itself: `iss`, `aud` and
/// `exp`.
pub(super) struct Claims<'a> {
    members: &'a Map<String, Value>,
    pointer: String,
    pub(super) notes: Notes,
}

/// The type that a claim has, where rules read it as it was sent.
enum Shape {
    Text,
    Texts,
    Object,
    Flag,
}

/// Claims without a fact of their own.
const READ_AS_SENT: [(&str, Shape); 15] = [
    ("sub", Shape::Text),
    ("oid", Shape::Text),
    ("idp", Shape::Text),
    ("nonce", Shape::Text),
    ("c_hash", Shape::Text),
    ("at_hash", Shape::Text),
    ("acr", Shape::Text),
    ("amr", Shape::Texts),
    ("wids", Shape::Texts),
    ("groups", Shape::Texts),
    ("_claim_names", Shape::Object),
    ("_claim_sources", Shape::Object),
    ("cnf", Shape::Object),
    ("acct", Shape::Flag),
    ("hasgroups", Shape::Flag),
];

impl Shape {
    fn fits(&self, value: &Value) -> bool {
        match self {
            Self::Text => value.is_string(),
            Self::Texts => strings(value).is_some(),
            Self::Object => value.is_object(),
            Self::Flag => value.is_string() || value.is_u64() || value.is_boolean(),
        }
    }

    const fn name(&self) -> &'static str {
        match self {
            Self::Text => "a string",
            Self::Texts => "a list of strings",
            Self::Object => "an object",
            Self::Flag => "a string, a number or a boolean",
        }
    }
}

impl<'a> Claims<'a> {
    /// `pointer` is where they stand in their document.
    pub(super) fn new(members: &'a Map<String, Value>, pointer: &str) -> Self {
        Self {
            members,
            pointer: pointer.to_owned(),
            notes: Notes::default(),
        }
    }

    pub(super) fn get(&self, name: &str) -> Option<&'a Value> {
        self.members.get(name)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.members.contains_key(name)
    }

    /// A string.
    pub(super) fn text(&mut self, fact: &'static str, name: &str) -> Option<&'a str> {
        self.place(fact, name);
        let value = self.get(name)?;
        if !value.is_string() {
            self.problem(fact, name, "a string");
        }
        value.as_str()
    }

    /// A list of strings.
    pub(super) fn texts(&mut self, fact: &'static str, name: &str) -> Option<Vec<String>> {
        self.place(fact, name);
        let texts = strings(self.get(name)?);
        if texts.is_none() {
            self.problem(fact, name, "a list of strings");
        }
        texts
    }

    /// A number of seconds since 1970.
    pub(super) fn date(&mut self, fact: &'static str, name: &str) -> Option<Timestamp> {
        let date = self.date_if_any(fact, name);
        if date.is_none() && self.has(name) {
            self.problem(fact, name, "a whole number of seconds since 1970");
        }
        date
    }

    /// The same, where a rule reports what is none.
    pub(super) fn date_if_any(&mut self, fact: &'static str, name: &str) -> Option<Timestamp> {
        self.place(fact, name);
        let seconds = self.get(name)?.as_i64().filter(|seconds| *seconds >= 0)?;
        Timestamp::from_second(seconds).ok()
    }

    /// Checks the types of claims that rules read as they were sent.
    pub(super) fn check_others(&mut self) {
        for (name, shape) in &READ_AS_SENT {
            if self.get(name).is_some_and(|value| !shape.fits(value)) {
                self.problem("token.claims", name, shape.name());
            }
        }
    }

    /// Where a fact stands, for findings that name it.
    pub(super) fn place(&mut self, fact: &'static str, name: &str) {
        let place = match self.has(name) {
            true => self.place_of(name),
            false => self.pointer.clone(),
        };
        self.notes.places.push((fact, place));
    }

    /// The name needs no escaping: it is one of ours.
    fn place_of(&self, name: &str) -> String {
        format!("{}/{name}", self.pointer)
    }

    fn problem(&mut self, fact: &'static str, name: &str, expected: &str) {
        let pointer = self.place_of(name);
        self.notes.gaps.push(Gap {
            fact: fact.into(),
            pointer: Some(pointer.clone()),
            reason: GapReason::Invalid,
        });
        self.notes.problems.push(FieldProblem {
            message: format!("the claim `{name}` is not {expected}"),
            pointer,
            help: None,
        });
    }
}

/// One string or several, as `aud` is sent; none when it is neither.
pub(super) fn one_or_more(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::String(text) => Some(vec![text.clone()]),
        list => strings(list),
    }
}

fn strings(value: &Value) -> Option<Vec<String>> {
    let text = |item: &Value| item.as_str().map(str::to_owned);
    value.as_array()?.iter().map(text).collect()
}
