//! The inputs of all subjects, which nobody judges.

use std::convert::Infallible;
use std::path::Path;

use super::problems::nothing_to_judge;
use super::{Outcome, Run, Waiting, document_problem};
use crate::document::{self, Source};
use crate::engine::{Engine, Inner};
use crate::normalize::Subject;
use crate::normalize::input::Input;
use crate::parallel;
use crate::report::Problem;

/// The inputs of all subjects of some sources.
#[derive(Debug, Default)]
pub struct Inputs {
    /// One for each subject, in the order of the sources.
    pub inputs: Vec<Input>,
    /// What could not be read.
    pub errors: Vec<Problem>,
    /// What is worth saying and is no error.
    pub notes: Vec<Problem>,
}

impl Engine {
    /// Normalizes everything under some paths.
    #[must_use]
    pub fn normalize_paths<P: AsRef<Path> + Sync>(&self, paths: &[P]) -> Inputs {
        let mut inputs = Vec::new();
        let Ok(rest) = self.normalize_into(paths, |input| {
            inputs.push(input);
            Ok::<(), Infallible>(())
        });
        Inputs { inputs, ..rest }
    }

    /// Normalizes everything under some paths, and gives each input when it is ready, in the order of the sources. What
    /// else is to be said comes back.
    ///
    /// Sources of more than 8 MiB together are read some elements at a time, as [`Engine::check_into`] does.
    ///
    /// # Errors
    /// What `give` returns: then nothing more is read.
    pub fn normalize_into<P: AsRef<Path> + Sync, E: Send>(
        &self,
        paths: &[P],
        mut give: impl FnMut(Input) -> Result<(), E> + Send,
    ) -> Result<Inputs, E> {
        let found = document::find(paths);
        let mut has_any = false;
        let mut give = |input| {
            has_any = true;
            give(input)
        };
        let outcomes = self.in_parallel(|| {
            let mut first = Outcome::default();
            let run = self.inner.start(self.now(), &found.sources, &mut first);
            let sizes = found.sources.iter().map(|source| run.size(source));
            let streams = sizes.sum::<u64>() > self.inner.stream_above;
            let (mut outcomes, waiting) = if streams {
                parallel::within(|| self.inner.stream_inputs(&found.sources, &run, &mut give))?
            } else {
                self.inner.held_inputs(&found.sources, &run, &mut give)?
            };
            self.inner.waiting_inputs(waiting, &run, &mut give)?;
            outcomes.insert(0, first);
            Ok(outcomes)
        })?;
        let mut rest = Inputs::default();
        let errors = found.errors.into_iter().map(document_problem);
        rest.errors.extend(errors);
        for outcome in outcomes {
            rest.errors.extend(outcome.errors);
            rest.notes.extend(outcome.notes);
        }
        if !has_any && rest.errors.is_empty() {
            rest.errors.push(nothing_to_judge());
        }
        Ok(rest)
    }
}

/// Takes inputs one by one.
pub(super) type Give<'g, E> = dyn FnMut(Input) -> Result<(), E> + Send + 'g;

impl Inner {
    fn held_inputs<E>(
        &self,
        sources: &[Source],
        run: &Run,
        give: &mut Give<'_, E>,
    ) -> Result<(Vec<Outcome>, Waiting), E> {
        let (mut outcome, mut waiting) = (Outcome::default(), Waiting::default());
        for source in sources {
            for (document, normalized) in self.read(source, run, &mut outcome) {
                self.tell(&document, &normalized, &mut outcome);
                for subject in waiting.keep(normalized) {
                    give(self.shown_input(&subject, run))?;
                }
            }
        }
        Ok((vec![outcome], waiting))
    }

    /// Gives the inputs of what waited until all had been read.
    fn waiting_inputs<E>(
        &self,
        waiting: Waiting,
        run: &Run,
        give: &mut Give<'_, E>,
    ) -> Result<(), E> {
        let (joined, common) = waiting.join();
        for subject in joined {
            give(self.shown_input(&subject, run))?;
        }
        let mut inventory = None;
        common.each_piece(usize::MAX, &mut |all| inventory = Some(all));
        match inventory {
            Some(subject) => give(self.shown_input(&subject, run)),
            None => Ok(()),
        }
    }

    /// The input as it may be shown.
    pub(super) fn shown_input(&self, subject: &Subject, run: &Run) -> Input {
        let mut input = self.input(subject, run);
        self.masking.mask_input(subject, &mut input);
        input
    }
}
