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
mod literal;
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

/// The plans of a program.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Plans {
    rules: Vec<Plan>,
    /// By the paths of entry points. The machine must be asked for those without.
    entry_points: BTreeMap<String, usize>,
    /// The names and numbers of arguments of the functions that are called.
    builtins: Vec<(String, usize)>,
    /// What is read of the input and of the data.
    places: Vec<Place>,
}

/// `root.key.key`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Place {
    root: Root,
    keys: Vec<Key>,
}

impl Plans {
    /// The plan of an entry point.
    pub(super) fn of(&self, path: &str) -> Option<usize> {
        self.entry_points.get(path).copied()
    }
}

/// A rule or function.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Plan {
    parameters: usize,
    /// Whether it is a set of what all definitions give, and not one value.
    collects: bool,
    /// Whether one value is as good as all, since they are the same.
    is_constant: bool,
    definitions: Vec<Definition>,
}

/// A body and what it gives.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Definition {
    /// How many names there are, the parameters first.
    slots: usize,
    body: Body,
    value: Term,
}

/// Steps that must all hold, one after another.
type Body = Vec<Step>;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum Step {
    /// `some key, value in list`
    Each {
        list: Term,
        key: Option<usize>,
        value: Option<usize>,
    },
    /// `name := value`
    Let { slot: usize, value: Term },
    /// `[name, name] := value`
    Unpack {
        slots: Vec<Option<usize>>,
        value: Term,
    },
    /// `term`
    Holds(Term),
    /// `not term`
    Fails(Term),
    /// `every key, value in list { body }`
    Every {
        list: Term,
        key: Option<usize>,
        value: usize,
        body: Body,
    },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum Term {
    Constant(#[serde(with = "literal")] Value),
    /// What is read at a place, by its number.
    Place(usize),
    /// `name.key.key`
    Name {
        slot: usize,
        keys: Vec<Key>,
    },
    /// `of[key]`
    Member {
        of: Box<Term>,
        key: Box<Term>,
    },
    Compare {
        operator: Comparison,
        left: Box<Term>,
        right: Box<Term>,
    },
    /// `value in collection`
    In {
        value: Box<Term>,
        collection: Box<Term>,
    },
    Arithmetic {
        operator: Arithmetic,
        left: Box<Term>,
        right: Box<Term>,
    },
    /// A function of Rego.
    Call {
        builtin: usize,
        arguments: Vec<Term>,
    },
    /// A rule or function of the modules.
    Apply {
        plan: usize,
        arguments: Vec<Term>,
    },
    Array(Vec<Term>),
    Set(Vec<Term>),
    /// An object whose keys are known, in their order.
    Record(Vec<(Key, Term)>),
    Object(Vec<(Term, Term)>),
    /// `[value | body]`
    EachArray {
        value: Box<Term>,
        body: Body,
    },
    /// `{value | body}`
    EachSet {
        value: Box<Term>,
        body: Body,
    },
    /// `{key: value | body}`
    EachObject {
        key: Box<Term>,
        value: Box<Term>,
        body: Body,
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
