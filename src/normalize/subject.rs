//! Subjects: the things that policies judge.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Format;
use super::application::Application;
use super::change::Change;
use super::inventory::Inventory;
use super::project::Project;
use super::reader::Notes;
use super::service_principal::ServicePrincipal;
use super::tenant::Tenant;
use super::token::Token;
use crate::document::Document;

/// One thing that policies judge.
#[derive(Debug, Clone)]
pub struct Subject {
    /// How the document spells it.
    pub format: Format,
    /// JSON Pointer of the object in its document.
    pub pointer: String,
    /// The normalized facts.
    pub facts: Facts,
    /// Facts that are not known, or only in part.
    pub gaps: Vec<Gap>,
    /// Places whose text must never be shown.
    pub secrets: Vec<String>,
    /// The document that holds it.
    pub document: Document,
    /// Further documents that say something of it. Places in them begin with their number, from 1, and `#`.
    pub others: Vec<Document>,
    /// JSON Pointer of the application that a service principal is known to be of, in the same document.
    pub(super) registration: Option<String>,
    pub(super) places: Vec<(Cow<'static, str>, String)>,
    pub(super) name: Option<String>,
}

/// A place in one of a subject's documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The document's number; 0 is the subject's own.
    pub document: usize,
    /// JSON Pointer from the document's root.
    pub pointer: String,
}

/// What is known of a subject, by its kind.
#[derive(Debug, Clone)]
pub enum Facts {
    /// An application registration.
    Application(Box<Application>),
    /// A service principal.
    ServicePrincipal(Box<ServicePrincipal>),
    /// A tenant's guard rails.
    Tenant(Box<Tenant>),
    /// A token that a caller sent.
    Token(Box<Token>),
    /// A source project.
    Project(Box<Project>),
    /// All subjects of a run.
    Inventory(Box<Inventory>),
    /// Two versions of one application.
    Change(Box<Change>),
    /// Any other document, for rules that read it raw.
    Document,
}

/// The kinds of subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// An application registration.
    Application,
    /// A service principal.
    ServicePrincipal,
    /// A tenant's guard rails.
    Tenant,
    /// A token that a caller sent.
    Token,
    /// A source project.
    Project,
    /// All subjects of a run.
    Inventory,
    /// Two versions of one application.
    Change,
    /// Any other document.
    Document,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 8] = [
        Self::Application,
        Self::ServicePrincipal,
        Self::Tenant,
        Self::Token,
        Self::Project,
        Self::Inventory,
        Self::Change,
        Self::Document,
    ];

    /// The name, as in `applies_to` and in the input.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Application => "application",
            Self::ServicePrincipal => "service_principal",
            Self::Tenant => "tenant",
            Self::Token => "token",
            Self::Project => "project",
            Self::Inventory => "inventory",
            Self::Change => "change",
            Self::Document => "document",
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
    pub fact: Cow<'static, str>,
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

/// A place in the document of that number, as elements have it in `at`.
pub(super) fn placed_in(document: usize, pointer: &str) -> String {
    match document {
        0 => pointer.to_owned(),
        other => format!("{other}#{pointer}"),
    }
}

/// A place in a document of any source: the source's path, `#` and the JSON Pointer; in later documents of the source,
/// the document's number stands between, as in [`placed_in`].
pub(super) fn placed_at(path: &str, document: usize, pointer: &str) -> String {
    // A path may end in what looks like a number.
    if document == 0 && numbered(path).is_some() {
        return format!("{path}#0#{pointer}");
    }
    format!("{path}#{}", placed_in(document, pointer))
}

/// The path and the place that [`placed_at`] wrote.
fn parse_placed_at(text: &str) -> Option<(&str, Place)> {
    let (path, pointer) = text.rsplit_once('#')?;
    let (path, document) = numbered(path).unwrap_or((path, 0));
    let pointer = pointer.to_owned();
    Some((path, Place { document, pointer }))
}

