//! Documents become subjects: the one place where a field's spelling in a format is known.
//!
//! [`normalize`] finds out which [`Format`] a document has, and reads each subject in it into the published types.
//! It computes facts (the host of a URI, the days that a secret lives) and judges nothing.

pub mod application;
pub mod change;
pub mod input;
pub mod inventory;
pub mod part;
pub mod project;
pub mod service_principal;
mod subject;
pub mod tenant;
pub mod token;

mod aad_graph;
mod arm;
mod certificate;
mod credential;
mod date;
mod detect;
mod document;
mod elements;
mod federated_credential;
mod identifier_uri;
mod list;
mod members;
mod msgraph;
mod permission;
mod placeholder;
mod reader;
mod redirect_uri;
mod registration;
mod same_key;
mod shape;
mod terraform;
mod translation;
mod uri;

use serde_json::Value;

pub use self::credential::days_left;
pub use self::date::{parse_date, to_rfc3339};
pub use self::detect::{Format, Recognized};
pub(crate) use self::list::{LIST_KEY, Refused, is_around_list, normalize_around, normalize_part};
pub use self::redirect_uri::{redirect_hosts, resembles};
pub use self::subject::{Facts, Gap, GapReason, Kind, Place, Subject};
pub use self::uri::under_domain;
use crate::document::{Document, Syntax};

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
    /// What belongs to subjects of other documents.
    pub parts: Vec<part::Part>,
    /// Fields that are not what the format promises. Their facts are unknown.
    pub problems: Vec<FieldProblem>,
    /// What is worth saying and is no error.
    pub notes: Vec<FieldProblem>,
    /// Why nothing in the document can be judged, when nothing can.
    pub unrecognized: Option<Unrecognized>,
}

impl Normalized {
    /// How much was found, of whatever kind.
    pub(crate) fn found(&self) -> usize {
        self.subjects.len() + self.parts.len()
    }
}

/// Why a document, or an element of a list, cannot be judged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unrecognized {
    /// Nothing in it is known.
    #[error("not an application registration in a format that is known")]
    Unknown,
    /// It is a list without elements.
    #[error("an empty list")]
    Empty,
    /// It is something else of the platform.
    #[error("{0}, which is not judged")]
    Other(&'static str),
    /// Its keys belong to two formats.
    #[error("ambiguous: {0}")]
    Ambiguous(String),
}

const BY_A_RULE: &str =
    "a rule with `applies_to: [document]` would judge it when it is named on the command line";

impl Unrecognized {
    /// Whether it may be judged as a document, by rules that read it raw. An empty list holds nothing to judge, and what
    /// is ambiguous is a registration.
    #[must_use]
    pub fn may_be_document(&self) -> bool {
        matches!(self, Self::Unknown | Self::Other(_))
    }

    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Ambiguous(_) => {
                let formats = Format::ALL.iter().filter(|f| **f != Format::Document);
                let formats: Vec<_> = formats.map(|format| format.as_str()).collect();
                let formats = formats.join("` or `");
                Some(format!("say which it is with `--input-format {formats}`"))
            }
            Self::Unknown => Some(format!(
                "see the README for how to export registrations; `--input-format` skips the detection; {BY_A_RULE}"
            )),
            Self::Other(_) => Some(BY_A_RULE.to_owned()),
            Self::Empty => None,
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
/// assert_eq!(normalized.subjects[0].application().and_then(|app| app.multitenant), Some(false));
/// # Ok::<(), ztvet::document::DocumentError>(())
/// ```
#[must_use]
pub fn normalize(document: &Document, format: Option<Format>) -> Normalized {
    if format == Some(Format::Document) {
        return Normalized {
            subjects: vec![document::subject(document)],
            ..Normalized::default()
        };
    }
    if document.source.syntax() == Syntax::Jwt {
        return token::normalize(document);
    }
    if format.is_none()
        && let Some(normalized) = project::normalize(document)
    {
        return normalized;
    }
    let mut normalized = Normalized::default();
    match detect::elements(&document.value) {
        Some(list) => {
            let page = &document.value;
            list::normalize_list(document, &list, page, "", format, &mut normalized);
        }
        None => {
            let value = &document.value;
            let around = Around {
                page: value,
                hint: None,
            };
            if let Err(reason) = add(document, value, &around, "", format, &mut normalized) {
                normalized.unrecognized = Some(reason);
            }
        }
    }
    normalized
}

/// What stands around a value.
struct Around<'a> {
    /// The page that holds it; itself, where none does.
    page: &'a Value,
    /// What the page says that its elements are.
    hint: Option<detect::Found>,
}

