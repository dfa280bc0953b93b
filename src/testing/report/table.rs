//! The results of tests, for people.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::{reasons, time};
use crate::report::table::clean;
use crate::testing::{Coverage, Status, TestReport, TestResult};

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

/// What is shown.
#[derive(Debug, Clone, Copy, Default)]
pub struct TableOptions {
    /// The tests that passed as well, with what they printed.
    pub verbose: bool,
    /// Which lines were evaluated, where that was noted.
    pub coverage: bool,
    /// How many of the slowest tests.
    pub slowest: usize,
}

/// Writes the tests that did not pass, and why; then counts.
///
/// # Errors
/// What the writer returns.
pub fn render(
    report: &TestReport,
    writer: &mut dyn Write,
    options: &TableOptions,
) -> io::Result<()> {
    let mut path = "";
    for test in &report.tests {
        if test.status == Status::Passed && !options.verbose {
            continue;
        }
        if test.path != path {
            let gap = if path.is_empty() { "" } else { "\n" };
            writeln!(writer, "{gap}{BOLD}{}{BOLD:#}", clean(&test.path))?;
            path = &test.path;
        }
        render_test(test, writer, options.verbose)?;
    }
    if !path.is_empty() {
        writeln!(writer)?;
    }
    if let Some(coverage) = report.coverage.as_ref().filter(|_| options.coverage) {
        render_coverage(coverage, writer)?;
    }
    let slowest = report.slowest(options.slowest);
    if !slowest.is_empty() {
        writeln!(writer, "slowest")?;
    }
    for test in slowest {
        writeln!(
            writer,
            "  {:>9}  {}",
            time(test.duration),
            clean(&test.full_name())
        )?;
    }
    render_counts(report, writer)
}

fn style(status: Status) -> (Style, &'static str) {
    let (color, word) = match status {
        Status::Passed => (AnsiColor::BrightGreen, "pass"),
        Status::Failed => (AnsiColor::BrightRed, "FAIL"),
        Status::Error => (AnsiColor::BrightRed, "ERROR"),
        Status::Todo => (AnsiColor::BrightYellow, "todo"),
    };
    (color.on_default().bold(), word)
}

fn render_test(test: &TestResult, writer: &mut dyn Write, verbose: bool) -> io::Result<()> {
    let (style, word) = style(test.status);
    write!(writer, "  {style}{word:5}{style:#} {}", clean(&test.name))?;
    let place = format!("line {}", test.line);
    match test.status {
        Status::Todo => writeln!(writer, " {DIM}({place}){DIM:#}")?,
        _ => writeln!(writer, " {DIM}({place}, {}){DIM:#}", time(test.duration))?,
    }
    for line in reasons(test.message.as_deref(), &test.stops) {
        writeln!(writer, "        {}", clean(&line))?;
    }
    for case in &test.cases {
        if case.status == Status::Passed && !verbose {
            continue;
        }
        let (style, word) = self::style(case.status);
        let name = clean(&case.name.join(" / "));
        writeln!(writer, "        {style}{word}{style:#} {name}")?;
        for line in reasons(None, &case.stops) {
            writeln!(writer, "          {}", clean(&line))?;
        }
    }
    if !test.output.is_empty() {
        writeln!(writer, "        {DIM}printed{DIM:#}")?;
    }
    for line in test.output.iter().flat_map(|line| line.lines()) {
        writeln!(writer, "          {}", clean(line))?;
    }
    Ok(())
}

fn render_coverage(coverage: &Coverage, writer: &mut dyn Write) -> io::Result<()> {
    let width = coverage.files.iter().map(|file| file.path.chars().count());
    let width = width.max().unwrap_or(0);
    writeln!(writer, "coverage")?;
    for file in &coverage.files {
        let (covered, all) = file.lines();
        write!(
            writer,
            "  {:width$}  {:5.1} %  {covered:>4}/{all}",
            clean(&file.path),
            file.percent()
        )?;
        match file.uncovered_ranges() {
            ranges if ranges.is_empty() => writeln!(writer)?,
            ranges => writeln!(writer, "  not evaluated: {ranges}")?,
        }
    }
    let (covered, all) = coverage.lines();
    writeln!(
        writer,
        "  {:width$}  {:5.1} %  {covered:>4}/{all}\n",
        "all",
        coverage.percent()
    )
}

fn render_counts(report: &TestReport, writer: &mut dyn Write) -> io::Result<()> {
    let errors = report.count(Status::Error);
    let counts = [
        (Status::Passed, "passed"),
        (Status::Failed, "failed"),
        (Status::Error, if errors == 1 { "error" } else { "errors" }),
        (Status::Todo, "to do"),
    ];
    let counts = counts.map(|(status, word)| (report.count(status), word));
    let shown = counts
        .iter()
        .filter(|(count, word)| *count > 0 || *word != "to do");
    let shown: Vec<String> = shown
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    let word = if report.has_passed() { "ok" } else { "FAILED" };
    writeln!(
        writer,
        "{BOLD}{word}{BOLD:#}: {} in {}",
        shown.join(", "),
        time(report.duration)
    )
}
