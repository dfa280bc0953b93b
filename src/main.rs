//! The `ztvet` command.

use std::process::ExitCode;

use clap::Parser;

mod cli;

#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const TOKEN_IN_ARGUMENTS: &str = "a token is not read from an argument, which other users of the machine and the \
    shell's history see: put it in a file, or pipe it to `ztvet check -`";

fn main() -> ExitCode {
    if cli::has_token_in_arguments() {
        cli::print_error(TOKEN_IN_ARGUMENTS);
        return cli::Outcome::Incomplete.into();
    }
    match cli::Cli::parse().run() {
        Ok(outcome) => outcome.into(),
        Err(error) => {
            cli::print_error(&format!("{error:#}"));
            cli::Outcome::Incomplete.into()
        }
    }
}
