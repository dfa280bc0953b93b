//! Errors and notes on standard error.

use anstyle::{AnsiColor, Style};
use ztvet::report::Problem;

const ERROR: Style = AnsiColor::BrightRed.on_default().bold();
const NOTE: Style = AnsiColor::BrightBlue.on_default().bold();

/// `error`, in its colour.
pub fn error_label() -> String {
    format!("{ERROR}error{ERROR:#}")
}

/// Prints errors, then notes.
pub fn print(errors: &[Problem], notes: &[Problem]) {
    for problem in errors {
        line(&error_label(), problem);
    }
    for problem in notes {
        line(&format!("{NOTE}note{NOTE:#}"), problem);
    }
}

fn line(label: &str, problem: &Problem) {
    let place = problem
        .location
        .as_ref()
        .map(|at| match (at.line, at.column) {
            (Some(line), Some(column)) => format!("{}:{line}:{column}: ", at.path),
            _ => format!("{}: ", at.path),
        });
    let place = place.unwrap_or_default();
    anstream::eprintln!("{label}: {place}{}", problem.message);
    if let Some(help) = &problem.help {
        anstream::eprintln!("  help: {help}");
    }
}
