//! A baseline: the findings that were there before, so that only new ones count. `ztvet/baseline/v1`.
//!
//! ```
//! use ztvet::Baseline;
//!
//! let engine = ztvet::Engine::builder().bundled()?.build()?;
//! let mut report = engine.check_path("examples/manifests");
//! let mut file = Vec::new();
//! Baseline::of(&report).write(&mut file)?;
//!
//! let baseline = Baseline::parse("baseline.json", std::str::from_utf8(&file)?)?;
//! report.compare(&baseline);
//! assert_eq!(report.summary.findings.total(), 0);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::finding::{Finding, Location, Severity, Status, SubjectRef};
use crate::report::{Compared, Problem, ProblemKind, Report};

/// The version of the form of a baseline.
pub const SCHEMA: &str = "ztvet/baseline/v1";

/// The findings that were there before.
///
/// It is a multiset: of two findings with one fingerprint, of which it holds one, the second is new.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    /// What messages call it.
    path: String,
    /// In the order of the file.
    findings: Vec<Known>,
}

/// A finding that was there before. The order of the fields is that of the file, and of the entries in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a finding")]
struct Known {
    rule: String,
    subject: SubjectRef,
    fingerprint: String,
    severity: Severity,
    message: String,
}

/// The form of the file.
#[derive(Deserialize)]
#[serde(
    deny_unknown_fields,
    expecting = "a mapping of `schema` and `findings`"
)]
struct File {
    schema: String,
    findings: Vec<Known>,
}

/// Why a baseline cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {message}", self.place())]
pub struct BaselineError {
    /// The file.
    pub path: String,
    /// Line and column, from 1.
    pub position: Option<(usize, usize)>,
    /// What is wrong, and what to do.
    pub message: String,
}

impl BaselineError {
    fn place(&self) -> String {
        match self.position {
            Some((line, column)) => format!("{}:{line}:{column}", self.path),
            None => self.path.clone(),
        }
    }
}

impl Baseline {
    /// The findings of a report that a waiver does not accept: when the waiver is over, they are new.
    #[must_use]
    pub fn of(report: &Report) -> Self {
        let lasting = report.findings.iter();
        let lasting = lasting.filter(|finding| finding.status != Status::Waived);
        let mut findings: Vec<Known> = lasting.map(Known::from).collect();
        findings.sort();
        Self {
            path: "baseline".to_owned(),
            findings,
        }
    }

    /// The same baseline under the name that messages call it by.
    #[must_use]
    pub fn named(mut self, path: &str) -> Self {
        path.clone_into(&mut self.path);
        self
    }

    /// Reads a baseline from a file.
    ///
    /// # Errors
    /// When it cannot be read, or is no baseline.
    pub fn load(path: &Path) -> Result<Self, BaselineError> {
        let name = path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|error| BaselineError {
            path: name.clone(),
            position: None,
            message: format!("the baseline cannot be read: {error}"),
        })?;
        Self::parse(&name, &text)
    }

    /// Reads a baseline from its text; `name` is what errors and notes call it.
    ///
    /// # Errors
    /// When the text is no baseline.
    pub fn parse(name: &str, text: &str) -> Result<Self, BaselineError> {
        let fail = |position, message| BaselineError {
            path: name.to_owned(),
            position,
            message,
        };
        let file: File = serde_json::from_str(text).map_err(|error| {
            let message = error.to_string();
            // It repeats the position at its end.
            let message = message.split(" at line ").next().unwrap_or_default();
            let position = (error.line() > 0).then(|| (error.line(), error.column()));
            fail(position, format!("this is no baseline: {message}"))
        })?;
        if file.schema != SCHEMA {
            let found = format!("`schema` is `{}`, expected `{SCHEMA}`", file.schema);
            return Err(fail(None, format!("this is no baseline: {found}")));
        }
        Ok(Self {
            path: name.to_owned(),
            findings: file.findings,
        })
    }

    /// Writes the baseline: sorted, and one finding a line, so that what changes is a line.
    ///
    /// # Errors
    /// What the writer returns.
    pub fn write(&self, writer: &mut dyn Write) -> io::Result<()> {
        write!(writer, "{{\n  \"schema\": \"{SCHEMA}\",\n  \"findings\": [")?;
        for (index, finding) in self.findings.iter().enumerate() {
            writer.write_all(if index == 0 { b"\n    " } else { b",\n    " })?;
            serde_json::to_writer(&mut *writer, finding)?;
        }
        let end = if self.findings.is_empty() { "" } else { "\n  " };
        writeln!(writer, "{end}]\n}}")
    }
}

