//! `ztvet check`

mod progress;
mod streamed;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::ValueEnum;
use ztvet::config::FailOn;
use ztvet::finding::Location;
use ztvet::report::sink::Collect;
use ztvet::report::{Problem, ProblemKind, Report, json, ndjson, sarif, table};
use ztvet::{Baseline, Engine};

use super::options::{Color, Policies, Reading, build};
use super::outputs::{Format, Outputs, Target};
use super::tokens::Tokens;
use super::{Outcome, output, problems};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    policies: Policies,
    #[command(flatten)]
    tokens: Tokens,
    #[command(flatten)]
    outputs: Outputs,
    /// Count only findings that are not in this baseline
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write the findings of this run as a baseline, and count none of them
    #[arg(long, value_name = "FILE", conflicts_with = "baseline")]
    write_baseline: Option<PathBuf>,
    /// Fail (exit 1) on findings of this severity and above [default: high]
    #[arg(long, value_enum, value_name = "SEVERITY")]
    fail_on: Option<Threshold>,
    /// Pass when there is nothing to judge
    #[arg(long)]
    allow_empty: bool,
    /// Number of threads [default: all cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Option<u16>,
    /// Say nothing on standard error
    #[arg(long, short)]
    quiet: bool,
    /// When to use colours
    #[arg(long, value_enum, default_value_t = Color::Auto)]
    color: Color,
}

/// [`FailOn`] as an argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Threshold {
    Critical,
    High,
    Medium,
    Low,
    Info,
    Never,
}

impl From<Threshold> for FailOn {
    fn from(threshold: Threshold) -> Self {
        match threshold {
            Threshold::Critical => Self::Critical,
            Threshold::High => Self::High,
            Threshold::Medium => Self::Medium,
            Threshold::Low => Self::Low,
            Threshold::Info => Self::Info,
            Threshold::Never => Self::Never,
        }
    }
}

pub fn run(args: &Args) -> Result<Outcome> {
    args.color.apply();
    let targets = args.outputs.targets()?;
    let (config, builder) = args.policies.load()?;
    let builder = args
        .tokens
        .apply(args.reading.apply(builder)?)?
        .jobs(args.jobs.map(usize::from))
        .allow_empty(args.allow_empty);
    let engine = build(builder)?;
    let known = args.baseline.as_deref().map(Baseline::load).transpose()?;
    let is_stream = targets.iter().all(|target| target.format.is_stream());
    let report = if is_stream && args.write_baseline.is_none() {
        match streamed::check(&engine, args, &targets, known.as_ref())? {
            Some(report) => report,
            // Who reads has seen enough.
            None => return Ok(Outcome::Incomplete),
        }
    } else {
        collected(&engine, args, &targets, known.as_ref())?
    };
    if !args.quiet && !targets.iter().any(Target::is_shown) {
        problems::print(&report.errors, &report.notes);
    }
    let fail_on = args
        .fail_on
        .map(FailOn::from)
        .or(config.fail_on)
        .unwrap_or(FailOn::High);
    Ok(outcome(&report, fail_on))
}

/// Judges all, and then writes the reports.
fn collected(
    engine: &Engine,
    args: &Args,
    targets: &[Target],
    known: Option<&Baseline>,
) -> Result<Report> {
    let mut all = Collect::default();
    let rest = progress::watched(args.quiet, |progress| {
        engine.check_into(&args.reading.paths, known, &mut all, progress)
    })?;
    let mut report = all.complete(rest);
    if let Some(file) = &args.write_baseline {
        write_baseline(file, &mut report)?;
    }
    for target in targets {
        let render = |writer: &mut dyn Write| render(args, target, engine, &report, writer);
        if target.is_shown() {
            output::write_styled(render)?;
        } else {
            output::write(target.file.as_deref(), render)?;
        }
    }
    Ok(report)
}

/// Writes what the run found, and counts none of it any more. Of a run with errors, the baseline would have holes.
fn write_baseline(file: &Path, report: &mut Report) -> Result<()> {
    let name = file.display().to_string();
    if !report.errors.is_empty() {
        report.notes.push(Problem {
            kind: ProblemKind::Config,
            message: "the baseline is not written, because this run has errors".to_owned(),
            help: None,
            location: Some(Location {
                path: name,
                ..Location::default()
            }),
        });
        return Ok(());
    }
    let baseline = Baseline::of(report).named(&name);
    output::write(Some(file), |writer| baseline.write(writer))?;
    report.compare(&baseline);
    Ok(())
}

fn outcome(report: &Report, fail_on: FailOn) -> Outcome {
    if !report.errors.is_empty() {
        Outcome::Incomplete
    } else if fail_on
        .threshold()
        .is_some_and(|severity| report.fails_at(severity))
    {
        Outcome::Failed
    } else {
        Outcome::Passed
    }
}

fn render(
    args: &Args,
    target: &Target,
    engine: &Engine,
    report: &Report,
    writer: &mut dyn Write,
) -> io::Result<()> {
    match target.format {
        Format::Table => table::render(report, writer, &table_options(args, target)),
        Format::Json => json::render(report, writer),
        Format::Ndjson => ndjson::render(report, writer),
        Format::Sarif => {
            let rules: Vec<sarif::RuleInfo> = engine.rules().map(Into::into).collect();
            sarif::render(report, &rules, writer)
        }
    }
}

/// Colours are always written to standard output, whose stream drops them where they are not wanted.
fn table_options(args: &Args, target: &Target) -> table::TableOptions {
    const WIDTH_WITHOUT_TERMINAL: usize = 100;
    let terminal = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    table::TableOptions {
        width: terminal.unwrap_or(WIDTH_WITHOUT_TERMINAL),
        color: target.file.is_none() || args.color == Color::Always,
    }
}
