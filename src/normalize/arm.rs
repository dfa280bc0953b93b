//! Azure Resource Manager templates with resources of Microsoft Graph, as `bicep build` makes them.
//!
//! Parameters have their defaults, and variables, and functions of these, are resolved; every other expression is not
//! known, nor is a parameter that is secure. A deployment leaves alone what its template does not say, so what is absent
//! is not collected.

mod expression;
mod shape;
mod template;

#[cfg(test)]
mod tests;

use serde_json::{Value, json};

use self::expression::{is_known, references};
pub(super) use self::template::has_graph_resources;
use self::template::{Resource, resources, secrets};
use super::reader::{Node, Reader};
use super::translation::{Translation, UNKNOWN};
use super::{Facts, FieldProblem, Format, Normalized, Subject, msgraph, same_key};
use crate::document::Document;

const FEDERATED: &str = "/federatedIdentityCredentials";

/// An application, and the federated credentials that are resources of their own.
struct Registration<'r> {
    resource: &'r Resource,
    federated: Vec<&'r Resource>,
}

/// Adds the applications of a template.
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
    let (resources, mut notes) = resources(root, pointer);
    normalized.notes.append(&mut notes);
    let mut registrations: Vec<Registration<'_>> = resources
        .iter()
        .filter(|resource| resource.kind == "applications")
        .map(|resource| Registration {
            resource,
            federated: Vec::new(),
        })
        .collect();
    let mut adrift = Vec::new();
    for resource in &resources {
        match resource.kind.as_str() {
            "applications" => {}
            "applications/federatedidentitycredentials" => match parent(resource, &registrations) {
                Some(index) => {
                    if let Some(registration) = registrations.get_mut(index) {
                        registration.federated.push(resource);
                    }
                }
                None => adrift.push(resource),
            },
            _ => normalized.notes.push(note(resource, "is not judged")),
        }
    }
    let first = normalized.subjects.len();
    // An application that exists is only what its federated credentials say of it.
    registrations.retain(|r| !r.resource.existing || !r.federated.is_empty());
    for registration in &registrations {
        let federated = &registration.federated;
        let read = subject(document, registration.resource, federated, normalized);
        normalized.subjects.push(read);
    }
    for resource in adrift {
        let message = "belongs to an application that cannot be told: only what it says is judged";
        normalized.notes.push(note(resource, message));
        let read = subject(document, resource, &[resource], normalized);
        normalized.subjects.push(read);
    }
    match normalized.subjects.get_mut(first) {
        Some(subject) => subject.secrets.append(&mut secrets(root, pointer)),
        None => normalized.notes.push(FieldProblem {
            pointer: pointer.to_owned(),
            message: "the template has no application registration".to_owned(),
            help: None,
        }),
    }
}

fn note(resource: &Resource, message: &str) -> FieldProblem {
    FieldProblem {
        pointer: resource.pointer.clone(),
        message: format!("`{}` {message}", resource.name),
        help: None,
    }
}

/// The application whose unique name the credential's name begins with, or to which it refers.
fn parent(federated: &Resource, applications: &[Registration<'_>]) -> Option<usize> {
    let name = federated.resolved("name");
    let unique_name = name.as_ref().and_then(Value::as_str);
    let unique_name = unique_name
        .and_then(|name| name.rsplit_once('/'))
        .map(|(app, _)| app);
    // A parameter without a value is the same wherever its name stands.
    let unique_name = unique_name.filter(|name| !name.contains(UNKNOWN));
    let by_name = |app: &Registration<'_>| {
        unique_name.is_some_and(|name| app.resource.resolved("uniqueName") == Some(name.into()))
    };
    if let Some(index) = only(applications, by_name) {
        return Some(index);
    }
    let symbols: Vec<&str> = references(&federated.written_name).collect();
    let by_symbol = |symbols: &[&str], app: &Registration<'_>| {
        let symbol = app.resource.symbol.as_deref();
        symbol.is_some_and(|symbol| symbols.contains(&symbol))
            && app.resource.template == federated.template
    };
    if let Some(index) = only(applications, |app| by_symbol(&symbols, app)) {
        return Some(index);
    }
    if unique_name.is_some_and(|name| is_known(&name.into())) {
        return None;
    }
    let depends_on: Vec<&str> = federated.depends_on.iter().map(String::as_str).collect();
    only(applications, |app| by_symbol(&depends_on, app))
}

/// The index of the only one of its kind.
fn only<T>(items: &[T], is: impl Fn(&T) -> bool) -> Option<usize> {
    let mut found = items.iter().enumerate().filter(|(_, item)| is(item));
    let (index, _) = found.next()?;
    found.next().is_none().then_some(index)
}

fn subject(
    document: &Document,
    lead: &Resource,
    federated: &[&Resource],
    normalized: &mut Normalized,
) -> Subject {
    let reader = Reader::default();
    let mut translation = Translation::new(&lead.pointer);
    if lead.kind == "applications" && !lead.existing {
        lead.translate(&mut translation, "");
        owners(&mut translation, &reader);
    }
    for resource in federated {
        let place = translation.push(FEDERATED, json!({}), &resource.pointer);
        resource.translate(&mut translation, &place);
        // What comes before the slash is the application's unique name.
        translation.rewrite(&format!("{place}/name"), |name| {
            name.rsplit('/').next().unwrap_or(name).to_owned()
        });
        reader.not_collected("application.federated_credentials");
    }
    let application = msgraph::application(&reader, &translation.node());
    let mut notes = reader.into_notes();
    normalized.problems.append(&mut notes.problems);
    let facts = Facts::Application(Box::new(application));
    let name = display_name(lead);
    Subject::new(document, &lead.pointer, Format::Arm, facts, notes).named(&name)
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
fn owners(translation: &mut Translation, reader: &Reader) {
    let Some(owners) = translation
        .get("/owners")
        .filter(|owners| owners.is_object())
    else {
        return;
    };
    let semantics = owners.get("relationshipSemantics").and_then(Value::as_str);
    if !semantics.is_some_and(|semantics| semantics.eq_ignore_ascii_case("replace")) {
        reader.not_collected("application.owners");
    }
    translation.lift("/owners", "relationships");
}
