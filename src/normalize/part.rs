//! Parts: values of a document that belong to a subject of another one, and are joined to it when all has been read.

mod shared;

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::application::{Application, Permission};
use super::service_principal::ServicePrincipal;
use super::subject::{Facts, Kind, Subject};
use super::{Format, inventory, permission, project, service_principal, tenant};
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
    /// A role of an API that a principal holds.
    AppRoleAssignment,
    /// A delegated permission grant.
    PermissionGrant,
    /// A directory role that a principal holds.
    RoleAssignment,
    /// The list of owners of the service principal that its page names.
    OwnersOf,
    /// The list of such a service principal's app role assignments.
    AppRoleAssignmentsOf,
    /// The list of such a service principal's delegated permission grants.
    PermissionGrantsOf,
}

impl Part {
    /// The value.
    #[must_use]
    pub fn value(&self) -> Option<&Value> {
        self.document.at(&self.pointer)
    }

    /// The page that holds it; the whole document, where none does.
    pub(super) fn page(&self) -> &Value {
        let page = self.document.at(self.place_of_page());
        page.unwrap_or(&self.document.value)
    }

    fn place_of_page(&self) -> &str {
        let mut place = self.pointer.as_str();
        while let Some((around, _)) = place.rsplit_once('/') {
            place = around;
            if self.document.at(place).is_some_and(Value::is_object) {
                return place;
            }
        }
        ""
    }

    /// Whether another part stands in the same page.
    pub(super) fn shares_page(&self, other: &Self) -> bool {
        let (one, two) = (&self.document, &other.document);
        one.source.path == two.source.path
            && one.number() == two.number()
            && self.place_of_page() == other.place_of_page()
    }
}

/// What the inventory keeps of a subject when the subject itself is let go: no more than a few hundred bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub(super) kind: Kind,
    #[serde(with = "shared::text")]
    pub(super) path: Arc<str>,
    /// The number of its document in that source.
    pub(super) document: usize,
    pub(super) pointer: Box<str>,
    /// Whether its source lists what is in the tenant, rather than what somebody manages there.
    pub(super) listed: bool,
    pub(super) app_id: Option<Box<str>>,
    pub(super) object_id: Option<Box<str>>,
    pub(super) name: Option<Box<str>>,
    #[serde(with = "shared::optional_text")]
    pub(super) publisher_domain: Option<Arc<str>>,
    pub(super) managed_identity: Option<bool>,
    pub(super) first_party: Option<bool>,
    /// Redirect URIs of an application.
    #[serde(with = "shared")]
    pub(super) redirect_uris: Option<Box<[Arc<RedirectEntry>]>>,
    pub(super) identifier_uris: Option<Box<[Box<str>]>>,
    pub(super) thumbprints: Option<Box<[Box<str>]>>,
    /// Let go where there is no counterpart.
    pub(super) pairing: Option<Box<Pairing>>,
    /// Whether an application requests an application permission of tier 0 or of the highest level.
    pub(super) privileged: Option<bool>,
    /// Ids and names of the owners; empty for an application that is known not to be privileged.
    #[serde(with = "shared")]
    pub(super) owners: Option<Box<[Arc<OwnerEntry>]>>,
}

/// What the counterpart of a registration or of a service principal is told of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Pairing {
    /// Where the registration of a service principal stands in the same document, when that is known without ids.
    pub(super) registration: Option<Box<str>>,
    pub(super) owner_organization: Option<Box<str>>,
    pub(super) sign_in_audience: Option<Box<str>>,
    /// Whether the redirect URIs are all.
    pub(super) all_redirects: bool,
    /// API and id of the permissions that an application requests; none where one is not known.
    pub(super) requested: Option<Box<[(u128, u128)]>>,
    pub(super) has_secret: Option<bool>,
}

/// Id and name of an owner.
pub(super) type OwnerEntry = (Box<str>, Option<Box<str>>);

