//! Findings, errors and counts, rendered for a reader or a machine.
//!
//! A renderer takes a [`Report`] and a writer. It evaluates nothing and reads no file.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::finding::{Finding, Location, Severity, SubjectRef};

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
    /// Rules that wait for words of the organisation, once a run.
    pub not_configured: Vec<NotConfigured>,
    /// Violations, ordered by path, pointer and rule.
    pub findings: Vec<Finding>,
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

/// Counts of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Summary {
    /// Subjects that were judged.
    pub subjects: usize,
    /// Rules that were loaded and selected.
    pub rules: usize,
    /// Open findings by severity; every severity has an entry.
    pub findings: BTreeMap<Severity, usize>,
    /// Findings that a waiver accepts.
    pub waived: usize,
    /// Pairs of rule and subject that could not be judged.
    pub inconclusive: usize,
    /// Errors.
    pub errors: usize,
    /// Files that were skipped.
    pub skipped: usize,
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

/// A file that was looked at and not judged.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Skipped {
    /// The path.
    pub path: String,
    /// Why.
    pub reason: String,
}

impl Report {
    /// Whether any open finding is at or above the severity.
    #[must_use]
    pub fn fails_at(&self, threshold: Severity) -> bool {
        self.summary
            .findings
            .iter()
            .any(|(severity, count)| *severity >= threshold && *count > 0)
    }
}
