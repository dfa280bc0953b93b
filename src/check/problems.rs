//! What is wrong, and where, in words for the report.

use std::collections::{BTreeMap, BTreeSet};

use super::Outcome;
use crate::document::{Document, DocumentError, Source};
use crate::finding::Location;
use crate::normalize::{Normalized, Subject, Unrecognized, project};
use crate::report::{Problem, ProblemKind, Skipped};

pub(super) fn located(document: &Document, pointer: &str) -> Location {
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

pub(crate) fn document_problem(error: DocumentError) -> Problem {
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

/// Says that a source cannot be read. In a directory, a file that is broken and no registration or project is not ours to
/// complain of.
pub(super) fn unreadable(source: &Source, error: DocumentError, outcome: &mut Outcome) {
    if source.named || must_be_readable(source) {
        outcome.errors.push(document_problem(error));
        return;
    }
    outcome.skipped.push(Skipped {
        path: error.path,
        reason: format!("cannot be parsed: {}", error.message),
    });
}

/// What is to be said of the documents of a source that hold nothing to judge. That is known when all are.
#[derive(Debug, Default)]
pub(super) struct Unjudged {
    /// Notes, and the first place of each.
    pub(super) notes: BTreeMap<String, Location>,
    pub(super) reasons: Vec<(Unrecognized, Location)>,
    pub(super) any_recognized: bool,
}

impl Unjudged {
    /// Keeps the reasons, and gives back the documents that can be judged.
    pub(super) fn keep(
        &mut self,
        documents: Vec<(Document, Normalized)>,
    ) -> Vec<(Document, Normalized)> {
        let mut recognized = Vec::new();
        for (document, normalized) in documents {
            match &normalized.unrecognized {
                Some(reason) => {
                    let reason = reason.clone();
                    self.reasons.push((reason, located(&document, "")));
                }
                None => recognized.push((document, normalized)),
            }
        }
        self.any_recognized |= !recognized.is_empty();
        recognized
    }

    /// Adds what is to be said of later documents.
    pub(super) fn append(&mut self, mut later: Self) {
        for (note, location) in later.notes {
            self.notes.entry(note).or_insert(location);
        }
        self.reasons.append(&mut later.reasons);
        self.any_recognized |= later.any_recognized;
    }

    pub(super) fn tell(self, source: &Source, outcome: &mut Outcome) {
        let notes = self.notes.into_iter().map(|(message, location)| Problem {
            kind: ProblemKind::Document,
            message,
            help: None,
            location: Some(location),
        });
        outcome.notes.extend(notes);
        let mut skipped = BTreeSet::new();
        for (reason, location) in self.reasons {
            // Beside documents that are judged, one that is not must not go unseen. A list without elements holds nothing
            // to see.
            let is_error = match reason {
                Unrecognized::Ambiguous(_) => true,
                Unrecognized::Empty => false,
                Unrecognized::Unknown | Unrecognized::Other(_) => {
                    source.named || self.any_recognized
                }
            };
            if is_error {
                outcome.errors.push(Problem {
                    kind: ProblemKind::Document,
                    message: reason.to_string(),
                    help: reason.help(),
                    location: Some(location),
                });
            } else {
                skipped.insert(reason.to_string());
            }
        }
        let skipped = skipped.into_iter().map(|reason| Skipped {
            path: source.path(),
            reason,
        });
        outcome.skipped.extend(skipped);
    }
}

pub(super) fn evaluation_problem(subject: &Subject, rule: &str, error: &str) -> Problem {
    problem_of(subject, format!("the rule {rule} failed: {error}"))
}

pub(super) fn signature_problem(subject: &Subject, reason: &str) -> Problem {
    problem_of(subject, format!("the signature was not checked: {reason}"))
}

fn problem_of(subject: &Subject, message: String) -> Problem {
    Problem {
        kind: ProblemKind::Evaluation,
        message,
        help: None,
        location: Some(Location {
            path: subject.path().to_owned(),
            pointer: subject.pointer.clone(),
            ..Location::default()
        }),
    }
}

pub(super) fn nothing_to_judge() -> Problem {
    Problem {
        kind: ProblemKind::Document,
        message: "there is nothing to judge: no application registration was found".to_owned(),
        help: Some("export registrations with `az ad app list --all > apps.json`".to_owned()),
        location: None,
    }
}

/// Whether a file that cannot be parsed is a project's or a token's, or may be a registration.
fn must_be_readable(source: &Source) -> bool {
    const LOOK_AT: u64 = 1 << 20;
    project::must_be_readable(&source.path(), || source.first_bytes(LOOK_AT))
        || source.path().to_ascii_lowercase().ends_with(".jwt")
        || may_be_registration(source)
}

/// Whether a file that cannot be parsed has words of an application registration in it, or cannot be looked into.
fn may_be_registration(source: &Source) -> bool {
    const LOOK_AT: u64 = 1 << 20;
    const WORDS: [&str; 17] = [
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
        "azuread_service_principal",
        "azuread_app_role_assignment",
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
