//! What a change does to the security of applications: `ztvet/diff/v1`.
//!
//! ```
//! use ztvet::diff::Side;
//!
//! let engine = ztvet::Engine::builder().bundled()?.build()?;
//! let shop = || Side::path("examples/manifests/shop.json");
//! let diff = engine.diff(shop(), shop());
//! assert!(diff.applications.is_empty());
//! assert_eq!(diff.report.summary.findings.total(), 0);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod findings;
mod item;
mod list;
mod pair;
mod side;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use self::item::{Effect, Item, Piece};
use self::pair::{Candidate, Pairing};
pub use self::side::Side;
use crate::check::{Needs, Registration, Run};
use crate::engine::Engine;
use crate::finding::{Finding, Severity, SubjectRef};
use crate::normalize::{Facts, Kind, Subject};
use crate::report::{Problem, ProblemKind, Report};

/// The version of the form of a diff.
pub const SCHEMA: &str = "ztvet/diff/v1";

/// What differs between two versions of applications, and what that means for the findings.
#[derive(Debug, Clone, PartialEq)]
pub struct Diff {
    /// The version before.
    pub old: Version,
    /// The version after.
    pub new: Version,
    /// Applications that differ, the riskiest first.
    pub applications: Vec<Difference>,
    /// How many applications do not differ in anything that is known of both versions.
    pub unchanged: usize,
    /// The new version judged, and the changes. Findings that the old version has as well count as known, as those of a
    /// baseline do. Of what is inconclusive, it has what the old version does not lack as well.
    pub report: Report,
    /// Findings that only the old version has.
    pub gone: Vec<Finding>,
    /// Findings of the old version of which the new one does not tell whether it has them.
    pub unjudged: Vec<Finding>,
}

/// One of the two versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Version {
    /// The path or the revision that it was read from.
    pub name: String,
    /// How many applications it has.
    pub applications: usize,
}

/// An application that differs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Difference {
    /// What became of it.
    pub state: State,
    /// Which application it is.
    pub subject: SubjectRef,
    /// Where it stood.
    pub old_path: Option<String>,
    /// Where it stands.
    pub new_path: Option<String>,
    /// What differs; empty for what was added or removed as a whole.
    pub changes: Vec<Item>,
}

/// What became of an application.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Both versions have it, and it differs.
    Changed,
    /// Only the new version has it: all its findings are new.
    Added,
    /// Only the old version has it.
    Removed,
}

impl State {
    /// Its name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Added => "added",
            Self::Removed => "removed",
        }
    }
}

impl Diff {
    /// The number of applications of that state.
    #[must_use]
    pub fn count(&self, state: State) -> usize {
        let of_state = self.applications.iter().filter(|one| one.state == state);
        of_state.count()
    }
}

impl Engine {
    /// Judges two versions, and tells what differs between them.
    #[must_use]
    pub fn diff(&self, old: Side, new: Side) -> Diff {
        let now = self.now();
        let run = Run::at(now);
        let before = self.inner.registrations(&old.found.sources, &run);
        let after = self.inner.registrations(&new.found.sources, &run);
        let pairing = pair::pair(&candidates(&before, &old), &candidates(&after, &new));
        let changes = changes(&before, &after, &pairing);
        let check =
            |found, changes: &[Subject]| self.check_found(now, found, changes, Needs::Nothing);
        let old_report = check(old.found.clone(), &[]);
        let mut report = check(new.found.clone(), &changes);
        let (gone, unjudged) = findings::compare(&old_report, &old, &mut report, &new);
        let differences = differences(&changes, &old);
        let mut diff = Diff {
            unchanged: pairing.pairs.len() - differences.len(),
            old: old.version(before.len()),
            new: new.version(after.len()),
            applications: differences,
            report,
            gone,
            unjudged,
        };
        diff.add_whole(&before, &after, &pairing, &old);
        diff.require_applications(self, &old_report);
        diff.sort();
        diff
    }
}

fn candidates(registrations: &[Registration], side: &Side) -> Vec<Candidate> {
    let all = registrations.iter();
    all.map(|one| Candidate::new(&one.subject, side.relative(one.subject.path())))
        .collect()
}

