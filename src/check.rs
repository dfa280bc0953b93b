//! A run over sources: read, normalize, evaluate, and find the lines of what was found.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::Timestamp;
use rayon::prelude::*;

use crate::document::{self, Document, DocumentError, Found, Source};
use crate::engine::{Engine, Evaluation, Inner};
use crate::finding::{Finding, Location, Status};
use crate::normalize::input::Input;
use crate::normalize::part::{self, Entry, Part};
use crate::normalize::project;
use crate::normalize::{self, FieldProblem, Kind, Normalized, Subject, Unrecognized, to_rfc3339};
use crate::report::{NotConfigured, Problem, ProblemKind, Report, SCHEMA, Skipped, Summary, Tool};

/// What came of one source.
#[derive(Debug, Default)]
struct Outcome {
    subjects: usize,
    /// Kinds of subject that were found.
    kinds: BTreeSet<Kind>,
    evaluation: Evaluation,
    errors: Vec<Problem>,
    notes: Vec<Problem>,
    skipped: Vec<Skipped>,
    waiting: Waiting,
}

/// What can be judged only when all has been read.
#[derive(Debug, Default)]
struct Waiting {
    subjects: Vec<Subject>,
    parts: Vec<Part>,
    entries: Vec<Entry>,
}

impl Waiting {
    fn append(&mut self, mut other: Self) {
        self.subjects.append(&mut other.subjects);
        self.parts.append(&mut other.parts);
        self.entries.append(&mut other.entries);
    }

    /// Keeps what must wait, and gives back what can be judged at once.
    fn keep(&mut self, normalized: Normalized) -> Vec<Subject> {
        let (waiting, ready): (Vec<_>, Vec<_>) =
            normalized.subjects.into_iter().partition(part::waits);
        let entries = ready.iter().chain(&waiting).filter_map(Entry::of);
        self.entries.extend(entries);
        self.subjects.extend(waiting);
        self.parts.extend(normalized.parts);
        ready
    }

