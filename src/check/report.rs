//! What came of all sources becomes one report.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use jiff::Timestamp;

use super::Outcome;
use super::problems::{document_problem, nothing_to_judge};
use crate::document::Found;
use crate::engine::{Engine, Inner};
use crate::finding::Finding;
use crate::normalize::{Kind, to_rfc3339};
use crate::policy::Rule;
use crate::report::{
    NotConfigured, Problem, ProblemKind, Report, SCHEMA, Skipped, Summary, Tool, WaiverUse,
};
use crate::waiver;

/// What a report must be about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Needs {
    /// At least one subject that a rule judges.
    Subjects,
    /// Nothing: it is a part of a run.
    Nothing,
}

/// What came of all sources, and the words that rules wait for.
pub(super) struct Gathered {
    pub(super) outcome: Outcome,
    not_configured: BTreeMap<String, BTreeSet<String>>,
}

impl Engine {
    /// What came of sources that were held.
    pub(super) fn report(
        &self,
        now: Timestamp,
        found: Found,
        outcomes: Vec<Outcome>,
        needs: Needs,
    ) -> Report {
        let mut all = self.gather(found, outcomes);
        sort(&mut all.outcome.evaluation.findings);
        let waivers = self.inner.review_waivers(&all.outcome, now);
        let findings = std::mem::take(&mut all.outcome.evaluation.findings);
        let inconclusive = std::mem::take(&mut all.outcome.evaluation.inconclusive);
        let mut report = self.conclude(now, all, waivers, needs);
        report.findings = findings;
        report.summary.inconclusive = inconclusive.len();
        report.inconclusive = inconclusive;
        report.count_findings();
        report
    }

    /// What is to be said where a report could not be written.
    pub(super) fn unwritten(&self, error: &io::Error) -> Report {
        let outcome = Outcome {
            errors: vec![Problem {
                kind: ProblemKind::Evaluation,
                message: error.to_string(),
                help: None,
                location: None,
            }],
            ..Outcome::default()
        };
        self.report(self.now(), Found::default(), vec![outcome], Needs::Nothing)
    }

    /// What came of all sources together.
    pub(super) fn gather(&self, found: Found, outcomes: Vec<Outcome>) -> Gathered {
        let mut all = Outcome {
            notes: self.inner.notes.clone(),
            ..Outcome::default()
        };
        all.errors
            .extend(found.errors.into_iter().map(document_problem));
        all.skipped
            .extend(found.links.into_iter().map(|path| Skipped {
                path,
                reason: "a symbolic link, which is not followed".to_owned(),
            }));
        all.skipped
            .extend(found.modules.into_iter().map(|path| Skipped {
                path,
                reason: "a submodule, which is another repository".to_owned(),
            }));
        let mut not_configured: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for mut outcome in outcomes {
            for waiting in outcome.evaluation.not_configured.drain(..) {
                not_configured
                    .entry(waiting.rule)
                    .or_default()
                    .extend(waiting.needs);
            }
            all.add(outcome);
        }
        Gathered {
            outcome: all,
            not_configured,
        }
    }

    /// The report without the findings and what is inconclusive.
    pub(super) fn conclude(
        &self,
        now: Timestamp,
        gathered: Gathered,
        (waivers, notes): (Vec<WaiverUse>, Vec<Problem>),
        needs: Needs,
    ) -> Report {
        let Gathered {
            outcome: mut all,
            not_configured,
        } = gathered;
        if all.errors.is_empty() && needs == Needs::Subjects {
            let nothing = if all.kinds.is_empty() {
                Some(nothing_to_judge())
            } else {
                self.nobody_judges(&all.kinds)
            };
            let list = if self.inner.allow_empty {
                &mut all.notes
            } else {
                &mut all.errors
            };
            list.extend(nothing);
        }
        all.notes.extend(notes);
        let not_configured = not_configured.into_iter();
        let not_configured = not_configured.map(|(rule, needs)| NotConfigured {
            rule,
            needs: needs.into_iter().collect(),
        });
        Report {
            schema: SCHEMA.to_owned(),
            tool: Tool::this(),
            now: to_rfc3339(now),
            summary: self.summary(&all),
            posture: all.tally.posture(self.rules()),
            not_configured: not_configured.collect(),
            findings: Vec::new(),
            waivers,
            baseline: None,
            inconclusive: Vec::new(),
            errors: all.errors,
            notes: all.notes,
            skipped: all.skipped,
        }
    }

    /// Subjects of which none is of a kind that a selected rule judges.
    pub(crate) fn nobody_judges(&self, kinds: &BTreeMap<Kind, usize>) -> Option<Problem> {
        let evaluator = &self.inner.evaluator;
        // What stands for all subjects of a run is none of them.
        let has_judge = |kind: &Kind| evaluator.judges(*kind);
        if kinds.keys().any(has_judge) || has_judge(&Kind::Inventory) {
            return None;
        }
        let names = |kinds: &mut dyn Iterator<Item = Kind>| {
            let names: Vec<String> = kinds.map(|kind| format!("`{}`", kind.as_str())).collect();
            names.join(", ")
        };
        let found = names(&mut kinds.keys().copied());
        let judged = names(&mut Kind::ALL.into_iter().filter(|kind| evaluator.judges(*kind)));
        Some(Problem {
            kind: ProblemKind::Evaluation,
            message: format!("no rule has judged anything: what was found is {found}"),
            help: Some(format!("the selected rules judge {judged}")),
            location: None,
        })
    }

    fn summary(&self, all: &Outcome) -> Summary {
        Summary {
            subjects: all.kinds.values().sum(),
            kinds: all
                .kinds
                .iter()
                .map(|(kind, number)| (kind.as_str().to_owned(), *number))
                .collect(),
            rules: self.rules().count(),
            errors: all.errors.len(),
            skipped: all
                .skipped
                .iter()
                .map(|file| file.path.as_str())
                .collect::<BTreeSet<_>>()
                .len(),
            ..Summary::default()
        }
    }
}

impl Inner {
    fn review_waivers(&self, all: &Outcome, now: Timestamp) -> (Vec<WaiverUse>, Vec<Problem>) {
        // No application is a change of one.
        let is_judged = |kind: &Kind| *kind != Kind::Change || all.kinds.contains_key(kind);
        let has_judged = |rule: &Rule| rule.applies_to.iter().any(is_judged);
        let run = waiver::Run {
            now,
            rules: self
                .evaluator
                .rules()
                .filter(|rule| has_judged(rule))
                .map(|rule| rule.id.as_str())
                .collect(),
            judged: &all.waivable,
            findings: &all.evaluation.findings,
            inconclusive: &all.evaluation.inconclusive,
        };
        waiver::review(&self.waivers, &run)
    }
}

/// By path, place and rule, so that the order is the same in every run.
pub(super) fn sort(findings: &mut [Finding]) {
    findings.sort_by(|one, other| {
        let place = |finding: &Finding| (finding.location.line, finding.location.column);
        let path = one.location.path.cmp(&other.location.path);
        path.then_with(|| place(one).cmp(&place(other)))
            .then_with(|| one.rule.cmp(&other.rule))
            .then_with(|| one.message.cmp(&other.message))
    });
}
