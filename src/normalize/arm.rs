//! Azure Resource Manager templates with resources of Microsoft Graph, as `bicep build` makes them.
//!
//! Parameters have their defaults, and variables, and functions of these, are resolved; every other expression is not
//! known, nor is a parameter that is secure. What a reference to an id stands for is not known either, but the same
//! wherever it stands, so that resources find each other by it. A deployment leaves alone what its template does not say,
//! so what is absent is not collected.

mod application;
mod expression;
mod service_principal;
mod shape;
mod template;

#[cfg(test)]
mod tests;

use serde_json::Value;

use self::application::{Registration, registrations};
use self::expression::is_known;
use self::service_principal::principals;
pub(super) use self::template::has_graph_resources;
use self::template::{Resource, resources, secrets};
use super::reader::Node;
use super::service_principal::pair;
use super::translation::Translation;
use super::{FieldProblem, Normalized, Subject, same_key};
use crate::document::Document;

/// Adds the applications and service principals of a template.
pub(super) fn add_subjects(
    document: &Document,
    root: &Value,
    pointer: &str,
    normalized: &mut Normalized,
) {
    normalized
        .problems
        .append(&mut shape::problems(root, pointer));
    let node = Node::root(root, pointer);
    normalized.problems.append(&mut same_key::problems(&node));
    let mut found = resources(root, pointer);
    normalized.notes.append(&mut found.notes);
    normalized.notes.extend(others(&found.resources));
    let first = normalized.subjects.len();
    let registrations = registrations(&found.resources, &mut normalized.notes);
    for registration in &registrations {
        let subject = registration.subject(document, &mut normalized.problems);
        normalized.subjects.push(subject);
    }
    let judged = normalized.subjects.len();
    for principal in principals(&found, &mut normalized.notes) {
        let mut subject = principal.subject(document, &mut normalized.problems);
        let app_id = principal.app_id();
        let is_own =
            |registration: &Registration<'_>| app_id.is_some() && registration.app_id() == app_id;
        let index = registrations.iter().position(is_own);
        let application = index.and_then(|index| normalized.subjects.get(first + index));
        if let Some(application) = application {
            pair(&mut subject, application);
        }
        normalized.subjects.push(subject);
    }
    hide(&mut normalized.subjects, [first, judged], root, pointer);
    if normalized.subjects.len() == first {
        normalized.notes.push(FieldProblem {
            pointer: pointer.to_owned(),
            message: "the template has no application registration or service principal of its own"
                .to_owned(),
            help: None,
        });
    }
}

/// Says of resources that are neither applications nor service principals, nor say anything of these, that they are not
/// judged.
fn others(resources: &[Resource]) -> impl Iterator<Item = FieldProblem> {
    const JUDGED: [&str; 5] = [
        "applications",
        "applications/federatedidentitycredentials",
        "serviceprincipals",
        "approleassignedto",
        "oauth2permissiongrants",
    ];
    let others = resources
        .iter()
        .filter(|r| !JUDGED.contains(&r.kind.as_str()));
    others.map(|resource| note(resource, "is not judged"))
}

fn note(resource: &Resource, message: &str) -> FieldProblem {
    FieldProblem {
        pointer: resource.pointer.clone(),
        message: format!("`{}` {message}", resource.name),
        help: None,
    }
}

/// Findings of one kind are shown together, so that the first subject of each needs to know of the document's secrets.
fn hide(subjects: &mut [Subject], first: [usize; 2], root: &Value, pointer: &str) {
    let secrets = secrets(root, pointer);
    for index in first {
        if let Some(subject) = subjects.get_mut(index) {
            subject.secrets.extend(secrets.iter().cloned());
        }
    }
}

/// The name that users see where it is known, else the resource's.
fn display_name(lead: &Resource) -> String {
    let name = lead.resolved("displayName").filter(is_known);
    let name = name
        .as_ref()
        .and_then(Value::as_str)
        .filter(|name| !name.is_empty());
    name.unwrap_or(&lead.name).to_owned()
}

/// Owners are under `relationships`, and are added to those that are there unless the template says to replace them.
/// Gives back whether it does, or says nothing of them.
fn replaces_owners(translation: &mut Translation) -> bool {
    let Some(owners) = translation
        .get("/owners")
        .filter(|owners| owners.is_object())
    else {
        return true;
    };
    let semantics = owners.get("relationshipSemantics").and_then(Value::as_str);
    let replaces = semantics.is_some_and(|semantics| semantics.eq_ignore_ascii_case("replace"));
    translation.lift("/owners", "relationships");
    replaces
}
