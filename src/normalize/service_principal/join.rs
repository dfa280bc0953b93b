//! Joins service principals with what other documents of the run say of them.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::read::{
    APP_ROLES, GRANTS, OWNERS, ROLES, app_role_assignment, app_role_assignments, permission_grant,
    permission_grants, role_assignment,
};
use super::{
    AppRoleAssignment, PermissionGrant, Registration, RequestedPermission, RoleAssignment,
    ServicePrincipal,
};
use crate::normalize::application::{Owner, Permission};
use crate::normalize::detect::{context_path, elements};
use crate::normalize::elements::{lower_case_guid, owners};
use crate::normalize::members::lookup;
use crate::normalize::part::{Entry, Part, PartKind, guid_text};
use crate::normalize::permission::permission;
use crate::normalize::reader::{Node, Reader};
use crate::normalize::subject::{Facts, Subject};
use crate::normalize::{Gap, GapReason, Kind};

/// What other documents say of one service principal.
#[derive(Default)]
struct Found {
    owners: Option<Vec<Owner>>,
    app_roles: Option<Vec<AppRoleAssignment>>,
    grants: Option<Vec<PermissionGrant>>,
    roles: Option<Vec<RoleAssignment>>,
    /// Facts of which another page has more.
    partial: Vec<&'static str>,
}

/// Joins a service principal with the registration of its application that stands in the same document, where ids may
/// not be known yet. It has the application's name, whatever else is not known.
pub(in crate::normalize) fn pair(principal: &mut Subject, application: &Subject) {
    const NAME: &str = "service_principal.display_name";
    principal.registration = Some(application.pointer.clone());
    let Facts::ServicePrincipal(facts) = &mut principal.facts else {
        return;
    };
    facts.registration = Entry::of(application).as_ref().map(registration);
    let name = application
        .application()
        .and_then(|app| app.display_name.clone());
    if facts.display_name.is_none() && name.is_some() {
        facts.display_name = name;
        principal.gaps.retain(|gap| gap.fact != NAME);
    }
}

/// Joins the parts, the APIs' service principals and the registrations of a run to its service principals.
pub(in crate::normalize) fn join(subjects: &mut [Subject], parts: &[Part], entries: &[Entry]) {
    if !subjects.iter().any(|s| s.kind() == Kind::ServicePrincipal) {
        return;
    }
    let resources = resources(entries);
    let mut found = collect(parts);
    let whole = WholeLists::of(parts);
    let registrations = registrations(entries);
    let mut known = Known::default();
    for subject in subjects {
        let gaps = &mut subject.gaps;
        let Facts::ServicePrincipal(facts) = &mut subject.facts else {
            continue;
        };
        let found = facts.object_id.as_deref().and_then(|id| found.remove(id));
        add(facts, gaps, found.unwrap_or_default(), &whole);
        resolve(facts, &resources, &mut known);
        // The registration of its own document is there already.
        if facts.registration.is_none() {
            let id = facts.app_id.as_deref();
            let entry = id.and_then(|id| registrations.get(id));
            facts.registration = entry.map(|entry| registration(entry));
        }
    }
}

/// Application ids and names of the run's service principals, by object id.
fn resources(entries: &[Entry]) -> HashMap<&str, (&str, Option<&str>)> {
    let principals = entries
        .iter()
        .filter(|entry| entry.kind == Kind::ServicePrincipal);
    principals
        .filter_map(|entry| {
            let id = entry.object_id.as_deref()?;
            Some((id, (entry.app_id.as_deref()?, entry.name.as_deref())))
        })
        .collect()
}

fn registrations(entries: &[Entry]) -> HashMap<&str, &Entry> {
    let applications = entries
        .iter()
        .filter(|entry| entry.kind == Kind::Application);
    applications
        .filter_map(|entry| Some((entry.app_id.as_deref()?, entry)))
        .collect()
}

