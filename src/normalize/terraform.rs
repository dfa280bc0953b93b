//! Terraform plans and states, from `terraform show -json`.
//!
//! Each application and each service principal of the AzureAD provider is one subject, together with the resources that
//! say more of it. What a
//! plan marks as known after apply is not known, and neither is what is marked sensitive. An attribute that is not set
//! has the provider's default. What the provider has no attribute for is not collected.
//!
//! A plan holds what Terraform manages, and others may add credentials, owners, trust and grants: a list of these is
//! never known to be whole, and its absence says nothing. The same holds for what a registration leaves to resources of its own,
//! unless the plan makes the registration: then it has what the plan gives it.

mod address;
mod application;
mod configuration;
mod fields;
mod grant;
mod link;
mod parts;
mod resource;
mod sensitive;
mod service_principal;
mod shape;
mod tables;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde_json::Value;

use self::application::Registration;
use self::link::{Links, Relation, Target};
use self::resource::{Resource, resources};
use self::sensitive::sensitive;
use self::service_principal::{Holder, Principal};
use super::service_principal::pair;
use super::{FieldProblem, Format, Normalized, Subject};
use crate::document::Document;

/// The type of a service principal, as a resource and as a data source.
const PRINCIPAL: &str = "azuread_service_principal";

/// Adds the applications and service principals of a plan or a state.
pub(super) fn add_subjects(
    document: &Document,
    root: &Value,
    pointer: &str,
    format: Format,
    normalized: &mut Normalized,
) {
    normalized
        .problems
        .append(&mut shape::problems(root, pointer));
    normalized.notes.extend(incomplete(root, pointer));
    let resources = resources(root, pointer, format);
    let links = Links::new(root, &resources);
    let first = normalized.subjects.len();
    let mut sorted = Sorted::default();
    for (index, resource) in resources.iter().enumerate() {
        if !resource.data {
            sorted.add(index, resource, &links, &mut normalized.notes);
        }
    }
    let by_resource = sorted.applications(document, format, normalized);
    sorted.principals(document, format, &links, &by_resource, normalized);
    hide(&mut normalized.subjects, first, root, pointer);
    if normalized.subjects.len() == first {
        normalized.notes.push(nothing(pointer, format));
    }
}

/// The resources of a document, by what they say something of.
#[derive(Debug, Default)]
struct Sorted<'a> {
    /// By the index of the resource of the application.
    registrations: BTreeMap<usize, Registration<'a>>,
    /// Of applications that the document does not hold, by name.
    registrations_elsewhere: BTreeMap<String, Registration<'a>>,
    /// Parts whose application cannot be told.
    adrift: Vec<parts::Part>,
    principals: BTreeMap<usize, Principal<'a>>,
    principals_elsewhere: BTreeMap<String, Principal<'a>>,
}

impl<'a> Sorted<'a> {
    fn add(
        &mut self,
        index: usize,
        resource: &'a Resource<'a>,
        links: &Links<'a>,
        notes: &mut Vec<FieldProblem>,
    ) {
        if is_application(resource.kind) {
            self.registrations.entry(index).or_default().resource = Some(resource);
        } else if let Some(part) = parts::Part::of(resource.kind) {
            notes.extend(self.add_to_application(part, resource, links));
        } else if resource.kind == PRINCIPAL {
            self.principals.entry(index).or_default().resource = Some(resource);
        } else if let Some(part) = grant::Part::of(resource.kind) {
            notes.extend(self.add_to_principal(part, resource, links));
        } else if is_of_platform(resource.kind) {
            notes.push(note(resource, "is not judged"));
        }
    }

    fn add_to_application(
        &mut self,
        part: parts::Part,
        resource: &'a Resource<'a>,
        links: &Links<'a>,
    ) -> Option<FieldProblem> {
        let elsewhere = &mut self.registrations_elsewhere;
        let (registration, message) = match links.target(resource, Relation::Application) {
            Target::Here(index) => (self.registrations.entry(index).or_default(), None),
            Target::Elsewhere { name, .. } => (
                elsewhere.entry(name).or_default(),
                Some(
                    "belongs to an application that is not in the document: only what it says is judged",
                ),
            ),
            Target::Untold => {
                self.adrift.push(part);
                (
                    elsewhere.entry(resource.address.to_owned()).or_default(),
                    Some(
                        "belongs to an application that cannot be told: only what it says is judged",
                    ),
                )
            }
        };
        registration.parts.push((part, resource));
        message.map(|message| note(resource, message))
    }

    fn add_to_principal(
        &mut self,
        part: grant::Part,
        resource: &'a Resource<'a>,
        links: &Links<'a>,
    ) -> Option<FieldProblem> {
        let holder = service_principal::holder(part, resource, links);
        let (principal, message) = match holder {
            Ok(holder) => {
                let message = holder.message();
                (self.principal(holder), message)
            }
            Err(message) => return Some(note(resource, message)),
        };
        principal.parts.push((part, resource));
        message.map(|message| note(resource, message))
    }

