//! The report for programs that read line by line: NDJSON, `ztvet/report-lines/v1`.
//!
//! The first line says what made the report, and the last has the counts. A report without its last line is not whole.

use std::io::{self, Write};

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde::Serialize;

use crate::finding::Finding;
use crate::report::{
    Compared, Inconclusive, NotConfigured, Problem, Report, Skipped, Summary, Tool, WaiverUse,
    guard,
};

/// The version of the contract of the lines.
pub const SCHEMA: &str = "ztvet/report-lines/v1";

/// A line of the report.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
#[schemars(title = "ztvet/report-lines/v1")]
pub enum Line<'a> {
    /// The first line: what made the report.
    Run {
        /// `ztvet/report-lines/v1`.
        #[schemars(extend("const" = SCHEMA))]
        schema: &'a str,
        /// What made the report.
        tool: &'a Tool,
        /// The evaluation's time, RFC 3339 in UTC.
        now: &'a str,
    },
    /// A violation.
    Finding(&'a Finding),
    /// A rule that could not judge a subject.
    Inconclusive(&'a Inconclusive),
    /// Something that could not be read, loaded or evaluated.
    Error(&'a Problem),
    /// Something worth saying that is no error.
    Note(&'a Problem),
    /// A rule that waits for words of the organisation.
    NotConfigured(&'a NotConfigured),
    /// A waiver, and what became of it.
    Waiver(&'a WaiverUse),
    /// A file that was looked at and not judged.
    Skipped(&'a Skipped),
    /// The last line: counts.
    Summary {
        /// Counts.
        #[serde(flatten)]
        counts: &'a Summary,
        /// The baseline that the findings were compared with, where there was one.
        compared: &'a Option<Compared>,
    },
}

impl Line<'_> {
    /// Writes the line with its end.
    ///
    /// # Errors
    /// What the writer returns.
    pub fn write(&self, writer: &mut dyn Write) -> io::Result<()> {
        guard::json(writer, self)?;
        writeln!(writer)
    }
}

/// Writes the report line by line.
///
/// # Errors
/// What the writer returns.
pub fn render(report: &Report, writer: &mut dyn Write) -> io::Result<()> {
    let run = Line::Run {
        schema: SCHEMA,
        tool: &report.tool,
        now: &report.now,
    };
    let summary = Line::Summary {
        counts: &report.summary,
        compared: &report.baseline,
    };
    let findings = report.findings.iter().map(Line::Finding);
    let inconclusive = report.inconclusive.iter().map(Line::Inconclusive);
    let errors = report.errors.iter().map(Line::Error);
    let waiting = report.not_configured.iter().map(Line::NotConfigured);
    let waivers = report.waivers.iter().map(Line::Waiver);
    let notes = report.notes.iter().map(Line::Note);
    let skipped = report.skipped.iter().map(Line::Skipped);
    let about_subjects = findings.chain(inconclusive).chain(errors);
    let about_run = waiting.chain(waivers).chain(notes).chain(skipped);
    let lines = std::iter::once(run).chain(about_subjects).chain(about_run);
    for line in lines.chain(std::iter::once(summary)) {
        line.write(writer)?;
    }
    Ok(())
}

/// The JSON Schema of a line.
#[must_use]
pub fn schema() -> Schema {
    SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator()
        .into_root_schema_for::<Line<'_>>()
}

#[cfg(test)]
mod tests;
