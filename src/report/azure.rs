//! The report for Azure Pipelines: logging commands that become issues, and a log to read.

use std::io::{self, Write};

use crate::finding::Location;
use crate::report::issue::{Level, issues, write_rest};
use crate::report::table::text::clean;
use crate::report::{Report, Verdict};

/// Writes the report as logging commands, the last of which says how the task ends.
///
/// # Errors
/// What the writer returns.
pub fn render(report: &Report, verdict: Verdict, writer: &mut dyn Write) -> io::Result<()> {
    for issue in issues(report) {
        let level = match issue.level {
            Level::Error => "error",
            Level::Warning | Level::Notice => "warning",
        };
        let mut properties = vec![("type", level.to_owned())];
        properties.extend(issue.place.map(place).unwrap_or_default());
        properties.push(("code", issue.code));
        let text = format!("{}\n{}", issue.title, issue.lines.join("\n"));
        command("task.logissue", &properties, &text, writer)?;
    }
    write_rest(report, ("##[group]", "##[endgroup]"), writer)?;
    let (result, text) = result(report, verdict);
    command(
        "task.complete",
        &[("result", result.to_owned())],
        text,
        writer,
    )
}

fn result(report: &Report, verdict: Verdict) -> (&'static str, &'static str) {
    let summary = &report.summary;
    match verdict {
        Verdict::Incomplete => ("Failed", "not everything was judged"),
        Verdict::Failed => ("Failed", "findings fail the check"),
        Verdict::Passed if summary.findings.total() + summary.inconclusive > 0 => (
            "SucceededWithIssues",
            "findings, or what was inconclusive, do not fail the check",
        ),
        Verdict::Passed => ("Succeeded", "no findings"),
    }
}

fn place(place: &Location) -> Vec<(&'static str, String)> {
    if place.path == "-" {
        return Vec::new();
    }
    let path = place.path.strip_prefix("./").unwrap_or(&place.path);
    let mut properties = vec![("sourcepath", clean(path))];
    properties.extend(place.line.map(|line| ("linenumber", line.to_string())));
    properties.extend(
        place
            .column
            .map(|column| ("columnnumber", column.to_string())),
    );
    properties
}

fn command(
    name: &str,
    properties: &[(&str, String)],
    text: &str,
    writer: &mut dyn Write,
) -> io::Result<()> {
    let properties = properties.iter();
    let properties: Vec<String> = properties
        .map(|(key, value)| format!("{key}={}", escaped(value)))
        .collect();
    writeln!(
        writer,
        "##vso[{name} {}]{}",
        properties.join(";"),
        escaped(text)
    )
}

/// Text and values alike.
fn escaped(text: &str) -> String {
    let text = text.replace('%', "%AZP25").replace(';', "%3B");
    let text = text.replace('\r', "%0D").replace('\n', "%0A");
    text.replace(']', "%5D")
}

#[cfg(test)]
mod tests;
