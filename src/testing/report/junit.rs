//! The results of tests as JUnit XML, for build servers: a suite a package, a case a test.

use std::io::{self, Write};

use jiff::Timestamp;

use super::{Leaf, leaves};
use crate::testing::{Status, TestReport, TestResult};

/// Writes the results by the schema of Apache Ant, which the others extend. `started` is when the tests were run.
///
/// # Errors
/// What the writer returns.
pub fn render(report: &TestReport, started: Timestamp, writer: &mut dyn Write) -> io::Result<()> {
    writeln!(
        writer,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>"
    )?;
    let suites = report
        .tests
        .chunk_by(|one, other| one.package == other.package);
    for (id, suite) in suites.enumerate() {
        let package = attribute(suite.first().map_or("", |test| test.package.as_str()));
        write!(
            writer,
            r#"  <testsuite id="{id}" package="data" name="{package}" hostname="localhost""#
        )?;
        let started = started.strftime("%Y-%m-%dT%H:%M:%S");
        writeln!(writer, r#" timestamp="{started}"{}>"#, counts(suite))?;
        writeln!(writer, "    <properties/>")?;
        for leaf in suite.iter().flat_map(leaves) {
            render_leaf(&leaf, writer)?;
        }
        let output: Vec<&str> = suite
            .iter()
            .flat_map(|test| &test.output)
            .map(String::as_str)
            .collect();
        writeln!(
            writer,
            "    <system-out>{}</system-out>",
            text(&output.join("\n"))
        )?;
        writeln!(writer, "    <system-err/>\n  </testsuite>")?;
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
    let (class, name) = (attribute(&test.package), attribute(&leaf.name()));
    write!(
        writer,
        r#"    <testcase classname="data.{class}" name="{name}" time="{seconds:.6}""#
    )?;
    let element = match leaf.status {
        Status::Passed => return writeln!(writer, "/>"),
        Status::Todo => {
            return writeln!(
                writer,
                ">\n      <skipped message=\"to do\"/>\n    </testcase>"
            );
        }
        Status::Failed => "failure",
        Status::Error => "error",
    };
    let reasons = leaf.reasons();
    let message = attribute(reasons.first().map_or("it did not pass", String::as_str));
    let place = format!("{}:{}:{}", test.path, test.line, test.column);
    let lines: Vec<&str> = std::iter::once(place.as_str())
        .chain(reasons.iter().map(String::as_str))
        .collect();
    let body = text(&lines.join("\n"));
    writeln!(
        writer,
        ">\n      <{element} message=\"{message}\" type=\"{element}\">{body}</{element}>"
    )?;
    writeln!(writer, "    </testcase>")
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
