//! What came of a source, as it is kept.
//!
//! It holds what a report shows of the source, and what the inventory compares between sources.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::super::{Outcome, Waiting};
use super::period::Period;
use crate::engine::Evaluation;
use crate::finding::{Finding, Snippet};
use crate::normalize::Kind;
use crate::normalize::part;
use crate::report::posture::Tally;
use crate::report::{Inconclusive, NotConfigured, Problem, Skipped};

/// An [`Outcome`] without errors.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Entry {
    /// When it holds.
    pub(super) period: Period,
    /// Whether more of the source than these subjects waits until all has been read.
    pub(super) waits: bool,
    kinds: BTreeMap<Kind, usize>,
    findings: Vec<Kept>,
    inconclusive: Vec<Inconclusive>,
    not_configured: BTreeSet<NotConfigured>,
    tally: Tally,
    notes: Vec<Problem>,
    skipped: Vec<Skipped>,
    waivable: BTreeSet<String>,
    subjects: Vec<part::Entry>,
}

/// A finding with what its form in reports leaves out.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    /// Without its details.
    finding: Finding,
    /// In JSON, which says itself what its values are.
    details: String,
    document: usize,
    snippet: Option<Snippet>,
}

impl Entry {
    /// None of what must not be kept: tokens, and what may come out otherwise the next time, such as a rule that took too
    /// long.
    pub(super) fn of(outcome: &Outcome, period: Period) -> Option<Self> {
        if !outcome.errors.is_empty() || outcome.kinds.contains_key(&Kind::Token) {
            return None;
        }
        let (evaluation, waiting) = (&outcome.evaluation, &outcome.waiting);
        let kept: Option<_> = evaluation.findings.iter().map(Kept::of).collect();
        Some(Self {
            period: outcome.period.and(period),
            waits: !waiting.subjects.is_empty() || !waiting.parts.is_empty(),
            kinds: outcome.kinds.clone(),
            findings: kept?,
            inconclusive: evaluation.inconclusive.clone(),
            // A report has each once.
            not_configured: evaluation.not_configured.iter().cloned().collect(),
            tally: outcome.tally.clone(),
            notes: outcome.notes.clone(),
            skipped: outcome.skipped.clone(),
            waivable: outcome.waivable.clone(),
            subjects: waiting.entries.clone(),
        })
    }

    /// None where it cannot be read.
    pub(super) fn outcome(self) -> Option<Outcome> {
        let findings: Option<_> = self.findings.into_iter().map(Kept::finding).collect();
        Some(Outcome {
            kinds: self.kinds,
            evaluation: Evaluation {
                findings: findings?,
                inconclusive: self.inconclusive,
                not_configured: self.not_configured.into_iter().collect(),
            },
            tally: self.tally,
            errors: Vec::new(),
            notes: self.notes,
            skipped: self.skipped,
            waiting: Waiting {
                entries: self.subjects,
                ..Waiting::default()
            },
            waivable: self.waivable,
            period: self.period,
        })
    }
}

impl Kept {
    fn of(finding: &Finding) -> Option<Self> {
        let mut finding = finding.clone();
        let details = std::mem::take(&mut finding.details);
        let text = serde_json::to_string(&details).ok()?;
        // A number may lose its last digit.
        let comes_back = parse(&text)? == details;
        comes_back.then(|| Self {
            details: text,
            document: std::mem::take(&mut finding.location.document),
            snippet: finding.location.snippet.take(),
            finding,
        })
    }

    fn finding(self) -> Option<Finding> {
        let mut finding = self.finding;
        finding.details = parse(&self.details)?;
        finding.location.document = self.document;
        finding.location.snippet = self.snippet;
        Some(finding)
    }
}

fn parse(details: &str) -> Option<Map<String, Value>> {
    serde_json::from_str(details).ok()
}