fn registration(entry: &Entry) -> Registration {
    let pairing = entry.pairing.as_deref();
    let requested = pairing.and_then(|pairing| pairing.requested.as_ref());
    let permissions = requested.map(|requested| {
        let each = requested.iter().map(|(resource, id)| RequestedPermission {
            resource_app_id: guid_text(*resource),
            id: guid_text(*id),
        });
        each.collect()
    });
    let has_all = pairing.is_some_and(|pairing| pairing.all_redirects);
    let uris = entry.redirect_uris.as_ref().filter(|_| has_all);
    Registration {
        own: true,
        permissions,
        redirect_uris: uris.map(|uris| uris.iter().map(|uri| uri.text.to_string()).collect()),
        has_secret: pairing.and_then(|pairing| pairing.has_secret),
    }
}

/// What the parts say, by the object id of the service principal.
fn collect(parts: &[Part]) -> HashMap<String, Found> {
    let mut all: HashMap<String, Found> = HashMap::new();
    for part in parts {
        let Some(value) = part.value() else { continue };
        let reader = Reader::default();
        let node = Node::root(value, &part.pointer);
        let Some(id) = principal(part, value) else {
            continue;
        };
        let found = all.entry(id).or_default();
        let fact = match part.kind {
            PartKind::AppRoleAssignment => {
                let one = app_role_assignment(&reader, &node, APP_ROLES.to_owned());
                found.app_roles.get_or_insert_default().push(one);
                APP_ROLES
            }
            PartKind::PermissionGrant => {
                let each = permission_grant(&reader, &node, GRANTS);
                found.grants.get_or_insert_default().extend(each);
                GRANTS
            }
            PartKind::RoleAssignment => {
                let one = role_assignment(&reader, &node, ROLES.to_owned());
                found.roles.get_or_insert_default().push(one);
                ROLES
            }
            PartKind::OwnersOf => {
                extend(&mut found.owners, owners(&reader, &node));
                OWNERS
            }
            PartKind::AppRoleAssignmentsOf => {
                extend(&mut found.app_roles, app_role_assignments(&reader, &node));
                APP_ROLES
            }
            PartKind::PermissionGrantsOf => {
                extend(&mut found.grants, permission_grants(&reader, &node));
                GRANTS
            }
            PartKind::TenantPolicy(_) => continue,
        };
        let is_partial = has_more(part.page())
            || is_of_one_resource(part.page())
            || !reader.into_notes().gaps.is_empty();
        if is_partial && !found.partial.contains(&fact) {
            found.partial.push(fact);
        }
    }
    all
}

fn extend<T>(list: &mut Option<Vec<T>>, more: Option<Vec<T>>) {
    list.get_or_insert_default()
        .extend(more.into_iter().flatten());
}

/// The object id of the service principal that a part belongs to.
fn principal(part: &Part, value: &Value) -> Option<String> {
    let member = |name| {
        let (_, id) = value.as_object().and_then(|of| lookup(of, name))?;
        id.as_str().map(|id| lower_case_guid(id.to_owned()))
    };
    match part.kind {
        PartKind::AppRoleAssignment | PartKind::RoleAssignment => member("principalId"),
        PartKind::PermissionGrant => member("clientId"),
        PartKind::OwnersOf | PartKind::AppRoleAssignmentsOf | PartKind::PermissionGrantsOf => {
            let path = context_path(part.page().as_object()?)?;
            let (_, rest) = path.split_once("('")?;
            let (id, _) = rest.split_once("')")?;
            Some(lower_case_guid(id.to_owned()))
        }
        PartKind::TenantPolicy(_) => None,
    }
}

/// Whether a page says that there is another one.
fn has_more(page: &Value) -> bool {
    elements(page).is_some_and(|list| list.has_more)
}

/// Whether a page lists what is assigned to one API alone.
fn is_of_one_resource(page: &Value) -> bool {
    page.as_object()
        .and_then(context_path)
        .is_some_and(|path| path.to_ascii_lowercase().contains("/approleassignedto"))
}

/// Which lists of the run are of the whole tenant, so that a service principal that is not in them has nothing.
///
/// Graph does not say in a page whether it was filtered. One that names several principals and several roles was not,
/// as far as anyone can tell.
struct WholeLists {
    grants: bool,
    roles: bool,
}

impl WholeLists {
    fn of(parts: &[Part]) -> Self {
        Self {
            grants: is_whole(
                parts,
                PartKind::PermissionGrant,
                "oauth2permissiongrants",
                ["clientId", "resourceId"],
            ),
            roles: is_whole(
                parts,
                PartKind::RoleAssignment,
                "rolemanagement/directory/roleassignments",
                ["principalId", "roleDefinitionId"],
            ),
        }
    }
}

