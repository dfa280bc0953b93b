//! Service principals of a plan or a state: a resource, and the resources that say more of it.

use serde_json::Value;

use super::super::service_principal::service_principal;
use super::super::translation::{Translation, UNKNOWN};
use super::super::{Facts, Format, Gap, GapReason, Normalized, Subject};
use super::application::{lifetimes, owners};
use super::fields::{Field, translate};
use super::grant::Part;
use super::link::{Links, Relation, Target};
use super::resource::{Attribute, Known, Resource};
use super::tables::{IDENTITY, MIRRORED, SERVICE_PRINCIPAL};
use crate::document::Document;

#[cfg(test)]
mod tests;

/// A service principal, and what other resources say of it.
#[derive(Debug, Default)]
pub(super) struct Principal<'a> {
    /// Its own resource, or the data source that reads it.
    pub(super) resource: Option<&'a Resource<'a>>,
    /// What the document calls it, where it does not describe it.
    pub(super) name: Option<String>,
    /// Its object id, where the document does not describe it.
    pub(super) id: Option<String>,
    /// Whether it is the identity of a resource of Azure.
    pub(super) managed_identity: bool,
    pub(super) parts: Vec<(Part, &'a Resource<'a>)>,
}

/// Who has what a resource gives.
pub(super) enum Holder<'a> {
    /// The service principal that the document describes, by its index.
    Own(usize),
    /// One that the document reads.
    Read(usize, &'a Resource<'a>),
    /// The identity of a resource of Azure, by the resource's address.
    ManagedIdentity(String),
    /// One that is not in the document.
    Elsewhere {
        name: Option<String>,
        id: Option<String>,
    },
    /// It cannot be told, so that the resource stands alone.
    Untold(&'a str),
}

impl Holder<'_> {
    /// What is to be said of a resource that gives it something.
    pub(super) const fn message(&self) -> Option<&'static str> {
        match self {
            Self::Own(_) | Self::ManagedIdentity(_) => None,
            Self::Read(..) | Self::Elsewhere { .. } => Some(
                "belongs to a service principal that is not in the document: only what it says is judged",
            ),
            Self::Untold(_) => Some(
                "belongs to a service principal that cannot be told: only what it says is judged",
            ),
        }
    }
}

/// Who has what the resource gives.
///
/// # Errors
/// Why it is not judged: users and groups are no service principals.
pub(super) fn holder<'a>(
    part: Part,
    resource: &'a Resource<'a>,
    links: &Links<'a>,
) -> Result<Holder<'a>, &'static str> {
    const OTHER: &str = "is not judged: its principal is no service principal";
    let principal_type = resource.attributes.get("principal_type");
    let is_other = |name: &str| ["user", "group"].contains(&name.to_ascii_lowercase().as_str());
    if principal_type.text().is_some_and(is_other) {
        return Err(OTHER);
    }
    let (name, id) = match links.target(resource, Relation::Principal) {
        Target::Here(index) => {
            let read = links.resource(index).filter(|principal| principal.data);
            return Ok(read.map_or(Holder::Own(index), |data| Holder::Read(index, data)));
        }
        Target::Elsewhere { name, kind: None } => match links.identity(&name) {
            Some(address) => return Ok(Holder::ManagedIdentity(address.to_owned())),
            None => (None, Some(name)),
        },
        Target::Elsewhere {
            name,
            kind: Some(kind),
        } => match kind.as_str() {
            kind if is_of_azure(kind) => return Ok(Holder::ManagedIdentity(name)),
            "azuread_service_principal" | "azuread_application_from_template" => {
                return Ok(Holder::Elsewhere {
                    name: Some(name),
                    id: None,
                });
            }
            kind if is_user_or_group(kind) => return Err(OTHER),
            _ => (Some(name), None),
        },
        Target::Untold => (None, None),
    };
    if part.is_of_any_principal() {
        return Err("is not judged: whether its principal is a service principal cannot be told");
    }
    Ok(if name.is_none() && id.is_none() {
        Holder::Untold(resource.address)
    } else {
        Holder::Elsewhere { name, id }
    })
}

