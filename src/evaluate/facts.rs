//! Which of the facts that rules name are known for a subject.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::normalize::Gap;
use crate::policy::{FactPath, Root, Segment};
use crate::rego::{Key, Value, View};

/// What is known of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Knowledge {
    /// All of it.
    Whole,
    /// Some elements, or members of elements, are not known.
    Part,
    /// Nothing.
    None,
}

/// The facts that the rules name, each once.
#[derive(Debug, Default)]
pub(super) struct FactIndex {
    paths: Vec<FactPath>,
    by_path: HashMap<String, usize>,
    /// What is looked up in the input.
    of_input: Node,
    organization: Node,
    tokens: Node,
}

/// A value, and what is looked up under it.
#[derive(Debug, Default)]
struct Node {
    /// The fact that it is.
    fact: Option<usize>,
    members: Vec<(Key, Self)>,
    /// Under its elements, or under those whose `kind` is this.
    elements: Vec<(Option<Value>, Self)>,
}

impl FactIndex {
    /// The index of a fact.
    pub(super) fn add(&mut self, path: &FactPath) -> usize {
        if let Some(index) = self.by_path.get(path.as_str()) {
            return *index;
        }
        let index = self.paths.len();
        // What ztvet.yaml says to all rules stands under `data`, without its first step.
        let (root, from) = match path.root() {
            Root::Subject | Root::Declared => (&mut self.of_input, 0),
            Root::Organization => (&mut self.organization, 1),
            Root::Tokens => (&mut self.tokens, 1),
        };
        let segments = path.segments().iter().skip(from);
        segments.fold(root, Node::under).fact = Some(index);
        self.by_path.insert(path.as_str().to_owned(), index);
        self.paths.push(path.clone());
        index
    }

    pub(super) fn path(&self, index: usize) -> Option<&FactPath> {
        self.paths.get(index)
    }

    /// What is known of the facts that ztvet.yaml tells all rules, by index: the `organization` and the `tokens`. Nothing
    /// of others.
    pub(super) fn told(&self, organization: &Value, tokens: &Value) -> Vec<Knowledge> {
        let mut known = vec![Knowledge::None; self.paths.len()];
        self.organization
            .examine(View::from(organization), &mut known);
        self.tokens.examine(View::from(tokens), &mut known);
        known
    }

    /// What is known of every fact, by index, given what was [told](Self::told).
    pub(super) fn examine(
        &self,
        input: View<'_>,
        told: &[Knowledge],
        gaps: &[Gap],
    ) -> Vec<Knowledge> {
        let mut known = told.to_vec();
        self.of_input.examine(input, &mut known);
        if gaps.is_empty() {
            return known;
        }
        for (knowledge, path) in known.iter_mut().zip(&self.paths) {
            let has_gap = || gaps.iter().any(|gap| path.overlaps(&gap.fact));
            if *knowledge == Knowledge::Whole && path.root() == Root::Subject && has_gap() {
                *knowledge = Knowledge::Part;
            }
        }
        known
    }
}

impl Node {
    fn under(&mut self, segment: &Segment) -> &mut Self {
        match segment {
            Segment::Member(name) => child(&mut self.members, Key::from(name.as_str())),
            Segment::Each(kind) => child(&mut self.elements, kind.as_deref().map(Value::from)),
        }
    }

    /// Finds what is known of the facts of a value, where nothing is known of them yet.
    fn examine(&self, value: View<'_>, known: &mut [Knowledge]) {
        if is_missing(value) {
            return;
        }
        self.set(Knowledge::Whole, known);
        if value.is_object() {
            for (name, member) in &self.members {
                member.examine(name.of(value), known);
            }
        }
        for (kind, element) in &self.elements {
            if let Some(items) = elements(value) {
                element.set_all(Knowledge::Whole, known);
                for item in items.iter().filter(|item| is_of_kind(**item, kind)) {
                    element.examine_one(*item, known);
                }
            }
        }
    }

    /// The same for one element of a list: what is not whole here is not whole in the list.
    fn examine_one(&self, value: View<'_>, known: &mut [Knowledge]) {
        if is_missing(value) {
            return self.set_all(Knowledge::Part, known);
        }
        for (name, member) in &self.members {
            if value.is_object() {
                member.examine_one(name.of(value), known);
            } else {
                member.set_all(Knowledge::Part, known);
            }
        }
        for (kind, element) in &self.elements {
            match elements(value) {
                Some(items) => {
                    for item in items.iter().filter(|item| is_of_kind(**item, kind)) {
                        element.examine_one(*item, known);
                    }
                }
                None => element.set_all(Knowledge::Part, known),
            }
        }
    }

    fn set(&self, knowledge: Knowledge, known: &mut [Knowledge]) {
        if let Some(place) = self.fact.and_then(|fact| known.get_mut(fact)) {
            *place = knowledge;
        }
    }

    fn set_all(&self, knowledge: Knowledge, known: &mut [Knowledge]) {
        self.set(knowledge, known);
        let members = self.members.iter().map(|(_, member)| member);
        let elements = self.elements.iter().map(|(_, element)| element);
        members
            .chain(elements)
            .for_each(|below| below.set_all(knowledge, known));
    }
}

/// The node of a key, made where there is none.
fn child<K: PartialEq>(nodes: &mut Vec<(K, Node)>, key: K) -> &mut Node {
    let found = nodes.iter().position(|(other, _)| *other == key);
    let position = found.unwrap_or_else(|| {
        nodes.push((key, Node::default()));
        nodes.len() - 1
    });
    &mut nodes[position].1
}

const fn is_missing(value: View<'_>) -> bool {
    matches!(value, View::Null | View::Undefined)
}

/// The elements of a list, or the values of a map.
fn elements(value: View<'_>) -> Option<Cow<'_, [View<'_>]>> {
    if let Some(members) = value.entries() {
        return Some(members.iter().map(|(_, item)| *item).collect());
    }
    value.items().filter(|_| !value.is_set())
}

fn is_of_kind(item: View<'_>, kind: &Option<Value>) -> bool {
    kind.as_ref()
        .is_none_or(|kind| item.field("kind") == View::from(kind))
}
