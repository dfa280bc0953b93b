//! Coverage for programs: in the form of `opa test --coverage`, and as LCOV for editors and build servers.

use std::collections::BTreeSet;
use std::io::{self, Write};

use serde_json::{Map, Value, json};

use crate::testing::Coverage;

/// Writes the coverage as OPA does.
///
/// # Errors
/// What the writer returns.
pub fn json(coverage: &Coverage, writer: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *writer, &value(coverage))?;
    writeln!(writer)
}

/// Writes the coverage as an LCOV trace file. How often a line was evaluated is not known: 1 is at least once.
///
/// # Errors
/// What the writer returns.
pub fn lcov(coverage: &Coverage, writer: &mut dyn Write) -> io::Result<()> {
    for file in &coverage.files {
        writeln!(writer, "TN:\nSF:{}", file.path)?;
        let all: BTreeSet<&usize> = file.covered.iter().chain(&file.uncovered).collect();
        for line in all {
            writeln!(
                writer,
                "DA:{line},{}",
                u8::from(file.covered.contains(line))
            )?;
        }
        let (covered, all) = file.lines();
        writeln!(writer, "LF:{all}\nLH:{covered}\nend_of_record")?;
    }
    Ok(())
}

pub(super) fn value(coverage: &Coverage) -> Value {
    let files = coverage.files.iter().map(|file| {
        let (covered, all) = file.lines();
        let value = json!({
            "covered": ranges(&file.covered),
            "not_covered": ranges(&file.uncovered),
            "covered_lines": covered,
            "not_covered_lines": all - covered,
            "coverage": rounded(file.percent()),
        });
        (file.path.clone(), value)
    });
    let (covered, all) = coverage.lines();
    json!({
        "files": files.collect::<Map<_, _>>(),
        "covered_lines": covered,
        "not_covered_lines": all - covered,
        "coverage": rounded(coverage.percent()),
    })
}

fn rounded(percent: f64) -> f64 {
    (percent * 100.0).round() / 100.0
}

fn ranges(lines: &BTreeSet<usize>) -> Vec<Value> {
    let shown = crate::testing::coverage::ranges(lines).into_iter();
    shown
        .map(|(first, last)| json!({"start": {"row": first}, "end": {"row": last}}))
        .collect()
}
