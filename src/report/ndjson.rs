//! The report for pipes: one JSON object a line, each with its `type`, and the summary last.
//!
//! The objects are those of `ztvet/report/v1`. Those of one type stand in the report's order.

use std::io::{self, Write};

use serde::Serialize;

use super::sink::{Head, Sink};
use crate::finding::Finding;
use crate::report::{Compared, Inconclusive, Report, Summary, Tool};

/// Writes the report, one object a line.
///
/// # Errors
/// What the writer returns.
pub fn render(report: &Report, writer: &mut dyn Write) -> io::Result<()> {
    report.clone().give(&mut Lines::new(writer)).map(|_| ())
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

    fn line<T: Serialize>(&mut self, kind: &str, value: &T) -> io::Result<()> {
        serde_json::to_writer(&mut self.writer, &Line { kind, value })?;
        self.writer.write_all(b"\n")
    }

    fn lines<T: Serialize>(&mut self, kind: &str, values: &[T]) -> io::Result<()> {
        values.iter().try_for_each(|value| self.line(kind, value))
    }
}

#[derive(Serialize)]
struct Line<'a, T> {
    #[serde(rename = "type")]
    kind: &'a str,
    #[serde(flatten)]
    value: &'a T,
}

/// The last line.
#[derive(Serialize)]
struct Last<'a> {
    schema: &'a str,
    tool: &'a Tool,
    now: &'a str,
    #[serde(flatten)]
    summary: &'a Summary,
    compared: &'a Option<Compared>,
}

impl<W: Write> Sink for Lines<W> {
    fn begin(&mut self, _: &Head) -> io::Result<()> {
        Ok(())
    }

    fn finding(&mut self, finding: Finding) -> io::Result<()> {
        self.line("finding", &finding)
    }

    fn inconclusive(&mut self, item: Inconclusive) -> io::Result<()> {
        self.line("inconclusive", &item)
    }

    fn end(&mut self, rest: &Report) -> io::Result<()> {
        self.lines("not_configured", &rest.not_configured)?;
        self.lines("waiver", &rest.waivers)?;
        self.lines("error", &rest.errors)?;
        self.lines("note", &rest.notes)?;
        self.lines("skipped", &rest.skipped)?;
        let last = Last {
            schema: &rest.schema,
            tool: &rest.tool,
            now: &rest.now,
            summary: &rest.summary,
            compared: &rest.baseline,
        };
        self.line("summary", &last)?;
        self.writer.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    fn rendered(report: &Report) -> String {
        let mut out = Vec::new();
        render(report, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn snapshot(name: &str, text: String) {
        insta::with_settings!({prepend_module_to_snapshot => false}, {
            insta::assert_snapshot!(name, text);
        });
    }

    #[test]
    fn rich() {
        snapshot("ndjson_rich", rendered(&fixture::rich()));
    }

    #[test]
    fn errors_only() {
        snapshot("ndjson_errors_only", rendered(&fixture::errors_only()));
    }

    #[test]
    fn the_summary_is_the_last_line() {
        let text = rendered(&fixture::clean());
        let lines: Vec<serde_json::Value> = text
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(lines.last().unwrap()["type"], "summary");
        assert!(text.ends_with("}\n"));
    }
}
