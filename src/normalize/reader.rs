//! Reads the fields of one object: finds keys in any case, tells *absent* from *null*, and keeps what went wrong.

use std::borrow::Cow;
use std::cell::RefCell;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;

use super::members::lookup;
use super::placeholder::unresolved;
use super::translation::Places;
use super::{FieldProblem, Gap, GapReason};
use crate::document::pointer::escaped;

/// One value of a document, or the place where it would be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node<'a> {
    state: State<'a>,
    parent: Option<&'a Node<'a>>,
    key: Key<'a>,
}

#[derive(Debug, Clone, Copy)]
enum State<'a> {
    /// The key is not there: the fact was not collected.
    Absent,
    /// Explicitly null, or inside something that is: the fact is known to be empty.
    Null,
    Present(&'a Value),
}

#[derive(Debug, Clone, Copy)]
enum Key<'a> {
    Root(&'a str),
    /// The root of a value that is not the document's own, and where its parts stand in the document.
    Translated(&'a Places),
    Name(&'a str),
    Index(usize),
}

impl<'a> Node<'a> {
    /// The object at `pointer` of its document.
    pub(super) fn root(value: &'a Value, pointer: &'a str) -> Self {
        let state = match value {
            Value::Null => State::Null,
            value => State::Present(value),
        };
        Self {
            state,
            parent: None,
            key: Key::Root(pointer),
        }
    }

    /// An object that was translated from other places of the document.
    pub(super) fn translated(value: &'a Value, places: &'a Places) -> Self {
        Self {
            key: Key::Translated(places),
            ..Self::root(value, "")
        }
    }

    /// The member of that name, in any case.
    pub(super) fn get<'b>(&'b self, name: &'b str) -> Node<'b> {
        let mut key = name;
        let state = match self.state {
            State::Present(Value::Object(members)) => match lookup(members, name) {
                Some((spelling, value)) => {
                    key = spelling;
                    if value.is_null() {
                        State::Null
                    } else {
                        State::Present(value)
                    }
                }
                None => State::Absent,
            },
            State::Null => State::Null,
            _ => State::Absent,
        };
        Node {
            state,
            parent: Some(self),
            key: Key::Name(key),
        }
    }

    /// The first of these members that has a value, else the first that is null, else the first name's place.
    pub(super) fn first<'b>(&'b self, names: &[&'b str]) -> Node<'b> {
        let nodes = || names.iter().map(|name| self.get(name));
        nodes()
            .find(Node::is_present)
            .or_else(|| nodes().find(Node::is_collected))
            .or_else(|| nodes().next())
            .unwrap_or(*self)
    }

    /// The element of that index, which has that value.
    pub(super) fn item<'b>(&'b self, index: usize, value: &'b Value) -> Node<'b> {
        let state = match value {
            Value::Null => State::Null,
            value => State::Present(value),
        };
        Node {
            state,
            parent: Some(self),
            key: Key::Index(index),
        }
    }

    /// Whether the key is there, null or not.
    pub(super) fn is_collected(&self) -> bool {
        !matches!(self.state, State::Absent)
    }

    /// Whether it is there and not null.
    pub(super) fn is_present(&self) -> bool {
        matches!(self.state, State::Present(_))
    }

    /// The value, when it is there and not null.
    pub(super) fn value(&self) -> Option<&'a Value> {
        match self.state {
            State::Present(value) => Some(value),
            _ => None,
        }
    }

    /// Bytes that are there as a list of numbers, as PowerShell writes them, in base64.
    pub(super) fn bytes(&self) -> Option<String> {
        let byte = |number: &Value| u8::try_from(number.as_u64()?).ok();
        let numbers = self.value()?.as_array()?;
        let bytes: Vec<u8> = numbers.iter().map(byte).collect::<Option<_>>()?;
        Some(BASE64_STANDARD.encode(bytes))
    }

    /// The JSON Pointer from the document's root.
    pub(super) fn pointer(&self) -> String {
        let mut pointer = String::with_capacity(48);
        match self.write_pointer(&mut pointer) {
            Some(places) => places.of(&pointer),
            None => pointer,
        }
    }

    /// The pointer of this place, or of the nearest one around it that exists.
    pub(super) fn existing_pointer(&self) -> String {
        let mut node = self;
        while !node.is_in_document() {
            match node.parent {
                Some(parent) => node = parent,
                None => break,
            }
        }
        node.pointer()
    }

    /// A null inside a null is not in the document.
    fn is_in_document(&self) -> bool {
        match self.state {
            State::Present(_) => true,
            State::Null => self.parent.is_none_or(Node::is_present),
            State::Absent => false,
        }
    }

    /// Writes the path from the root, and gives back the places that lead from there to the document.
    fn write_pointer(&self, pointer: &mut String) -> Option<&'a Places> {
        let mut places = self.parent.and_then(|parent| parent.write_pointer(pointer));
        match self.key {
            Key::Root(root) => pointer.push_str(root),
            Key::Translated(translated) => places = Some(translated),
            Key::Index(index) => {
                pointer.push('/');
                pointer.push_str(&index.to_string());
            }
            Key::Name(name) => {
                pointer.push('/');
                pointer.push_str(&escaped(name));
            }
        }
        places
    }
}

/// What reading one subject's fields brings up besides their values.
#[derive(Debug, Default)]
pub(super) struct Reader {
    problems: RefCell<Vec<FieldProblem>>,
    gaps: RefCell<Vec<Gap>>,
    places: RefCell<Vec<(&'static str, String)>>,
    secrets: RefCell<Vec<String>>,
}

/// [`Reader`]'s notes, when the subject has been read.
#[derive(Debug, Default)]
pub(super) struct Notes {
    pub(super) problems: Vec<FieldProblem>,
    pub(super) gaps: Vec<Gap>,
    pub(super) places: Vec<(&'static str, String)>,
    pub(super) secrets: Vec<String>,
}

impl Notes {
    /// Gives facts other names: those of another kind of subject.
    pub(super) fn renamed(mut self, name: impl Fn(&'static str) -> &'static str) -> Self {
        for gap in &mut self.gaps {
            if let Cow::Borrowed(fact) = gap.fact {
                gap.fact = name(fact).into();
            }
        }
        for (fact, _) in &mut self.places {
            *fact = name(fact);
        }
        self
    }
}

impl Reader {
    pub(super) fn into_notes(self) -> Notes {
        Notes {
            problems: self.problems.into_inner(),
            gaps: self.gaps.into_inner(),
            places: self.places.into_inner(),
            secrets: self.secrets.into_inner(),
        }
    }

    /// Remembers where a fact stands, for findings that name the fact.
    pub(super) fn place(&self, fact: &'static str, node: &Node<'_>) {
        self.places
            .borrow_mut()
            .push((fact, node.existing_pointer()));
    }

    /// Remembers a place whose text must never be shown.
    pub(super) fn secret(&self, node: &Node<'_>) {
        if node.is_present() {
            self.secrets.borrow_mut().push(node.pointer());
        }
    }

    /// Says that a part of the fact was not collected.
    pub(super) fn not_collected(&self, fact: &'static str) {
        self.gaps.borrow_mut().push(Gap {
            fact: fact.into(),
            pointer: None,
            reason: GapReason::NotCollected,
        });
    }

    /// Says that the value at this place is not known yet.
    pub(super) fn unknown(&self, fact: &'static str, node: &Node<'_>) {
        self.gaps.borrow_mut().push(Gap {
            fact: fact.into(),
            pointer: Some(node.pointer()),
            reason: GapReason::Unknown,
        });
    }

    /// Says that the value at this place is wrong. The fact is then unknown.
    pub(super) fn problem(&self, fact: &'static str, node: &Node<'_>, message: String) {
        self.gaps.borrow_mut().push(Gap {
            fact: fact.into(),
            pointer: Some(node.pointer()),
            reason: GapReason::Invalid,
        });
        self.problems.borrow_mut().push(FieldProblem {
            pointer: node.pointer(),
            message,
            help: None,
        });
    }

    fn wrong_type(&self, fact: &'static str, node: &Node<'_>, value: &Value, expected: &str) {
        // What is not what it should be may be anything, a secret included.
        self.secret(node);
        let message = format!(
            "`{}` is {}, expected {expected}",
            node.pointer(),
            type_name(value)
        );
        self.problem(fact, node, message);
        if is_cut_by_powershell(value)
            && let Some(problem) = self.problems.borrow_mut().last_mut()
        {
            problem.help = Some(
                "PowerShell cut the output here: export again with `ConvertTo-Json -Depth 20`"
                    .to_owned(),
            );
        }
    }

    /// A string; null means `""`.
    pub(super) fn string(&self, fact: &'static str, node: &Node<'_>) -> Option<String> {
        match node.state {
            State::Absent => None,
            State::Null => Some(String::new()),
            State::Present(Value::String(text)) if unresolved(text) => {
                self.unknown(fact, node);
                None
            }
            State::Present(Value::String(text)) => Some(text.clone()),
            State::Present(other) => {
                self.wrong_type(fact, node, other, "a string");
                None
            }
        }
    }

    /// A string as it stands, template expressions included; none where it is null.
    pub(super) fn text<'a>(&self, fact: &'static str, node: &Node<'a>) -> Option<&'a str> {
        let value = node.value()?;
        if !value.is_string() {
            self.wrong_type(fact, node, value, "a string");
        }
        value.as_str()
    }

    /// A boolean; null means `false`.
    pub(super) fn bool(&self, fact: &'static str, node: &Node<'_>) -> Option<bool> {
        match node.state {
            State::Absent => None,
            State::Null => Some(false),
            State::Present(Value::Bool(value)) => Some(*value),
            State::Present(Value::String(text)) if unresolved(text) => {
                self.unknown(fact, node);
                None
            }
            State::Present(other) => {
                self.wrong_type(fact, node, other, "true or false");
                None
            }
        }
    }

    /// Checks that what is there is an object, and says whether it is.
    pub(super) fn is_object(&self, fact: &'static str, node: &Node<'_>) -> bool {
        match node.state {
            State::Present(Value::Object(_)) => true,
            State::Absent | State::Null => false,
            State::Present(Value::String(text)) if unresolved(text) => {
                self.unknown(fact, node);
                false
            }
            State::Present(other) => {
                self.wrong_type(fact, node, other, "an object");
                false
            }
        }
    }

    /// Reads every element of a list; null means that there are none. An element that reads to [`None`] is left out.
    pub(super) fn list<'b, T>(
        &self,
        fact: &'static str,
        node: &'b Node<'b>,
        mut read: impl FnMut(&Node<'_>) -> Option<T>,
    ) -> Option<Vec<T>> {
        match node.state {
            State::Absent => None,
            State::Null => Some(Vec::new()),
            State::Present(Value::Array(items)) => Some(
                items
                    .iter()
                    .enumerate()
                    .filter_map(|(index, item)| read(&node.item(index, item)))
                    .collect(),
            ),
            State::Present(Value::String(text)) if unresolved(text) => {
                self.unknown(fact, node);
                None
            }
            State::Present(other) => {
                self.wrong_type(fact, node, other, "a list");
                None
            }
        }
    }

    /// The same for a list of objects.
    pub(super) fn objects<'b, T>(
        &self,
        fact: &'static str,
        node: &'b Node<'b>,
        mut read: impl FnMut(&Node<'_>) -> T,
    ) -> Option<Vec<T>> {
        self.list(fact, node, |item| match item.state {
            State::Present(Value::Object(_)) => Some(read(item)),
            _ => {
                self.not_an_element(fact, item, "an object");
                None
            }
        })
    }

    /// The same for a list of strings. Elements that are not known yet are left out, and the fact has a gap.
    pub(super) fn strings<'b>(
        &self,
        fact: &'static str,
        node: &'b Node<'b>,
    ) -> Option<Vec<String>> {
        self.list(fact, node, |item| self.element(fact, item))
    }

    /// A string that is an element of a list.
    pub(super) fn element(&self, fact: &'static str, item: &Node<'_>) -> Option<String> {
        match item.state {
            State::Present(Value::String(_)) => self.string(fact, item),
            _ => {
                self.not_an_element(fact, item, "a string");
                None
            }
        }
    }

    fn not_an_element(&self, fact: &'static str, item: &Node<'_>, expected: &str) {
        match item.value() {
            Some(Value::String(text)) if unresolved(text) => self.unknown(fact, item),
            Some(value) => self.wrong_type(fact, item, value, expected),
            None => self.wrong_type(fact, item, &Value::Null, expected),
        }
    }
}

/// What a person calls the type of a JSON value.
pub(super) fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// `ConvertTo-Json` writes what is deeper than its `-Depth` as text.
fn is_cut_by_powershell(value: &Value) -> bool {
    value.as_str().is_some_and(|text| {
        text.starts_with("@{")
            || text.starts_with("System.")
            || text.starts_with("Microsoft.Graph.PowerShell.")
    })
}