/// A redirect URI of an application.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(super) struct RedirectEntry {
    pub(super) text: Box<str>,
    pub(super) is_web: bool,
    pub(super) loopback: bool,
}

impl Entry {
    /// The summary of a subject that the inventory is about.
    #[must_use]
    pub fn of(subject: &Subject) -> Option<Self> {
        let pairing = Pairing {
            registration: boxed(&subject.registration),
            all_redirects: !has_gap(subject, "application.redirect_uris"),
            ..Pairing::default()
        };
        let entry = Self {
            kind: subject.kind(),
            path: subject.path().into(),
            document: subject.document.number(),
            pointer: subject.pointer.as_str().into(),
            listed: is_listed(subject),
            app_id: None,
            object_id: None,
            name: subject.name().map(Box::from),
            publisher_domain: None,
            managed_identity: None,
            first_party: None,
            redirect_uris: None,
            identifier_uris: None,
            thumbprints: None,
            pairing: None,
            privileged: None,
            owners: None,
        };
        match &subject.facts {
            Facts::Application(app) => {
                let has_all = |fact: &str| !has_gap(subject, fact);
                let pairing = Some(Box::new(pairing.of_application(app, has_all)));
                Some(Self {
                    pairing,
                    ..entry.of_application(app)
                })
            }
            Facts::ServicePrincipal(principal) => {
                let pairing = Some(Box::new(pairing.of_service_principal(principal)));
                Some(Self {
                    pairing,
                    ..entry.of_service_principal(principal)
                })
            }
            _ => None,
        }
    }

    fn of_application(self, app: &Application) -> Self {
        let redirect_uris = app.redirect_uris.as_ref().map(|uris| {
            let each = uris.iter().map(|uri| {
                Arc::new(RedirectEntry {
                    text: uri.facts.uri.as_str().into(),
                    is_web: matches!(uri.facts.scheme.as_deref(), Some("http" | "https")),
                    loopback: uri.facts.loopback,
                })
            });
            each.collect()
        });
        let uris = app.identifier_uris.as_ref();
        let permissions = app.permissions.as_deref();
        let privileged = permissions.map(|all| all.iter().any(is_privileged));
        let owners = match privileged {
            Some(false) => Some(Box::default()),
            _ => app.owners.as_ref().map(|owners| {
                let named = owners.iter().filter_map(|owner| {
                    let id = owner.id.as_deref()?;
                    let name = owner.display_name.as_deref().map(Box::from);
                    Some(Arc::new((id.into(), name)))
                });
                named.collect()
            }),
        };
        let credentials = app.credentials.as_deref();
        Self {
            // Not the address that a document gives it: modules have the same ones.
            name: boxed(&app.display_name).filter(|name| !name.is_empty()),
            app_id: boxed(&app.app_id),
            object_id: boxed(&app.object_id),
            publisher_domain: app
                .publisher
                .domain
                .as_deref()
                .filter(|domain| !domain.is_empty())
                .map(Arc::from),
            first_party: app.first_party,
            redirect_uris,
            identifier_uris: uris.map(|uris| {
                let each = uris.iter().map(|uri| uri.facts.uri.as_str().into());
                each.collect()
            }),
            thumbprints: credentials.map(thumbprints),
            privileged,
            owners,
            ..self
        }
    }

    fn of_service_principal(self, principal: &ServicePrincipal) -> Self {
        Self {
            name: boxed(&principal.display_name)
                .filter(|name| !name.is_empty())
                .or(self.name),
            app_id: boxed(&principal.app_id),
            object_id: boxed(&principal.object_id),
            managed_identity: principal.managed_identity,
            first_party: principal.first_party,
            thumbprints: principal.credentials.as_deref().map(thumbprints),
            ..self
        }
    }
}

