//! `ztvet test`

mod watch;

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use jiff::Timestamp;
use regex::Regex;
use ztvet::Config;
use ztvet::policy::PolicySource;
use ztvet::testing::report::{coverage, json, junit, table, tap};
use ztvet::testing::{Options, Suite, TestReport};

use super::options::Color;
use super::problems::print_note;
use super::{Outcome, output, print_error};

/// Run the unit tests of policies: rules whose names start with `test_`
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit codes: 0 all tests passed; 1 a test failed, or too few lines were evaluated; \
                        2 the tests could not be run, or there is none."
)]
pub struct Args {
    /// Policies, tests and data: files, directories and OPA bundles [default: `policies` and `data` of ztvet.yaml, else .]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Configuration file [default: ztvet.yaml in the working directory, where there is one]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// A JSON or YAML file, or a directory of them, that policies see under `data`; repeatable
    #[arg(long, value_name = "PATH")]
    data: Vec<PathBuf>,
    /// Run only the tests whose full name (data.package.test_name) matches
    #[arg(long, short, value_name = "REGEX")]
    run: Option<Regex>,
    /// Run the tests again whenever a file changes
    #[arg(long, short)]
    watch: bool,
    /// Form of the results
    #[arg(long, short, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Write the results to a file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Show the tests that passed as well, and what they printed
    #[arg(long, short)]
    verbose: bool,
    /// Show the slowest tests
    #[arg(long, value_name = "N", default_value_t = 0)]
    slowest: usize,
    /// Show which lines of the policies the tests evaluate
    #[arg(long)]
    coverage: bool,
    /// Form of the coverage file
    #[arg(long, value_enum, value_name = "FORMAT", requires = "coverage_output")]
    coverage_format: Option<CoverageFormat>,
    /// Write the coverage to a file, as LCOV unless another form is asked for
    #[arg(long, value_name = "FILE")]
    coverage_output: Option<PathBuf>,
    /// Fail (exit 1) when fewer of the lines are evaluated, in percent
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    threshold: Option<f64>,
    /// When to use colours
    #[arg(long, value_enum, default_value_t = Color::Auto)]
    color: Color,
}

/// The forms of the results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Table,
    /// ztvet/test/v1
    Json,
    /// JUnit XML
    Junit,
    /// Test Anything Protocol 14
    Tap,
}

/// The forms of coverage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum CoverageFormat {
    /// A trace file of LCOV
    Lcov,
    /// As `opa test --coverage` writes it
    Json,
}

fn percent(text: &str) -> Result<f64, String> {
    let number = text.parse::<f64>().ok();
    number
        .filter(|number| (0.0..=100.0).contains(number))
        .ok_or_else(|| "expected a number from 0 to 100".to_owned())
}

pub fn run(args: &Args) -> Result<Outcome> {
    args.color.apply();
    let config = args.config()?;
    if args.watch {
        let policies = config.policies.iter().map(|source| &source.path);
        let paths: Vec<&PathBuf> = policies.chain(&config.data).collect();
        return watch::run(&paths, || match run_once(args, &config) {
            Ok(_) => {}
            Err(error) => print_error(&format!("{error:#}")),
        });
    }
    run_once(args, &config)
}

impl Args {
    /// The configuration, with the paths that were given in the place of its own.
    fn config(&self) -> Result<Config> {
        let (_, mut config) = super::options::config(self.config.as_deref())?;
        if !self.paths.is_empty() {
            let given = self.paths.iter();
            config.policies = given.map(|path| named(&config.policies, path)).collect();
            config.data.clear();
        } else if config.policies.is_empty() {
            config.policies.push(PathBuf::from(".").into());
        }
        config.data.extend(self.data.iter().cloned());
        Ok(config)
    }

    fn measures(&self) -> bool {
        self.coverage || self.coverage_output.is_some() || self.threshold.is_some()
    }
}

/// A path, read as the configuration says where it names it, or a directory that it is in.
fn named(known: &[PolicySource], path: &Path) -> PolicySource {
    let same = path.canonicalize().ok().and_then(|path| {
        known.iter().find(|source| {
            let source = source.path.canonicalize();
            source.is_ok_and(|source| path.starts_with(source))
        })
    });
    PolicySource {
        path: path.to_owned(),
        ..same.cloned().unwrap_or_else(|| path.to_owned().into())
    }
}

fn run_once(args: &Args, config: &Config) -> Result<Outcome> {
    let suite = match Suite::configured(config) {
        Ok(suite) => suite,
        Err(error) => {
            for problem in &error.problems {
                print_error(&problem.to_string());
            }
            return Ok(Outcome::Incomplete);
        }
    };
    for note in suite.notes() {
        print_note(&note.to_string());
    }
    let names: Vec<String> = suite.names().collect();
    let only = args.run.as_ref().map(|run| {
        let matching = names
            .iter()
            .enumerate()
            .filter(|(_, name)| run.is_match(name));
        matching.map(|(index, _)| index).collect()
    });
    let started = Timestamp::now();
    let report = suite.run(&Options {
        only,
        coverage: args.measures(),
    });
    if report.tests.is_empty() {
        bail!("{}", nothing_to_run(args, config, names.len()));
    }
    write(args, &report, started)?;
    let is_covered = is_covered(args, &report);
    Ok(if report.has_passed() && is_covered {
        Outcome::Passed
    } else {
        Outcome::Failed
    })
}

fn nothing_to_run(args: &Args, config: &Config, tests: usize) -> String {
    match &args.run {
        Some(run) if tests > 0 => {
            format!("none of the {tests} tests has a name that matches `{run}`")
        }
        _ => {
            let paths: Vec<String> = config
                .policies
                .iter()
                .map(|source| format!("`{}`", source.path.display()))
                .collect();
            format!(
                "there is no test in {}: a test is a rule whose name starts with `test_`",
                paths.join(", ")
            )
        }
    }
}

fn write(args: &Args, report: &TestReport, started: Timestamp) -> Result<()> {
    let options = table::TableOptions {
        verbose: args.verbose,
        coverage: args.coverage || args.threshold.is_some(),
        slowest: args.slowest,
    };
    let render = |writer: &mut dyn Write| match args.format {
        Format::Table => table::render(report, writer, &options),
        Format::Json => json::render(report, writer),
        Format::Junit => junit::render(report, started, writer),
        Format::Tap => tap::render(report, writer),
    };
    if args.format == Format::Table && args.output.is_none() {
        output::write_styled(render)?;
    } else {
        output::write(args.output.as_deref(), render)?;
    }
    match (&report.coverage, &args.coverage_output) {
        (Some(coverage), Some(path)) => write_coverage(args, coverage, path),
        _ => Ok(()),
    }
}

fn write_coverage(args: &Args, measured: &ztvet::testing::Coverage, path: &Path) -> Result<()> {
    let format = args.coverage_format.unwrap_or(CoverageFormat::Lcov);
    output::write(Some(path), |writer| match format {
        CoverageFormat::Lcov => coverage::lcov(measured, writer),
        CoverageFormat::Json => coverage::json(measured, writer),
    })
    .context("the coverage cannot be written")
}

/// Whether enough lines are evaluated; says so when not.
fn is_covered(args: &Args, report: &TestReport) -> bool {
    let (Some(coverage), Some(threshold)) = (&report.coverage, args.threshold) else {
        return true;
    };
    let percent = coverage.percent();
    if percent < threshold {
        print_error(&format!(
            "the tests evaluate {percent:.1} % of the lines, less than {threshold} %"
        ));
        return false;
    }
    true
}
