//! The diff for programs: `ztvet/diff/v1`.

use std::io::{self, Write};

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde::Serialize;

use crate::diff::{Diff, Difference, State, Version};
use crate::finding::{Finding, Status};
use crate::report::{
    Counts, Inconclusive, NotConfigured, Problem, Skipped, Tool, WaiverUse, indent,
};

/// Writes the diff as indented JSON with a last line end.
///
/// # Errors
/// What the writer returns.
pub fn render(diff: &Diff, writer: &mut dyn Write) -> io::Result<()> {
    indent::write(writer, &Wire::from(diff))?;
    writeln!(writer)
}

/// The JSON Schema of what [`render`] writes.
#[must_use]
pub fn schema() -> Schema {
    SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator()
        .into_root_schema_for::<Wire<'_>>()
}

/// What differs between two versions of applications.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "ztvet/diff/v1")]
struct Wire<'a> {
    /// `ztvet/diff/v1`.
    #[schemars(extend("const" = crate::diff::SCHEMA))]
    schema: &'a str,
    /// What made the diff.
    tool: &'a Tool,
    /// The evaluation's time, RFC 3339 in UTC: both versions are judged at it.
    now: &'a str,
    /// The version before.
    old: &'a Version,
    /// The version after.
    new: &'a Version,
    /// Counts.
    summary: Summary,
    /// Applications that differ, the riskiest first.
    applications: &'a [Difference],
    /// Findings of both versions.
    findings: Findings<'a>,
    /// What became of each waiver, in the order of ztvet.yaml.
    waivers: &'a [WaiverUse],
    /// Rules that wait for words of the organisation, once a run.
    not_configured: &'a [NotConfigured],
    /// What could not be judged of the changes, and of the new version where the old one does not lack the same.
    inconclusive: &'a [Inconclusive],
    /// What could not be read, loaded or evaluated of either version.
    errors: &'a [Problem],
    /// What is worth saying and is no error.
    notes: &'a [Problem],
    /// Files that were looked at and not judged.
    skipped: &'a [Skipped],
}

/// Counts of a diff.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "DiffSummary")]
struct Summary {
    /// Applications by what became of them.
    applications: Applications,
    /// Rules that were loaded and selected.
    rules: usize,
    /// Open findings that only the new version has, by severity.
    new: Counts,
    /// Findings that only the old version has.
    gone: usize,
    /// Findings of both versions.
    unchanged: usize,
    /// Findings of the old version of which the new one does not tell.
    unjudged: usize,
    /// Findings of the new version that a waiver accepts.
    waived: usize,
    /// Pairs of rule and subject in `inconclusive`.
    inconclusive: usize,
    /// Errors.
    errors: usize,
    /// Files that were skipped.
    skipped: usize,
}

/// Numbers of applications.
#[derive(Serialize, JsonSchema)]
struct Applications {
    /// Both versions have them, and they differ.
    changed: usize,
    /// Only the new version has them.
    added: usize,
    /// Only the old version has them.
    removed: usize,
    /// Both versions have them, and nothing differs that is known of both.
    unchanged: usize,
}

/// Findings by the versions that have them, each list ordered by path, place and rule.
#[derive(Serialize, JsonSchema)]
struct Findings<'a> {
    /// Only the new version has them, or they are of the change itself. Those that a waiver accepts do not count.
    new: Vec<&'a Finding>,
    /// Only the old version has them.
    gone: &'a [Finding],
    /// Both versions have them.
    unchanged: Vec<&'a Finding>,
    /// The old version has them, and the new one does not tell.
    unjudged: &'a [Finding],
}

impl<'a> From<&'a Diff> for Wire<'a> {
    fn from(diff: &'a Diff) -> Self {
        let report = &diff.report;
        let (unchanged, new): (Vec<&Finding>, Vec<&Finding>) = report
            .findings
            .iter()
            .partition(|finding| finding.status == Status::Baseline);
        Self {
            schema: crate::diff::SCHEMA,
            tool: &report.tool,
            now: &report.now,
            old: &diff.old,
            new: &diff.new,
            summary: summary(diff, unchanged.len()),
            applications: &diff.applications,
            findings: Findings {
                new,
                gone: &diff.gone,
                unchanged,
                unjudged: &diff.unjudged,
            },
            waivers: &report.waivers,
            not_configured: &report.not_configured,
            inconclusive: &report.inconclusive,
            errors: &report.errors,
            notes: &report.notes,
            skipped: &report.skipped,
        }
    }
}

fn summary(diff: &Diff, unchanged: usize) -> Summary {
    let report = &diff.report.summary;
    Summary {
        applications: Applications {
            changed: diff.count(State::Changed),
            added: diff.count(State::Added),
            removed: diff.count(State::Removed),
            unchanged: diff.unchanged,
        },
        rules: report.rules,
        new: report.findings,
        gone: diff.gone.len(),
        unchanged,
        unjudged: diff.unjudged.len(),
        waived: report.waived,
        inconclusive: report.inconclusive,
        errors: report.errors,
        skipped: report.skipped,
    }
}
