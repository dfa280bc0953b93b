//! A run over sources: read, normalize, evaluate, and find the lines of what was found.

mod cache;
mod changes;
mod documents;
mod inputs;
mod inventory;
mod locate;
mod outcome;
mod problems;
mod progress;
mod report;
mod run;
mod stream;

use std::convert::Infallible;
use std::io;
use std::path::Path;

use jiff::Timestamp;

pub use self::cache::CacheUse;
pub(crate) use self::cache::{Cache, Period};
pub(crate) use self::changes::Registration;
pub use self::inputs::Inputs;
use self::locate::locate;
use self::outcome::{Outcome, Waiting};
pub(crate) use self::problems::document_problem;
use self::problems::{Unjudged, evaluation_problem, located, signature_problem, unreadable};
use self::progress::Counter;
pub use self::progress::Progress;
pub(crate) use self::report::Needs;
use self::report::sort;
pub(crate) use self::run::Run;
use crate::baseline::Baseline;
use crate::document::{self, Document, Found, Source};
use crate::engine::{Engine, Evaluation, Inner};
use crate::evaluate::Worker;
use crate::finding::Finding;
use crate::normalize::input::Input;
use crate::normalize::{self, FieldProblem, Normalized, Subject};
use crate::parallel;
use crate::report::sink::{Collect, Sink};
use crate::report::{Problem, ProblemKind, Report};
use crate::waiver;

impl Engine {
    /// Judges everything under one path: a file, a directory, a glob, or `-` for standard input.
    ///
    /// ```no_run
    /// let engine = ztvet::Engine::builder().bundled()?.build()?;
    /// let report = engine.check_path("apps/");
    /// println!("{} subjects, {} errors", report.summary.subjects, report.errors.len());
    /// # Ok::<(), ztvet::BuildError>(())
    /// ```
    #[must_use]
    pub fn check_path(&self, path: impl AsRef<Path> + Sync) -> Report {
        self.check(&[path])
    }

    /// Judges everything under some paths.
    ///
    /// What cannot be read or evaluated is in the report's errors, and never counts as a pass.
    #[must_use]
    pub fn check<P: AsRef<Path> + Sync>(&self, paths: &[P]) -> Report {
        self.check_watched(paths, |_, _| {})
    }

    /// The same; `progress` is told how many sources are done, and of how many.
    #[must_use]
    pub fn check_watched<P: AsRef<Path> + Sync>(
        &self,
        paths: &[P],
        progress: impl Fn(usize, usize) + Sync,
    ) -> Report {
        let mut all = Collect::default();
        let sources = |now: Progress| {
            if let Progress::Sources { done, total } = now {
                progress(done, total);
            }
        };
        let rest = self.check_into(paths, None, &mut all, sources);
        // What is kept in memory is always written.
        let rest = rest.unwrap_or_else(|error| self.unwritten(&error));
        all.complete(rest)
    }

    /// Judges everything under some paths, compares it with a baseline where one is given, and gives the report to a sink
    /// piece by piece. What is left of it comes back, with its counts and without the lists that the sink was given.
    ///
    /// Inputs of more than 8 MiB together are read some elements at a time, and twice: what is held does not grow with them.
    /// Where the sink [holds everything](Sink::holds_all) and no file has more than that, each is read once.
    ///
    /// # Errors
    /// What the sink returns.
    pub fn check_into<P: AsRef<Path> + Sync>(
        &self,
        paths: &[P],
        baseline: Option<&Baseline>,
        sink: &mut (dyn Sink + Send),
        progress: impl Fn(Progress) + Sync,
    ) -> io::Result<Report> {
        let mut found = document::find(paths);
        // The order of the report.
        found.sources.sort_by_cached_key(Source::path);
        let now = self.now();
        self.in_parallel(|| {
            let mut first = Outcome::default();
            let run = self.inner.start(now, &found.sources, &mut first);
            first.errors.extend(self.inner.judged_by_no_rule());
            let sizes = found.sources.iter().map(|source| run.size(source));
            let sizes: Vec<u64> = sizes.collect();
            let above = self.inner.stream_above;
            let outcomes = if sizes.iter().sum::<u64>() <= above {
                self.collect_anew(&found.sources, first, &run, &progress)
            } else if sink.holds_all() && sizes.iter().all(|size| *size <= above) {
                parallel::within(|| self.collect(&found.sources, first, &run, &progress))
            } else {
                return parallel::within(|| {
                    self.stream(found, first, &run, baseline, sink, &progress)
                });
            };
            let mut report = self.report(now, found, outcomes, Needs::Subjects);
            if let Some(baseline) = baseline {
                report.compare(baseline);
            }
            report.give(sink)
        })
    }