/// What stands before `#` and a number at the end.
fn numbered(text: &str) -> Option<(&str, usize)> {
    let (before, number) = text.rsplit_once('#')?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    Some((before, number.parse().ok().filter(|_| is_number)?))
}

impl Subject {
    pub(super) fn new(
        document: &Document,
        pointer: &str,
        format: Format,
        facts: Facts,
        notes: Notes,
    ) -> Self {
        Self {
            format,
            pointer: pointer.to_owned(),
            facts,
            gaps: notes.gaps,
            secrets: notes.secrets,
            document: document.clone(),
            others: Vec::new(),
            registration: None,
            places: notes
                .places
                .into_iter()
                .map(|(fact, place)| (fact.into(), place))
                .collect(),
            name: None,
        }
    }

    /// The same, under the name that its document gives it.
    pub(super) fn named(mut self, name: &str) -> Self {
        self.name = Some(name.to_owned());
        self
    }

    /// What kind of thing it is.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self.facts {
            Facts::Application(_) => Kind::Application,
            Facts::ServicePrincipal(_) => Kind::ServicePrincipal,
            Facts::Tenant(_) => Kind::Tenant,
            Facts::Token(_) => Kind::Token,
            Facts::Project(_) => Kind::Project,
            Facts::Inventory(_) => Kind::Inventory,
            Facts::Change(_) => Kind::Change,
            Facts::Document => Kind::Document,
        }
    }

    /// The facts of an application, when it is one.
    #[must_use]
    pub fn application(&self) -> Option<&Application> {
        match &self.facts {
            Facts::Application(application) => Some(application),
            _ => None,
        }
    }

    /// The facts of a token, when it is one.
    #[must_use]
    pub fn token(&self) -> Option<&Token> {
        match &self.facts {
            Facts::Token(token) => Some(token),
            _ => None,
        }
    }

    /// Whether another subject stands in the same document.
    #[must_use]
    pub fn shares_document(&self, other: &Self) -> bool {
        std::sync::Arc::ptr_eq(&self.document.value, &other.document.value)
    }

    /// The path of its source.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.document.source.path
    }

    /// The documents that say something of it, by number.
    pub fn documents(&self) -> impl Iterator<Item = &Document> {
        std::iter::once(&self.document).chain(&self.others)
    }

    /// Where a finding's `at` points: a place stays as it is, the path of a fact becomes the place of the fact or of the
    /// nearest one around it, and everything else is the subject itself.
    #[must_use]
    pub fn place_of(&self, at: Option<&str>) -> Place {
        let itself = || Place {
            document: 0,
            pointer: self.pointer.clone(),
        };
        let Some(mut fact) = at else {
            return itself();
        };
        if let Some(place) = self.parse_place(fact) {
            return place;
        }
        let whole = fact;
        loop {
            if let Some((_, place)) = self.places.iter().find(|(name, _)| *name == fact) {
                let member = self.member_of_token(place, whole.strip_prefix(fact));
                return member
                    .or_else(|| self.parse_place(place))
                    .unwrap_or_else(itself);
            }
            match fact.rsplit_once('.') {
                Some((parent, _)) => fact = parent,
                None => return itself(),
            }
        }
    }

    /// The place of `token.claims.aud` and the like, which have the names that the document has.
    fn member_of_token(&self, place: &str, path: Option<&str>) -> Option<Place> {
        self.token()?;
        let name = path?.strip_prefix('.')?;
        let pointer = format!("{place}/{name}");
        self.document.at(&pointer)?;
        Some(Place {
            document: 0,
            pointer,
        })
    }

    /// The path of the document and the place in it that a finding's `at` points to. The inventory's findings point into
    /// the documents of its members, by `<path>#<pointer>`, and the place's document is a number within that source.
    #[must_use]
    pub fn location_of(&self, at: Option<&str>) -> (String, Place) {
        if matches!(self.facts, Facts::Inventory(_))
            && let Some((path, place)) = at.and_then(parse_placed_at)
        {
            return (path.to_owned(), place);
        }
        let place = self.place_of(at);
        let document = self.documents().nth(place.document);
        let path = document.map_or(self.path(), |document| &document.source.path);
        (path.to_owned(), place)
    }

    /// Reads `/pointer`, or `1#/pointer` for another document.
    pub(crate) fn parse_place(&self, text: &str) -> Option<Place> {
        if text.is_empty() || text.starts_with('/') {
            return Some(Place {
                document: 0,
                pointer: text.to_owned(),
            });
        }
        let (number, pointer) = text.split_once('#')?;
        let document = number.parse().ok().filter(|n| *n <= self.others.len())?;
        Some(Place {
            document,
            pointer: pointer.to_owned(),
        })
    }

    /// The object as it was given, with `***` in the place of secrets.
    #[must_use]
    pub fn raw(&self) -> Option<Value> {
        let mut raw = self.document.at(&self.pointer)?.clone();
        for secret in &self.secrets {
            let place = secret.strip_prefix(&self.pointer);
            if let Some(value) = place.and_then(|place| raw.pointer_mut(place)) {
                *value = Value::from("***");
            }
        }
        Some(raw)
    }

    /// The application id, or the best that the source has. Of a service principal, the object id comes first: an
    /// application's is its own.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        let id = match &self.facts {
            Facts::Application(app) => app.app_id.as_deref().or(app.object_id.as_deref()),
            Facts::Tenant(tenant) => tenant.id.as_deref(),
            Facts::ServicePrincipal(sp) => sp.object_id.as_deref().or(sp.app_id.as_deref()),
            Facts::Token(token) => token.id(),
            Facts::Change(change) => {
                let app = &change.new;
                app.app_id.as_deref().or(app.object_id.as_deref())
            }
            Facts::Document => return None,
            _ => None,
        };
        id.or(self.name.as_deref())
    }

    /// The application id of an application or of a service principal.
    #[must_use]
    pub fn app_id(&self) -> Option<&str> {
        match &self.facts {
            Facts::Application(app) => app.app_id.as_deref(),
            Facts::ServicePrincipal(sp) => sp.app_id.as_deref(),
            Facts::Change(change) => change.new.app_id.as_deref(),
            _ => None,
        }
    }

    /// Whether that is its name, or the name that users see.
    #[must_use]
    pub fn is_called(&self, name: &str) -> bool {
        let display_name = match &self.facts {
            Facts::Application(app) => app.display_name.as_deref(),
            Facts::ServicePrincipal(sp) => sp.display_name.as_deref(),
            Facts::Change(change) => change.new.display_name.as_deref(),
            _ => None,
        };
        self.name() == Some(name) || display_name == Some(name)
    }

    /// Its name, for people: the address of a resource, else the name that users see.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        let name = match &self.facts {
            Facts::Application(app) => app.display_name.as_deref(),
            Facts::Project(_) => Some(self.path()),
            Facts::Document => Some(self.path()),
            Facts::ServicePrincipal(sp) => sp.display_name.as_deref(),
            Facts::Change(change) => change.new.display_name.as_deref(),
            _ => None,
        };
        let name = self.name.as_deref().or(name);
        name.filter(|name| !name.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_in_other_sources_are_read_as_they_are_written() {
        for (path, document, written) in [
            ("apps.json", 0, "apps.json#/value/3"),
            ("apps.ndjson", 12, "apps.ndjson#12#/value/3"),
            ("a#1", 0, "a#1#0#/value/3"),
            ("a#1", 2, "a#1#2#/value/3"),
            ("a#b", 0, "a#b#/value/3"),
            ("a#", 1, "a##1#/value/3"),
            (
                "a#99999999999999999999",
                0,
                "a#99999999999999999999#/value/3",
            ),
        ] {
            let at = placed_at(path, document, "/value/3");
            assert_eq!(at, written);
            let pointer = "/value/3".to_owned();
            assert_eq!(
                parse_placed_at(&at),
                Some((path, Place { document, pointer }))
            );
        }
        assert_eq!(parse_placed_at("/value/3"), None);
    }
}
