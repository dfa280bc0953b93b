//! What a resource belongs to: by its id, or, before there is one, by what the configuration refers to.

use std::collections::{BTreeSet, HashMap};

use serde_json::Value;

use super::configuration::{Address, Configuration, without_doubles};
use super::resource::{Known, Resource};
use super::service_principal::is_of_azure;
use super::{PRINCIPAL, grant, is_application, parts};

/// What one resource may be to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    /// The application of a part, or of a service principal.
    Application,
    /// The service principal that something is said of.
    Principal,
    /// The service principal of the API whose permission is granted.
    Api,
    /// The directory role that is assigned.
    Role,
}

impl Relation {
    /// The attributes of a type of resource that name the other.
    pub(super) fn attributes(self, kind: &str) -> &'static [&'static str] {
        match (self, grant::Part::of(kind)) {
            (Self::Application, None) if kind == PRINCIPAL => &["client_id", "application_id"],
            (Self::Application, None) if parts::Part::of(kind).is_some() => {
                &["application_id", "application_object_id"]
            }
            (Self::Principal, Some(part)) => part.principal(),
            (Self::Api, Some(part)) => part.api(),
            (Self::Role, Some(part)) => part.role(),
            _ => &[],
        }
    }

    /// Whether the other may be of that type.
    pub(super) fn leads_to(self, kind: &str) -> bool {
        match self {
            Self::Application => is_application(kind),
            Self::Principal | Self::Api => kind == PRINCIPAL,
            Self::Role => kind == "azuread_directory_role",
        }
    }

    /// The attributes by which the other is named.
    fn ids(self) -> &'static [&'static str] {
        match self {
            Self::Application => &[
                "id",
                "object_id",
                "client_id",
                "application_id",
                "application_object_id",
            ],
            Self::Principal | Self::Api => &["id", "object_id"],
            Self::Role => &["object_id", "template_id"],
        }
    }
}

/// What a resource belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// The resource or data source at that index.
    Here(usize),
    /// Something that the document does not hold, by the name that it has here, and by its type where that is told.
    Elsewhere { name: String, kind: Option<String> },
    /// It cannot be told.
    Untold,
}

/// The resources of a document, to be found.
pub(super) struct Links<'a> {
    configuration: Configuration<'a>,
    resources: &'a [Resource<'a>],
    by_kind: HashMap<&'a str, Vec<usize>>,
    applications: HashMap<String, usize>,
    principals: HashMap<String, usize>,
    roles: HashMap<String, usize>,
    identities: HashMap<String, &'a str>,
}

impl<'a> Links<'a> {
    pub(super) fn new(root: &'a Value, resources: &'a [Resource<'a>]) -> Self {
        let mut by_kind: HashMap<&str, Vec<usize>> = HashMap::new();
        for (index, resource) in resources.iter().enumerate() {
            by_kind.entry(resource.kind).or_default().push(index);
        }
        Self {
            configuration: Configuration::new(root),
            resources,
            by_kind,
            applications: by_id(resources, Relation::Application),
            principals: by_id(resources, Relation::Principal),
            roles: by_id(resources, Relation::Role),
            identities: identities(resources),
        }
    }

    /// What the resource belongs to, or refers to, in that way.
    pub(super) fn target(&self, part: &Resource<'_>, relation: Relation) -> Target {
        let names = relation.attributes(part.kind);
        let attributes: Vec<_> = names.iter().map(|name| part.attributes.get(name)).collect();
        if let Some(id) = attributes.iter().find_map(|attribute| attribute.text()) {
            return self.by_id(id, relation);
        }
        let is_unknown = attributes
            .iter()
            .any(|attribute| matches!(attribute.known(), Known::Unknown | Known::Absent));
        if is_unknown && !part.data {
            self.by_reference(part, relation)
        } else {
            Target::Untold
        }
    }

    /// The key with which an attribute is taken from a map of a service principal.
    pub(super) fn key_in(&self, part: &Resource<'_>, attribute: &str, map: &str) -> Option<String> {
        self.configuration.key_in(part, attribute, map)
    }

    /// The address of the resource of Azure whose managed identity has that object id.
    pub(super) fn identity(&self, id: &str) -> Option<&'a str> {
        self.identities.get(id).copied()
    }

    /// The resource or data source at an index.
    pub(super) fn resource(&self, index: usize) -> Option<&'a Resource<'a>> {
        self.resources.get(index)
    }

    /// `/applications/<object id>`, an object id, or a client id.
    fn by_id(&self, id: &str, relation: Relation) -> Target {
        let name = last(id);
        let ids = match relation {
            Relation::Application => &self.applications,
            Relation::Principal | Relation::Api => &self.principals,
            Relation::Role => &self.roles,
        };
        match ids.get(&name) {
            Some(index) => Target::Here(*index),
            None => Target::Elsewhere { name, kind: None },
        }
    }

