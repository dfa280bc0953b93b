//! `ztvet normalize`

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::{Context, Result};
use ztvet::Engine;
use ztvet::normalize::input::Input;

use super::options::{Reading, build};
use super::output::Output;
use super::tokens::Tokens;
use super::{Outcome, problems};

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
    let mut output = Output::open(args.output.as_deref())?;
    let mut writer = Writer {
        output: &mut output,
        lines: args.ndjson,
        first: None,
        has_begun: false,
    };
    let given = engine.normalize_into(&args.reading.paths, |input| writer.input(input));
    let given = given.and_then(|rest| writer.end().map(|()| rest));
    let rest = match given.and_then(|rest| output.finish().map(|()| rest)) {
        // Who reads has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(Outcome::Incomplete),
        given => given.context("cannot write the inputs")?,
    };
    problems::print(&rest.errors, &rest.notes);
    Ok(if rest.errors.is_empty() {
        Outcome::Passed
    } else {
        Outcome::Incomplete
    })
}

/// Writes inputs as they come: one a line, or several as a list. One that is alone stands for itself.
struct Writer<'o> {
    output: &'o mut Output,
    lines: bool,
    /// The first one, until there is another.
    first: Option<Box<Input>>,
    has_begun: bool,
}

impl Writer<'_> {
    fn input(&mut self, input: Input) -> io::Result<()> {
        if self.lines {
            serde_json::to_writer(&mut *self.output, &input)?;
            return writeln!(self.output);
        }
        if self.has_begun {
            return self.element(",", &input);
        }
        let Some(first) = self.first.take() else {
            self.first = Some(Box::new(input));
            return Ok(());
        };
        self.has_begun = true;
        self.element("[", &first)?;
        self.element(",", &input)
    }

    /// An element of the list, indented.
    fn element(&mut self, before: &str, input: &Input) -> io::Result<()> {
        let text = serde_json::to_string_pretty(input)?;
        write!(self.output, "{before}")?;
        for line in text.lines() {
            write!(self.output, "\n  {line}")?;
        }
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        match self.first.take() {
            _ if self.lines => Ok(()),
            Some(only) => {
                serde_json::to_writer_pretty(&mut *self.output, &only)?;
                writeln!(self.output)
            }
            None if self.has_begun => writeln!(self.output, "\n]"),
            None => writeln!(self.output, "[]"),
        }
    }
}
