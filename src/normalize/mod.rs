//! Documents become subjects: the one place where a field's spelling in a format is known.
//!
//! [`normalize`] finds out which [`Format`] a document has, and reads each subject in it into the published types.
//! It computes facts (the host of a URI, the days that a secret lives) and judges nothing.

pub mod application;
pub mod input;

mod aad_graph;
mod certificate;
mod credential;
mod date;
mod detect;
mod elements;
mod federated_credential;
mod identifier_uri;
mod msgraph;
mod permission;
mod placeholder;
mod reader;
mod redirect_uri;
mod registration;
mod uri;

use std::sync::Arc;

use serde_json::Value;

use self::application::Application;
pub use self::credential::days_left;
pub use self::date::{parse_date, to_rfc3339};
pub use self::detect::{Format, Recognized};
pub use self::redirect_uri::resembles;
pub use self::uri::under_domain;
use crate::document::Document;

/// One thing that policies judge.
#[derive(Debug, Clone)]
pub struct Subject {
    /// What kind of thing it is.
    pub kind: Kind,
    /// How the document spells it.
    pub format: Format,
    /// The path of its source.
    pub path: String,
    /// JSON Pointer of the object in its document.
    pub pointer: String,
    /// The normalized facts.
    pub application: Application,
    /// Facts that are not known, or only in part.
    pub gaps: Vec<Gap>,
    /// Places whose text must never be shown.
    pub secrets: Vec<String>,
    document: Arc<Value>,
    places: Vec<(&'static str, String)>,
}

/// The kinds of subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An application registration.
    Application,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 1] = [Self::Application];

    /// The name, as in `applies_to` and in the input.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Application => "application",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// A fact, or a part of one, that the source does not tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// The fact's path in the input: `application.redirect_uris`.
    pub fact: &'static str,
    /// Where the value stands that is not known; none where nothing stands.
    pub pointer: Option<String>,
    /// Why.
    pub reason: GapReason,
}

/// Why a fact has a gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GapReason {
    /// The source cannot know the value yet.
    Unknown,
    /// A part was not collected.
    NotCollected,
    /// The value is malformed; a problem says so.
    Invalid,
}

/// A field that is not what its format promises.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldProblem {
    /// JSON Pointer of the field.
    pub pointer: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

/// What a document turned out to hold.
#[derive(Debug, Clone, Default)]
pub struct Normalized {
    /// What can be judged.
    pub subjects: Vec<Subject>,
    /// Fields that are not what the format promises. Their facts are unknown.
    pub problems: Vec<FieldProblem>,
    /// What is worth saying and is no error.
    pub notes: Vec<FieldProblem>,
    /// Why nothing in the document can be judged, when nothing can.
    pub unrecognized: Option<Unrecognized>,
}

/// Why a document, or an element of a list, cannot be judged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unrecognized {
    /// Nothing in it is known.
    #[error("not an application registration in a format that is known")]
    Unknown,
    /// It is something else of the platform.
    #[error("{0}, which is not judged")]
    Other(&'static str),
    /// Its keys belong to two formats.
    #[error("ambiguous: {0}")]
    Ambiguous(String),
}

impl Unrecognized {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Ambiguous(_) => {
                let formats = Format::ALL.map(Format::as_str).join("` or `");
                Some(format!("say which it is with `--input-format {formats}`"))
            }
            Self::Unknown => Some(
                "see the README for how to export registrations; `--input-format` skips the detection"
                    .to_owned(),
            ),
            Self::Other(_) => None,
        }
    }
}