fn is_whole(parts: &[Part], kind: PartKind, collection: &str, varying: [&str; 2]) -> bool {
    let parts: Vec<&Part> = parts.iter().filter(|part| part.kind == kind).collect();
    parts
        .chunk_by(|one, other| one.shares_page(other))
        .any(|list| {
            let Some(page) = list.first().map(|part| part.page()) else {
                return false;
            };
            let is_collection = page.as_object().and_then(context_path).is_some_and(|path| {
                let path = path.split('(').next().unwrap_or_default();
                path.trim_end_matches('/').eq_ignore_ascii_case(collection)
            });
            let varies = |name: &str| {
                let members = list.iter().filter_map(|part| part.value()?.get(name));
                members.collect::<HashSet<_>>().len() > 1
            };
            is_collection && !has_more(page) && varying.iter().all(|n| varies(n))
        })
}

/// Adds what was found to what the service principal's own document says, unless that has the fact.
fn add(facts: &mut ServicePrincipal, gaps: &mut Vec<Gap>, found: Found, whole: &WholeLists) {
    let mut taken = Vec::new();
    // Without an id, nothing can be found of it in any list.
    let is_listed = facts.object_id.is_some();
    if facts.owners.is_none() {
        let relocated = found.owners.map(|mut owners| {
            for owner in &mut owners {
                OWNERS.clone_into(&mut owner.at);
            }
            owners
        });
        facts.owners = relocated;
        taken.push(OWNERS);
    }
    if facts.app_role_assignments.is_none() {
        facts.app_role_assignments = found.app_roles;
        for assignment in facts.app_role_assignments.iter_mut().flatten() {
            APP_ROLES.clone_into(&mut assignment.at);
        }
        taken.push(APP_ROLES);
    }
    if facts.permission_grants.is_none() {
        facts.permission_grants = found.grants.or((is_listed && whole.grants).then(Vec::new));
        for grant in facts.permission_grants.iter_mut().flatten() {
            GRANTS.clone_into(&mut grant.at);
        }
        taken.push(GRANTS);
    }
    if facts.role_assignments.is_none() {
        facts.role_assignments = found.roles.or((is_listed && whole.roles).then(Vec::new));
        taken.push(ROLES);
    }
    for fact in found
        .partial
        .into_iter()
        .filter(|fact| taken.contains(fact))
    {
        gaps.push(Gap {
            fact: fact.into(),
            pointer: None,
            reason: GapReason::NotCollected,
        });
    }
}

/// Permissions that were looked up; the same few are granted again and again.
#[derive(Default)]
struct Known(HashMap<(String, String, &'static str), Permission>);

impl Known {
    fn permission(&mut self, app_id: &str, id: &str, kind: &'static str, at: &str) -> Permission {
        let key = (app_id.to_owned(), id.to_owned(), kind);
        let found = self
            .0
            .entry(key)
            .or_insert_with(|| permission(Some(app_id), Some(id), Some(kind), String::new()));
        Permission {
            at: at.to_owned(),
            ..found.clone()
        }
    }
}

/// Finds the APIs of granted permissions among the run's service principals.
fn resolve(
    facts: &mut ServicePrincipal,
    resources: &HashMap<&str, (&str, Option<&str>)>,
    known: &mut Known,
) {
    let mut again = |permission: &mut Permission, resource_id: &Option<String>, kind, at: &str| {
        let resource = resource_id.as_deref().and_then(|id| resources.get(id));
        if let (Some((app_id, name)), Some(id)) = (resource, &permission.id) {
            *permission = known.permission(app_id, id, kind, at);
            if permission.resource.name.is_none() {
                permission.resource.name = name.map(str::to_owned);
            }
        } else {
            at.clone_into(&mut permission.at);
        }
    };
    for assignment in facts.app_role_assignments.iter_mut().flatten() {
        let (permission, resource) = (&mut assignment.permission, &assignment.resource_id);
        again(permission, resource, "application", &assignment.at);
    }
    for grant in facts.permission_grants.iter_mut().flatten() {
        let (permission, resource) = (&mut grant.permission, &grant.resource_id);
        again(permission, resource, "delegated", &grant.at);
    }
}
