//! Applications of a template, with the federated credentials that are resources of their own.

use serde_json::{Value, json};

use super::super::reader::Reader;
use super::super::translation::{Translation, UNKNOWN};
use super::super::{Facts, FieldProblem, Format, Subject, msgraph};
use super::expression::{is_known, references};
use super::template::Resource;
use super::{display_name, note, replaces_owners};
use crate::document::Document;

const FEDERATED: &str = "/federatedIdentityCredentials";

/// An application, and its federated credentials.
pub(super) struct Registration<'r> {
    /// The application; a federated credential where its application cannot be told.
    lead: &'r Resource,
    federated: Vec<&'r Resource>,
}

/// The applications that a template says something of.
pub(super) fn registrations<'r>(
    resources: &'r [Resource],
    notes: &mut Vec<FieldProblem>,
) -> Vec<Registration<'r>> {
    let applications = resources.iter().filter(|r| r.kind == "applications");
    let mut registrations: Vec<Registration<'_>> = applications
        .map(|lead| Registration {
            lead,
            federated: Vec::new(),
        })
        .collect();
    let mut adrift = Vec::new();
    let federated = resources
        .iter()
        .filter(|r| r.kind == "applications/federatedidentitycredentials");
    for resource in federated {
        let parent = parent(resource, &registrations);
        match parent.and_then(|index| registrations.get_mut(index)) {
            Some(registration) => registration.federated.push(resource),
            None => adrift.push(resource),
        }
    }
    // An application that exists is only what its federated credentials say of it.
    registrations.retain(|r| !r.lead.existing || !r.federated.is_empty());
    for lead in adrift {
        let message = "belongs to an application that cannot be told: only what it says is judged";
        notes.push(note(lead, message));
        registrations.push(Registration {
            lead,
            federated: vec![lead],
        });
    }
    registrations
}

impl Registration<'_> {
    /// What stands for the application's id.
    pub(super) fn app_id(&self) -> Option<Value> {
        (self.lead.kind == "applications").then(|| self.lead.token("appId"))
    }

    /// The subject.
    pub(super) fn subject(&self, document: &Document, problems: &mut Vec<FieldProblem>) -> Subject {
        let lead = self.lead;
        let reader = Reader::default();
        let mut translation = Translation::new(&lead.pointer);
        if lead.kind == "applications" && !lead.existing {
            lead.translate(&mut translation, "");
            if !replaces_owners(&mut translation) {
                reader.not_collected("application.owners");
            }
        }
        for resource in &self.federated {
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
        problems.append(&mut notes.problems);
        let facts = Facts::Application(Box::new(application));
        let name = display_name(lead);
        Subject::new(document, &lead.pointer, Format::Arm, facts, notes).named(&name)
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
        unique_name.is_some_and(|name| app.lead.resolved("uniqueName") == Some(name.into()))
    };
    if let Some(index) = only(applications, by_name) {
        return Some(index);
    }
    let symbols: Vec<&str> = references(&federated.written_name).collect();
    let by_symbol = |symbols: &[&str], app: &Registration<'_>| {
        let symbol = app.lead.symbol.as_deref();
        symbol.is_some_and(|symbol| symbols.contains(&symbol))
            && app.lead.template == federated.template
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
