//! The `ztvet` command.

use std::process::ExitCode;

use clap::Parser;

mod cli;

fn main() -> ExitCode {
    match cli::Cli::parse().run() {
        Ok(outcome) => outcome.into(),
        Err(error) => {
            cli::print_error(&format!("{error:#}"));
            cli::Outcome::Incomplete.into()
        }
    }
}