    /// Judges sources that were found, and changes besides.
    pub(crate) fn check_found(
        &self,
        now: Timestamp,
        found: Found,
        changes: &[Subject],
        needs: Needs,
    ) -> Report {
        let outcomes = self.in_parallel(|| {
            let mut first = Outcome::default();
            let run = self.inner.start(now, &found.sources, &mut first);
            first.errors.extend(self.inner.judged_by_no_rule());
            let mut outcomes = self.collect(&found.sources, first, &run, &|_| {});
            outcomes.push(self.inner.check_changes(changes, &run));
            outcomes
        });
        self.report(now, found, outcomes, needs)
    }

    /// What came of sources, each of which is read once.
    fn collect(
        &self,
        sources: &[Source],
        first: Outcome,
        run: &Run,
        progress: &(impl Fn(Progress) + Sync),
    ) -> Vec<Outcome> {
        let counter = Counter::new(sources.len(), progress);
        let check = |source: &Source| {
            let outcome = self.inner.check_source(source, run);
            counter.count();
            outcome
        };
        let mut all = Outcome::default();
        let take = |outcome: Outcome| {
            all.add(outcome);
            Ok::<(), Infallible>(())
        };
        let (Ok(()) | Err(_)) = parallel::in_rounds(SOURCES_AT_ONCE, sources.iter(), check, take);
        let waiting = std::mem::take(&mut all.waiting);
        let last = self.inner.check_rest(waiting, sources, run);
        vec![all, first, last]
    }

    /// Runs on the number of threads that was asked for.
    fn in_parallel<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        let pool = self.inner.jobs.and_then(|jobs| {
            rayon::ThreadPoolBuilder::new()
                .num_threads(jobs)
                .build()
                .ok()
        });
        match pool {
            Some(pool) => pool.install(work),
            None => work(),
        }
    }
}

/// How many sources each core is given at once.
const SOURCES_AT_ONCE: usize = 64;

/// How many documents of one source a thread is given at least.
const DOCUMENTS_AT_ONCE: usize = 16;

/// How many subjects of one document.
const SUBJECTS_AT_ONCE: usize = 64;

impl Inner {
    fn check_source(&self, source: &Source, run: &Run) -> Outcome {
        let mut outcome = Outcome::default();
        let documents = self.read(source, run, &mut outcome);
        for (document, normalized) in &documents {
            self.tell(document, normalized, &mut outcome);
        }
        let ready: Vec<Vec<Subject>> = documents
            .into_iter()
            .map(|(_, normalized)| outcome.waiting.keep(normalized))
            .collect();
        let judged = parallel::map(&ready, DOCUMENTS_AT_ONCE, |subjects| {
            let mut outcome = Outcome::default();
            self.judge(subjects, run, &mut outcome);
            outcome
        });
        judged.into_iter().for_each(|one| outcome.add(one));
        // Of sources in their order, little is left to sort.
        sort(&mut outcome.evaluation.findings);
        outcome
    }

    /// Judges what waited until all sources had been read.
    fn check_rest(&self, waiting: Waiting, sources: &[Source], run: &Run) -> Outcome {
        let mut found = Vec::new();
        let mut last = self.check_waiting(waiting, run, &mut |finding| found.push(finding));
        last.evaluation.findings.append(&mut found);
        self.locate_members(&mut last.evaluation.findings, sources, run);
        last
    }

    /// Judges what waited until all had been read. Findings of the inventory are given away.
    fn check_waiting(&self, waiting: Waiting, run: &Run, give: &mut dyn FnMut(Finding)) -> Outcome {
        let mut outcome = Outcome::default();
        let (joined, common) = waiting.join();
        // The places of one that was joined from several documents are told by its own numbers.
        let is_of_one = |subject: &Subject| subject.others.is_empty();
        for subjects in joined
            .chunk_by(|one, other| one.shares_document(other) && is_of_one(one) && is_of_one(other))
        {
            self.judge(subjects, run, &mut outcome);
        }
        drop(joined);
        self.judge_inventory(&common, run, &mut outcome, give);
        outcome
    }

    /// What is to be said of a document besides what is judged.
    fn tell(&self, document: &Document, normalized: &Normalized, outcome: &mut Outcome) {
        let (errors, notes) = self.problems(document, normalized);
        outcome.errors.extend(errors);
        outcome.notes.extend(notes);
    }

