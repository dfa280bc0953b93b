//! The report for programs: `ztvet/report/v1`.

use std::io::{self, Write};

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde::Serialize;

use crate::finding::Finding;
use crate::report::indent::{self, WriteElements};
use crate::report::{
    Compared, Inconclusive, NotConfigured, Posture, Problem, Report, Skipped, Summary, Tool,
    WaiverUse,
};

/// Writes the report as indented JSON with a last line end.
///
/// # Errors
/// What the writer returns.
pub fn render(report: &Report, writer: &mut dyn Write) -> io::Result<()> {
    let rest = Wire {
        findings: &[],
        inconclusive: &[],
        ..Wire::from(report)
    };
    let findings = |writer: &mut dyn Write| indent::write_elements(writer, &report.findings);
    let inconclusive =
        |writer: &mut dyn Write| indent::write_elements(writer, &report.inconclusive);
    let lists: [(&str, WriteElements<'_>); 2] =
        [("findings", &findings), ("inconclusive", &inconclusive)];
    indent::write_with(writer, &rest, &lists)?;
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

/// The result of a run.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "ztvet/report/v1")]
struct Wire<'a> {
    /// `ztvet/report/v1`.
    #[schemars(extend("const" = crate::report::SCHEMA))]
    schema: &'a str,
    /// What made the report.
    tool: &'a Tool,
    /// The evaluation's time, RFC 3339 in UTC.
    now: &'a str,
    /// Counts.
    summary: &'a Summary,
    /// How subjects hold to the principles and practices.
    posture: &'a Posture,
    /// Rules that wait for words of the organisation, once a run.
    not_configured: &'a [NotConfigured],
    /// Violations, ordered by path, place and rule.
    findings: &'a [Finding],
    /// What became of each waiver, in the order of ztvet.yaml.
    waivers: &'a [WaiverUse],
    /// The baseline that the findings were compared with, where there was one.
    baseline: &'a Option<Compared>,
    /// What could not be judged, and which fact was missing.
    inconclusive: &'a [Inconclusive],
    /// What could not be read, loaded or evaluated.
    errors: &'a [Problem],
    /// What is worth saying and is no error.
    notes: &'a [Problem],
    /// Files that were looked at and not judged.
    skipped: &'a [Skipped],
}

impl<'a> From<&'a Report> for Wire<'a> {
    fn from(report: &'a Report) -> Self {
        Self {
            schema: &report.schema,
            tool: &report.tool,
            now: &report.now,
            summary: &report.summary,
            posture: &report.posture,
            not_configured: &report.not_configured,
            findings: &report.findings,
            waivers: &report.waivers,
            baseline: &report.baseline,
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