    fn by_reference(&self, part: &Resource<'_>, relation: Relation) -> Target {
        let Some(found) = self.configuration.references_of(part, relation) else {
            return Target::Untold;
        };
        let mut others = without_doubles(&found.others);
        let mut indexes = BTreeSet::new();
        let mut is_lost = false;
        for address in without_doubles(&found.addresses) {
            let here = self.at(address, part);
            match (here.as_slice(), address.data) {
                ([], true) => others.push(address),
                ([], false) => is_lost = true,
                _ => indexes.extend(here),
            }
        }
        match (indexes.len(), indexes.first(), others.as_slice()) {
            (1, Some(index), []) => Target::Here(*index),
            (0, _, [other]) if !is_lost => self.elsewhere(other, part),
            _ => Target::Untold,
        }
    }

    /// What is nothing that this document describes, but has a place in it.
    fn elsewhere(&self, address: &Address, part: &Resource<'_>) -> Target {
        let only = match self.at(address, part).as_slice() {
            [index] => self.resources.get(*index),
            _ => None,
        };
        Target::Elsewhere {
            name: only.map_or_else(|| address.text(), |found| found.address.to_owned()),
            kind: Some(address.kind.clone()),
        }
    }

    /// What stands at an address. Where it leaves out a key, the part's own says which.
    fn at(&self, address: &Address, part: &Resource<'_>) -> Vec<usize> {
        let is_at = |other: &Resource<'_>| {
            other.data == address.data
                && other.name == address.name
                && other.module.len() == address.module.len()
                && address
                    .module
                    .iter()
                    .zip(&other.module)
                    .all(|(asked, step)| {
                        asked.name == step.name && (asked.key.is_none() || asked.key == step.key)
                    })
                && (address.key.is_none() || address.key == other.key)
        };
        let resource = |index: &usize| self.resources.get(*index);
        let of_kind = self
            .by_kind
            .get(address.kind.as_str())
            .into_iter()
            .flatten();
        let found: Vec<usize> = of_kind
            .filter(|index| resource(index).is_some_and(is_at))
            .copied()
            .collect();
        let near: Vec<usize> = found
            .iter()
            .filter(|index| resource(index).is_some_and(|other| is_near(other, part)))
            .copied()
            .collect();
        if found.len() > 1 && near.len() == 1 {
            near
        } else {
            found
        }
    }
}

/// The index of each resource that something can lead to, by its ids. Data sources of applications are left out, as the
/// document does not say what they are.
fn by_id(resources: &[Resource<'_>], relation: Relation) -> HashMap<String, usize> {
    let mut all = HashMap::new();
    let is_read = |resource: &Resource<'_>| {
        relation.leads_to(resource.kind) && !(resource.data && relation == Relation::Application)
    };
    let mut read: Vec<_> = resources
        .iter()
        .enumerate()
        .filter(|(_, r)| is_read(r))
        .collect();
    // What the document describes comes before what it only reads.
    read.sort_by_key(|(_, resource)| resource.data);
    for (index, resource) in read {
        for name in relation.ids() {
            if let Some(id) = resource.attributes.get(name).text() {
                all.entry(last(id)).or_insert(index);
            }
        }
    }
    all
}

/// Addresses of the resources of Azure that have a managed identity, by its object id.
fn identities<'a>(resources: &'a [Resource<'a>]) -> HashMap<String, &'a str> {
    let of_azure = resources
        .iter()
        .filter(|resource| is_of_azure(resource.kind));
    let each = of_azure.flat_map(|resource| {
        let mut places = resource.attributes.get("identity").items();
        places.push(resource.attributes.clone());
        let ids = places
            .into_iter()
            .filter_map(|place| Some(last(place.get("principal_id").text()?)));
        ids.map(|id| (id, resource.address)).collect::<Vec<_>>()
    });
    each.collect()
}

fn last(id: &str) -> String {
    id.rsplit('/').next().unwrap_or(id).to_ascii_lowercase()
}

/// Whether both have the same keys, in the modules that they share and of their own.
fn is_near(other: &Resource<'_>, part: &Resource<'_>) -> bool {
    let own = other.key.is_none() || other.key == part.key;
    let mut shared = other.module.iter().zip(&part.module);
    let outer = other.module.iter().skip(part.module.len());
    own && shared.all(|(one, other)| one.name != other.name || one.key == other.key)
        && outer
            .into_iter()
            .all(|step| step.key.is_none() || step.key == part.key)
}