    /// The documents of a source that hold something to judge.
    fn read(
        &self,
        source: &Source,
        run: &Run,
        outcome: &mut Outcome,
    ) -> Vec<(Document, Normalized)> {
        let documents = match run.read(source, &self.limits) {
            Ok(documents) => documents,
            Err(error) => {
                unreadable(source, error, outcome);
                return Vec::new();
            }
        };
        let mut unjudged = Unjudged::default();
        let recognized = self.recognized(source, documents, &mut unjudged);
        unjudged.tell(source, outcome);
        recognized
    }

    /// The documents that hold something to judge, and what is in them.
    fn recognized(
        &self,
        source: &Source,
        documents: Vec<Document>,
        unjudged: &mut Unjudged,
    ) -> Vec<(Document, Normalized)> {
        let normalize = |document: Document| {
            let normalized = normalize::normalize(&document, self.format);
            (document, normalized)
        };
        let mut normalized = parallel::map(documents, DOCUMENTS_AT_ONCE, normalize);
        self.take_for_documents(source, &mut normalized, unjudged);
        unjudged.keep(normalized)
    }

    /// Judges subjects of one document, or one subject that was joined from several.
    fn judge(&self, subjects: &[Subject], run: &Run, outcome: &mut Outcome) {
        let Some(first) = subjects.first() else {
            return;
        };
        for subject in subjects {
            *outcome.kinds.entry(subject.kind()).or_default() += 1;
        }
        outcome
            .waivable
            .extend(waiver::named(&self.waivers, subjects));
        let periods = subjects.iter().map(|one| Period::of(one, run.now));
        outcome.period = periods.fold(outcome.period, Period::and);
        let judged = parallel::map_with(
            subjects,
            SUBJECTS_AT_ONCE,
            || self.evaluator.worker(),
            |worker, subject| self.judge_subject(worker, subject, run),
        );
        let mut found = Vec::new();
        for (subject, (evaluation, failures, errors)) in subjects.iter().zip(judged) {
            outcome.tally.add(subject.kind(), &evaluation, &failures);
            found.extend(evaluation.findings);
            outcome
                .evaluation
                .inconclusive
                .extend(evaluation.inconclusive);
            outcome
                .evaluation
                .not_configured
                .extend(evaluation.not_configured);
            outcome.errors.extend(errors);
        }
        for (number, document) in first.documents().enumerate() {
            let findings = found.iter_mut();
            let here = findings.filter(|finding| finding.location.document == number);
            locate(document, here.collect(), &self.secrets_in(subjects, number));
        }
        outcome.evaluation.findings.append(&mut found);
    }

    fn judge_subject(
        &self,
        worker: &mut Worker<'_>,
        subject: &Subject,
        run: &Run,
    ) -> (Evaluation, Vec<String>, Vec<Problem>) {
        self.judge_input(worker, subject, &self.input(subject, run), run)
    }

    /// Judges a subject by its input.
    fn judge_input(
        &self,
        worker: &mut Worker<'_>,
        subject: &Subject,
        input: &Input,
        run: &Run,
    ) -> (Evaluation, Vec<String>, Vec<Problem>) {
        let mut judgement = worker.judge(subject, input);
        let failures = judgement.errors.iter().map(|(rule, _)| rule.clone());
        let failures = failures.collect();
        let mut errors: Vec<Problem> = std::mem::take(&mut judgement.errors)
            .into_iter()
            .map(|(rule, mut error)| {
                self.masking.mask_error(subject, &mut error);
                evaluation_problem(subject, &rule, &error)
            })
            .collect();
        let reason = input
            .token
            .as_ref()
            .and_then(|token| self.keys.failure(token));
        errors.extend(reason.map(|reason| signature_problem(subject, reason)));
        let evaluation = self.masked_evaluation(subject, judgement, run.now);
        (evaluation, failures, errors)
    }

    /// Fields that are not what the format promises, and what else is worth saying of a document.
    fn problems(
        &self,
        document: &Document,
        normalized: &Normalized,
    ) -> (Vec<Problem>, Vec<Problem>) {
        let problem = |field: &FieldProblem| Problem {
            kind: ProblemKind::Document,
            message: field.message.clone(),
            help: field.help.clone(),
            location: Some(located(document, &field.pointer)),
        };
        (
            normalized.problems.iter().map(problem).collect(),
            normalized.notes.iter().map(problem).collect(),
        )
    }
}
