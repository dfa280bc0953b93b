//! Looks at all that is to be judged.

use std::convert::Infallible;

use super::super::problems::{located, unreadable};
use super::super::{Outcome, Unjudged, Waiting};
use super::UNITS_AT_ONCE;
use super::units::{Plan, Reading, Unit};
use crate::document::stream::{Chunk, Layout, List};
use crate::document::{Document, DocumentError, Source};
use crate::engine::Inner;
use crate::normalize::inventory::{Keys, Pool};
use crate::normalize::part::Entry;
use crate::normalize::{self, Normalized, Refused, Unrecognized};
use crate::parallel::in_rounds;
use crate::report::{Problem, ProblemKind};

/// What one unit, and later all of a source, holds.
#[derive(Default)]
struct Survey {
    outcome: Outcome,
    unjudged: Unjudged,
    /// What the inventory keeps of subjects, as long as they are few.
    entries: Vec<Entry>,
    keys: Keys,
    /// How many subjects and parts a list has.
    found: usize,
    /// Elements of a list that cannot be judged.
    refused: Vec<(Unrecognized, Problem)>,
    /// Why the source cannot be read.
    failed: Option<DocumentError>,
}

impl Survey {
    fn append(&mut self, mut later: Self) {
        self.outcome.add(later.outcome);
        self.unjudged.append(later.unjudged);
        self.entries.append(&mut later.entries);
        self.keys.append(later.keys);
        self.found += later.found;
        self.refused.append(&mut later.refused);
        self.failed = self.failed.take().or(later.failed);
    }
}

impl Inner {
    /// What is to be said of each source before anything in it is judged, and what waits for all. From then on, the plans
    /// are those of what can be judged. Entries are for service principals, and for the inventory where anybody wants it.
    pub(super) fn survey(
        &self,
        reading: &mut Reading<'_>,
        has_inventory: bool,
    ) -> (Vec<Outcome>, Waiting) {
        let mut surveys: Vec<Survey> = Vec::new();
        surveys.resize_with(reading.sources.len(), Survey::default);
        let work = |unit| match unit {
            Unit::Source(number) => (number, self.survey_source(reading, number)),
            Unit::Chunk(number, chunk) => (number, self.survey_chunk(reading, number, chunk)),
        };
        let (mut entries, most) = (0, self.most_entries());
        let take = |(number, mut survey): (usize, Survey)| {
            entries += survey.entries.len();
            if entries > most {
                survey.entries.clear();
                surveys.iter_mut().for_each(|all| all.entries = Vec::new());
            }
            if let Some(all) = surveys.get_mut(number) {
                all.append(survey);
            }
            Ok::<(), Infallible>(())
        };
        let (Ok(()) | Err(_)) = in_rounds(UNITS_AT_ONCE, reading.units(), work, take);
        let mut waiting = Waiting::default();
        let mut keys = Keys::default();
        let mut outcomes = Vec::new();
        let plans = std::mem::take(&mut reading.plans);
        for ((source, plan), survey) in reading.sources.iter().zip(plans).zip(surveys) {
            let (mut survey, plan) = self.settle(source, plan, survey, reading);
            waiting.append(std::mem::take(&mut survey.outcome.waiting));
            waiting.entries.append(&mut survey.entries);
            keys.append(survey.keys);
            outcomes.push(survey.outcome);
            reading.plans.push(plan);
        }
        if entries > most {
            waiting.entries = Vec::new();
            if has_inventory || keys.has_principals() {
                self.fill(&mut waiting, keys, reading);
            }
        }
        (outcomes, waiting)
    }

    /// How many entries are held without asking whether they matter: one takes some 500 bytes.
    fn most_entries(&self) -> usize {
        usize::try_from(self.stream_above / 512).unwrap_or(usize::MAX)
    }

    /// Reads all once more, for the entries that matter.
    fn fill(&self, waiting: &mut Waiting, mut keys: Keys, reading: &mut Reading<'_>) {
        waiting.totals = Some(keys.close());
        reading.again(false);
        // What cannot be read any more is told when it is judged.
        let work = |unit| -> Vec<Entry> {
            let (_, documents) = self.documents_in(reading, unit);
            let documents = documents.unwrap_or_default();
            let subjects = documents.iter().flat_map(|(_, found)| &found.subjects);
            subjects.filter_map(Entry::of).collect()
        };
        let mut pool = Pool::default();
        let take = |entries: Vec<Entry>| {
            for mut entry in entries {
                if keys.wants(&entry) {
                    keys.trim(&mut entry);
                    pool.share(&mut entry);
                    waiting.entries.push(entry);
                }
            }
            Ok::<(), Infallible>(())
        };
        let (Ok(()) | Err(_)) = in_rounds(UNITS_AT_ONCE, reading.units(), work, take);
    }

    fn survey_source(&self, reading: &Reading<'_>, number: usize) -> Survey {
        let mut survey = Survey::default();
        let Some(source) = reading.sources.get(number) else {
            return survey;
        };
        let documents = self.read(source, reading.run, &mut survey.outcome);
        survey.unjudged.any_recognized = !documents.is_empty();
        self.note(documents, &mut survey);
        survey
    }

