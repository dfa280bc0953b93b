//! A run over more than is held in memory.
//!
//! All sources are read twice, some elements at a time. First all is looked at: what cannot be read is told, and what can
//! be judged only when all has been read is. Then each element is judged, and its findings go to the sink in the report's
//! order, with those of the first time between them.

mod held;
mod inputs;
mod judge;
mod output;
mod survey;
mod units;

use std::io;

use self::held::{Placed, Unplaced};
use self::output::Output;
use self::units::{Plan, Reading};
use super::{Outcome, Progress, Run};
use crate::baseline::Baseline;
use crate::document::{Found, Source};
use crate::engine::{Engine, Inner};
use crate::normalize::{Kind, Normalized};
use crate::report::Report;
use crate::report::sink::Sink;

/// How many units each core is given at once.
const UNITS_AT_ONCE: usize = 8;

impl Engine {
    /// Judges sources whose paths are in order.
    pub(super) fn stream(
        &self,
        found: Found,
        first: Outcome,
        run: &Run,
        baseline: Option<&Baseline>,
        sink: &mut (dyn Sink + Send),
        progress: &(impl Fn(Progress) + Sync),
    ) -> io::Result<Report> {
        let inner = &*self.inner;
        let mut output = Output::begin(inner, run.now, baseline, sink)?;
        let mut reading = Reading::new(inner, &found.sources, run, progress);
        let has_inventory = inner.evaluator.judges(Kind::Inventory);
        let (mut outcomes, waiting) = inner.survey(&mut reading, has_inventory);
        let mut unplaced = Unplaced::default();
        let mut last = inner.check_waiting(waiting, run, &mut |finding| unplaced.hold(finding));
        unplaced.sort();
        let placed = Placed::of(std::mem::take(&mut last.evaluation.findings));
        inner.judge_all(&mut reading, placed, &unplaced, &mut outcomes, &mut output)?;
        output.inconclusive(&mut last)?;
        outcomes.extend([first, last]);
        output.end(self, self.gather(found, outcomes))
    }
}

impl Inner {
    /// Looks for what a source holds. It may be asked for again only when it gives its bytes again.
    pub(super) fn each_document(
        &self,
        source: &Source,
        run: &Run,
        mut each: impl FnMut(&crate::document::Document, &Normalized),
    ) {
        let sources = std::slice::from_ref(source);
        let mut reading = Reading::new(self, sources, run, &|_| {});
        let Some(Plan::Chunks(layout)) = reading.plans.pop() else {
            let documents = self.read(source, run, &mut Outcome::default());
            return documents
                .iter()
                .for_each(|(document, found)| each(document, found));
        };
        // What cannot be read is told when it is judged.
        let chunks = reading.chunks(source, &layout).into_iter().flatten();
        let documents = chunks.map_while(|chunk| chunk.ok()?.documents(&self.limits).ok());
        for document in documents.flatten() {
            each(&document, &self.normalize_chunk(&document, &layout).0);
        }
    }
}
