//! Errors and notes on standard error.

use anstyle::{AnsiColor, Style};
use ztvet::report::Problem;
use ztvet::report::table::clean;

const ERROR: Style = AnsiColor::BrightRed.on_default().bold();
const NOTE: Style = AnsiColor::BrightBlue.on_default().bold();

/// Prints an error of the run.
pub fn print_error(message: &str) {
    anstream::eprintln!("{ERROR}error{ERROR:#}: {}", clean(message));
}

/// Prints what is worth saying and is no error.
pub fn print_note(message: &str) {
    anstream::eprintln!("{NOTE}note{NOTE:#}: {}", clean(message));
}

/// Prints errors, then notes.
pub fn print(errors: &[Problem], notes: &[Problem]) {
    for problem in errors {
        line(&format!("{ERROR}error{ERROR:#}"), problem);
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
    let text = format!("{place}{}", problem.message);
    anstream::eprintln!("{label}: {}", clean(&text));
    if let Some(help) = &problem.help {
        anstream::eprintln!("  help: {}", clean(help));
    }
}
