//! Findings, errors and counts, rendered for a reader or a machine.
//!
//! A renderer takes a [`Report`] and a writer. It evaluates nothing and reads no file.

pub mod azure;
pub mod catalogue;
pub mod csv;
pub mod diff;
#[cfg(test)]
pub(crate) mod fixture;
pub mod github;
pub mod gitlab;
mod guard;
#[cfg(test)]
mod hostile;
pub mod html;
mod indent;
mod issue;
pub mod json;
pub mod junit;
pub mod markdown;
mod missing;
pub mod ndjson;
pub mod posture;
#[cfg(test)]
mod runner;
pub mod sarif;
pub mod sink;
pub mod table;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::config::FailOn;
use crate::finding::{Acceptance, Finding, Location, Severity, Status, SubjectRef};
pub use posture::Posture;

/// The version of the report contract.
pub const SCHEMA: &str = "ztvet/report/v1";

/// The result of a run: `ztvet/report/v1`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// `ztvet/report/v1`.
    pub schema: String,
    /// What made the report.
    pub tool: Tool,
    /// The evaluation's time, RFC 3339 in UTC.
    pub now: String,
    /// Counts.
    pub summary: Summary,
    /// How subjects hold to the principles and practices.
    #[serde(default)]
    pub posture: Posture,
    /// Rules that wait for words of the organisation, once a run.
    pub not_configured: Vec<NotConfigured>,
    /// Violations, ordered by path, pointer and rule.
    pub findings: Vec<Finding>,
    /// What became of each waiver, in the order of ztvet.yaml.
    pub waivers: Vec<WaiverUse>,
    /// The baseline that the findings were compared with, where there was one.
    pub baseline: Option<Compared>,
    /// What could not be judged, and which fact was missing.
    pub inconclusive: Vec<Inconclusive>,
    /// What could not be read, loaded or evaluated.
    pub errors: Vec<Problem>,
    /// What is worth saying and is no error.
    pub notes: Vec<Problem>,
    /// Files that were looked at and not judged.
    pub skipped: Vec<Skipped>,
}

/// What made a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tool {
    /// `ztvet`.
    pub name: String,
    /// Its version.
    pub version: String,
}

impl Tool {
    /// This program.
    #[must_use]
    pub fn this() -> Self {
        Self {
            name: env!("CARGO_PKG_NAME").to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }
}

/// Counts of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Summary {
    /// Subjects that were judged.
    pub subjects: usize,
    /// The same by their kind.
    pub kinds: BTreeMap<String, usize>,
    /// Rules that were loaded and selected.
    pub rules: usize,
    /// Open findings by severity.
    pub findings: Counts,
    /// Findings that a waiver accepts.
    pub waived: usize,
    /// Findings that were there before.
    pub baseline: usize,
    /// Pairs of rule and subject that could not be judged.
    pub inconclusive: usize,
    /// Errors.
    pub errors: usize,
    /// Files that were skipped.
    pub skipped: usize,
}

/// Numbers of findings by severity, the worst first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Counts {
    /// How many are critical.
    pub critical: usize,
    /// How many are high.
    pub high: usize,
    /// How many are medium.
    pub medium: usize,
    /// How many are low.
    pub low: usize,
    /// How many are only worth knowing.
    pub info: usize,
}

impl Counts {
    /// The number of findings of that severity.
    #[must_use]
    pub const fn get(&self, severity: Severity) -> usize {
        match severity {
            Severity::Critical => self.critical,
            Severity::High => self.high,
            Severity::Medium => self.medium,
            Severity::Low => self.low,
            Severity::Info => self.info,
        }
    }

    /// Counts one more finding of that severity.
    pub const fn add(&mut self, severity: Severity) {
        let count = match severity {
            Severity::Critical => &mut self.critical,
            Severity::High => &mut self.high,
            Severity::Medium => &mut self.medium,
            Severity::Low => &mut self.low,
            Severity::Info => &mut self.info,
        };
        *count += 1;
    }

    /// The number of findings of any severity.
    #[must_use]
    pub fn total(&self) -> usize {
        Severity::ALL.into_iter().map(|s| self.get(s)).sum()
    }
}

