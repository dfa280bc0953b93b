//! The inputs of more than is held in memory.

use super::super::inputs::Give;
use super::super::{Outcome, Run, Waiting, document_problem};
use super::UNITS_AT_ONCE;
use super::units::{Reading, Unit};
use crate::document::{DocumentError, Source};
use crate::engine::Inner;
use crate::normalize::input::Input;
use crate::normalize::part;
use crate::parallel::in_rounds;

impl Inner {
    /// Gives the inputs of all that does not wait for the rest, in the order of the sources. What is to be said of each
    /// source, and what waits, comes back.
    pub(in super::super) fn stream_inputs<E: Send>(
        &self,
        sources: &[Source],
        run: &Run,
        give: &mut Give<'_, E>,
    ) -> Result<(Vec<Outcome>, Waiting), E> {
        let mut reading = Reading::new(self, sources, run, &|_| {});
        let (mut outcomes, waiting) = self.survey(&mut reading, true);
        reading.again(true);
        let work = |unit| self.inputs_in(&reading, unit);
        let take = |(number, inputs): (usize, Result<Vec<Input>, DocumentError>)| match inputs {
            Ok(inputs) => inputs.into_iter().try_for_each(&mut *give),
            // It could be read before.
            Err(error) => {
                if let Some(outcome) = outcomes.get_mut(number) {
                    outcome.errors.push(document_problem(error));
                }
                Ok(())
            }
        };
        in_rounds(UNITS_AT_ONCE, reading.units(), work, take)?;
        Ok((outcomes, waiting))
    }

    fn inputs_in(
        &self,
        reading: &Reading<'_>,
        unit: Unit,
    ) -> (usize, Result<Vec<Input>, DocumentError>) {
        let (number, documents) = self.documents_in(reading, unit);
        let inputs = documents.map(|documents| {
            let subjects = documents.iter().flat_map(|(_, found)| &found.subjects);
            let ready = subjects.filter(|subject| !part::waits(subject));
            ready
                .map(|subject| self.shown_input(subject, reading.run))
                .collect()
        });
        (number, inputs)
    }
}