    fn survey_chunk(
        &self,
        reading: &Reading<'_>,
        number: usize,
        chunk: Result<Chunk, DocumentError>,
    ) -> Survey {
        let mut survey = Survey::default();
        let (Some(source), Some(Plan::Chunks(layout))) =
            (reading.sources.get(number), reading.plans.get(number))
        else {
            return survey;
        };
        let documents = match chunk.and_then(|chunk| chunk.documents(&self.limits)) {
            Ok(documents) => documents,
            Err(error) => {
                survey.failed = Some(error);
                return survey;
            }
        };
        if let Layout::Values = layout {
            let documents = self.recognized(source, documents, &mut survey.unjudged);
            self.note(documents, &mut survey);
            return survey;
        }
        for document in documents {
            let (normalized, refused) = self.normalize_chunk(&document, layout);
            survey.found += normalized.found();
            for refused in refused {
                let reason = refused.reason.clone();
                let problem = problem(&document, refused);
                survey.refused.push((reason, problem));
            }
            self.note(vec![(document, normalized)], &mut survey);
        }
        survey
    }

    /// What a chunk holds, and which of its elements cannot be judged.
    pub(super) fn normalize_chunk(
        &self,
        document: &Document,
        layout: &Layout,
    ) -> (Normalized, Vec<Refused>) {
        match layout {
            Layout::List(_) => normalize::normalize_part(document, self.format),
            Layout::Values | Layout::Whole => {
                (normalize::normalize(document, self.format), Vec::new())
            }
        }
    }

    fn note(&self, documents: Vec<(Document, Normalized)>, survey: &mut Survey) {
        for (document, normalized) in documents {
            self.tell(&document, &normalized, &mut survey.outcome);
            survey.outcome.waiting.keep(normalized);
        }
        let entries = std::mem::take(&mut survey.outcome.waiting.entries);
        entries.iter().for_each(|entry| survey.keys.add(entry));
        survey.entries.extend(entries);
    }

    /// What is to be said of a source when all of it has been looked at, and how it is judged.
    fn settle(
        &self,
        source: &Source,
        plan: Plan,
        mut survey: Survey,
        reading: &Reading<'_>,
    ) -> (Survey, Plan) {
        let list = match &plan {
            Plan::Chunks(Layout::List(list)) => Some(list.as_ref()),
            _ => None,
        };
        let failed = match &plan {
            Plan::Failed(error) => Some(error.clone()),
            _ => survey.failed.take(),
        };
        if let Some(error) = failed.or_else(|| list?.fault()) {
            let mut survey = Survey::default();
            unreadable(source, error, &mut survey.outcome);
            return (survey, Plan::Nothing);
        }
        if let Some(list) = list {
            if survey.found == 0 && self.takes_for_documents(source) {
                return self.settle_whole(source, reading);
            }
            self.settle_list(list, &mut survey);
        }
        let is_judged = survey.unjudged.any_recognized;
        let mut before = Outcome::default();
        std::mem::take(&mut survey.unjudged).tell(source, &mut before);
        let after = &mut survey.outcome;
        after.errors.splice(..0, before.errors);
        after.notes.splice(..0, before.notes);
        after.skipped.splice(..0, before.skipped);
        (survey, if is_judged { plan } else { Plan::Nothing })
    }

    /// A list in which nothing is known may be a document for rules that read it raw.
    fn settle_whole(&self, source: &Source, reading: &Reading<'_>) -> (Survey, Plan) {
        let mut survey = Survey::default();
        let documents = self.read(source, reading.run, &mut survey.outcome);
        let plan = if documents.is_empty() {
            Plan::Nothing
        } else {
            Plan::Whole
        };
        self.note(documents, &mut survey);
        (survey, plan)
    }

    fn settle_list(&self, list: &List, survey: &mut Survey) {
        let around = normalize::normalize_around(&list.around);
        let refused = std::mem::take(&mut survey.refused);
        let has_more = !around.notes.is_empty();
        let (problems, mut notes) = self.problems(&list.around, &around);
        notes.append(&mut survey.outcome.notes);
        survey.outcome.notes = notes;
        if survey.found > 0 {
            survey.unjudged.any_recognized = true;
            survey.outcome.errors.extend(problems);
            let refused = refused.into_iter().map(|(_, problem)| problem);
            survey.outcome.errors.extend(refused);
            return;
        }
        let reason = match refused.into_iter().next() {
            Some((reason, _)) => reason,
            None if has_more => return,
            None => Unrecognized::Empty,
        };
        survey.outcome = Outcome::default();
        let place = located(&list.around, "");
        survey.unjudged.reasons.push((reason, place));
    }
}

fn problem(document: &Document, refused: Refused) -> Problem {
    let field = refused.problem();
    Problem {
        kind: ProblemKind::Document,
        message: field.message,
        help: field.help,
        location: Some(located(document, &field.pointer)),
    }
}
