//! Parts: values of a document that belong to a subject of another one, and are joined to it when all has been read.

use serde_json::Value;

use super::subject::{Facts, Subject};
use super::tenant;
use crate::document::Document;

/// A value that says something of a subject elsewhere.
#[derive(Debug, Clone)]
pub struct Part {
    /// What it is.
    pub kind: PartKind,
    /// The document that holds it.
    pub document: Document,
    /// JSON Pointer of the value in its document.
    pub pointer: String,
}

/// The kinds of part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartKind {
    /// A policy of a tenant.
    TenantPolicy(tenant::Policy),
}

impl Part {
    /// The value.
    #[must_use]
    pub fn value(&self) -> Option<&Value> {
        self.document.value.pointer(&self.pointer)
    }
}

/// What the inventory keeps of a subject when the subject itself is let go.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {}

impl Entry {
    /// The summary of a subject that the inventory is about.
    #[must_use]
    pub const fn of(_subject: &Subject) -> Option<Self> {
        None
    }
}

/// Whether a subject can be judged only when all has been read.
#[must_use]
pub const fn waits(subject: &Subject) -> bool {
    match subject.facts {
        Facts::ServicePrincipal(_) | Facts::Tenant(_) | Facts::Project(_) | Facts::Inventory(_) => {
            true
        }
        Facts::Application(_) | Facts::Document => false,
    }
}

/// Joins parts to the subjects that wait for them, and adds the subjects that stand for the whole run.
#[must_use]
pub fn join(mut waiting: Vec<Subject>, parts: Vec<Part>, _summaries: &[Entry]) -> Vec<Subject> {
    super::project::join(&mut waiting);
    waiting.extend(tenant::join(&parts));
    waiting
}
