//! Reports that are written while what they are about is judged.

use std::io;

use anyhow::{Context, Result};
use ztvet::finding::Finding;
use ztvet::report::sarif::RuleInfo;
use ztvet::report::sink::{Head, Sink};
use ztvet::report::{Inconclusive, Report, ndjson, sarif};
use ztvet::{Baseline, Engine};

use super::super::output::Output;
use super::super::outputs::{Format, Target};
use super::{Args, progress};

/// Writes the reports, and gives back what is left of one: its counts, errors and notes. None where nobody reads what goes
/// to standard output.
pub fn check(
    engine: &Engine,
    args: &Args,
    targets: &[Target],
    rules: &[RuleInfo],
    known: Option<&Baseline>,
) -> Result<Option<Report>> {
    let open = |target: &Target| Output::open(target.file.as_deref());
    let mut outputs: Vec<Output> = targets.iter().map(open).collect::<Result<_>>()?;
    let sinks = targets.iter().zip(&mut outputs);
    let mut all = All(sinks
        .map(|(target, output)| sink(target.format, rules, output))
        .collect());
    let given = progress::watched(args.quiet, |progress| {
        engine.check_into(&args.reading.paths, known, &mut all, progress)
    });
    drop(all);
    let report = match given {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(None),
        given => given.context("cannot write the report")?,
    };
    for output in outputs {
        output.finish().context("cannot write the report")?;
    }
    Ok(Some(report))
}

fn sink<'a>(
    format: Format,
    rules: &'a [RuleInfo],
    output: &'a mut Output,
) -> Box<dyn Sink + Send + 'a> {
    match format {
        Format::Sarif => Box::new(sarif::Stream::new(rules, output)),
        _ => Box::new(ndjson::Lines::new(output)),
    }
}

/// Gives the same to all.
struct All<'a>(Vec<Box<dyn Sink + Send + 'a>>);

impl Sink for All<'_> {
    fn begin(&mut self, head: &Head) -> io::Result<()> {
        self.0.iter_mut().try_for_each(|sink| sink.begin(head))
    }

    fn finding(&mut self, finding: Finding) -> io::Result<()> {
        let Some((last, others)) = self.0.split_last_mut() else {
            return Ok(());
        };
        others
            .iter_mut()
            .try_for_each(|sink| sink.finding(finding.clone()))?;
        last.finding(finding)
    }

    fn inconclusive(&mut self, item: Inconclusive) -> io::Result<()> {
        let Some((last, others)) = self.0.split_last_mut() else {
            return Ok(());
        };
        others
            .iter_mut()
            .try_for_each(|sink| sink.inconclusive(item.clone()))?;
        last.inconclusive(item)
    }

    fn end(&mut self, rest: &Report) -> io::Result<()> {
        self.0.iter_mut().try_for_each(|sink| sink.end(rest))
    }
}
