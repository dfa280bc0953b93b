//! Where a report goes piece by piece, so that nobody needs to hold all of it.

use std::io;

use crate::finding::Finding;
use crate::report::{Inconclusive, Report, Tool};

/// What is known before anything is judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// What makes the report.
    pub tool: Tool,
    /// The evaluation's time, RFC 3339 in UTC.
    pub now: String,
    /// Whether the findings are compared with a baseline.
    pub has_baseline: bool,
}

/// Takes a report: [`begin`](Sink::begin) once, then the findings in their order with what is inconclusive in its own
/// between them, then [`end`](Sink::end) once.
pub trait Sink {
    /// Whether it holds all that it is given until the end, so that nothing is gained by giving it piece by piece.
    fn holds_all(&self) -> bool {
        false
    }

    /// Begins the report.
    ///
    /// # Errors
    /// The report cannot be written.
    fn begin(&mut self, head: &Head) -> io::Result<()>;

    /// Takes the next finding.
    ///
    /// # Errors
    /// The report cannot be written.
    fn finding(&mut self, finding: Finding) -> io::Result<()>;

    /// Takes the next findings.
    ///
    /// # Errors
    /// The report cannot be written.
    fn findings(&mut self, findings: Vec<Finding>) -> io::Result<()> {
        let mut findings = findings.into_iter();
        findings.try_for_each(|finding| self.finding(finding))
    }

    /// Takes what a rule could not judge.
    ///
    /// # Errors
    /// The report cannot be written.
    fn inconclusive(&mut self, item: Inconclusive) -> io::Result<()>;

    /// Ends the report with all that is left of it. The lists of what was given before are empty, and are counted.
    ///
    /// # Errors
    /// The report cannot be written.
    fn end(&mut self, rest: &Report) -> io::Result<()>;
}

/// Keeps what a sink is given, for forms of a report that need all of it.
#[derive(Debug, Default)]
pub struct Collect {
    findings: Vec<Finding>,
    inconclusive: Vec<Inconclusive>,
}

impl Collect {
    /// The whole report, given what is left of it.
    #[must_use]
    pub fn complete(self, rest: Report) -> Report {
        Report {
            findings: self.findings,
            inconclusive: self.inconclusive,
            ..rest
        }
    }
}

impl Sink for Collect {
    fn holds_all(&self) -> bool {
        true
    }

    fn begin(&mut self, _: &Head) -> io::Result<()> {
        Ok(())
    }

    fn finding(&mut self, finding: Finding) -> io::Result<()> {
        self.findings.push(finding);
        Ok(())
    }

    fn findings(&mut self, mut findings: Vec<Finding>) -> io::Result<()> {
        if self.findings.is_empty() {
            self.findings = findings;
        } else {
            self.findings.append(&mut findings);
        }
        Ok(())
    }

    fn inconclusive(&mut self, item: Inconclusive) -> io::Result<()> {
        self.inconclusive.push(item);
        Ok(())
    }

    fn end(&mut self, _: &Report) -> io::Result<()> {
        Ok(())
    }
}

impl Report {
    /// Gives the whole report to a sink, and gives back what is left of it.
    ///
    /// # Errors
    /// What the sink returns.
    pub fn give(mut self, sink: &mut dyn Sink) -> io::Result<Self> {
        sink.begin(&Head {
            tool: self.tool.clone(),
            now: self.now.clone(),
            has_baseline: self.baseline.is_some(),
        })?;
        sink.findings(std::mem::take(&mut self.findings))?;
        for item in std::mem::take(&mut self.inconclusive) {
            sink.inconclusive(item)?;
        }
        sink.end(&self)?;
        Ok(self)
    }
}