    /// The subjects, with what other documents say of them.
    fn join(self) -> Vec<Subject> {
        part::join(self.subjects, self.parts, &self.entries)
    }
}

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
        let now = self.now();
        let found = document::find(paths);
        let total = found.sources.len();
        let done = AtomicUsize::new(0);
        let check = |source: &Source| {
            let outcome = self.inner.check_source(source, now);
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, total);
            outcome
        };
        let outcomes = self.in_parallel(|| {
            let mut outcomes: Vec<Outcome> = found.sources.par_iter().map(check).collect();
            let last = self.inner.check_waiting(&mut outcomes, now);
            outcomes.push(last);
            outcomes
        });
        self.report(now, found, outcomes)
    }

    /// Normalizes everything under some paths.
    #[must_use]
    pub fn normalize_paths<P: AsRef<Path> + Sync>(&self, paths: &[P]) -> Inputs {
        let now = self.now();
        let found = document::find(paths);
        let mut inputs = Inputs::default();
        let mut waiting = Waiting::default();
        inputs
            .errors
            .extend(found.errors.into_iter().map(document_problem));
        for source in &found.sources {
            let mut outcome = Outcome::default();
            for (document, normalized) in self.inner.read(source, &mut outcome) {
                self.inner.tell(&document, &normalized, &mut outcome);
                let ready = waiting.keep(normalized);
                inputs
                    .inputs
                    .extend(ready.iter().map(|subject| self.inner.input(subject, now)));
            }
            inputs.errors.append(&mut outcome.errors);
            inputs.notes.append(&mut outcome.notes);
        }
        let joined = waiting.join();
        inputs
            .inputs
            .extend(joined.iter().map(|subject| self.inner.input(subject, now)));
        if inputs.inputs.is_empty() && inputs.errors.is_empty() {
            inputs.errors.push(nothing_to_judge());
        }
        inputs
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

    fn report(&self, now: Timestamp, found: Found, outcomes: Vec<Outcome>) -> Report {
        let mut all = Outcome {
            notes: self.inner.notes.clone(),
            ..Outcome::default()
        };
        all.errors
            .extend(found.errors.into_iter().map(document_problem));
        all.skipped
            .extend(found.links.into_iter().map(|path| Skipped {
                path,
                reason: "a symbolic link, which is not followed".to_owned(),
            }));
        let mut not_configured: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for mut outcome in outcomes {
            all.subjects += outcome.subjects;
            all.kinds.append(&mut outcome.kinds);
            all.errors.append(&mut outcome.errors);
            all.notes.append(&mut outcome.notes);
            all.skipped.append(&mut outcome.skipped);
            let evaluation = &mut outcome.evaluation;
            all.evaluation.findings.append(&mut evaluation.findings);
            all.evaluation
                .inconclusive
                .append(&mut evaluation.inconclusive);
            for waiting in evaluation.not_configured.drain(..) {
                not_configured
                    .entry(waiting.rule)
                    .or_default()
                    .extend(waiting.needs);
            }
        }
        if all.errors.is_empty() {
            let nothing = if all.subjects == 0 {
                Some(nothing_to_judge())
            } else {
                self.nobody_judges(&all.kinds)
            };
            let list = if self.inner.allow_empty {
                &mut all.notes
            } else {
                &mut all.errors
            };
            list.extend(nothing);
        }
        sort(&mut all.evaluation.findings);
        let not_configured = not_configured
            .into_iter()
            .map(|(rule, needs)| NotConfigured {
                rule,
                needs: needs.into_iter().collect(),
            })
            .collect();
        Report {
            schema: SCHEMA.to_owned(),
            tool: Tool::this(),
            now: to_rfc3339(now),
            summary: self.summary(&all),
            not_configured,
            findings: all.evaluation.findings,
            inconclusive: all.evaluation.inconclusive,
            errors: all.errors,
            notes: all.notes,
            skipped: all.skipped,
        }
    }

    /// Subjects of which none is of a kind that a selected rule judges.
    fn nobody_judges(&self, kinds: &BTreeSet<Kind>) -> Option<Problem> {
        let evaluator = &self.inner.evaluator;
        if kinds.iter().any(|kind| evaluator.judges(*kind)) {
            return None;
        }
        let names = |kinds: &mut dyn Iterator<Item = Kind>| {
            let names: Vec<String> = kinds.map(|kind| format!("`{}`", kind.as_str())).collect();
            names.join(", ")
        };
        let found = names(&mut kinds.iter().copied());
        let judged = names(&mut Kind::ALL.into_iter().filter(|kind| evaluator.judges(*kind)));
        Some(Problem {
            kind: ProblemKind::Evaluation,
            message: format!("no rule has judged anything: what was found is {found}"),
            help: Some(format!("the selected rules judge {judged}")),
            location: None,
        })
    }

    fn summary(&self, all: &Outcome) -> Summary {
        let of = |status| {
            let findings = all.evaluation.findings.iter();
            findings.filter(move |finding| finding.status == status)
        };
        Summary {
            subjects: all.subjects,
            rules: self.rules().count(),
            findings: of(Status::Open).map(|finding| finding.severity).collect(),
            waived: of(Status::Waived).count(),
            inconclusive: all.evaluation.inconclusive.len(),
            errors: all.errors.len(),
            skipped: all.skipped.len(),
        }
    }
}

/// By path, place and rule, so that the order is the same in every run.
fn sort(findings: &mut [Finding]) {
    findings.sort_by(|one, other| {
        let key = |finding: &Finding| {
            let location = &finding.location;
            (
                location.line,
                location.column,
                finding.rule.clone(),
                finding.message.clone(),
            )
        };
        let path = one.location.path.cmp(&other.location.path);
        path.then_with(|| key(one).cmp(&key(other)))
    });
}

impl Inner {
    fn check_source(&self, source: &Source, now: Timestamp) -> Outcome {
        let mut outcome = Outcome::default();
        for (document, normalized) in self.read(source, &mut outcome) {
            self.tell(&document, &normalized, &mut outcome);
            let ready = outcome.waiting.keep(normalized);
            self.judge(&ready, now, &mut outcome);
        }
        outcome
    }

    /// Judges what waited until all had been read.
    fn check_waiting(&self, outcomes: &mut [Outcome], now: Timestamp) -> Outcome {
        let mut waiting = Waiting::default();
        for outcome in outcomes {
            waiting.append(std::mem::take(&mut outcome.waiting));
        }
        let mut outcome = Outcome::default();
        let joined = waiting.join();
        // The places of one that was joined from several documents are told by its own numbers.
        let is_of_one = |subject: &Subject| subject.others.is_empty();
        for subjects in joined
            .chunk_by(|one, other| one.shares_document(other) && is_of_one(one) && is_of_one(other))
        {
            self.judge(subjects, now, &mut outcome);
        }
        outcome
    }

