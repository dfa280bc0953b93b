//! Which reports a run writes, and where: pairs of `--format` and `--output`.

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::parser::ValueSource;
use clap::{ArgMatches, Args, FromArgMatches, ValueEnum};

/// The forms of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    Table,
    /// ztvet/report/v1
    Json,
    /// One JSON object a line: ztvet/report-lines/v1
    Ndjson,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// JUnit XML, for build servers
    Junit,
    /// Annotations of GitHub Actions
    Github,
    /// Code Quality of GitLab
    Gitlab,
    /// Issues of Azure Pipelines
    Azure,
    /// For reviewers: a comment or a job summary
    Markdown,
    /// For spreadsheets
    Csv,
    /// One page for a browser
    Html,
}

impl Format {
    /// Whether it is written as it comes, and not held until all has been judged.
    pub const fn is_stream(self) -> bool {
        matches!(self, Self::Ndjson | Self::Sarif)
    }
}

/// One report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    pub format: Format,
    /// None is standard output.
    pub file: Option<PathBuf>,
}

impl Target {
    /// Whether people see it on the terminal.
    pub fn is_shown(&self) -> bool {
        self.format == Format::Table && self.file.is_none()
    }
}

/// What was typed, each with its place on the command line.
#[derive(Debug, Default)]
pub struct Outputs {
    formats: Vec<(usize, Format)>,
    files: Vec<(usize, PathBuf)>,
}

/// How clap sees it.
#[derive(Debug, Args)]
struct Typed {
    /// Form of the report; repeatable, each with its own `--output` after it, and one without
    #[arg(long, short, value_enum, default_value = "table")]
    format: Vec<Format>,
    /// Write the report to a file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Vec<PathBuf>,
}

impl Args for Outputs {
    fn augment_args(command: clap::Command) -> clap::Command {
        Typed::augment_args(command)
    }

    fn augment_args_for_update(command: clap::Command) -> clap::Command {
        Typed::augment_args_for_update(command)
    }
}

impl FromArgMatches for Outputs {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let typed = Typed::from_arg_matches(matches)?;
        let places = |name| matches.indices_of(name).into_iter().flatten();
        let is_default = matches.value_source("format") == Some(ValueSource::DefaultValue);
        // One that nobody typed stands before all.
        let place = |place| if is_default { 0 } else { place };
        Ok(Self {
            formats: places("format").map(place).zip(typed.format).collect(),
            files: places("output").zip(typed.output).collect(),
        })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Outputs {
    /// The reports in the order of their formats. Of several, each `--output` belongs to the `--format` before it.
    ///
    /// # Errors
    /// When it is not clear which report goes where, or two go to the same place.
    pub fn targets(&self) -> Result<Vec<Target>> {
        if let ([(_, format)], [(_, file)]) = (self.formats.as_slice(), self.files.as_slice()) {
            // One of each belong together in either order.
            let file = Some(file.clone());
            return Ok(vec![Target {
                format: *format,
                file,
            }]);
        }
        if self.files.len() > self.formats.len() {
            let (files, formats) = (self.files.len(), self.formats.len());
            bail!(
                "`--output` is given {files} times, and `--format` {formats}: give each report its own `--format`"
            );
        }
        let mut targets = self.without_files();
        for (place, file) in &self.files {
            let before = self.formats.iter().filter(|(format, _)| format < place);
            let target = before.count().checked_sub(1);
            match target.and_then(|index| targets.get_mut(index)) {
                Some(target) if target.file.is_none() => target.file = Some(file.clone()),
                _ => bail!(
                    "`--output {}` does not follow a `--format` of its own",
                    file.display()
                ),
            }
        }
        are_apart(&targets)?;
        Ok(targets)
    }

    fn without_files(&self) -> Vec<Target> {
        let target = |(_, format): &(usize, Format)| Target {
            format: *format,
            file: None,
        };
        self.formats.iter().map(target).collect()
    }
}

fn are_apart(targets: &[Target]) -> Result<()> {
    for (index, target) in targets.iter().enumerate() {
        let mut others = targets.iter().skip(index + 1);
        if others.all(|other| other.file != target.file) {
            continue;
        }
        match &target.file {
            Some(file) => bail!("two reports cannot go to `{}`", file.display()),
            None => bail!(
                "only one report can go to standard output: give the others an `--output` each"
            ),
        }
    }
    Ok(())
}
