//! SARIF piece by piece.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;
use serde_sarif::sarif::ArtifactLocation;

use super::{RuleInfo, SCHEMA, SOURCE_ROOT, baseline_state, invocation, message, result, tool};
use crate::finding::Finding;
use crate::report::missing::MissingFacts;
use crate::report::sink::{Head, Sink};
use crate::report::{Inconclusive, Report, indent};

/// Writes a report as SARIF as it comes: one run, with its results before what else is to be said of it.
pub struct Stream<'r, W> {
    writer: W,
    rules: &'r [RuleInfo],
    indices: BTreeMap<&'r str, i64>,
    has_baseline: bool,
    has_results: bool,
    missing: MissingFacts,
}

impl<'r, W: Write> Stream<'r, W> {
    /// SARIF that goes to a writer.
    pub fn new(rules: &'r [RuleInfo], writer: W) -> Self {
        let indices = (0_i64..).zip(rules).map(|(i, rule)| (rule.id.as_str(), i));
        Self {
            writer,
            rules,
            indices: indices.collect(),
            has_baseline: false,
            has_results: false,
            missing: MissingFacts::default(),
        }
    }

    /// Writes a member of the run, or an element of its list, where it is indented by so many levels.
    fn value<T: Serialize>(&mut self, levels: usize, before: &str, value: &T) -> io::Result<()> {
        let text = indent::text(value, levels)?;
        write!(self.writer, "{}{before}{text}", "  ".repeat(levels))
    }
}

impl<W: Write> Sink for Stream<'_, W> {
    fn begin(&mut self, head: &Head) -> io::Result<()> {
        self.has_baseline = head.has_baseline;
        writeln!(self.writer, "{{\n  \"$schema\": \"{SCHEMA}\",")?;
        writeln!(self.writer, "  \"version\": \"2.1.0\",")?;
        writeln!(self.writer, "  \"runs\": [\n    {{")?;
        self.value(3, "\"columnKind\": ", &"unicodeCodePoints")?;
        let root = ArtifactLocation::builder()
            .description(message("The directory that the check was run in."))
            .build();
        let bases = BTreeMap::from([(SOURCE_ROOT, root)]);
        writeln!(self.writer, ",")?;
        self.value(3, "\"originalUriBaseIds\": ", &bases)?;
        writeln!(self.writer, ",")?;
        self.value(3, "\"tool\": ", &tool(&head.tool, self.rules))?;
        write!(self.writer, ",\n      \"results\": [")
    }

    /// SARIF wants `suppressions` and `baselineState` on all results of a run or on none.
    fn finding(&mut self, finding: Finding) -> io::Result<()> {
        let mut result = result(&finding);
        result.rule_index = self.indices.get(finding.rule.as_str()).copied();
        result.baseline_state = self
            .has_baseline
            .then(|| baseline_state(finding.status).into());
        let comma = if self.has_results { "," } else { "" };
        self.has_results = true;
        writeln!(self.writer, "{comma}")?;
        self.value(4, "", &result)
    }

    fn inconclusive(&mut self, item: Inconclusive) -> io::Result<()> {
        self.missing.add(&item);
        Ok(())
    }

    fn end(&mut self, rest: &Report) -> io::Result<()> {
        let indent = if self.has_results { "\n      " } else { "" };
        writeln!(self.writer, "{indent}],")?;
        let invocation = invocation(rest, &self.missing);
        self.value(3, "\"invocations\": ", &[invocation])?;
        writeln!(self.writer, "\n    }}\n  ]\n}}")?;
        self.writer.flush()
    }
}