    /// What is to be said of a document besides what is judged.
    fn tell(&self, document: &Document, normalized: &Normalized, outcome: &mut Outcome) {
        let (errors, notes) = self.problems(document, normalized);
        outcome.errors.extend(errors);
        outcome.notes.extend(notes);
    }

    /// The documents of a source that hold something to judge.
    fn read(&self, source: &Source, outcome: &mut Outcome) -> Vec<(Document, Normalized)> {
        let documents = match source.read(&self.limits) {
            Ok(documents) => documents,
            Err(error) if source.named || must_be_readable(source) => {
                outcome.errors.push(document_problem(error));
                return Vec::new();
            }
            // In a directory, a file that is broken and no registration or project is not ours to complain of.
            Err(error) => {
                outcome.skipped.push(Skipped {
                    path: error.path,
                    reason: format!("cannot be parsed: {}", error.message),
                });
                return Vec::new();
            }
        };
        let normalized: Vec<(Document, Normalized)> = documents
            .into_iter()
            .map(|document| {
                let normalized = normalize::normalize(&document, self.format);
                (document, normalized)
            })
            .collect();
        self.only_recognized(source, normalized, outcome)
    }

    fn only_recognized(
        &self,
        source: &Source,
        documents: Vec<(Document, Normalized)>,
        outcome: &mut Outcome,
    ) -> Vec<(Document, Normalized)> {
        let any_recognized = documents.iter().any(|(_, n)| n.unrecognized.is_none());
        let mut recognized = Vec::new();
        let mut reasons = BTreeSet::new();
        for (document, normalized) in documents {
            let Some(reason) = &normalized.unrecognized else {
                recognized.push((document, normalized));
                continue;
            };
            // Beside documents that are judged, one that is not must not go unseen. A list without elements holds nothing
            // to see.
            let is_error = match reason {
                Unrecognized::Ambiguous(_) => true,
                Unrecognized::Empty => false,
                Unrecognized::Unknown | Unrecognized::Other(_) => source.named || any_recognized,
            };
            if is_error {
                outcome.errors.push(Problem {
                    kind: ProblemKind::Document,
                    message: reason.to_string(),
                    help: reason.help(),
                    location: Some(located(&document, "")),
                });
            } else {
                reasons.insert(reason.to_string());
            }
        }
        outcome
            .skipped
            .extend(reasons.into_iter().map(|reason| Skipped {
                path: source.path(),
                reason,
            }));
        recognized
    }

    /// Judges subjects of one document, or one subject that was joined from several.
    fn judge(&self, subjects: &[Subject], now: Timestamp, outcome: &mut Outcome) {
        let Some(first) = subjects.first() else {
            return;
        };
        // The inventory stands for subjects that were counted.
        let counted = subjects.iter().filter(|s| s.kind() != Kind::Inventory);
        outcome.subjects += counted.count();
        outcome.kinds.extend(subjects.iter().map(Subject::kind));
        let judged: Vec<(Evaluation, Vec<Problem>)> = subjects
            .par_iter()
            .with_min_len(64)
            .map_init(
                || self.evaluator.worker(),
                |worker, subject| match worker {
                    Ok(worker) => self.judge_subject(worker, subject, now),
                    Err(error) => (
                        Evaluation::default(),
                        vec![evaluation_problem(subject, "engine", error)],
                    ),
                },
            )
            .collect();
        let mut found = Vec::new();
        for (evaluation, errors) in judged {
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
            locate(document, here.collect(), &secrets_in(subjects, number));
        }
        outcome.evaluation.findings.append(&mut found);
    }

