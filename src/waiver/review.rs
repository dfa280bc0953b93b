//! What became of each waiver in a run, so that none lives on unseen.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::Waiver;
use crate::evaluate::subject_ref;
use crate::finding::{Finding, Status, SubjectRef};
use crate::normalize::Subject;
use crate::report::{Inconclusive, Problem, ProblemKind, WaiverState, WaiverUse};

/// What a run did, as far as waivers are concerned.
pub(crate) struct Run<'a> {
    /// The evaluation's time.
    pub(crate) now: Timestamp,
    /// Ids of the rules that were evaluated.
    pub(crate) rules: BTreeSet<&'a str>,
    /// The subjects that waivers name and that were judged, in the waivers' spelling.
    pub(crate) judged: &'a BTreeSet<String>,
    pub(crate) findings: &'a [Finding],
    pub(crate) inconclusive: &'a [Inconclusive],
}

/// The names of subjects in waivers that some of these subjects answer to.
pub(crate) fn named(waivers: &[Waiver], subjects: &[Subject]) -> BTreeSet<String> {
    let names: BTreeSet<&str> = waivers
        .iter()
        .filter_map(|w| w.subject.as_deref())
        .collect();
    if names.is_empty() {
        return BTreeSet::new();
    }
    let subjects = subjects.iter();
    let subjects: Vec<(SubjectRef, &str)> = subjects
        .map(|subject| (subject_ref(subject), subject.path()))
        .collect();
    let is_here = |name: &&str| {
        let mut all = subjects.iter();
        all.any(|(subject, path)| subject.is_selected_by(name, path))
    };
    let here = names.into_iter().filter(is_here);
    here.map(str::to_owned).collect()
}

/// The use of each waiver in the order of ztvet.yaml, and what is to be said of it.
pub(crate) fn review(waivers: &[Waiver], run: &Run<'_>) -> (Vec<WaiverUse>, Vec<Problem>) {
    let mut review = Review::new(waivers, run.now);
    for finding in run.findings {
        review.finding(finding);
    }
    for item in run.inconclusive {
        review.inconclusive(item);
    }
    review.finish(&run.rules, run.judged)
}

/// The same for findings that come one by one.
pub(crate) struct Review<'a> {
    uses: Vec<Use<'a>>,
}

struct Use<'a> {
    waiver: &'a Waiver,
    is_expired: bool,
    /// How many findings it is about.
    findings: usize,
    /// Whether its rule could not judge its subject.
    is_open: bool,
}

impl<'a> Review<'a> {
    pub(crate) fn new(waivers: &'a [Waiver], now: Timestamp) -> Self {
        let unused = |waiver: &'a Waiver| Use {
            waiver,
            is_expired: !waiver.holds(now),
            findings: 0,
            is_open: false,
        };
        Self {
            uses: waivers.iter().map(unused).collect(),
        }
    }

    pub(crate) fn finding(&mut self, finding: &Finding) {
        for one in &mut self.uses {
            let counts = one.is_expired || finding.status == Status::Waived;
            if counts && one.waiver.is_about(finding) {
                one.findings += 1;
            }
        }
    }

    pub(crate) fn inconclusive(&mut self, item: &Inconclusive) {
        for one in &mut self.uses {
            let subject = one.waiver.subject.as_deref();
            one.is_open |= item.rule == one.waiver.rule
                && subject.is_some_and(|subject| item.subject.is_selected_by(subject, &item.path));
        }
    }

    /// Given the rules that were evaluated, and the subjects that waivers name and that were judged.
    pub(crate) fn finish(
        self,
        rules: &BTreeSet<&str>,
        judged: &BTreeSet<String>,
    ) -> (Vec<WaiverUse>, Vec<Problem>) {
        let uses = self.uses.iter().map(|one| one.used(rules, judged));
        let uses: Vec<WaiverUse> = uses.collect();
        let mut notes: Vec<Problem> = uses.iter().filter_map(note).collect();
        notes.extend(not_judged(&uses));
        (uses, notes)
    }
}

impl Use<'_> {
    fn used(&self, rules: &BTreeSet<&str>, judged: &BTreeSet<String>) -> WaiverUse {
        let waiver = self.waiver;
        let state = if self.is_expired {
            WaiverState::Expired
        } else if self.findings > 0 {
            WaiverState::Used
        } else if self.was_judged(rules, judged) {
            WaiverState::Unused
        } else {
            WaiverState::NotJudged
        };
        WaiverUse {
            rule: waiver.rule.clone(),
            subject: waiver.subject.clone(),
            at: waiver.at.clone(),
            fingerprint: waiver.fingerprint.clone(),
            acceptance: waiver.acceptance.clone(),
            state,
            findings: self.findings,
            location: waiver.location.clone(),
        }
    }

    /// Whether the run would have found what it is about.
    fn was_judged(&self, rules: &BTreeSet<&str>, judged: &BTreeSet<String>) -> bool {
        let subject = self.waiver.subject.as_ref();
        rules.contains(self.waiver.rule.as_str())
            && subject.is_none_or(|subject| judged.contains(subject) && !self.is_open)
    }
}

fn note(waiver: &WaiverUse) -> Option<Problem> {
    let what = what(waiver);
    let (message, help) = match (waiver.state, waiver.findings) {
        (WaiverState::Expired, 0) => (
            format!(
                "{what} expired on {}, and matches no finding",
                waiver.acceptance.expires
            ),
            "remove it",
        ),
        (WaiverState::Expired, _) => (
            format!(
                "{what} expired on {} and waives nothing",
                waiver.acceptance.expires
            ),
            "mend the finding, or renew the waiver with a new date",
        ),
        (WaiverState::Unused, _) => (
            format!("{what} matches no finding"),
            "remove it where the finding is mended; else correct what it is for",
        ),
        (WaiverState::Used | WaiverState::NotJudged, _) => return None,
    };
    Some(Problem {
        kind: ProblemKind::Config,
        message,
        help: Some(help.to_owned()),
        location: Some(waiver.location.clone()),
    })
}

/// ``waiver of AB-103 for `1f0e…` at `/web/redirectUris/0` ``
fn what(waiver: &WaiverUse) -> String {
    let mut text = format!("waiver of {}", waiver.rule);
    let parts = [
        (" for", &waiver.subject),
        (" at", &waiver.at),
        (" with fingerprint", &waiver.fingerprint),
    ];
    for (word, part) in parts {
        if let Some(part) = part {
            text.push_str(&format!("{word} `{part}`"));
        }
    }
    text
}

/// A run over a part of the subjects or rules must not drown in notes of waivers for the others.
fn not_judged(uses: &[WaiverUse]) -> Option<Problem> {
    let unseen = || {
        let state = |waiver: &&WaiverUse| waiver.state == WaiverState::NotJudged;
        uses.iter().filter(state)
    };
    let first = unseen().next()?;
    let (number, are) = match unseen().count() {
        1 => ("1 waiver".to_owned(), "is"),
        many => (format!("{many} waivers"), "are"),
    };
    Some(Problem {
        kind: ProblemKind::Config,
        message: format!("{number} {are} for rules or subjects that this run did not judge"),
        help: Some(
            "`waivers` of the report in JSON names them; remove what is gone for good".to_owned(),
        ),
        location: Some(first.location.clone()),
    })
}
