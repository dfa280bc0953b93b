//! The results of tests in the Test Anything Protocol, version 14.

use std::io::{self, Write};

use super::leaves;
use crate::testing::{Status, TestReport};

/// Writes the results, one line a test or case, with what went wrong below it in YAML.
///
/// # Errors
/// What the writer returns.
pub fn render(report: &TestReport, writer: &mut dyn Write) -> io::Result<()> {
    let leaves: Vec<_> = report.tests.iter().flat_map(leaves).collect();
    writeln!(writer, "TAP version 14\n1..{}", leaves.len())?;
    for (index, leaf) in leaves.iter().enumerate() {
        let number = index + 1;
        let name = description(&format!("data.{}.{}", leaf.test.package, leaf.name()));
        match leaf.status {
            Status::Passed => writeln!(writer, "ok {number} - {name}")?,
            // By the protocol a test that is to do does not fail the run.
            Status::Todo => writeln!(writer, "not ok {number} - {name} # TODO not run")?,
            Status::Failed | Status::Error => {
                writeln!(writer, "not ok {number} - {name}\n  ---")?;
                writeln!(
                    writer,
                    "  at: {}",
                    quoted(&format!("{}:{}", leaf.test.path, leaf.test.line))
                )?;
                writeln!(writer, "  reasons:")?;
                for reason in leaf.reasons() {
                    writeln!(writer, "    - {}", quoted(&reason))?;
                }
                writeln!(writer, "  ...")?;
            }
        }
    }
    Ok(())
}

/// A `#` would start a directive, and a line break another line.
fn description(name: &str) -> String {
    let one_line = name.replace(['\n', '\r'], " ");
    one_line.replace('\\', "\\\\").replace('#', "\\#")
}

/// A string of YAML: those of JSON are.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
