//! `ztvet normalize`

use std::path::PathBuf;

use anyhow::Result;
use ztvet::Engine;

use super::options::{Reading, build};
use super::tokens::Tokens;
use super::{Outcome, output, problems};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    tokens: Tokens,
    /// Configuration file [default: ztvet.yaml in the working directory, where there is one]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Write to a file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// One input a line
    #[arg(long)]
    ndjson: bool,
}

pub fn run(args: &Args) -> Result<Outcome> {
    let (name, config) = super::options::config(args.config.as_deref())?;
    let builder = Engine::builder().bundled()?.config(&name, config);
    let engine = build(args.tokens.apply(args.reading.apply(builder)?)?)?;
    let normalized = engine.normalize_paths(&args.reading.paths);
    let inputs = &normalized.inputs;
    output::write(args.output.as_deref(), |writer| {
        if args.ndjson {
            for input in inputs {
                serde_json::to_writer(&mut *writer, input)?;
                writeln!(writer)?;
            }
            return Ok(());
        }
        match inputs.as_slice() {
            [one] => serde_json::to_writer_pretty(&mut *writer, one)?,
            many => serde_json::to_writer_pretty(&mut *writer, many)?,
        }
        writeln!(writer)
    })?;
    problems::print(&normalized.errors, &normalized.notes);
    Ok(if normalized.errors.is_empty() {
        Outcome::Passed
    } else {
        Outcome::Incomplete
    })
}
