//! What is wrong, and where, in words for the report.

use crate::document::{Document, DocumentError, Source};
use crate::finding::Location;
use crate::normalize::{Subject, project};
use crate::report::{Problem, ProblemKind};

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
pub(super) fn must_be_readable(source: &Source) -> bool {
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
