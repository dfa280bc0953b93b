//! The results of tests for programs: `ztvet/test/v1`.

use std::io::{self, Write};

use serde::Serialize;

use super::coverage;
use crate::explain::Stop;
use crate::report::Tool;
use crate::testing::{Case, Status, TestReport, TestResult};

/// The version of what is written.
pub const SCHEMA: &str = "ztvet/test/v1";

#[derive(Serialize)]
struct Wire<'a> {
    schema: &'a str,
    tool: Tool,
    summary: Summary,
    tests: Vec<WireTest<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    coverage: Option<serde_json::Value>,
}

#[derive(Serialize)]
struct Summary {
    passed: usize,
    failed: usize,
    errors: usize,
    todo: usize,
    duration_ms: f64,
}

#[derive(Serialize)]
struct WireTest<'a> {
    package: String,
    name: &'a str,
    location: Location<'a>,
    status: Status,
    duration_ms: f64,
    message: Option<&'a str>,
    stops: &'a [Stop],
    cases: Vec<WireCase<'a>>,
    output: &'a [String],
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct WireCase<'a> {
    name: &'a [String],
    status: Status,
    stops: &'a [Stop],
}

/// Writes the results as indented JSON with a last line end.
///
/// # Errors
/// What the writer returns.
pub fn render(report: &TestReport, writer: &mut dyn Write) -> io::Result<()> {
    let wire = Wire {
        schema: SCHEMA,
        tool: Tool::this(),
        summary: Summary {
            passed: report.count(Status::Passed),
            failed: report.count(Status::Failed),
            errors: report.count(Status::Error),
            todo: report.count(Status::Todo),
            duration_ms: report.duration.as_secs_f64() * 1e3,
        },
        tests: report.tests.iter().map(wire_test).collect(),
        coverage: report.coverage.as_ref().map(coverage::value),
    };
    serde_json::to_writer_pretty(&mut *writer, &wire)?;
    writeln!(writer)
}

fn wire_test(test: &TestResult) -> WireTest<'_> {
    WireTest {
        package: format!("data.{}", test.package),
        name: &test.name,
        location: Location {
            path: &test.path,
            line: test.line,
            column: test.column,
        },
        status: test.status,
        duration_ms: test.duration.as_secs_f64() * 1e3,
        message: test.message.as_deref(),
        stops: &test.stops,
        cases: test.cases.iter().map(wire_case).collect(),
        output: &test.output,
    }
}

fn wire_case(case: &Case) -> WireCase<'_> {
    WireCase {
        name: &case.name,
        status: case.status,
        stops: &case.stops,
    }
}