    fn judge_subject(
        &self,
        worker: &mut crate::evaluate::Worker<'_>,
        subject: &Subject,
        now: Timestamp,
    ) -> (Evaluation, Vec<Problem>) {
        let mut judgement = worker.judge(subject, &self.input(subject, now));
        let errors = std::mem::take(&mut judgement.errors)
            .into_iter()
            .map(|(rule, error)| evaluation_problem(subject, &rule, &error))
            .collect();
        (self.evaluation(subject, judgement), errors)
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

/// Pointers of the secrets in one of the subjects' documents.
fn secrets_in(subjects: &[Subject], document: usize) -> Vec<String> {
    subjects
        .iter()
        .flat_map(|subject| subject.secrets.iter().map(|at| subject.parse_place(at)))
        .flatten()
        .filter(|place| place.document == document)
        .map(|place| place.pointer)
        .collect()
}

/// Fills in lines, columns and snippets of findings in one document.
fn locate(document: &Document, mut findings: Vec<&mut Finding>, secrets: &[String]) {
    if findings.is_empty() {
        return;
    }
    let mut pointers: Vec<&str> = findings
        .iter()
        .map(|f| f.location.pointer.as_str())
        .collect();
    pointers.extend(secrets.iter().map(String::as_str));
    let mut spans = document.locate(&pointers);
    let secrets = spans.split_off(findings.len());
    let secrets: Vec<_> = secrets
        .into_iter()
        .flatten()
        .map(|span| span.bytes)
        .collect();
    for (finding, span) in findings.iter_mut().zip(spans) {
        let Some(span) = span else { continue };
        // The inventory's findings point into other documents.
        if finding.location.path != document.source.path {
            continue;
        }
        let snippet = document.snippet(&span, &secrets);
        let location = &mut finding.location;
        location.line = Some(span.start_line);
        location.column = Some(span.start_column);
        location.end_line = Some(span.end_line);
        location.end_column = Some(span.end_column);
        location.snippet = Some(snippet);
    }
}

fn located(document: &Document, pointer: &str) -> Location {
    let span = document.locate(&[pointer]).into_iter().next().flatten();
    Location {
        path: document.source.path.clone(),
        pointer: pointer.to_owned(),
        line: span.as_ref().map(|span| span.start_line),
        column: span.as_ref().map(|span| span.start_column),
        end_line: span.as_ref().map(|span| span.end_line),
        end_column: span.as_ref().map(|span| span.end_column),
        ..Location::default()
    }
}

fn document_problem(error: DocumentError) -> Problem {
    Problem {
        kind: ProblemKind::Document,
        message: error.message,
        help: error.help,
        location: Some(Location {
            path: error.path,
            line: error.line,
            column: error.column,
            ..Location::default()
        }),
    }
}

fn evaluation_problem(subject: &Subject, rule: &str, error: &str) -> Problem {
    Problem {
        kind: ProblemKind::Evaluation,
        message: format!("the rule {rule} failed: {error}"),
        help: None,
        location: Some(Location {
            path: subject.path().to_owned(),
            pointer: subject.pointer.clone(),
            ..Location::default()
        }),
    }
}

fn nothing_to_judge() -> Problem {
    Problem {
        kind: ProblemKind::Document,
        message: "there is nothing to judge: no application registration was found".to_owned(),
        help: Some("export registrations with `az ad app list --all > apps.json`".to_owned()),
        location: None,
    }
}

/// Whether a file that cannot be parsed is a project's, or may be a registration.
fn must_be_readable(source: &Source) -> bool {
    const LOOK_AT: u64 = 1 << 20;
    project::must_be_readable(&source.path(), || source.first_bytes(LOOK_AT))
        || may_be_registration(source)
}

/// Whether a file that cannot be parsed has words of an application registration in it, or cannot be looked into.
fn may_be_registration(source: &Source) -> bool {
    const LOOK_AT: u64 = 1 << 20;
    const WORDS: [&str; 15] = [
        "signinaudience",
        "requiredresourceaccess",
        "identifieruris",
        "replyurls",
        "redirecturis",
        "passwordcredentials",
        "keycredentials",
        "oauth2permission",
        "\"appid\"",
        "defaultuserrolepermissions",
        "applicationrestrictions",
        "requestdurationindays",
        "enablegroupspecificconsent",
        "azuread_application",
        "microsoft.graph/",
    ];
    let Some(bytes) = source.first_bytes(LOOK_AT) else {
        return true;
    };
    // Without NUL bytes, UTF-16 looks enough like UTF-8.
    let bytes: Vec<u8> = bytes.into_iter().filter(|byte| *byte != 0).collect();
    let text = String::from_utf8_lossy(&bytes).to_ascii_lowercase();
    WORDS.iter().any(|word| text.contains(word))
}
