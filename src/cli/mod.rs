//! The command line: the only place that knows arguments, exit codes and the terminal.

mod check;
mod completions;
mod diff;
mod eval;
mod init;
mod man;
mod normalize;
mod options;
mod output;
mod outputs;
mod problems;
mod rules;
mod test;
mod tokens;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};
use ztvet::document::is_token;
use ztvet::report::Verdict;

pub use self::problems::print_error;

/// Judges applications on the Microsoft identity platform by the principles of Zero Trust.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100, arg_required_else_help = true)]
#[command(
    after_help = "Exit codes: 0 nothing at or above the threshold; 1 findings at or above it; \
                        2 something could not be read, loaded or evaluated."
)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Judge application registrations, tokens and what else of the platform
    Check(check::Args),
    /// Tell what a change does to the security of applications
    Diff(diff::Args),
    /// Print the input that policies see
    Normalize(normalize::Args),
    /// List the rules, or explain one
    Rules(rules::Args),
    /// Run the unit tests of policies
    Test(test::Args),
    /// Ask a Rego query of an input
    Eval(eval::Args),
    /// Write a commented ztvet.yaml, a first policy and its test
    Init(init::Args),
    /// Print a completion script for a shell
    Completions(completions::Args),
    /// Write man pages to a directory
    Man(man::Args),
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing at or above the threshold.
    Passed,
    /// Findings at or above the threshold.
    Failed,
    /// Something could not be read, loaded or evaluated.
    Incomplete,
}

impl From<Verdict> for Outcome {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Passed => Self::Passed,
            Verdict::Failed => Self::Failed,
            Verdict::Incomplete => Self::Incomplete,
        }
    }
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Passed => 0,
            Outcome::Failed => 1,
            Outcome::Incomplete => 2,
        })
    }
}

/// A token in the arguments, which the rest of the program would repeat in its messages.
#[must_use]
pub fn has_token_in_arguments() -> bool {
    let is_token = |argument: &str| {
        let value = argument
            .split_once('=')
            .map_or(argument, |(_, value)| value);
        is_token(argument) || is_token(value)
    };
    std::env::args_os()
        .skip(1)
        .any(|argument| is_token(&argument.to_string_lossy()))
}

impl Cli {
    /// Runs the command.
    ///
    /// # Errors
    /// When it could not complete.
    pub fn run(self) -> Result<Outcome> {
        match self.command {
            Command::Check(args) => check::run(&args),
            Command::Diff(args) => diff::run(&args),
            Command::Normalize(args) => normalize::run(&args),
            Command::Rules(args) => rules::run(&args),
            Command::Test(args) => test::run(&args),
            Command::Eval(args) => eval::run(&args),
            Command::Init(args) => init::run(&args),
            Command::Completions(args) => completions::run(&args),
            Command::Man(args) => man::run(&args),
        }
    }
}