/// Adds what the value is.
fn add(
    document: &Document,
    value: &Value,
    around: &Around<'_>,
    pointer: &str,
    format: Option<Format>,
    normalized: &mut Normalized,
) -> Result<(), Unrecognized> {
    if format != Some(Format::AadGraph)
        && let Some(policy) = tenant::policy(value, around.page)?
    {
        add_policy(document, value, pointer, policy, normalized);
        return Ok(());
    }
    let found = detect::find(value, format, around.hint)?;
    add_found(document, value, pointer, found, normalized);
    Ok(())
}

fn add_policy(
    document: &Document,
    value: &Value,
    pointer: &str,
    policy: tenant::Policy,
    normalized: &mut Normalized,
) {
    let problems = tenant::problems(policy, value, pointer);
    normalized.problems.extend(problems);
    let node = reader::Node::root(value, pointer);
    normalized.problems.extend(same_key::problems(&node));
    normalized.parts.push(part::Part {
        kind: part::PartKind::TenantPolicy(policy),
        document: document.clone(),
        pointer: pointer.to_owned(),
    });
}

fn add_found(
    document: &Document,
    value: &Value,
    pointer: &str,
    found: detect::Found,
    normalized: &mut Normalized,
) {
    let node = reader::Node::root(value, pointer);
    let (format, facts, mut notes) = match found {
        detect::Found::Application(format) => {
            let reader = reader::Reader::default();
            let application = match format {
                Format::MsGraph => msgraph::application(&reader, &node),
                Format::AadGraph => aad_graph::application(&reader, &node),
                Format::TerraformPlan | Format::TerraformState => {
                    return terraform::add_subjects(document, value, pointer, format, normalized);
                }
                Format::Arm => return arm::add_subjects(document, value, pointer, normalized),
                // No application is recognized as one of these.
                Format::Project(_) | Format::Document | Format::Jwt | Format::Claims => return,
            };
            let facts = Facts::Application(Box::new(application));
            (format, facts, reader.into_notes())
        }
        detect::Found::ServicePrincipal(format) => {
            let (facts, notes) = service_principal::service_principal(&node);
            (format, Facts::ServicePrincipal(Box::new(facts)), notes)
        }
        detect::Found::Token => {
            if let Some(members) = value.as_object() {
                token::add(document, members, pointer, Format::Claims, normalized);
            }
            return;
        }
        detect::Found::Part(kind) => {
            return add_part(document, value, pointer, kind, normalized);
        }
    };
    normalized.problems.extend(same_key::problems(&node));
    normalized.problems.append(&mut notes.problems);
    let subject = Subject::new(document, pointer, format, facts, notes);
    normalized.subjects.push(subject);
}

fn add_part(
    document: &Document,
    value: &Value,
    pointer: &str,
    kind: part::PartKind,
    normalized: &mut Normalized,
) {
    let node = reader::Node::root(value, pointer);
    normalized.problems.extend(same_key::problems(&node));
    let mut notes = service_principal::check_part(kind, value, pointer);
    normalized.problems.append(&mut notes.problems);
    normalized.parts.push(part::Part {
        kind,
        document: document.clone(),
        pointer: pointer.to_owned(),
    });
}
