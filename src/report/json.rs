//! The report for programs: `ztvet/report/v1`.

use std::io::{self, Write};

use serde::Serialize;

use crate::finding::Finding;
use crate::report::{Inconclusive, NotConfigured, Problem, Report, Skipped, Summary, Tool};

/// Writes the report as indented JSON with a last line end.
///
/// # Errors
/// What the writer returns.
pub fn render(report: &Report, writer: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *writer, &Wire::from(report))?;
    writeln!(writer)
}

/// [`Report`] in the published order of keys.
#[derive(Serialize)]
struct Wire<'a> {
    schema: &'a str,
    tool: &'a Tool,
    now: &'a str,
    summary: &'a Summary,
    not_configured: &'a [NotConfigured],
    findings: Vec<WireFinding<'a>>,
    inconclusive: &'a [Inconclusive],
    errors: &'a [Problem],
    notes: &'a [Problem],
    skipped: &'a [Skipped],
}

#[derive(Serialize)]
struct WireFinding<'a> {
    #[serde(flatten)]
    finding: &'a Finding,
    /// A published key; [`Finding`] says that it is waived, and not by what.
    waiver: (),
}

impl<'a> From<&'a Report> for Wire<'a> {
    fn from(report: &'a Report) -> Self {
        let wire = |finding| WireFinding {
            finding,
            waiver: (),
        };
        Self {
            schema: &report.schema,
            tool: &report.tool,
            now: &report.now,
            summary: &report.summary,
            not_configured: &report.not_configured,
            findings: report.findings.iter().map(wire).collect(),
            inconclusive: &report.inconclusive,
            errors: &report.errors,
            notes: &report.notes,
            skipped: &report.skipped,
        }
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
        snapshot("json_rich", rendered(&fixture::rich()));
    }

    #[test]
    fn clean() {
        snapshot("json_clean", rendered(&fixture::clean()));
    }

    #[test]
    fn errors_only() {
        snapshot("json_errors_only", rendered(&fixture::errors_only()));
    }

    #[test]
    fn reads_back_as_the_same_report() {
        let mut report = fixture::rich();
        let back: Report = serde_json::from_str(&rendered(&report)).unwrap();
        for finding in &mut report.findings {
            finding.location.snippet = None;
        }
        assert_eq!(back, report);
    }

    #[test]
    fn ends_with_one_line_end() {
        let text = rendered(&fixture::clean());
        assert!(text.ends_with("}\n") && !text.ends_with("\n\n"));
    }
}
