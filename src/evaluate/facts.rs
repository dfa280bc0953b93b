//! Which of the facts that rules name are known for a subject.

use std::collections::BTreeMap;

use crate::normalize::Gap;
use crate::policy::{FactPath, Root, Segment};
use crate::rego::{Value, View};

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

/// What ztvet.yaml says to all rules.
pub(super) struct Words {
    pub(super) organization: Value,
    pub(super) tokens: Value,
}

/// The facts that the rules name, each once.
#[derive(Debug, Default)]
pub(super) struct FactIndex {
    facts: Vec<Fact>,
    by_path: BTreeMap<FactPath, usize>,
}

#[derive(Debug)]
struct Fact {
    path: FactPath,
    root: Root,
    steps: Vec<Step>,
}

/// A segment, ready to be looked up.
#[derive(Debug)]
enum Step {
    Member(Value),
    Each(Option<Value>),
}

impl FactIndex {
    /// The index of a fact.
    pub(super) fn add(&mut self, path: &FactPath) -> usize {
        if let Some(index) = self.by_path.get(path) {
            return *index;
        }
        let steps = path.segments().iter().map(|segment| match segment {
            Segment::Member(name) => Step::Member(Value::from(name.as_str())),
            Segment::Each(kind) => Step::Each(kind.as_deref().map(Value::from)),
        });
        let index = self.facts.len();
        self.facts.push(Fact {
            path: path.clone(),
            root: path.root(),
            steps: steps.collect(),
        });
        self.by_path.insert(path.clone(), index);
        index
    }

    pub(super) fn path(&self, index: usize) -> Option<&FactPath> {
        self.facts.get(index).map(|fact| &fact.path)
    }

    /// What is known of every fact, by index.
    pub(super) fn examine(&self, input: View<'_>, words: &Words, gaps: &[Gap]) -> Vec<Knowledge> {
        self.facts
            .iter()
            .map(|fact| {
                let known = match (fact.root, fact.steps.as_slice()) {
                    // `organization.domains` stands under `data`, without its first step.
                    (Root::Organization, [_, rest @ ..]) => {
                        follow(View::from(&words.organization), rest)
                    }
                    (Root::Tokens, [_, rest @ ..]) => follow(View::from(&words.tokens), rest),
                    (_, steps) => follow(input, steps),
                };
                let has_gap = || gaps.iter().any(|gap| fact.path.overlaps(&gap.fact));
                match known {
                    Knowledge::Whole if fact.root == Root::Subject && has_gap() => Knowledge::Part,
                    known => known,
                }
            })
            .collect()
    }
}

fn follow(value: View<'_>, steps: &[Step]) -> Knowledge {
    let Some((step, rest)) = steps.split_first() else {
        return match value {
            View::Null | View::Undefined => Knowledge::None,
            _ => Knowledge::Whole,
        };
    };
    match step {
        Step::Member(key) if value.is_object() => follow(value.at(key), rest),
        Step::Member(_) => Knowledge::None,
        Step::Each(kind) => match (value.members(), value.items()) {
            (Some(members), _) => each(members.iter().map(|(_, item)| *item), kind, rest),
            (None, Some(items)) if !value.is_set() => each(items.iter().copied(), kind, rest),
            _ => Knowledge::None,
        },
    }
}

/// What is known of the elements of a list, or of the values of a map, that are of a kind.
fn each<'v>(
    mut items: impl Iterator<Item = View<'v>>,
    kind: &Option<Value>,
    steps: &[Step],
) -> Knowledge {
    let is_whole =
        |item| !is_of_kind(item, kind.as_ref()) || follow(item, steps) == Knowledge::Whole;
    if items.all(is_whole) {
        Knowledge::Whole
    } else {
        Knowledge::Part
    }
}

fn is_of_kind(item: View<'_>, kind: Option<&Value>) -> bool {
    kind.is_none_or(|kind| item.field("kind") == View::from(kind))
}
