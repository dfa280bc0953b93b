//! `ztvet diff`

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow, bail};
use clap::ValueEnum;
use ztvet::config::FailOn;
use ztvet::diff::{Diff, Side};
use ztvet::document::git::revisions;
use ztvet::report::sarif::RuleInfo;
use ztvet::report::{diff as render, sarif};

use super::check::{Threshold, rules, table_options};
use super::options::{Color, How, Policies, Threads, build};
use super::{Outcome, output, problems};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// OLD and NEW: files, directories or globs; with `--git`, a path in both revisions [default: .]
    #[arg(value_name = "PATH", num_args = 0..=2)]
    paths: Vec<String>,
    /// Compare two revisions, `main..HEAD`, or what HEAD changed since it left main, `main...HEAD`
    #[arg(long, value_name = "RANGE")]
    git: Option<String>,
    #[command(flatten)]
    how: How,
    #[command(flatten)]
    policies: Policies,
    /// Form of the diff
    #[arg(long, short, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Write the diff to a file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Fail (exit 1) on new findings of this severity and above [default: high]
    #[arg(long, value_enum, value_name = "SEVERITY")]
    fail_on: Option<Threshold>,
    /// Pass when there is no application to compare
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

/// The forms of a diff.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Table,
    /// ztvet/diff/v1
    Json,
    /// A comment on a pull request
    Markdown,
    /// SARIF 2.1.0: the findings of the new version, with what is new
    Sarif,
}

pub fn run(args: &Args) -> Result<Outcome> {
    args.color.apply();
    args.threads.apply()?;
    let (config, builder) = args.policies.load()?;
    let builder = args.how.apply(builder)?.allow_empty(args.allow_empty);
    let engine = build(builder)?;
    let (old, new) = sides(args)?;
    let diff = engine.diff(old, new);
    let file = args.output.as_deref();
    let is_shown = args.format == Format::Table && file.is_none();
    let write = |writer: &mut dyn Write| write(args, &rules(&engine, &config), &diff, writer);
    if is_shown {
        output::write_styled(write)?;
    } else {
        output::write(file, write)?;
    }
    if !args.quiet && !is_shown {
        problems::print(&diff.report.errors, &diff.report.notes);
    }
    let said = args.fail_on.map(FailOn::from);
    let fail_on = said.or(config.fail_on).unwrap_or_default();
    Ok(diff.report.verdict(fail_on).into())
}

fn sides(args: &Args) -> Result<(Side, Side)> {
    let Some(range) = &args.git else {
        let [old, new] = args.paths.as_slice() else {
            bail!("give two paths, OLD and NEW, or `--git main..HEAD`");
        };
        if old == "-" && new == "-" {
            bail!("only one of OLD and NEW can come from standard input");
        }
        return Ok((Side::path(old), Side::path(new)));
    };
    let path = match args.paths.as_slice() {
        [] => ".",
        [path] => path,
        _ => bail!("with `--git`, give one path at most: it is looked up in both revisions"),
    };
    let (old, new) = revisions(range, Path::new(path), &args.how.limits()).map_err(|error| {
        match &error.help {
            Some(help) => anyhow!("{error}; {help}"),
            None => anyhow!("{error}"),
        }
    })?;
    Ok((Side::old_revision(old), Side::new_revision(new)))
}

fn write(args: &Args, rules: &[RuleInfo], diff: &Diff, writer: &mut dyn Write) -> io::Result<()> {
    match args.format {
        Format::Table => {
            let options = table_options(args.color, args.output.is_none());
            render::table::render(diff, writer, &options)
        }
        Format::Json => render::json::render(diff, writer),
        Format::Markdown => render::markdown::render(diff, writer),
        Format::Sarif => sarif::render(&diff.report, rules, writer),
    }
}