impl FromIterator<Severity> for Counts {
    fn from_iter<I: IntoIterator<Item = Severity>>(severities: I) -> Self {
        let mut counts = Self::default();
        severities.into_iter().for_each(|s| counts.add(s));
        counts
    }
}

/// A waiver, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WaiverUse {
    /// The rule whose findings it is about.
    pub rule: String,
    /// The subject that it is for, where it names one.
    pub subject: Option<String>,
    /// The JSON Pointer that it is for, where it names one.
    pub at: Option<String>,
    /// The fingerprint that it is for, where it names one.
    pub fingerprint: Option<String>,
    /// Its reason, its owner and its last day.
    #[serde(flatten)]
    pub acceptance: Acceptance,
    /// What became of it.
    pub state: WaiverState,
    /// How many findings it waives; of an expired one, how many it would.
    pub findings: usize,
    /// Where it stands.
    pub location: Location,
}

/// What became of a waiver in a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WaiverState {
    /// It waives findings.
    Used,
    /// What it is for was judged, and there is no such finding.
    Unused,
    /// Its last day is past: it waives nothing.
    Expired,
    /// What it is for was not judged: another rule or subject was, or a fact was missing.
    NotJudged,
}

/// How a run compares with a baseline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Compared {
    /// The baseline's file.
    pub path: String,
    /// How many findings it holds.
    pub findings: usize,
    /// How many of these the run did not find.
    pub gone: usize,
}

/// A rule that waits for words of the organisation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct NotConfigured {
    /// The rule's id.
    pub rule: String,
    /// The configuration keys that it needs, as it names them.
    pub needs: Vec<String>,
}

/// A rule that could not judge a subject.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Inconclusive {
    /// The rule's id.
    pub rule: String,
    /// The subject.
    pub subject: SubjectRef,
    /// The path of the source that holds the subject.
    pub path: String,
    /// The facts that were not there, or only in part.
    pub missing: Vec<String>,
}

/// Something that could not be read, loaded or evaluated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Problem {
    /// At which stage.
    pub kind: ProblemKind,
    /// What is wrong, in one line.
    pub message: String,
    /// What to do about it, where that is known.
    pub help: Option<String>,
    /// Where.
    pub location: Option<Location>,
}

/// The stage of a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ProblemKind {
    /// Reading and normalizing a document.
    Document,
    /// Loading policies.
    Policy,
    /// Evaluating a rule.
    Evaluation,
    /// Configuration.
    Config,
}

impl ProblemKind {
    /// The name, as in reports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Policy => "policy",
            Self::Evaluation => "evaluation",
            Self::Config => "config",
        }
    }
}

/// A file that was looked at and not judged.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Skipped {
    /// The path.
    pub path: String,
    /// Why.
    pub reason: String,
}

/// How a run ended, and so what a pipeline does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// No finding fails it.
    Passed,
    /// Findings fail it.
    Failed,
    /// Something could not be read, loaded or evaluated, whatever was found.
    Incomplete,
}

/// A fact that rules could not judge without.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingFact<'a> {
    /// The fact, as a rule's `requires` names it.
    pub fact: &'a str,
    /// The rules that need it.
    pub rules: BTreeSet<&'a str>,
    /// How many subjects are without it.
    pub subjects: usize,
}

impl Report {
    /// Whether any open finding is at or above the severity.
    #[must_use]
    pub fn fails_at(&self, threshold: Severity) -> bool {
        Severity::ALL
            .into_iter()
            .any(|severity| severity >= threshold && self.summary.findings.get(severity) > 0)
    }

    /// How the run ended, where that is what fails it.
    #[must_use]
    pub fn verdict(&self, fail_on: FailOn) -> Verdict {
        let threshold = fail_on.threshold();
        if !self.errors.is_empty() {
            Verdict::Incomplete
        } else if threshold.is_some_and(|severity| self.fails_at(severity)) {
            Verdict::Failed
        } else {
            Verdict::Passed
        }
    }

