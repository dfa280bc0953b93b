//! What is found goes to the sink, and is counted on its way.

use std::collections::BTreeSet;
use std::io;

use jiff::Timestamp;

use super::super::report::{Gathered, sort};
use super::super::{Needs, Outcome};
use crate::baseline::{self, Baseline, Comparison};
use crate::engine::{Engine, Inner};
use crate::finding::{Finding, Status};
use crate::normalize::to_rfc3339;
use crate::report::sink::{Head, Sink};
use crate::report::{Counts, Report, Tool};
use crate::waiver::Review;

/// A report on its way to a sink.
pub(super) struct Output<'a> {
    sink: &'a mut (dyn Sink + Send),
    now: Timestamp,
    review: Review<'a>,
    comparison: Option<Comparison<'a>>,
    open: Counts,
    waived: usize,
    known: usize,
    inconclusive: usize,
}

impl<'a> Output<'a> {
    pub(super) fn begin(
        inner: &'a Inner,
        now: Timestamp,
        baseline: Option<&'a Baseline>,
        sink: &'a mut (dyn Sink + Send),
    ) -> io::Result<Self> {
        sink.begin(&Head {
            tool: Tool::this(),
            now: to_rfc3339(now),
            has_baseline: baseline.is_some(),
        })?;
        Ok(Self {
            sink,
            now,
            review: Review::new(&inner.waivers, now),
            comparison: baseline.map(Comparison::new),
            open: Counts::default(),
            waived: 0,
            known: 0,
            inconclusive: 0,
        })
    }

    /// Gives findings in the report's order.
    pub(super) fn sorted(&mut self, mut findings: Vec<Finding>) -> io::Result<()> {
        sort(&mut findings);
        self.findings(findings)
    }

    pub(super) fn findings(&mut self, findings: Vec<Finding>) -> io::Result<()> {
        for mut finding in findings {
            self.review.finding(&finding);
            if let Some(comparison) = &mut self.comparison {
                comparison.finding(&mut finding);
            }
            match finding.status {
                Status::Open => self.open.add(finding.severity),
                Status::Waived => self.waived += 1,
                Status::Baseline => self.known += 1,
            }
            self.sink.finding(finding)?;
        }
        Ok(())
    }

    /// Gives what is inconclusive in an outcome.
    pub(super) fn inconclusive(&mut self, outcome: &mut Outcome) -> io::Result<()> {
        for item in outcome.evaluation.inconclusive.drain(..) {
            self.review.inconclusive(&item);
            self.inconclusive += 1;
            self.sink.inconclusive(item)?;
        }
        Ok(())
    }

    /// Ends the report, and gives back what is left of it.
    pub(super) fn end(self, engine: &Engine, all: Gathered) -> io::Result<Report> {
        let rules: BTreeSet<&str> = engine.rules().map(|rule| rule.id.as_str()).collect();
        let waivers = self.review.finish(&rules, &all.outcome.waivable);
        let mut report = engine.conclude(self.now, all, waivers, Needs::Subjects);
        report.summary.findings = self.open;
        report.summary.waived = self.waived;
        report.summary.baseline = self.known;
        report.summary.inconclusive = self.inconclusive;
        report.baseline = self.comparison.map(Comparison::finish);
        let gone = report.baseline.as_ref().and_then(baseline::gone);
        report.notes.extend(gone);
        self.sink.end(&report)?;
        Ok(report)
    }
}
