//! Reads service principals, and the lists of assignments that other documents hold.

use serde_json::Value;

use super::{AppRoleAssignment, PermissionGrant, ReplyUrl, RoleAssignment, ServicePrincipal};
use crate::normalize::application::{Permission, Publisher};
use crate::normalize::credential::{CredentialKind, credentials};
use crate::normalize::elements::{id, joined, owners, placed_bool, placed_string};
use crate::normalize::part::PartKind;
use crate::normalize::permission::{self, permission};
use crate::normalize::reader::{Node, Notes, Reader};
use crate::normalize::registration::disabled_by_microsoft;

pub(super) const OWNERS: &str = "service_principal.owners";
pub(super) const APP_ROLES: &str = "service_principal.app_role_assignments";
pub(super) const GRANTS: &str = "service_principal.permission_grants";
pub(super) const ROLES: &str = "service_principal.role_assignments";
const CREDENTIALS: &str = "service_principal.credentials";
const REPLY_URLS: &str = "service_principal.reply_urls";

/// A service principal, and what came up besides.
pub(in crate::normalize) fn service_principal(node: &Node<'_>) -> (ServicePrincipal, Notes) {
    let reader = Reader::default();
    let facts = read(&reader, node);
    (facts, reader.into_notes().renamed(own_name))
}

