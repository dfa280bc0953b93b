//! Subjects: the things that policies judge.

use serde_json::Value;

use super::Format;
use super::application::Application;
use super::inventory::Inventory;
use super::project::Project;
use super::reader::Notes;
use super::service_principal::ServicePrincipal;
use super::tenant::Tenant;
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
    places: Vec<(&'static str, String)>,
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
    /// A source project.
    Project(Box<Project>),
    /// All subjects of a run.
    Inventory(Box<Inventory>),
    /// Any other document, for rules that read it raw.
    Document,
}

/// The kinds of subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An application registration.
    Application,
    /// A service principal.
    ServicePrincipal,
    /// A tenant's guard rails.
    Tenant,
    /// A source project.
    Project,
    /// All subjects of a run.
    Inventory,
    /// Any other document.
    Document,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 6] = [
        Self::Application,
        Self::ServicePrincipal,
        Self::Tenant,
        Self::Project,
        Self::Inventory,
        Self::Document,
    ];

    /// The name, as in `applies_to` and in the input.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Application => "application",
            Self::ServicePrincipal => "service_principal",
            Self::Tenant => "tenant",
            Self::Project => "project",
            Self::Inventory => "inventory",
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
            places: notes.places,
        }
    }

    /// What kind of thing it is.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self.facts {
            Facts::Application(_) => Kind::Application,
            Facts::ServicePrincipal(_) => Kind::ServicePrincipal,
            Facts::Tenant(_) => Kind::Tenant,
            Facts::Project(_) => Kind::Project,
            Facts::Inventory(_) => Kind::Inventory,
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

    /// The path and the place that a finding's `at` points to. The inventory's findings point into the documents of its
    /// members, by `<path>#<pointer>`.
    #[must_use]
    pub fn location_of(&self, at: Option<&str>) -> (String, String) {
        match (&self.facts, at.and_then(|at| at.rsplit_once('#'))) {
            (Facts::Inventory(_), Some((path, pointer))) => (path.to_owned(), pointer.to_owned()),
            _ => (self.path().to_owned(), self.pointer_of(at)),
        }
    }

    /// The object as it was given.
    #[must_use]
    pub fn raw(&self) -> Option<&Value> {
        self.document.value.pointer(&self.pointer)
    }

    /// The application id, or the best that the source has. Of a service principal, the object id comes first: an
    /// application's is its own.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        match &self.facts {
            Facts::Application(app) => app.app_id.as_deref().or(app.object_id.as_deref()),
            Facts::ServicePrincipal(sp) => sp.object_id.as_deref().or(sp.app_id.as_deref()),
            _ => None,
        }
    }

    /// The application id of an application or of a service principal.
    #[must_use]
    pub fn app_id(&self) -> Option<&str> {
        match &self.facts {
            Facts::Application(app) => app.app_id.as_deref(),
            Facts::ServicePrincipal(sp) => sp.app_id.as_deref(),
            _ => None,
        }
    }

    /// Its name, for people.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        let name = match &self.facts {
            Facts::Application(app) => app.display_name.as_deref(),
            Facts::ServicePrincipal(sp) => sp.display_name.as_deref(),
            _ => None,
        };
        name.filter(|name| !name.is_empty())
    }
}
