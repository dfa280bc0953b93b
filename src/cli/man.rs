//! `ztvet man`

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::{Command, CommandFactory};
use clap_mangen::Man;

use super::{Cli, Outcome, output};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Where to, such as /usr/local/share/man/man1
    #[arg(value_name = "DIR")]
    directory: PathBuf,
}

pub fn run(args: &Args) -> Result<Outcome> {
    let directory = &args.directory;
    fs::create_dir_all(directory)
        .with_context(|| format!("cannot write `{}`", directory.display()))?;
    let mut command = Cli::command().disable_help_subcommand(true);
    // The pages of the subcommands are called by their whole names.
    command.build();
    for subcommand in command.get_subcommands() {
        write(directory, subcommand)?;
    }
    write(directory, &command)?;
    Ok(Outcome::Passed)
}

fn write(directory: &Path, command: &Command) -> Result<()> {
    let page = Man::new(command.clone()).source(concat!("ztvet ", env!("CARGO_PKG_VERSION")));
    let file = directory.join(page.get_filename());
    output::write(Some(&file), |writer| page.render(writer))
}