/// The readers that are shared with applications name the facts of an application.
fn own_name(fact: &'static str) -> &'static str {
    match fact {
        "application.credentials" => CREDENTIALS,
        "application.owners" => OWNERS,
        "application.disabled_by_microsoft" => "service_principal.disabled_by_microsoft",
        fact => fact,
    }
}

fn read(reader: &Reader, sp: &Node<'_>) -> ServicePrincipal {
    const TYPE: &str = "service_principal.type";
    const OWNER: &str = "service_principal.owner_organization";
    let app_id = id(reader, "service_principal.app_id", &sp.get("appId"));
    let principal_type = placed_string(reader, TYPE, &sp.get("servicePrincipalType"))
        .filter(|name| !name.is_empty());
    let owner = sp.first(&["appOwnerOrganizationId", "appOwnerTenantId"]);
    let owner_organization =
        placed_string(reader, OWNER, &owner).map(|owner| owner.to_ascii_lowercase());
    let managed_identity = principal_type
        .as_ref()
        .map(|name| name.eq_ignore_ascii_case("ManagedIdentity"));
    let text = |fact, name| placed_string(reader, fact, &sp.get(name));
    ServicePrincipal {
        object_id: id(
            reader,
            "service_principal.object_id",
            &sp.first(&["id", "objectId"]),
        ),
        display_name: placed_string(
            reader,
            "service_principal.display_name",
            &sp.first(&["displayName", "appDisplayName"]),
        ),
        managed_identity,
        first_party: super::first_party(owner_organization.as_deref(), app_id.as_deref()).or(
            // Azure makes these, in the organisation's own tenant.
            (managed_identity == Some(true)).then_some(false),
        ),
        own: None,
        tags: reader.strings("service_principal.tags", &sp.get("tags")),
        account_enabled: switch(
            reader,
            "service_principal.account_enabled",
            &sp.get("accountEnabled"),
        ),
        app_role_assignment_required: placed_bool(
            reader,
            "service_principal.app_role_assignment_required",
            &sp.get("appRoleAssignmentRequired"),
        ),
        sign_in_audience: text("service_principal.sign_in_audience", "signInAudience"),
        preferred_single_sign_on_mode: text(
            "service_principal.preferred_single_sign_on_mode",
            "preferredSingleSignOnMode",
        ),
        reply_urls: reply_urls(reader, &sp.get("replyUrls")),
        credentials: all_credentials(reader, sp),
        owners: owners(reader, &sp.get("owners")),
        publisher: publisher(reader, sp),
        disabled_by_microsoft: disabled_by_microsoft(reader, &sp.get("disabledByMicrosoftStatus")),
        app_role_assignments: app_role_assignments(reader, &sp.get("appRoleAssignments")),
        permission_grants: permission_grants(reader, &sp.get("oauth2PermissionGrants")),
        role_assignments: role_assignments(reader, &sp.get("roleAssignments")),
        registration: None,
        usage: None,
        app_id,
        principal_type,
        owner_organization,
    }
}

/// A switch that null says nothing of.
fn switch(reader: &Reader, fact: &'static str, node: &Node<'_>) -> Option<bool> {
    node.is_present()
        .then(|| placed_bool(reader, fact, node))
        .flatten()
}

fn reply_urls(reader: &Reader, list: &Node<'_>) -> Option<Vec<ReplyUrl>> {
    reader.place(REPLY_URLS, list);
    reader.list(REPLY_URLS, list, |item| {
        Some(ReplyUrl {
            uri: reader.element(REPLY_URLS, item)?,
            at: item.pointer(),
        })
    })
}

fn all_credentials(
    reader: &Reader,
    sp: &Node<'_>,
) -> Option<Vec<crate::normalize::application::Credential>> {
    let of = |kind, name| credentials(reader, kind, &sp.get(name));
    joined(
        reader,
        CREDENTIALS,
        [
            of(CredentialKind::Secret, "passwordCredentials"),
            of(CredentialKind::Certificate, "keyCredentials"),
        ],
    )
}

fn publisher(reader: &Reader, sp: &Node<'_>) -> Publisher {
    const VERIFIED: &str = "service_principal.publisher.verified";
    let verified = sp.get("verifiedPublisher");
    reader.is_object(VERIFIED, &verified);
    reader.place(VERIFIED, &verified);
    let says = |name| {
        let text = reader.string(VERIFIED, &verified.get(name));
        text.is_some_and(|text| !text.is_empty())
    };
    Publisher {
        domain: None,
        verified: verified
            .is_collected()
            .then(|| says("verifiedPublisherId") || says("displayName")),
    }
}

/// The lists are there only where they were expanded. Graph never writes null for them, but PowerShell does.
fn expanded<T>(
    reader: &Reader,
    fact: &'static str,
    list: &Node<'_>,
    read: impl FnMut(&Node<'_>) -> T,
) -> Option<Vec<T>> {
    if !list.is_present() {
        return None;
    }
    reader.place(fact, list);
    reader.objects(fact, list, read)
}

/// Roles of APIs that the service principal holds.
pub(super) fn app_role_assignments(
    reader: &Reader,
    list: &Node<'_>,
) -> Option<Vec<AppRoleAssignment>> {
    expanded(reader, APP_ROLES, list, |item| {
        app_role_assignment(reader, item, item.pointer())
    })
}

/// One of them. Of which API the role is, only the API's name tells in Graph; infrastructure code has its application id.
pub(super) fn app_role_assignment(
    reader: &Reader,
    item: &Node<'_>,
    at: String,
) -> AppRoleAssignment {
    let role = id(reader, APP_ROLES, &item.get("appRoleId"));
    if role.is_none() {
        reader.not_collected(APP_ROLES);
    }
    let name = reader.string(APP_ROLES, &item.get("resourceDisplayName"));
    let app_id = id(reader, APP_ROLES, &item.get("resourceAppId"));
    let resource = (app_id.as_deref(), name.as_deref());
    AppRoleAssignment {
        resource_id: id(reader, APP_ROLES, &item.get("resourceId")),
        permission: named_permission(resource, role.as_deref(), "application", at.clone()),
        at,
    }
}

/// A permission of the API of that application id, or else of that name. Names that are not well known say nothing, as
/// anybody may choose them.
fn named_permission(
    (app_id, name): (Option<&str>, Option<&str>),
    id: Option<&str>,
    kind: &str,
    at: String,
) -> Permission {
    let found = name.map(|name| permission::resource(Some(name)));
    let found = found.filter(|found| found.name.is_some());
    let app_id = app_id.or_else(|| found.as_ref()?.app_id.as_deref());
    let mut permission = permission(app_id, id, Some(kind), at);
    if permission.resource.name.is_none() {
        permission.resource.name = name.filter(|name| !name.is_empty()).map(str::to_owned);
    }
    permission
}

/// Delegated permissions that the service principal holds.
pub(super) fn permission_grants(reader: &Reader, list: &Node<'_>) -> Option<Vec<PermissionGrant>> {
    let grants = expanded(reader, GRANTS, list, |item| {
        permission_grant(reader, item, &item.pointer())
    })?;
    Some(grants.into_iter().flatten().collect())
}

/// One grant: a list of names with spaces between them, often with one in front.
pub(super) fn permission_grant(reader: &Reader, item: &Node<'_>, at: &str) -> Vec<PermissionGrant> {
    let scope = item.get("scope");
    let names = reader.string(GRANTS, &scope);
    if names.is_none() && !scope.is_collected() {
        reader.unknown(GRANTS, item);
    }
    let resource_id = id(reader, GRANTS, &item.get("resourceId"));
    let consent_type = reader
        .string(GRANTS, &item.get("consentType"))
        .filter(|name| !name.is_empty());
    let principal_id = reader.string(GRANTS, &item.get("principalId"));
    let app_id = id(reader, GRANTS, &item.get("resourceAppId"));
    names
        .unwrap_or_default()
        .split_ascii_whitespace()
        .map(|name| PermissionGrant {
            resource_id: resource_id.clone(),
            consent_type: consent_type.clone(),
            principal_id: principal_id.clone(),
            permission: named_permission(
                (app_id.as_deref(), None),
                Some(name),
                "delegated",
                at.to_owned(),
            ),
            at: at.to_owned(),
        })
        .collect()
}

/// Directory roles that the service principal holds.
pub(super) fn role_assignments(reader: &Reader, list: &Node<'_>) -> Option<Vec<RoleAssignment>> {
    expanded(reader, ROLES, list, |item| {
        role_assignment(reader, item, item.pointer())
    })
}

/// One of them.
pub(super) fn role_assignment(reader: &Reader, item: &Node<'_>, at: String) -> RoleAssignment {
    let definition = item.get("roleDefinition");
    let name = reader.string(ROLES, &definition.get("displayName"));
    let scope = reader.string(ROLES, &item.get("directoryScopeId"));
    RoleAssignment {
        role_definition_id: id(reader, ROLES, &definition.get("templateId"))
            .or_else(|| id(reader, ROLES, &item.get("roleDefinitionId"))),
        name: name.filter(|name| !name.is_empty()),
        scope: scope.filter(|scope| !scope.is_empty()),
        at,
    }
}

/// Reads a part for what is wrong with it. Its facts are read when all documents are there.
pub(in crate::normalize) fn check_part(kind: PartKind, value: &Value, pointer: &str) -> Notes {
    let reader = Reader::default();
    let node = Node::root(value, pointer);
    match kind {
        PartKind::AppRoleAssignment => {
            app_role_assignment(&reader, &node, String::new());
        }
        PartKind::PermissionGrant => {
            permission_grant(&reader, &node, "");
        }
        PartKind::RoleAssignment => {
            role_assignment(&reader, &node, String::new());
        }
        PartKind::OwnersOf => {
            owners(&reader, &node);
        }
        PartKind::AppRoleAssignmentsOf => {
            app_role_assignments(&reader, &node);
        }
        PartKind::PermissionGrantsOf => {
            permission_grants(&reader, &node);
        }
        // A tenant's own reader checks it.
        PartKind::TenantPolicy(_) => {}
    }
    reader.into_notes()
}