    fn principal(&mut self, holder: Holder<'a>) -> &mut Principal<'a> {
        match holder {
            Holder::Own(index) => self.principals.entry(index).or_default(),
            Holder::Read(index, data) => {
                let principal = self.principals.entry(index).or_default();
                principal.resource = Some(data);
                principal
            }
            Holder::ManagedIdentity(name) => {
                let principal = self.principals_elsewhere.entry(name.clone()).or_default();
                principal.managed_identity = true;
                principal.name = Some(name);
                principal
            }
            Holder::Elsewhere { name, id } => {
                let key = id.clone().or_else(|| name.clone()).unwrap_or_default();
                let principal = self.principals_elsewhere.entry(key).or_default();
                (principal.name, principal.id) = (name, id);
                principal
            }
            Holder::Untold(address) => self
                .principals_elsewhere
                .entry(address.to_owned())
                .or_default(),
        }
    }

    /// Adds the applications, and gives back which subject each resource became.
    fn applications(
        &self,
        document: &Document,
        format: Format,
        normalized: &mut Normalized,
    ) -> BTreeMap<usize, usize> {
        let here = self
            .registrations
            .iter()
            .map(|(index, it)| (Some(*index), it));
        let elsewhere = self.registrations_elsewhere.values().map(|it| (None, it));
        let mut by_resource = BTreeMap::new();
        for (index, registration) in here.chain(elsewhere) {
            let read =
                application::subject(document, format, registration, &self.adrift, normalized);
            let Some(subject) = read else { continue };
            if let Some(index) = index {
                by_resource.insert(index, normalized.subjects.len());
            }
            normalized.subjects.push(subject);
        }
        by_resource
    }

    /// Adds the service principals, each with the application of the document that it is of.
    fn principals(
        &self,
        document: &Document,
        format: Format,
        links: &Links<'_>,
        applications: &BTreeMap<usize, usize>,
        normalized: &mut Normalized,
    ) {
        let elsewhere = self.principals_elsewhere.values();
        for principal in self.principals.values().chain(elsewhere) {
            let application = match principal
                .resource
                .map(|it| links.target(it, Relation::Application))
            {
                Some(Target::Here(index)) => Some(index),
                _ => None,
            };
            let registration = application.and_then(|index| self.registrations.get(&index));
            let changes = registration.is_some_and(Registration::changes);
            let read = principal.subject(document, format, changes, links, normalized);
            let Some(mut subject) = read else { continue };
            let application = application.and_then(|index| applications.get(&index));
            let application = application.and_then(|index| normalized.subjects.get(*index));
            if let Some(application) = application {
                pair(&mut subject, application);
            }
            normalized.subjects.push(subject);
        }
    }
}

/// Whether a type of resource is an application, rather than a part of one.
fn is_application(kind: &str) -> bool {
    matches!(
        kind,
        "azuread_application"
            | "azuread_application_registration"
            | "azuread_application_from_template"
    )
}

/// Whether a type of resource says something of applications, of service principals, or of what these may do.
fn is_of_platform(kind: &str) -> bool {
    const KINDS: [&str; 4] = [
        "azuread_application",
        PRINCIPAL,
        "azuread_app_role_assignment",
        "azuread_directory_role_",
    ];
    KINDS
        .iter()
        .any(|of_platform| kind.starts_with(of_platform))
}

fn note(resource: &Resource<'_>, message: &str) -> FieldProblem {
    FieldProblem {
        pointer: resource.attributes.pointer().to_owned(),
        message: format!("`{}` {message}", resource.address),
        help: None,
    }
}

/// Says of a plan that it does not hold all that will be.
fn incomplete(root: &Value, pointer: &str) -> Option<FieldProblem> {
    let message = if root.get("errored") == Some(&Value::Bool(true)) {
        "the plan ended in an error: it is incomplete"
    } else if root.get("complete") == Some(&Value::Bool(false)) {
        "the plan leaves changes for a later one: it is incomplete"
    } else {
        return None;
    };
    Some(FieldProblem {
        pointer: pointer.to_owned(),
        message: message.to_owned(),
        help: None,
    })
}

fn nothing(pointer: &str, format: Format) -> FieldProblem {
    let document = if format == Format::TerraformPlan {
        "plan"
    } else {
        "state"
    };
    FieldProblem {
        pointer: pointer.to_owned(),
        message: format!(
            "the {document} has no application registration or service principal that is there when it is applied"
        ),
        help: None,
    }
}

/// Tells the subjects of a document what is sensitive. Findings of one kind are shown together, so that one subject of
/// the kind needs to know of all; the others know of their own.
fn hide(subjects: &mut [Subject], first: usize, root: &Value, pointer: &str) {
    let mut places = sensitive(root, pointer);
    places.sort();
    let mut told = Vec::new();
    for subject in subjects.iter_mut().skip(first) {
        if told.contains(&subject.kind()) {
            let own = format!("{}/", subject.pointer);
            let begin = places.partition_point(|place| *place < own);
            let rest = places.iter().skip(begin);
            let within = rest.take_while(|place| place.starts_with(&own));
            subject.secrets.extend(within.cloned());
        } else {
            told.push(subject.kind());
            subject.secrets.extend(places.iter().cloned());
        }
    }
}