    /// The findings of a status, the worst first; of one severity, in the report's order.
    #[must_use]
    pub fn riskiest(&self, status: Status) -> Vec<&Finding> {
        let findings = self.findings.iter();
        let mut findings: Vec<_> = findings.filter(|f| f.status == status).collect();
        findings.sort_by_key(|finding| Reverse(finding.severity));
        findings
    }

    /// Counts the findings by what has been decided of them.
    pub(crate) fn count_findings(&mut self) {
        let (mut open, mut waived, mut baseline) = (Counts::default(), 0, 0);
        for finding in &self.findings {
            match finding.status {
                Status::Open => open.add(finding.severity),
                Status::Waived => waived += 1,
                Status::Baseline => baseline += 1,
            }
        }
        self.summary.findings = open;
        self.summary.waived = waived;
        self.summary.baseline = baseline;
    }

    /// What was inconclusive, grouped by the fact that was missing.
    #[must_use]
    pub fn missing_facts(&self) -> Vec<MissingFact<'_>> {
        let mut by_fact: BTreeMap<_, (BTreeSet<_>, BTreeSet<_>)> = BTreeMap::new();
        for item in &self.inconclusive {
            for fact in &item.missing {
                let (rules, subjects) = by_fact.entry(fact.as_str()).or_default();
                rules.insert(item.rule.as_str());
                subjects.insert((item.path.as_str(), &item.subject));
            }
        }
        let group = |(fact, (rules, subjects)): (_, (_, BTreeSet<_>))| MissingFact {
            fact,
            rules,
            subjects: subjects.len(),
        };
        by_fact.into_iter().map(group).collect()
    }

    /// The rules that are not configured, grouped by the keys that they need.
    #[must_use]
    pub fn needed_keys(&self) -> BTreeMap<&[String], BTreeSet<&str>> {
        let mut by_keys: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for item in &self.not_configured {
            let rules = by_keys.entry(item.needs.as_slice()).or_default();
            rules.insert(item.rule.as_str());
        }
        by_keys
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_threshold_takes_in_what_is_worse() {
        let report = fixture::rich();
        assert!(report.fails_at(Severity::Critical) && report.fails_at(Severity::Info));
        let mut report = fixture::clean();
        assert!(!report.fails_at(Severity::Info));
        report.summary.findings.add(Severity::Medium);
        assert!(report.fails_at(Severity::Medium) && !report.fails_at(Severity::High));
    }

    #[test]
    fn errors_weigh_more_than_what_was_found() {
        let mut report = fixture::clean();
        assert_eq!(report.verdict(FailOn::New), Verdict::Passed);
        report.summary.findings.add(Severity::Low);
        assert_eq!(report.verdict(FailOn::New), Verdict::Failed);
        assert_eq!(report.verdict(FailOn::Medium), Verdict::Passed);
        assert_eq!(report.verdict(FailOn::Never), Verdict::Passed);
        report.errors = fixture::errors_only().errors;
        assert_eq!(report.verdict(FailOn::Never), Verdict::Incomplete);
    }

    #[test]
    fn the_riskiest_come_first() {
        let report = fixture::rich();
        let open = report.riskiest(Status::Open);
        let rules: Vec<&str> = open.iter().map(|f| f.rule.as_str()).collect();
        assert_eq!(rules, ["LP-101", "AB-101", "AB-401", "AB-406", "AB-407"]);
    }

    #[test]
    fn counts_are_written_worst_first() {
        let counts: Counts = [Severity::Info, Severity::High, Severity::High]
            .into_iter()
            .collect();
        let json = serde_json::to_string(&counts).unwrap();
        assert_eq!(
            json,
            r#"{"critical":0,"high":2,"medium":0,"low":0,"info":1}"#
        );
        assert_eq!(counts.total(), 3);
    }

    #[test]
    fn one_subject_counts_once_for_a_missing_fact() {
        let report = fixture::rich();
        let facts = report.missing_facts();
        let owners = facts
            .iter()
            .find(|f| f.fact == "application.owners")
            .unwrap();
        assert_eq!(owners.rules, BTreeSet::from(["AB-301", "AB-302"]));
        assert_eq!(owners.subjects, 2);
    }
}