/// The pairs that are not the same to the letter. The first of those in the same documents knows what must not be shown
/// of these.
fn changes(before: &[Registration], after: &[Registration], pairing: &Pairing) -> Vec<Subject> {
    let mut changes: Vec<Subject> = Vec::new();
    for (old, new) in &pairing.pairs {
        let (Some(old), Some(new)) = (before.get(*old), after.get(*new)) else {
            continue;
        };
        if old.subject.is_spelled_like(&new.subject) {
            continue;
        }
        let Some(mut change) = Subject::change(&old.subject, &new.subject) else {
            continue;
        };
        let is_first = changes
            .last()
            .is_none_or(|last| !last.shares_all_documents(&change));
        if is_first {
            change.keep_secret(&new.secrets, &old.secrets);
        }
        changes.push(change);
    }
    changes
}

/// The pairs that differ in what is known of both.
fn differences(changes: &[Subject], old: &Side) -> Vec<Difference> {
    let mut differences = Vec::new();
    for subject in changes {
        let Facts::Change(change) = &subject.facts else {
            continue;
        };
        if !change.is_any() {
            continue;
        }
        let old_path = subject.others.first().map(|document| &document.source.path);
        differences.push(Difference {
            state: State::Changed,
            subject: application(subject),
            old_path: old_path.map(|path| old.shown(path)),
            new_path: Some(subject.path().to_owned()),
            changes: list::items(subject, change, old),
        });
    }
    differences
}

fn application(subject: &Subject) -> SubjectRef {
    SubjectRef {
        kind: Kind::Application.as_str().to_owned(),
        ..crate::evaluate::subject_ref(subject)
    }
}

impl Diff {
    /// What was added and removed as a whole.
    fn add_whole(
        &mut self,
        before: &[Registration],
        after: &[Registration],
        pairing: &Pairing,
        old: &Side,
    ) {
        let added = pairing.added.iter().filter_map(|index| after.get(*index));
        let added = added.map(|one| Difference {
            state: State::Added,
            subject: application(&one.subject),
            old_path: None,
            new_path: Some(one.subject.path().to_owned()),
            changes: Vec::new(),
        });
        let removed = pairing
            .removed
            .iter()
            .filter_map(|index| before.get(*index));
        let removed = removed.map(|one| Difference {
            state: State::Removed,
            subject: application(&one.subject),
            old_path: Some(old.shown(one.subject.path())),
            new_path: None,
            changes: Vec::new(),
        });
        self.applications.extend(added);
        self.applications.extend(removed);
    }

    fn require_applications(&mut self, engine: &Engine, old_report: &Report) {
        if !self.report.errors.is_empty() {
            return;
        }
        let nothing = if self.old.applications + self.new.applications == 0 {
            Some(no_application())
        } else {
            let kinds = [&old_report.summary.kinds, &self.report.summary.kinds];
            let names = kinds.into_iter().flat_map(BTreeMap::keys);
            let kinds = names.filter_map(|name| Kind::parse(name));
            let kinds = kinds.chain([Kind::Change]).map(|kind| (kind, 1)).collect();
            engine.nobody_judges(&kinds)
        };
        if engine.inner.allow_empty {
            self.report.notes.extend(nothing);
        } else {
            self.report.errors.extend(nothing);
            self.report.summary.errors = self.report.errors.len();
        }
    }

    /// The riskiest come first: by the worst new finding, then by what became of them, then by name.
    fn sort(&mut self) {
        let mut worst: BTreeMap<String, Severity> = BTreeMap::new();
        for finding in findings::new(&self.report) {
            let key = finding.subject.key(&finding.location.path).to_owned();
            let severity = worst.entry(key).or_insert(finding.severity);
            *severity = finding.severity.max(*severity);
        }
        self.applications.sort_by_cached_key(|one| {
            let path = one.new_path.as_ref().or(one.old_path.as_ref());
            let path = path.map(String::as_str).unwrap_or_default();
            let worst = worst.get(one.subject.key(path)).copied();
            (
                Reverse(worst),
                one.state,
                one.subject.name.clone(),
                one.subject.id.clone(),
                path.to_owned(),
            )
        });
    }
}

fn no_application() -> Problem {
    Problem {
        kind: ProblemKind::Document,
        message: "there is nothing to compare: neither version has an application registration"
            .to_owned(),
        help: Some("`--allow-empty` lets that pass".to_owned()),
        location: None,
    }
}
