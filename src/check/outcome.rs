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
    /// Adds what came of judging another part of the same source.
    pub(super) fn add(&mut self, mut more: Self) {
        for (kind, number) in more.kinds {
            *self.kinds.entry(kind).or_default() += number;
        }
        self.tally.append(more.tally);
        self.errors.append(&mut more.errors);
        self.waivable.append(&mut more.waivable);
        self.period = self.period.and(more.period);
        let (all, more) = (&mut self.evaluation, &mut more.evaluation);
        all.findings.append(&mut more.findings);
        all.inconclusive.append(&mut more.inconclusive);
        all.not_configured.append(&mut more.not_configured);
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
