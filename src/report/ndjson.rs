//! The report for programs that read line by line: NDJSON, `ztvet/report-lines/v1`.
//!
//! The first line says what made the report, and the last has the counts. A report without its last line is not whole.

use std::io::{self, Write};

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde::Serialize;

use crate::finding::Finding;
use crate::report::sink::{Head, Sink};
use crate::report::{
    Compared, Inconclusive, NotConfigured, Posture, Problem, Report, Skipped, Summary, Tool,
    WaiverUse, guard,
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
        /// By principle and practice, how many checks passed.
        posture: &'a Posture,
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
    report.clone().give(&mut Lines::new(writer)).map(drop)
}

/// Writes a report line by line as it comes.
pub struct Lines<W> {
    writer: W,
}

impl<W: Write> Lines<W> {
    /// Lines that go to a writer.
    pub const fn new(writer: W) -> Self {
        Self { writer }
    }
}

impl<W: Write> Sink for Lines<W> {
    fn begin(&mut self, head: &Head) -> io::Result<()> {
        let run = Line::Run {
            schema: SCHEMA,
            tool: &head.tool,
            now: &head.now,
        };
        run.write(&mut self.writer)
    }

    fn finding(&mut self, finding: Finding) -> io::Result<()> {
        Line::Finding(&finding).write(&mut self.writer)
    }

    fn inconclusive(&mut self, item: Inconclusive) -> io::Result<()> {
        Line::Inconclusive(&item).write(&mut self.writer)
    }

    fn end(&mut self, rest: &Report) -> io::Result<()> {
        let errors = rest.errors.iter().map(Line::Error);
        let waiting = rest.not_configured.iter().map(Line::NotConfigured);
        let waivers = rest.waivers.iter().map(Line::Waiver);
        let notes = rest.notes.iter().map(Line::Note);
        let skipped = rest.skipped.iter().map(Line::Skipped);
        let summary = Line::Summary {
            counts: &rest.summary,
            posture: &rest.posture,
            compared: &rest.baseline,
        };
        let lines = errors.chain(waiting).chain(waivers).chain(notes);
        for line in lines.chain(skipped).chain(std::iter::once(summary)) {
            line.write(&mut self.writer)?;
        }
        self.writer.flush()
    }
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
