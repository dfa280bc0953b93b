//! Bundled rules for one kind of subject run together: the machine prepares its state once, not once a rule, and what
//! several rules look up is looked up once.

use std::fmt::Write as _;

use crate::normalize::Kind;
use crate::rego::{Value, Vm};

/// The package of the generated rules, beside the bundled ones.
const PACKAGE: &str = "ztvet_batch";

/// As many rules as fit the registers of one rule of the machine with room to spare.
const LARGEST: usize = 64;

/// What is run together.
#[derive(Debug)]
pub(super) struct Batch {
    kind: Kind,
    members: Vec<Member>,
    /// The entry point that evaluates all members.
    entry_point: usize,
}

/// A rule that reports: `data.<package>.deny`, and its own entry point.
#[derive(Debug, Clone)]
pub(super) struct Member {
    pub(super) path: String,
    pub(super) entry_point: usize,
}

/// All batches.
#[derive(Debug, Default)]
pub(super) struct Batches {
    batches: Vec<Batch>,
}

impl Batches {
    /// Puts the members for each kind together.
    pub(super) fn new(members: impl Fn(Kind) -> Vec<Member>) -> Self {
        let mut batches = Vec::new();
        for kind in Kind::ALL {
            for members in members(kind).chunks(LARGEST) {
                batches.push(Batch {
                    kind,
                    members: members.to_vec(),
                    entry_point: 0,
                });
            }
        }
        Self { batches }
    }

    /// The module that evaluates each batch, as a list of what its members say.
    pub(super) fn module(&self) -> String {
        let mut text = format!("package {PACKAGE}\n");
        for (number, batch) in self.batches.iter().enumerate() {
            let paths: Vec<&str> = batch.members.iter().map(|m| m.path.as_str()).collect();
            // Writing to a string does not fail.
            let _ = write!(
                text,
                "\nbatch_{number} := [\n\t{},\n]\n",
                paths.join(",\n\t")
            );
        }
        text
    }

    /// Adds the entry points of the module.
    pub(super) fn add_entry_points(&mut self, paths: &mut Vec<String>) {
        for (number, batch) in self.batches.iter_mut().enumerate() {
            batch.entry_point = paths.len();
            paths.push(format!("data.{PACKAGE}.batch_{number}"));
        }
    }

    /// What the rules for a kind say, by their own entry points. Where one of a batch fails, none of it has a result, and
    /// each must be run by itself to tell which one it was.
    pub(super) fn run(&self, kind: Kind, machine: &mut Vm) -> Results {
        let mut results = Results::default();
        for batch in self.batches.iter().filter(|batch| batch.kind == kind) {
            if let Ok(Value::Array(values)) = machine.evaluate(batch.entry_point) {
                for (member, value) in batch.members.iter().zip(values.iter()) {
                    results.set(member.entry_point, value.clone());
                }
            }
        }
        results
    }
}

/// Values by entry point.
#[derive(Debug, Default)]
pub(super) struct Results {
    values: Vec<Option<Value>>,
}

impl Results {
    fn set(&mut self, entry_point: usize, value: Value) {
        if self.values.len() <= entry_point {
            self.values.resize(entry_point + 1, None);
        }
        if let Some(place) = self.values.get_mut(entry_point) {
            *place = Some(value);
        }
    }

    pub(super) fn take(&mut self, entry_point: usize) -> Option<Value> {
        self.values.get_mut(entry_point)?.take()
    }
}