impl Pairing {
    fn of_application(self, app: &Application, has_all: impl Fn(&str) -> bool) -> Self {
        let credentials = app.credentials.as_deref();
        Self {
            sign_in_audience: boxed(&app.sign_in_audience),
            requested: app
                .permissions
                .as_deref()
                .filter(|_| has_all("application.permissions"))
                .and_then(requested),
            has_secret: credentials
                .map(|all| all.iter().any(|c| c.kind == "secret"))
                .filter(|has| *has || has_all("application.credentials")),
            ..self
        }
    }

    fn of_service_principal(self, principal: &ServicePrincipal) -> Self {
        Self {
            owner_organization: boxed(&principal.owner_organization),
            sign_in_audience: boxed(&principal.sign_in_audience),
            ..self
        }
    }
}

/// One object alone is no list, and neither are plans, states and templates.
fn is_listed(subject: &Subject) -> bool {
    let is_export = matches!(subject.format, Format::MsGraph | Format::AadGraph);
    is_export && !subject.pointer.is_empty()
}

fn boxed(text: &Option<String>) -> Option<Box<str>> {
    text.as_deref().map(Box::from)
}

fn has_gap(subject: &Subject, fact: &str) -> bool {
    subject.gaps.iter().any(|gap| gap.fact == fact)
}

fn thumbprints(credentials: &[super::application::Credential]) -> Box<[Box<str>]> {
    let each = credentials.iter().filter_map(|c| c.thumbprint.as_deref());
    each.map(Box::from).collect()
}

/// Held by the application itself, such a permission reaches the whole tenant.
fn is_privileged(permission: &Permission) -> bool {
    permission.kind.as_deref() == Some("application")
        && (permission.tier == Some(0) || permission.privilege_level == Some(4))
}

fn requested(permissions: &[Permission]) -> Option<Box<[(u128, u128)]>> {
    let each = permissions.iter().map(|permission| {
        let resource = permission.resource.app_id.as_deref();
        Some((guid(resource?)?, guid(permission.id.as_deref()?)?))
    });
    each.collect()
}

pub(super) fn guid(text: &str) -> Option<u128> {
    let digits = permission::is_guid(text).then(|| text.replace('-', ""))?;
    u128::from_str_radix(&digits, 16).ok()
}

/// The text of a GUID, in lower case.
pub(super) fn guid_text(guid: u128) -> String {
    let digits = format!("{guid:032x}");
    let group = |from, to| digits.get(from..to).unwrap_or_default();
    let groups = [
        group(0, 8),
        group(8, 12),
        group(12, 16),
        group(16, 20),
        group(20, 32),
    ];
    groups.join("-")
}

/// Whether a subject can be judged only when all has been read.
#[must_use]
pub const fn waits(subject: &Subject) -> bool {
    match subject.facts {
        Facts::ServicePrincipal(_) | Facts::Tenant(_) | Facts::Project(_) | Facts::Inventory(_) => {
            true
        }
        Facts::Application(_) | Facts::Change(_) | Facts::Token(_) | Facts::Document => false,
    }
}

/// Joins parts to the subjects that wait for them, and adds the subjects that stand for the whole run.
#[must_use]
pub fn join(waiting: Vec<Subject>, parts: Vec<Part>, entries: &[Entry]) -> Vec<Subject> {
    let mut joined = join_parts(waiting, parts, entries);
    inventory::each_piece(entries, None, usize::MAX, &mut |piece| joined.push(piece));
    joined
}

/// The same without the inventory.
pub(crate) fn join_parts(
    mut waiting: Vec<Subject>,
    parts: Vec<Part>,
    entries: &[Entry],
) -> Vec<Subject> {
    service_principal::join(&mut waiting, &parts, entries);
    project::join(&mut waiting);
    waiting.extend(tenant::join(&parts));
    waiting
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guids_survive_their_short_form() {
        for text in [
            "00000003-0000-0000-c000-000000000000",
            "1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9",
        ] {
            assert_eq!(guid_text(guid(text).unwrap()), text);
        }
        assert_eq!(guid("api"), None);
    }
}
