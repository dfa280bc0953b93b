//! What a pipeline shows beside the code: findings, errors, and what could not be judged, each at its place.

use std::io::{self, Write};

use crate::finding::{Finding, Location, Severity, Status};
use crate::report::table::text::{clean, count, show_place, show_subject};
use crate::report::table::waived::waived;
use crate::report::table::{closing, inconclusive, not_configured, skipped};
use crate::report::{Problem, Report};

/// What a pipeline shows.
pub(super) struct Issue<'a> {
    pub(super) level: Level,
    pub(super) place: Option<&'a Location>,
    /// The rule, or what went wrong.
    pub(super) code: String,
    pub(super) title: String,
    /// What to say, in lines.
    pub(super) lines: Vec<String>,
}

/// How a pipeline shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    Error,
    Warning,
    Notice,
}

impl Level {
    const fn of(severity: Severity) -> Self {
        match severity {
            Severity::Critical | Severity::High => Self::Error,
            Severity::Medium => Self::Warning,
            Severity::Low | Severity::Info => Self::Notice,
        }
    }
}

/// All issues. Pipelines show few of a level, so what matters most comes first: errors, what was not judged, and then
/// open findings, the worst first.
pub(super) fn issues(report: &Report) -> Vec<Issue<'_>> {
    let errors = report.errors.iter().map(|e| problem(e, Level::Error));
    let missing = (!report.inconclusive.is_empty()).then(|| missing(report));
    let findings = report.riskiest(Status::Open).into_iter().map(finding);
    let notes = report.notes.iter().map(|n| problem(n, Level::Notice));
    errors.chain(missing).chain(findings).chain(notes).collect()
}

fn finding(finding: &Finding) -> Issue<'_> {
    let mut lines = vec![
        clean(&finding.message),
        format!("in {}", clean(&show_subject(&finding.subject))),
    ];
    let help = clean(&finding.remediation);
    lines.extend((!help.is_empty()).then(|| format!("help: {help}")));
    lines.extend(
        finding
            .references
            .first()
            .map(|url| format!("see: {}", clean(url))),
    );
    Issue {
        level: Level::of(finding.severity),
        place: Some(&finding.location),
        code: clean(&finding.rule),
        title: clean(&format!(
            "{}[{}]: {}",
            finding.severity, finding.rule, finding.title
        )),
        lines,
    }
}

fn problem(problem: &Problem, level: Level) -> Issue<'_> {
    let help = problem.help.as_ref();
    let help = help.map(|help| format!("help: {}", clean(help)));
    let word = if level == Level::Error {
        "error"
    } else {
        "note"
    };
    Issue {
        level,
        place: problem.location.as_ref(),
        code: problem.kind.as_str().to_owned(),
        title: format!("ztvet: {} {word}", problem.kind.as_str()),
        lines: std::iter::once(clean(&problem.message))
            .chain(help)
            .collect(),
    }
}

fn missing(report: &Report) -> Issue<'_> {
    let checks = count(report.inconclusive.len(), "check");
    let first = format!("{checks} lacked a fact that was not collected or is not known yet");
    let facts = inconclusive(report);
    let facts = facts.iter().map(|line| clean(line));
    Issue {
        level: Level::Warning,
        place: None,
        code: "inconclusive".to_owned(),
        title: "ztvet: inconclusive".to_owned(),
        lines: std::iter::once(first).chain(facts).collect(),
    }
}

/// Writes what does not count, and the end of the report, for who reads the log: each line a text of its own, that no
/// pipeline takes for a command.
pub(super) fn write_rest(
    report: &Report,
    group: (&str, &str),
    writer: &mut dyn Write,
) -> io::Result<()> {
    let lines = rest(report);
    if !lines.is_empty() {
        writeln!(writer, "{}Waived, known, and not judged", group.0)?;
        for line in lines {
            writeln!(writer, "{}", clean(&line))?;
        }
        writeln!(writer, "{}", group.1)?;
    }
    closing(report, writer)
}

fn rest(report: &Report) -> Vec<String> {
    let labelled = |label: &str, lines: Vec<String>| -> Vec<String> {
        let line = |line: String| format!("{label}: {line}");
        lines.into_iter().map(line).collect()
    };
    let known = report.riskiest(Status::Baseline).into_iter();
    let known = known.map(|finding| {
        let (place, message) = (show_place(&finding.location), &finding.message);
        format!(
            "{} {} at {place}: {message}",
            finding.severity, finding.rule
        )
    });
    [
        labelled("waived", waived(report)),
        labelled("in the baseline", known.collect()),
        labelled("not configured", not_configured(report)),
        labelled("skipped", skipped(report)),
    ]
    .concat()
}
