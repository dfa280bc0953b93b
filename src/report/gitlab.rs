//! The report for the merge requests of GitLab: Code Quality.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use serde_json::{Value, json};

use crate::digest::fingerprint;
use crate::finding::{Finding, Location, Severity, Status};
use crate::report::table::text::list;
use crate::report::{MissingFact, Problem, Report, indent};

/// Where GitLab is told that something has no file. It wants one.
const NO_FILE: &str = ".";

/// Writes the report as a list of issues. GitLab knows files by their path in the repository, so an absolute path under
/// `root` becomes a relative one.
///
/// GitLab knows no accepted findings: those that are waived or in the baseline are issues of the severity `info` that say
/// so. Errors of the run are blockers.
///
/// # Errors
/// What the writer returns.
pub fn render(report: &Report, root: Option<&Path>, writer: &mut dyn Write) -> io::Result<()> {
    let mut issues = Issues {
        root,
        seen: BTreeMap::new(),
        all: Vec::new(),
    };
    for error in &report.errors {
        issues.error(error);
    }
    for finding in &report.findings {
        issues.finding(finding);
    }
    for missing in report.missing_facts() {
        issues.inconclusive(report, &missing);
    }
    indent::write(writer, &issues.all)?;
    writeln!(writer)
}

struct Issues<'a> {
    root: Option<&'a Path>,
    /// How often a fingerprint was used. GitLab drops the second issue of a fingerprint.
    seen: BTreeMap<String, usize>,
    all: Vec<Value>,
}

impl Issues<'_> {
    fn finding(&mut self, finding: &Finding) {
        let (severity, decided) = match (finding.status, &finding.waiver) {
            (Status::Open, _) => (severity(finding.severity), String::new()),
            (Status::Baseline, _) => ("info", "in the baseline: ".to_owned()),
            (Status::Waived, None) => ("info", "waived: ".to_owned()),
            (Status::Waived, Some(waiver)) => {
                ("info", format!("waived until {}: ", waiver.expires))
            }
        };
        let text = format!("{decided}{}: {}", finding.rule, finding.message);
        let place = Some(&finding.location);
        self.push(&finding.rule, &text, severity, &finding.fingerprint, place);
    }

    fn error(&mut self, error: &Problem) {
        let kind = error.kind.as_str();
        let path = error.location.as_ref().map_or("", |place| &place.path);
        let fingerprint = fingerprint(&["error", kind, path, &error.message]);
        let text = format!("not everything was judged: {}", error.message);
        let name = format!("ztvet-error-{kind}");
        self.push(
            &name,
            &text,
            "blocker",
            &fingerprint,
            error.location.as_ref(),
        );
    }

    /// A fact that was missing, at the first file that lacks it.
    fn inconclusive(&mut self, report: &Report, missing: &MissingFact<'_>) {
        let MissingFact {
            fact,
            rules,
            subjects,
        } = missing;
        let lacks = |missing: &Vec<String>| missing.iter().any(|one| one == fact);
        let first = report.inconclusive.iter().find(|one| lacks(&one.missing));
        let place = first.map(|one| Location {
            path: one.path.clone(),
            ..Location::default()
        });
        let rules = list(rules.iter().copied());
        let text = format!("inconclusive without {fact}: {rules} (subjects: {subjects})");
        let fingerprint = fingerprint(&["inconclusive", fact]);
        self.push(
            "ztvet-inconclusive",
            &text,
            "info",
            &fingerprint,
            place.as_ref(),
        );
    }

    fn push(
        &mut self,
        name: &str,
        text: &str,
        severity: &str,
        fingerprint: &str,
        place: Option<&Location>,
    ) {
        let used = self.seen.entry(fingerprint.to_owned()).or_default();
        *used += 1;
        let fingerprint = match used {
            1 => fingerprint.to_owned(),
            number => format!("{fingerprint}-{number}"),
        };
        let line = place.and_then(|place| place.line).unwrap_or(1);
        let path = place.map_or_else(|| NO_FILE.to_owned(), |place| self.path(&place.path));
        self.all.push(json!({
            "description": text,
            "check_name": name,
            "fingerprint": fingerprint,
            "severity": severity,
            "location": {"path": path, "lines": {"begin": line}},
        }));
    }

    /// The path in the repository, with slashes.
    fn path(&self, path: &str) -> String {
        let inside = self
            .root
            .and_then(|root| Path::new(path).strip_prefix(root).ok());
        let inside = inside.map_or_else(|| path.to_owned(), |path| path.display().to_string());
        let inside = if cfg!(windows) {
            inside.replace('\\', "/")
        } else {
            inside
        };
        inside.trim_start_matches("./").to_owned()
    }
}

const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "blocker",
        Severity::High => "critical",
        Severity::Medium => "major",
        Severity::Low => "minor",
        Severity::Info => "info",
    }
}

#[cfg(test)]
mod tests;
