//! JUnit XML, by the schema of Apache Ant, which the others extend: suites of cases.

use std::io::{self, Write};

/// Cases that belong together.
pub(crate) struct Suite {
    /// What all suites of a report are of.
    pub(crate) package: &'static str,
    pub(crate) name: String,
    pub(crate) cases: Vec<Case>,
    /// What was printed meanwhile.
    pub(crate) output: String,
}

/// What passed, or did not.
pub(crate) struct Case {
    pub(crate) class: String,
    pub(crate) name: String,
    pub(crate) seconds: f64,
    pub(crate) outcome: Outcome,
}

/// What became of a case.
pub(crate) enum Outcome {
    Passed,
    Skipped(Reason),
    Failed(Reason),
    Error(Reason),
}

/// Why a case did not pass.
#[derive(Default)]
pub(crate) struct Reason {
    /// In one line.
    pub(crate) message: String,
    /// Of which kind.
    pub(crate) kind: String,
    /// In full.
    pub(crate) text: String,
}

/// Writes the suites. `started` is a time without its zone, as the schema wants it.
pub(crate) fn write(suites: &[Suite], started: &str, writer: &mut dyn Write) -> io::Result<()> {
    writeln!(
        writer,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>"
    )?;
    for (id, suite) in suites.iter().enumerate() {
        let (package, name) = (attribute(suite.package), attribute(&suite.name));
        write!(
            writer,
            r#"  <testsuite id="{id}" package="{package}" name="{name}" hostname="localhost""#
        )?;
        let (started, counts) = (attribute(started), counts(&suite.cases));
        writeln!(writer, r#" timestamp="{started}"{counts}>"#)?;
        writeln!(writer, "    <properties/>")?;
        for case in &suite.cases {
            write_case(case, writer)?;
        }
        let output = text(&suite.output);
        writeln!(writer, "    <system-out>{output}</system-out>")?;
        writeln!(writer, "    <system-err/>\n  </testsuite>")?;
    }
    writeln!(writer, "</testsuites>")
}

/// The numbers of a suite, as attributes.
fn counts(cases: &[Case]) -> String {
    let (mut failures, mut errors, mut skipped) = (0, 0, 0);
    for case in cases {
        match case.outcome {
            Outcome::Passed => {}
            Outcome::Skipped(_) => skipped += 1,
            Outcome::Failed(_) => failures += 1,
            Outcome::Error(_) => errors += 1,
        }
    }
    let seconds: f64 = cases.iter().map(|case| case.seconds).sum();
    format!(
        r#" tests="{}" failures="{failures}" errors="{errors}" skipped="{skipped}" time="{seconds:.6}""#,
        cases.len(),
    )
}

fn write_case(case: &Case, writer: &mut dyn Write) -> io::Result<()> {
    let (class, name, seconds) = (attribute(&case.class), attribute(&case.name), case.seconds);
    write!(
        writer,
        r#"    <testcase classname="{class}" name="{name}" time="{seconds:.6}""#
    )?;
    let (element, reason) = match &case.outcome {
        Outcome::Passed => return writeln!(writer, "/>"),
        Outcome::Skipped(reason) => ("skipped", reason),
        Outcome::Failed(reason) => ("failure", reason),
        Outcome::Error(reason) => ("error", reason),
    };
    let message = attribute(&reason.message);
    write!(writer, ">\n      <{element} message=\"{message}\"")?;
    if element != "skipped" {
        write!(writer, " type=\"{}\"", attribute(&reason.kind))?;
    }
    if reason.text.is_empty() {
        writeln!(writer, "/>")?;
    } else {
        writeln!(writer, ">{}</{element}>", text(&reason.text))?;
    }
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