/// Whether a type of resource is one of Azure, whose principal can only be a managed identity.
pub(super) fn is_of_azure(kind: &str) -> bool {
    kind.starts_with("azurerm_") || kind.starts_with("azapi_")
}

fn is_user_or_group(kind: &str) -> bool {
    ["azuread_user", "azuread_group", "azuread_invitation"]
        .iter()
        .any(|other| kind.starts_with(other))
}

impl Principal<'_> {
    /// The subject. `changes` says that the plan changes the application, of which the service principal has a copy.
    pub(super) fn subject(
        &self,
        document: &Document,
        format: Format,
        changes: bool,
        links: &Links<'_>,
        normalized: &mut Normalized,
    ) -> Option<Subject> {
        let first = self.parts.first().map(|(_, resource)| *resource);
        let lead = self.resource.filter(|own| !own.data).or(first)?;
        let pointer = lead.attributes.pointer();
        let mut translation = Translation::new(pointer);
        self.identity(&mut translation, pointer);
        if let Some(resource) = self.resource {
            own(&mut translation, resource, format, changes);
        }
        for (part, resource) in &self.parts {
            part.add(&mut translation, resource, links);
        }
        let (mut facts, mut notes) = service_principal(&translation.node());
        let parts = self.parts.iter().map(|(_, resource)| *resource);
        lifetimes(facts.credentials.iter_mut().flatten(), parts);
        notes.gaps.extend(self.parts.iter().map(|(part, _)| Gap {
            fact: part.fact().into(),
            pointer: None,
            reason: GapReason::NotCollected,
        }));
        normalized.problems.append(&mut notes.problems);
        let facts = Facts::ServicePrincipal(Box::new(facts));
        let subject = Subject::new(document, pointer, format, facts, notes);
        let described = self.resource.map(|resource| resource.address);
        let name = described.or(self.name.as_deref()).unwrap_or(lead.address);
        Some(subject.named(name))
    }

    /// What is known of one that the document does not describe.
    fn identity(&self, translation: &mut Translation, pointer: &str) {
        if let Some(id) = &self.id {
            translation.set("/id", id.as_str().into(), pointer, false);
        }
        if self.managed_identity {
            let kind = "ManagedIdentity";
            translation.set("/servicePrincipalType", kind.into(), pointer, false);
        }
    }
}

/// What a service principal's own resource says, or the data source that reads it.
fn own(translation: &mut Translation, resource: &Resource<'_>, format: Format, changes: bool) {
    let attributes = &resource.attributes;
    if resource.data {
        translate(translation, "", attributes, IDENTITY);
        return;
    }
    translate(translation, "", attributes, SERVICE_PRINCIPAL);
    for (from, to) in MIRRORED {
        let attribute = attributes.get(from);
        if changes {
            translation.set(to, UNKNOWN.into(), attribute.pointer(), false);
        } else {
            translate(translation, "", attributes, &[Field::Computed(from, to)]);
        }
    }
    owners(translation, resource, format);
    feature_tags(translation, attributes);
}

/// Each feature is a tag. Before it is applied, nobody knows which further ones the application brings.
fn feature_tags(translation: &mut Translation, attributes: &Attribute<'_>) {
    const TAGS: [(&str, &str); 4] = [
        (
            "custom_single_sign_on",
            "WindowsAzureActiveDirectoryCustomSingleSignOnApplication",
        ),
        ("enterprise", "WindowsAzureActiveDirectoryIntegratedApp"),
        (
            "gallery",
            "WindowsAzureActiveDirectoryGalleryApplicationNonPrimaryV1",
        ),
        ("hide", "HideApp"),
    ];
    if translation.get("/tags").is_none_or(|tags| tags != UNKNOWN) {
        return;
    }
    let features = attributes.get("feature_tags").item(0);
    for (name, tag) in TAGS {
        let feature = features.get(name);
        if matches!(feature.known(), Known::Value(Value::Bool(true))) {
            translation.push("/tags", tag.into(), feature.pointer());
        }
    }
}
