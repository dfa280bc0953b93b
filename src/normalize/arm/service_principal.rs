//! Service principals of a template, with what other resources grant them.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::super::service_principal::service_principal;
use super::super::translation::Translation;
use super::super::{Facts, FieldProblem, Format, Gap, GapReason, Subject};
use super::expression::is_known;
use super::template::{Found, Resource};
use super::{display_name, note, replaces_owners};
use crate::document::Document;

const KIND: &str = "serviceprincipals";

/// What a resource grants to a service principal.
#[derive(Debug, Clone, Copy)]
enum Grant {
    AppRole,
    Permission,
}

impl Grant {
    fn of(kind: &str) -> Option<Self> {
        match kind {
            "approleassignedto" => Some(Self::AppRole),
            "oauth2permissiongrants" => Some(Self::Permission),
            _ => None,
        }
    }

    /// The property that names the service principal.
    const fn principal(self) -> &'static str {
        match self {
            Self::AppRole => "principalId",
            Self::Permission => "clientId",
        }
    }

    /// The property that says what is granted.
    const fn granted(self) -> &'static str {
        match self {
            Self::AppRole => "appRoleId",
            Self::Permission => "scope",
        }
    }

    /// The list of the service principal that it belongs to.
    const fn list(self) -> &'static str {
        match self {
            Self::AppRole => "/appRoleAssignments",
            Self::Permission => "/oauth2PermissionGrants",
        }
    }

    /// The fact that it is of. Others may grant more.
    const fn fact(self) -> &'static str {
        match self {
            Self::AppRole => "service_principal.app_role_assignments",
            Self::Permission => "service_principal.permission_grants",
        }
    }
}

/// A service principal, and what it is granted.
pub(super) struct Principal<'r> {
    lead: &'r Resource,
    name: String,
    /// Its object id, where it is no resource of the template.
    id: Option<String>,
    managed_identity: bool,
    grants: Vec<(Grant, &'r Resource, Option<String>)>,
}

/// The service principals that a template says something of.
pub(super) fn principals<'r>(
    found: &'r Found,
    notes: &mut Vec<FieldProblem>,
) -> Vec<Principal<'r>> {
    let own = found.resources.iter().filter(|r| r.kind == KIND);
    let mut principals: Vec<Principal<'_>> = own
        .map(|lead| Principal::new(lead, display_name(lead)))
        .collect();
    let by_token: BTreeMap<String, usize> = principals
        .iter()
        .enumerate()
        .filter_map(|(index, it)| Some((it.lead.token("id").as_str()?.to_owned(), index)))
        .collect();
    let mut others: BTreeMap<String, Principal<'_>> = BTreeMap::new();
    for resource in &found.resources {
        let Some(grant) = Grant::of(&resource.kind) else {
            continue;
        };
        let id = resource.resolved(grant.principal());
        let id = id.as_ref().and_then(Value::as_str).unwrap_or_default();
        let api = api(resource, &principals, &by_token);
        let holder = match by_token
            .get(id)
            .and_then(|index| principals.get_mut(*index))
        {
            Some(own) => own,
            None => other(&mut others, resource, id, found, notes),
        };
        holder.grants.push((grant, resource, api));
    }
    // One that exists is only what it is granted.
    principals.retain(|it| !it.lead.existing || !it.grants.is_empty());
    principals.extend(others.into_values());
    principals
}

/// The application id of the API, where the template has its service principal.
fn api(
    resource: &Resource,
    principals: &[Principal<'_>],
    by_token: &BTreeMap<String, usize>,
) -> Option<String> {
    let id = resource.resolved("resourceId")?;
    let principal = principals.get(*by_token.get(id.as_str()?)?)?;
    let app_id = principal.app_id().filter(is_known)?;
    Some(app_id.as_str()?.to_owned())
}

/// One that is no service principal of the template: a managed identity, one that is known by its id, or whatever the
/// resource is for.
fn other<'p, 'r>(
    others: &'p mut BTreeMap<String, Principal<'r>>,
    resource: &'r Resource,
    id: &str,
    found: &Found,
    notes: &mut Vec<FieldProblem>,
) -> &'p mut Principal<'r> {
    let identity = found.identities.get(id);
    let has_id = !id.is_empty() && is_known(&id.into());
    let key = match (identity, has_id) {
        (None, false) => resource.pointer.clone(),
        _ => id.to_ascii_lowercase(),
    };
    if identity.is_none() {
        let message = if has_id {
            "belongs to a service principal that is not in the template: only what it says is judged"
        } else {
            "belongs to a service principal that cannot be told: only what it says is judged"
        };
        notes.push(note(resource, message));
    }
    others.entry(key).or_insert_with(|| {
        let name = identity.unwrap_or(&resource.name);
        Principal {
            id: has_id.then(|| id.to_owned()),
            managed_identity: identity.is_some(),
            ..Principal::new(resource, name.clone())
        }
    })
}

impl<'r> Principal<'r> {
    fn new(lead: &'r Resource, name: String) -> Self {
        Self {
            lead,
            name,
            id: None,
            managed_identity: false,
            grants: Vec::new(),
        }
    }

    /// The application's id, or what stands for it.
    pub(super) fn app_id(&self) -> Option<Value> {
        (self.lead.kind == KIND)
            .then(|| self.lead.resolved("appId"))
            .flatten()
    }

    /// The subject.
    pub(super) fn subject(&self, document: &Document, problems: &mut Vec<FieldProblem>) -> Subject {
        let pointer = &self.lead.pointer;
        let mut translation = Translation::new(pointer);
        let mut open: Vec<&'static str> = self.grants.iter().map(|(it, ..)| it.fact()).collect();
        if self.lead.kind == KIND && !self.lead.existing {
            self.lead.translate(&mut translation, "");
            if !replaces_owners(&mut translation) {
                open.push("service_principal.owners");
            }
        } else {
            self.identity(&mut translation);
        }
        for (grant, resource, api) in &self.grants {
            add(&mut translation, *grant, resource, api.as_deref());
        }
        let (facts, mut notes) = service_principal(&translation.node());
        notes.gaps.extend(open.into_iter().map(|fact| Gap {
            fact: fact.into(),
            pointer: None,
            reason: GapReason::NotCollected,
        }));
        problems.append(&mut notes.problems);
        let facts = Facts::ServicePrincipal(Box::new(facts));
        Subject::new(document, pointer, Format::Arm, facts, notes).named(&self.name)
    }

    /// What is known of one that the template does not deploy.
    fn identity(&self, translation: &mut Translation) {
        let pointer = &self.lead.pointer;
        if let Some(app_id) = self.app_id() {
            translation.set("/appId", app_id, pointer, false);
        }
        if let Some(id) = &self.id {
            translation.set("/id", id.as_str().into(), pointer, false);
        }
        if self.managed_identity {
            let kind = "ManagedIdentity";
            translation.set("/servicePrincipalType", kind.into(), pointer, false);
        }
    }
}

/// Adds what a resource grants. It stands at the property that says most of it.
fn add(translation: &mut Translation, grant: Grant, resource: &Resource, api: Option<&str>) {
    let at = resource.place(grant.granted());
    let at = at.as_deref().unwrap_or(&resource.pointer);
    let place = translation.push(grant.list(), json!({}), at);
    resource.translate(translation, &place);
    translation.place(&place, at, false);
    if let Some(app_id) = api {
        let to = format!("{place}/resourceAppId");
        translation.set(&to, app_id.into(), at, false);
    }
}
