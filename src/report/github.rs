//! The report for GitHub Actions: workflow commands that become annotations, and a log to read.

use std::io::{self, Write};

use crate::finding::Location;
use crate::report::Report;
use crate::report::issue::{Issue, Level, issues, write_rest};
use crate::report::table::text::clean;

/// GitHub shows that many annotations of a level and step, and drops the others.
const SHOWN: usize = 10;

/// Writes the report as workflow commands. What matters most comes first, because GitHub shows only the first ten errors,
/// warnings and notices of a step; the log has all.
///
/// # Errors
/// What the writer returns.
pub fn render(report: &Report, writer: &mut dyn Write) -> io::Result<()> {
    let issues = issues(report);
    if let Some(text) = hint(&issues) {
        command("notice", &[("title", "ztvet".to_owned())], &text, writer)?;
    }
    for issue in &issues {
        let mut properties = issue.place.map(place).unwrap_or_default();
        properties.push(("title", issue.title.clone()));
        let text = issue.lines.join("\n");
        command(name(issue.level), &properties, &text, writer)?;
    }
    write_rest(report, ("::group::", "::endgroup::"), writer)
}

const fn name(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Notice => "notice",
    }
}

/// What GitHub will not show, and where it is.
fn hint(issues: &[Issue<'_>]) -> Option<String> {
    let hidden = |level| {
        let all = issues.iter().filter(|issue| issue.level == level).count();
        // The hint is a notice itself.
        let shown = if level == Level::Notice {
            SHOWN - 1
        } else {
            SHOWN
        };
        (all > shown).then(|| format!("{} of {all} {}s", all - shown, name(level)))
    };
    let hidden = [Level::Error, Level::Warning, Level::Notice].map(hidden);
    let hidden: Vec<String> = hidden.into_iter().flatten().collect();
    (!hidden.is_empty()).then(|| {
        format!(
            "GitHub shows ten annotations of a kind and step, so {} are in the log alone.\n\
             A job summary has all: add `--format markdown --output \"$GITHUB_STEP_SUMMARY\"`.",
            hidden.join(", ")
        )
    })
}

/// The place, where GitHub can show it: columns only within a line.
fn place(place: &Location) -> Vec<(&'static str, String)> {
    if place.path == "-" {
        return Vec::new();
    }
    let path = place.path.strip_prefix("./").unwrap_or(&place.path);
    let mut properties = vec![("file", clean(path))];
    let Some(line) = place.line else {
        return properties;
    };
    properties.push(("line", line.to_string()));
    properties.extend(place.end_line.map(|end| ("endLine", end.to_string())));
    if place.end_line.is_none_or(|end| end == line) {
        properties.extend(place.column.map(|column| ("col", column.to_string())));
        properties.extend(place.end_column.map(|end| ("endColumn", end.to_string())));
    }
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
        .map(|(key, value)| format!("{key}={}", property(value)))
        .collect();
    writeln!(writer, "::{name} {}::{}", properties.join(","), data(text))
}

/// Text after a command.
fn data(text: &str) -> String {
    let text = text.replace('%', "%25");
    text.replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, where more characters have a meaning.
fn property(value: &str) -> String {
    data(value).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests;
