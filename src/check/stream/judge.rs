//! Judges what was looked at before.

use std::io;

use super::super::locate::locate;
use super::super::{Outcome, Unjudged, document_problem};
use super::UNITS_AT_ONCE;
use super::held::{Placed, Unplaced};
use super::output::Output;
use super::units::{Plan, Reading, Unit};
use crate::document::stream::Layout;
use crate::document::{Document, DocumentError, Source};
use crate::engine::Inner;
use crate::normalize::{Normalized, part};
use crate::parallel::in_rounds;

/// What came of a unit of a source.
struct Judged {
    number: usize,
    outcome: Outcome,
    /// Where the unit ends, when it is not all of its source: line and column.
    end: Option<(u32, u32)>,
}

impl Inner {
    /// Judges all units, and gives what comes of them to the output in the report's order, with the findings that are known.
    /// What does not go there is added to the outcomes of the sources.
    pub(super) fn judge_all(
        &self,
        reading: &mut Reading<'_>,
        mut placed: Placed,
        unplaced: &Unplaced,
        outcomes: &mut [Outcome],
        output: &mut Output<'_>,
    ) -> io::Result<()> {
        reading.again(true);
        let work = |unit| self.judge_unit(reading, unit, unplaced);
        let mut last = None;
        let take = |mut judged: Judged| {
            let Some(source) = reading.sources.get(judged.number) else {
                return Ok(());
            };
            let path = source.path();
            if last.replace(judged.number) != Some(judged.number) {
                output.findings(placed.left(unplaced, Some(&path)))?;
            }
            let mut findings = std::mem::take(&mut judged.outcome.evaluation.findings);
            findings.extend(match judged.end {
                Some(end) => placed.before(&path, end),
                None => placed.all_of(&path),
            });
            output.sorted(findings)?;
            output.inconclusive(&mut judged.outcome)?;
            if let Some(outcome) = outcomes.get_mut(judged.number) {
                outcome.add(judged.outcome);
            }
            Ok::<(), io::Error>(())
        };
        in_rounds(UNITS_AT_ONCE, reading.units(), work, take)?;
        output.findings(placed.left(unplaced, None))
    }

    fn judge_unit(&self, reading: &Reading<'_>, unit: Unit, unplaced: &Unplaced) -> Judged {
        let is_part = matches!(unit, Unit::Chunk(..));
        let (number, documents) = self.documents_in(reading, unit);
        let mut outcome = Outcome::default();
        let mut end = None;
        match documents {
            Ok(documents) => {
                let last = documents.last().filter(|_| is_part);
                end = last.map(|(document, _)| document.end());
                self.judge_documents(documents, reading, unplaced, &mut outcome);
            }
            // It could be read before.
            Err(error) => outcome.errors.push(document_problem(error)),
        }
        let end = end.or(is_part.then_some((0, 0)));
        Judged {
            number,
            outcome,
            end,
        }
    }

    /// The documents in a unit, and what is in them. Nothing new can be said of them.
    pub(super) fn documents_in(
        &self,
        reading: &Reading<'_>,
        unit: Unit,
    ) -> (usize, Result<Vec<(Document, Normalized)>, DocumentError>) {
        match unit {
            Unit::Source(number) => (number, self.documents_of(reading, number)),
            Unit::Chunk(number, chunk) => {
                let documents = chunk.and_then(|chunk| chunk.documents(&self.limits));
                let normalized = documents.map(|all| self.normalized(reading, number, all));
                (number, normalized)
            }
        }
    }

    /// The documents of a small source.
    fn documents_of(
        &self,
        reading: &Reading<'_>,
        number: usize,
    ) -> Result<Vec<(Document, Normalized)>, DocumentError> {
        let Some(source) = reading.sources.get(number) else {
            return Ok(Vec::new());
        };
        let documents = reading.run.read(source, &self.limits)?;
        Ok(self.recognized(source, documents, &mut Unjudged::default()))
    }

    fn normalized(
        &self,
        reading: &Reading<'_>,
        number: usize,
        documents: Vec<Document>,
    ) -> Vec<(Document, Normalized)> {
        let source: Option<&Source> = reading.sources.get(number);
        match (source, reading.plans.get(number)) {
            (Some(source), Some(Plan::Chunks(Layout::Values))) => {
                self.recognized(source, documents, &mut Unjudged::default())
            }
            (_, Some(Plan::Chunks(layout))) => {
                let normalize = |document: Document| {
                    let (normalized, _) = self.normalize_chunk(&document, layout);
                    (document, normalized)
                };
                documents.into_iter().map(normalize).collect()
            }
            _ => Vec::new(),
        }
    }

    fn judge_documents(
        &self,
        documents: Vec<(Document, Normalized)>,
        reading: &Reading<'_>,
        unplaced: &Unplaced,
        outcome: &mut Outcome,
    ) {
        for (document, normalized) in documents {
            let mut known = unplaced.within(&document);
            if !known.is_empty() {
                let secrets = self.secrets_in(&normalized.subjects, 0);
                locate(&document, known.iter_mut().collect(), &secrets);
                outcome.evaluation.findings.append(&mut known);
            }
            let subjects = normalized.subjects.into_iter();
            let ready: Vec<_> = subjects.filter(|subject| !part::waits(subject)).collect();
            self.judge(&ready, reading.run, outcome);
        }
    }
}