impl From<&Finding> for Known {
    fn from(finding: &Finding) -> Self {
        Self {
            rule: finding.rule.clone(),
            subject: finding.subject.clone(),
            fingerprint: finding.fingerprint.clone(),
            severity: finding.severity,
            message: finding.message.clone(),
        }
    }
}

impl Report {
    /// Takes the open findings that a baseline knows for known, so that they do not count any more. A finding that is
    /// worse than it was is new.
    ///
    /// What the baseline knows and the run did not find is told in a note. Errors and what is inconclusive stay.
    pub fn compare(&mut self, baseline: &Baseline) {
        let mut comparison = Comparison::new(baseline);
        for finding in &mut self.findings {
            comparison.finding(finding);
        }
        let compared = comparison.finish();
        self.notes.extend(gone(&compared));
        self.baseline = Some(compared);
        self.count_findings();
    }
}

/// A baseline, compared with findings that come one by one.
pub(crate) struct Comparison<'a> {
    baseline: &'a Baseline,
    unseen: Unseen<'a>,
    /// Fingerprints and severities of findings that a waiver accepts: what was waived since is not gone.
    waived: Vec<(String, Severity)>,
}

impl<'a> Comparison<'a> {
    pub(crate) fn new(baseline: &'a Baseline) -> Self {
        Self {
            baseline,
            unseen: Unseen::of(baseline),
            waived: Vec::new(),
        }
    }

    /// Takes an open finding that the baseline knows for known.
    pub(crate) fn finding(&mut self, finding: &mut Finding) {
        match finding.status {
            Status::Open if self.unseen.take(&finding.fingerprint, finding.severity) => {
                finding.status = Status::Baseline;
            }
            Status::Waived => {
                let waived = (finding.fingerprint.clone(), finding.severity);
                self.waived.push(waived);
            }
            Status::Open | Status::Baseline => {}
        }
    }

    pub(crate) fn finish(mut self) -> Compared {
        for (fingerprint, severity) in &self.waived {
            self.unseen.take(fingerprint, *severity);
        }
        Compared {
            path: self.baseline.path.clone(),
            findings: self.baseline.findings.len(),
            gone: self.unseen.count(),
        }
    }
}

/// The severities of the findings of a baseline that were not found yet, by fingerprint.
struct Unseen<'a>(BTreeMap<&'a str, Vec<Severity>>);

impl<'a> Unseen<'a> {
    fn of(baseline: &'a Baseline) -> Self {
        let mut unseen: BTreeMap<_, Vec<Severity>> = BTreeMap::new();
        for known in &baseline.findings {
            let key = known.fingerprint.as_str();
            unseen.entry(key).or_default().push(known.severity);
        }
        // The least comes first, so that the worse ones are left for what is worse.
        unseen.values_mut().for_each(|known| known.sort_unstable());
        Self(unseen)
    }

    /// Takes out a finding; false when it is new, or worse than it was.
    fn take(&mut self, fingerprint: &str, severity: Severity) -> bool {
        let Some(known) = self.0.get_mut(fingerprint) else {
            return false;
        };
        let index = known.iter().position(|known| *known >= severity);
        index.map(|index| known.remove(index)).is_some()
    }

    fn count(&self) -> usize {
        self.0.values().map(Vec::len).sum()
    }
}

/// A note of what was not found.
pub(crate) fn gone(compared: &Compared) -> Option<Problem> {
    let Compared {
        path,
        findings,
        gone,
    } = compared;
    let were = if *gone == 1 { "was" } else { "were" };
    let all = if *findings == 1 {
        "finding"
    } else {
        "findings"
    };
    (*gone > 0).then(|| Problem {
        kind: ProblemKind::Config,
        message: format!("{gone} of {findings} {all} in the baseline {were} not found"),
        help: Some(
            "write it again with `--write-baseline`, where all that it covers was judged"
                .to_owned(),
        ),
        location: Some(Location {
            path: path.clone(),
            ..Location::default()
        }),
    })
}
