//! The results of tests as JUnit XML, for build servers: a suite a package, a case a test.

use std::io::{self, Write};

use super::{Leaf, leaves};
use crate::testing::{Status, TestReport, TestResult};

/// Writes the results.
///
/// # Errors
/// What the writer returns.
pub fn render(report: &TestReport, writer: &mut dyn Write) -> io::Result<()> {
    writeln!(writer, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(
        writer,
        r#"<testsuites name="ztvet test"{}>"#,
        counts(&report.tests)
    )?;
    for suite in report
        .tests
        .chunk_by(|one, other| one.package == other.package)
    {
        let package = suite.first().map_or("", |test| test.package.as_str());
        writeln!(
            writer,
            r#"  <testsuite name="data.{}"{}>"#,
            attribute(package),
            counts(suite)
        )?;
        for leaf in suite.iter().flat_map(leaves) {
            render_leaf(&leaf, writer)?;
        }
        writeln!(writer, "  </testsuite>")?;
    }
    writeln!(writer, "</testsuites>")
}

/// The numbers of a suite, as attributes.
fn counts(tests: &[TestResult]) -> String {
    let all: Vec<Status> = tests.iter().flat_map(TestResult::leaves).collect();
    let count = |status| all.iter().filter(|leaf| **leaf == status).count();
    let seconds: f64 = tests.iter().map(|test| test.duration.as_secs_f64()).sum();
    format!(
        r#" tests="{}" failures="{}" errors="{}" skipped="{}" time="{seconds:.6}""#,
        all.len(),
        count(Status::Failed),
        count(Status::Error),
        count(Status::Todo),
    )
}

fn render_leaf(leaf: &Leaf<'_>, writer: &mut dyn Write) -> io::Result<()> {
    let test = leaf.test;
    // The cases of a test are run in one evaluation, so each has its share of the time.
    let share = test.cases.len().max(1);
    #[allow(clippy::cast_precision_loss, reason = "tests have few cases")]
    let seconds = test.duration.as_secs_f64() / share as f64;
    write!(
        writer,
        r#"    <testcase classname="data.{}" name="{}" file="{}" line="{}" time="{seconds:.6}""#,
        attribute(&test.package),
        attribute(&leaf.name()),
        attribute(&test.path),
        test.line,
    )?;
    let output = test.output.join("\n");
    let element = match leaf.status {
        Status::Passed if output.is_empty() => return writeln!(writer, "/>"),
        Status::Passed => None,
        Status::Failed => Some("failure"),
        Status::Error => Some("error"),
        Status::Todo => Some("skipped"),
    };
    writeln!(writer, ">")?;
    if let Some(element) = element {
        render_reason(leaf, element, writer)?;
    }
    if !output.is_empty() {
        writeln!(writer, "      <system-out>{}</system-out>", text(&output))?;
    }
    writeln!(writer, "    </testcase>")
}

fn render_reason(leaf: &Leaf<'_>, element: &str, writer: &mut dyn Write) -> io::Result<()> {
    if leaf.status == Status::Todo {
        return writeln!(writer, r#"      <skipped message="to do"/>"#);
    }
    let reasons = leaf.reasons();
    let message = reasons.first().map_or("it did not pass", String::as_str);
    write!(
        writer,
        r#"      <{element} message="{}" type="{element}">"#,
        attribute(message)
    )?;
    let place = format!("{}:{}", leaf.test.path, leaf.test.line);
    let lines = std::iter::once(place).chain(reasons.iter().cloned());
    let body: Vec<String> = lines.collect();
    writeln!(writer, "{}</{element}>", text(&body.join("\n")))
}

/// Text as XML has it. Characters that XML cannot hold are replaced.
fn text(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\t' | '\n' => escaped.push(character),
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            control if control.is_control() => escaped.push('\u{fffd}'),
            other => escaped.push(other),
        }
    }
    escaped
}

/// The same in an attribute, where line breaks would be lost.
fn attribute(value: &str) -> String {
    let escaped = text(value).replace('"', "&quot;");
    escaped.replace('\n', "&#10;").replace('\t', "&#9;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_escaped() {
        assert_eq!(
            text("a < b & c > \u{1b}[1m"),
            "a &lt; b &amp; c &gt; \u{fffd}[1m"
        );
        assert_eq!(attribute("\"x\"\n"), "&quot;x&quot;&#10;");
    }
}
