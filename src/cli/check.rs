//! `ztvet check`

mod progress;
mod streamed;

use std::io::{self, Write};
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::ValueEnum;
use ztvet::config::FailOn;
use ztvet::finding::Location;
use ztvet::report::sarif::RuleInfo;
use ztvet::report::sink::Collect;
use ztvet::report::{
    Problem, ProblemKind, Report, azure, csv, github, gitlab, html, json, junit, markdown, ndjson,
    sarif, table,
};
use ztvet::{Baseline, Config, Engine};

use super::options::{Caching, Color, Policies, Reading, Threads, build};
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
    #[command(flatten)]
    caching: Caching,
    /// Count only findings that are not in this baseline
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write the findings of this run as a baseline, and count none of them
    #[arg(long, value_name = "FILE", conflicts_with = "baseline")]
    write_baseline: Option<PathBuf>,
    /// Fail (exit 1) on findings of this severity and above, or on any that is not in the baseline (new) [default: high]
    #[arg(long, value_enum, value_name = "WHAT")]
    fail_on: Option<Threshold>,
    /// Pass when there is nothing to judge
    #[arg(long)]
    allow_empty: bool,
    #[command(flatten)]
    threads: Threads,
    /// Say nothing on standard error
    #[arg(long, short)]
    quiet: bool,
    /// When to use colours
    #[arg(long, value_enum, default_value_t = Color::Auto)]
    color: Color,
}

/// [`FailOn`] as an argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Threshold {
    Critical,
    High,
    Medium,
    Low,
    Info,
    New,
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
            Threshold::New => Self::New,
            Threshold::Never => Self::Never,
        }
    }
}

pub fn run(args: &Args) -> Result<Outcome> {
    args.color.apply();
    args.threads.apply()?;
    let targets = args.outputs.targets()?;
    let (config, builder) = args.policies.load()?;
    let fail_on = fail_on(args, &config)?;
    let builder = args
        .caching
        .apply(args.tokens.apply(args.reading.apply(builder)?)?)
        .allow_empty(args.allow_empty);
    // The process ends with the check: nothing is gained by taking all rules apart, nor all findings.
    let engine = ManuallyDrop::new(build(builder)?);
    let known = args.baseline.as_deref().map(Baseline::load).transpose()?;
    let writing = Writing {
        args,
        engine: &engine,
        config: &config,
        fail_on,
    };
    let is_stream = targets.iter().all(|target| target.format.is_stream());
    let report = if is_stream && args.write_baseline.is_none() {
        let rules = rules(&engine, &config);
        match streamed::check(&engine, args, &targets, &rules, known.as_ref())? {
            Some(report) => report,
            // Who reads has seen enough.
            None => return Ok(Outcome::Incomplete),
        }
    } else {
        collected(&writing, &targets, known.as_ref())?
    };
    let report = ManuallyDrop::new(report);
    if !args.quiet && !targets.iter().any(Target::is_shown) {
        problems::print(&report.errors, &report.notes);
    }
    Ok(report.verdict(fail_on).into())
}

/// What fails the check: what is said here, else in the configuration. What is new cannot be told without a baseline.
fn fail_on(args: &Args, config: &Config) -> Result<FailOn> {
    let said = args.fail_on.map(FailOn::from);
    let fail_on = said.or(config.fail_on).unwrap_or_default();
    let has_baseline = args.baseline.is_some() || args.write_baseline.is_some();
    if fail_on == FailOn::New && !has_baseline {
        let who = if said.is_some() {
            "`--fail-on new`"
        } else {
            "`fail_on: new` in the configuration"
        };
        bail!(
            "{who} needs a baseline to tell what is new: name one with `--baseline FILE`, and write the first with \
             `--write-baseline FILE`"
        );
    }
    Ok(fail_on)
}

/// Judges all, and then writes the reports.
fn collected(
    writing: &Writing<'_>,
    targets: &[Target],
    known: Option<&Baseline>,
) -> Result<Report> {
    let Writing { args, engine, .. } = writing;
    let mut all = Collect::default();
    let rest = progress::watched(args.quiet, |progress| {
        engine.check_into(&args.reading.paths, known, &mut all, progress)
    })?;
    let mut report = all.complete(rest);
    if let Some(file) = &args.write_baseline {
        write_baseline(file, &mut report)?;
    }
    for target in targets {
        let render = |writer: &mut dyn Write| writing.write(&report, target, writer);
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

/// What reports are written with.
struct Writing<'a> {
    args: &'a Args,
    engine: &'a Engine,
    config: &'a Config,
    fail_on: FailOn,
}

impl Writing<'_> {
    fn write(&self, report: &Report, target: &Target, writer: &mut dyn Write) -> io::Result<()> {
        let fail_on = self.fail_on;
        match target.format {
            Format::Table => table::render(
                report,
                writer,
                &table_options(self.args.color, target.file.is_none()),
            ),
            Format::Json => json::render(report, writer),
            Format::Ndjson => ndjson::render(report, writer),
            Format::Sarif => sarif::render(report, &rules(self.engine, self.config), writer),
            Format::Junit => junit::render(report, &rules(self.engine, self.config), writer),
            Format::Github => github::render(report, writer),
            Format::Gitlab => {
                let root = std::env::current_dir().ok();
                gitlab::render(report, root.as_deref(), writer)
            }
            Format::Azure => azure::render(report, report.verdict(fail_on), writer),
            Format::Markdown => markdown::render(report, fail_on, writer),
            Format::Csv => csv::render(report, writer),
            Format::Html => html::render(report, &rules(self.engine, self.config), writer),
        }
    }
}

/// The rules, with the severities that the configuration gives them.
pub fn rules(engine: &Engine, config: &Config) -> Vec<RuleInfo> {
    let info = |rule| {
        let mut info = RuleInfo::from(rule);
        let severity = config.severity.get(&info.id);
        info.severity = severity.copied().unwrap_or(info.severity);
        info
    };
    engine.rules().map(info).collect()
}

/// Colours are always written to standard output, whose stream drops them where they are not wanted.
pub fn table_options(color: Color, is_shown: bool) -> table::TableOptions {
    const WIDTH_WITHOUT_TERMINAL: usize = 100;
    let terminal = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    table::TableOptions {
        width: terminal.unwrap_or(WIDTH_WITHOUT_TERMINAL),
        color: is_shown || color == Color::Always,
    }
}
