//! Plans of the bundled rules: the same rules in steps that are cheap to take.
//!
//! The register machine copies what it knows of a rule at each call, and prepares all rules anew for each entry point,
//! which for rules as small as ours is most of its work. A plan says what the machine would, or that it is not sure: what
//! it does not understand, and all that is an error, is left to the machine. In debug builds, tests among them, the
//! machine is asked each time, and must agree.

mod body;
mod build;
mod builtin;
mod key;
mod lists;
mod literal;
mod names;
mod native;
mod run;
#[cfg(test)]
mod tests;
mod view;

use std::collections::BTreeMap;

use regorus::Value;
use serde::{Deserialize, Serialize};

pub(super) use self::build::Library;
pub(crate) use self::key::Key;
pub(crate) use self::run::{Builtins, Run};
pub(crate) use self::view::{Arena, View};

/// The plans of a program. What they are made of stands in a few lists and has numbers there, so that it is read from
/// `data/bundled.bin` at once, and not part by part.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Plans {
    rules: Vec<Plan>,
    /// By the paths of entry points. The machine must be asked for those without.
    entry_points: BTreeMap<String, u32>,
    /// The names and numbers of arguments of the functions that are called.
    builtins: Vec<(String, usize)>,
    /// What is read of the input and of the data.
    places: Vec<Place>,
    definitions: Vec<Definition>,
    steps: Vec<Step>,
    terms: Vec<Term>,
    #[serde(with = "literal")]
    constants: Vec<Value>,
    #[serde(with = "key")]
    keys: Vec<Key>,
    /// The slots that elements of arrays are bound to; none where one is not needed.
    slots: Vec<Option<u32>>,
}

/// The number of a term.
type TermId = u32;

/// Some that stand in a list one after another: where the first stands, and how many they are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Part {
    first: u32,
    count: u32,
}

impl Part {
    /// Those of a list; none where it is too short.
    fn of<T>(self, list: &[T]) -> Option<&[T]> {
        let first = self.first as usize;
        list.get(first..first + self.count as usize)
    }
}

/// `root.key.key`
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
struct Place {
    root: Root,
    keys: Part,
}

impl Plans {
    /// The plan of an entry point.
    pub(super) fn of(&self, path: &str) -> Option<u32> {
        self.entry_points.get(path).copied()
    }
}

/// A rule or function.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
struct Plan {
    parameters: u32,
    /// Whether it is a set of what all definitions give, and not one value.
    collects: bool,
    /// Whether one value is as good as all, since they are the same.
    is_constant: bool,
    definitions: Part,
}

/// A body and what it gives.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
struct Definition {
    /// How many names there are, the parameters first.
    slots: u32,
    /// Steps that must all hold, one after another.
    body: Part,
    value: TermId,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
enum Step {
    /// `some key, value in list`
    Each {
        list: TermId,
        key: Option<u32>,
        value: Option<u32>,
    },
    /// `name := value`
    Let { slot: u32, value: TermId },
    /// `[name, name] := value`
    Unpack { slots: Part, value: TermId },
    /// `term`
    Holds(TermId),
    /// `not term`
    Fails(TermId),
    /// `every key, value in list { body }`
    Every {
        list: TermId,
        key: Option<u32>,
        value: u32,
        body: Part,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
enum Term {
    Constant(u32),
    /// What is read at a place, by its number.
    Place(u32),
    /// `name.key.key`
    Name {
        slot: u32,
        keys: Part,
    },
    /// `of[key]`
    Member {
        of: TermId,
        key: TermId,
    },
    Compare {
        operator: Comparison,
        left: TermId,
        right: TermId,
    },
    /// `value in collection`
    In {
        value: TermId,
        collection: TermId,
    },
    Arithmetic {
        operator: Arithmetic,
        left: TermId,
        right: TermId,
    },
    /// A function of Rego.
    Call {
        builtin: u32,
        arguments: Part,
    },
    /// A rule or function of the modules.
    Apply {
        plan: u32,
        arguments: Part,
    },
    Array(Part),
    Set(Part),
    /// An object whose keys are known, in their order.
    Record {
        keys: Part,
        values: Part,
    },
    Object {
        keys: Part,
        values: Part,
    },
    /// `[value | body]`
    EachArray {
        value: TermId,
        body: Part,
    },
    /// `{value | body}`
    EachSet {
        value: TermId,
        body: Part,
    },
    /// `{key: value | body}`
    EachObject {
        key: TermId,
        value: TermId,
        body: Part,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Root {
    Input,
    Data,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Arithmetic {
    Add,
    /// Of sets too.
    Subtract,
    Multiply,
    Divide,
    Union,
    Intersection,
}
