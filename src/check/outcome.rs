//! What comes of sources, part by part.

use std::collections::{BTreeMap, BTreeSet};

use super::cache::Period;
use super::inventory::Common;
use crate::engine::Evaluation;
use crate::normalize::inventory::Totals;
use crate::normalize::part::{self, Entry, Part};
use crate::normalize::{Kind, Normalized, Subject};
use crate::report::posture::Tally;
use crate::report::{Problem, Skipped};

/// What came of one source.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub(super) kinds: BTreeMap<Kind, usize>,
    pub(super) evaluation: Evaluation,
    pub(super) tally: Tally,
    pub(super) errors: Vec<Problem>,
    pub(super) notes: Vec<Problem>,
    pub(super) skipped: Vec<Skipped>,
    pub(super) waiting: Waiting,
    /// The subjects that waivers name and that were judged, in the waivers' spelling.
    pub(super) waivable: BTreeSet<String>,
    /// The times at which rules see the same of all its subjects.
    pub(super) period: Period,
}

impl Outcome {
    /// Adds what came of another part, or of another source. Which words a rule waits for is told once.
    pub(super) fn add(&mut self, mut more: Self) {
        for (kind, number) in more.kinds {
            *self.kinds.entry(kind).or_default() += number;
        }
        self.tally.append(more.tally);
        self.errors.append(&mut more.errors);
        self.notes.append(&mut more.notes);
        self.skipped.append(&mut more.skipped);
        self.waiting.append(more.waiting);
        self.waivable.append(&mut more.waivable);
        self.period = self.period.and(more.period);
        let (all, more) = (&mut self.evaluation, more.evaluation);
        append(&mut all.findings, more.findings);
        append(&mut all.inconclusive, more.inconclusive);
        add_new(&mut all.not_configured, more.not_configured);
    }
}

/// Moves a list behind another, which is not copied where it comes to stand first.
fn append<T>(all: &mut Vec<T>, mut more: Vec<T>) {
    if all.is_empty() {
        *all = more;
    } else {
        all.append(&mut more);
    }
}

/// Adds what is not in a list of a few.
pub(super) fn add_new<T: PartialEq>(all: &mut Vec<T>, more: Vec<T>) {
    for one in more {
        if !all.contains(&one) {
            all.push(one);
        }
    }
}

/// What can be judged only when all has been read.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    pub(super) subjects: Vec<Subject>,
    pub(super) parts: Vec<Part>,
    pub(super) entries: Vec<Entry>,
    /// How many entries there are, where not all are held.
    pub(super) totals: Option<Totals>,
}

impl Waiting {
    pub(super) fn append(&mut self, mut other: Self) {
        self.subjects.append(&mut other.subjects);
        self.parts.append(&mut other.parts);
        self.entries.append(&mut other.entries);
    }

    /// Keeps what must wait, and gives back what can be judged at once.
    pub(super) fn keep(&mut self, normalized: Normalized) -> Vec<Subject> {
        let (waiting, ready): (Vec<_>, Vec<_>) =
            normalized.subjects.into_iter().partition(part::waits);
        let entries = ready.iter().chain(&waiting).filter_map(Entry::of);
        self.entries.extend(entries);
        self.subjects.extend(waiting);
        self.parts.extend(normalized.parts);
        ready
    }

    /// The subjects, with what other documents say of them, and what is left for the inventory.
    pub(super) fn join(self) -> (Vec<Subject>, Common) {
        let joined = part::join_parts(self.subjects, self.parts, &self.entries);
        let common = Common {
            entries: self.entries,
            totals: self.totals,
        };
        (joined, common)
    }
}
