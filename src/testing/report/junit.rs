//! The results of tests as JUnit XML, for build servers: a suite a package, a case a test.

use std::io::{self, Write};

use jiff::Timestamp;

use super::{Leaf, leaves};
use crate::junit::{self, Case, Outcome, Reason, Suite};
use crate::testing::{Status, TestReport, TestResult};

/// Writes the results. `started` is when the tests were run.
///
/// # Errors
/// What the writer returns.
pub fn render(report: &TestReport, started: Timestamp, writer: &mut dyn Write) -> io::Result<()> {
    let packages = report
        .tests
        .chunk_by(|one, other| one.package == other.package);
    let suites: Vec<Suite> = packages.map(suite).collect();
    let started = started.strftime("%Y-%m-%dT%H:%M:%S").to_string();
    junit::write(&suites, &started, writer)
}

fn suite(tests: &[TestResult]) -> Suite {
    let output: Vec<&str> = tests
        .iter()
        .flat_map(|test| &test.output)
        .map(String::as_str)
        .collect();
    Suite {
        package: "data",
        name: tests
            .first()
            .map_or_else(String::new, |test| test.package.clone()),
        cases: tests
            .iter()
            .flat_map(leaves)
            .map(|leaf| case(&leaf))
            .collect(),
        output: output.join("\n"),
    }
}

fn case(leaf: &Leaf<'_>) -> Case {
    let test = leaf.test;
    // The cases of a test are run in one evaluation, so each has its share of the time.
    let share = test.cases.len().max(1);
    #[allow(clippy::cast_precision_loss, reason = "tests have few cases")]
    let seconds = test.duration.as_secs_f64() / share as f64;
    let outcome = match leaf.status {
        Status::Passed => Outcome::Passed,
        Status::Todo => Outcome::Skipped(Reason {
            message: "to do".to_owned(),
            ..Reason::default()
        }),
        Status::Failed => Outcome::Failed(reason(leaf, "failure")),
        Status::Error => Outcome::Error(reason(leaf, "error")),
    };
    Case {
        class: format!("data.{}", test.package),
        name: leaf.name(),
        seconds,
        outcome,
    }
}

fn reason(leaf: &Leaf<'_>, kind: &str) -> Reason {
    let test = leaf.test;
    let reasons = leaf.reasons();
    let place = format!("{}:{}:{}", test.path, test.line, test.column);
    let lines: Vec<&str> = std::iter::once(place.as_str())
        .chain(reasons.iter().map(String::as_str))
        .collect();
    let first = reasons.first();
    Reason {
        message: first.map_or_else(|| "it did not pass".to_owned(), Clone::clone),
        kind: kind.to_owned(),
        text: lines.join("\n"),
    }
}