/// Finds the subjects of a document.
///
/// `format` overrides the detection.
///
/// ```
/// let documents = ztvet::document::parse(
///     "shop.json",
///     br#"{"appId": "1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9", "signInAudience": "AzureADMyOrg"}"#,
///     &ztvet::document::Limits::default(),
/// )?;
/// let normalized = ztvet::normalize::normalize(&documents[0], None);
/// assert_eq!(normalized.subjects[0].application.multitenant, Some(false));
/// # Ok::<(), ztvet::document::DocumentError>(())
/// ```
#[must_use]
pub fn normalize(document: &Document, format: Option<Format>) -> Normalized {
    let mut normalized = Normalized::default();
    match detect::elements(&document.value) {
        Some(list) => normalize_list(document, &list, format, &mut normalized),
        None => match detect::recognize(&document.value, format) {
            Ok(format) => add_subject(document, &document.value, "", format, &mut normalized),
            Err(reason) => normalized.unrecognized = Some(reason),
        },
    }
    normalized
}

fn normalize_list(
    document: &Document,
    list: &detect::Elements<'_>,
    format: Option<Format>,
    normalized: &mut Normalized,
) {
    if list.has_more {
        normalized.notes.push(FieldProblem {
            pointer: list.pointer.to_owned(),
            message: "the page has an `@odata.nextLink`: the set is incomplete".to_owned(),
            help: Some("export all pages, for example with `az ad app list --all`".to_owned()),
        });
    }
    let mut refused = Vec::new();
    for (index, element) in list.items.iter().enumerate() {
        let pointer = format!("{}/{index}", list.pointer);
        if element.get("@removed").is_some() {
            continue;
        }
        match detect::recognize(element, format.or(list.format)) {
            Ok(format) => add_subject(document, element, &pointer, format, normalized),
            Err(reason) => refused.push((pointer, reason)),
        }
    }
    if normalized.subjects.is_empty() {
        normalized.unrecognized = Some(match refused.into_iter().next() {
            Some((_, reason)) => reason,
            None if list.items.is_empty() => Unrecognized::Other("an empty list"),
            None => Unrecognized::Unknown,
        });
        return;
    }
    for (pointer, reason) in refused {
        normalized.problems.push(FieldProblem {
            message: format!("element `{pointer}` cannot be judged: {reason}"),
            pointer,
            help: None,
        });
    }
}

fn add_subject(
    document: &Document,
    value: &Value,
    pointer: &str,
    format: Format,
    normalized: &mut Normalized,
) {
    let reader = reader::Reader::default();
    let node = reader::Node::root(value, pointer);
    let application = match format {
        Format::MsGraph => msgraph::application(&reader, &node),
        Format::AadGraph => aad_graph::application(&reader, &node),
    };
    let notes = reader.into_notes();
    normalized.problems.extend(notes.problems);
    normalized.subjects.push(Subject {
        kind: Kind::Application,
        format,
        path: document.source.path.clone(),
        pointer: pointer.to_owned(),
        application,
        gaps: notes.gaps,
        secrets: notes.secrets,
        document: Arc::clone(&document.value),
        places: notes.places,
    });
}

impl Subject {
    /// Where a finding's `at` points: a JSON Pointer stays as it is, the path of a fact becomes the place of the fact or
    /// of the nearest one around it, and everything else is the subject itself.
    #[must_use]
    pub fn pointer_of(&self, at: Option<&str>) -> String {
        let Some(mut fact) = at else {
            return self.pointer.clone();
        };
        if fact.starts_with('/') {
            return fact.to_owned();
        }
        loop {
            if let Some((_, pointer)) = self.places.iter().find(|(name, _)| *name == fact) {
                return pointer.clone();
            }
            match fact.rsplit_once('.') {
                Some((parent, _)) => fact = parent,
                None => return self.pointer.clone(),
            }
        }
    }

    /// The object as it was given.
    #[must_use]
    pub fn raw(&self) -> Option<&Value> {
        self.document.pointer(&self.pointer)
    }

    /// The application id, or the best that the source has.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        let app = &self.application;
        [&app.app_id, &app.object_id]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .find(|id| !id.is_empty())
    }

    /// Its name, for people.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.application
            .display_name
            .as_deref()
            .filter(|name| !name.is_empty())
    }
}
