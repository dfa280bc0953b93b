//! The resources that each say one thing of a service principal: credentials, and what it is granted.

use serde_json::{Value, json};

use super::super::permission::permission;
use super::super::translation::{Translation, UNKNOWN};
use super::fields::object;
use super::link::{Links, Relation, Target};
use super::parts;
use super::resource::{Attribute, Known, Resource};
use super::tables::{PASSWORD, SIGNING_CERTIFICATE};

/// What a resource says of its service principal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    AppRoleAssignment,
    Certificate,
    Password,
    PermissionGrant,
    RoleAssignment,
    RoleMember,
    SigningCertificate,
}

impl Part {
    /// The part that a type of resource is.
    pub(super) fn of(kind: &str) -> Option<Self> {
        Some(match kind.strip_prefix("azuread_")? {
            "app_role_assignment" => Self::AppRoleAssignment,
            "directory_role_assignment" => Self::RoleAssignment,
            "directory_role_member" => Self::RoleMember,
            "service_principal_certificate" => Self::Certificate,
            "service_principal_delegated_permission_grant" => Self::PermissionGrant,
            "service_principal_password" => Self::Password,
            "service_principal_token_signing_certificate" => Self::SigningCertificate,
            _ => return None,
        })
    }

    /// The attributes that name the service principal.
    pub(super) const fn principal(self) -> &'static [&'static str] {
        match self {
            Self::AppRoleAssignment | Self::RoleAssignment => &["principal_object_id"],
            Self::Certificate | Self::Password | Self::SigningCertificate => {
                &["service_principal_id"]
            }
            Self::PermissionGrant => &["service_principal_object_id"],
            Self::RoleMember => &["member_object_id"],
        }
    }

    /// The attributes that name the API.
    pub(super) const fn api(self) -> &'static [&'static str] {
        match self {
            Self::AppRoleAssignment => &["resource_object_id"],
            Self::PermissionGrant => &["resource_service_principal_object_id"],
            _ => &[],
        }
    }

    /// The attributes that name the directory role.
    pub(super) const fn role(self) -> &'static [&'static str] {
        match self {
            Self::RoleAssignment => &["role_id"],
            Self::RoleMember => &["role_object_id"],
            _ => &[],
        }
    }

    /// The fact that the part is of. A service principal may have more of it than any document says.
    pub(super) const fn fact(self) -> &'static str {
        match self {
            Self::AppRoleAssignment => "service_principal.app_role_assignments",
            Self::Certificate | Self::Password | Self::SigningCertificate => {
                "service_principal.credentials"
            }
            Self::PermissionGrant => "service_principal.permission_grants",
            Self::RoleAssignment | Self::RoleMember => "service_principal.role_assignments",
        }
    }

    /// Whether users and groups can have it as well.
    pub(super) const fn is_of_any_principal(self) -> bool {
        matches!(self, Self::RoleAssignment | Self::RoleMember)
    }

    /// Adds what the resource says.
    pub(super) fn add(
        self,
        translation: &mut Translation,
        resource: &Resource<'_>,
        links: &Links<'_>,
    ) {
        let attributes = &resource.attributes;
        match self {
            Self::AppRoleAssignment => app_role_assignment(translation, resource, links),
            Self::Certificate => parts::certificate(translation, attributes),
            Self::Password => {
                object(translation, "/passwordCredentials", attributes, PASSWORD);
            }
            Self::PermissionGrant => permission_grant(translation, resource, links),
            Self::RoleAssignment | Self::RoleMember => {
                role_assignment(translation, resource, links);
            }
            Self::SigningCertificate => signing_certificate(translation, attributes),
        }
    }
}

/// A role of an API. Before its id is known, it may have a name.
fn app_role_assignment(translation: &mut Translation, resource: &Resource<'_>, links: &Links<'_>) {
    let attributes = &resource.attributes;
    let role = attributes.get("app_role_id");
    let api = api(resource, links);
    let role_id = match known(&role) {
        Some(id) => id,
        None => named_role(resource, links, api.as_deref()).unwrap_or_else(|| UNKNOWN.into()),
    };
    let place = add(translation, "/appRoleAssignments", attributes, &role);
    let mut set = |name: &str, value, at: &Attribute<'_>| {
        translation.set(&format!("{place}/{name}"), value, at.pointer(), false);
    };
    set("appRoleId", role_id, &role);
    let api_id = attributes.get("resource_object_id");
    set("resourceId", known_or_unknown(&api_id), &api_id);
    let name = attributes.get("resource_display_name");
    if let Some(text) = known(&name) {
        set("resourceDisplayName", text, &name);
    }
    if let Some(app_id) = api {
        set("resourceAppId", app_id.into(), &api_id);
    }
}

/// The name of the role in the API's own map, where it is one of a well-known API.
fn named_role(resource: &Resource<'_>, links: &Links<'_>, api: Option<&str>) -> Option<Value> {
    let name = links.key_in(resource, "app_role_id", "app_role_ids")?;
    let found = permission(Some(api?), Some(&name), Some("application"), String::new());
    (found.known == Some(true)).then(|| name.into())
}

/// One element for each name, so that each has a place of its own.
fn permission_grant(translation: &mut Translation, resource: &Resource<'_>, links: &Links<'_>) {
    const LIST: &str = "/oauth2PermissionGrants";
    let attributes = &resource.attributes;
    let names = attributes.get("claim_values");
    let user = attributes.get("user_object_id");
    let api_id = attributes.get("resource_service_principal_object_id");
    let api = api(resource, links);
    if translation.get(LIST).is_none() {
        translation.set(LIST, json!([]), attributes.pointer(), false);
    }
    let consent_type = match (user.known(), user.text()) {
        (Known::Unknown, _) => UNKNOWN,
        (_, Some(_)) => "Principal",
        (_, None) => "AllPrincipals",
    };
    for name in parts::listed(&names) {
        let place = add(translation, LIST, attributes, &name);
        let mut set = |member: &str, value, at: &Attribute<'_>| {
            translation.set(&format!("{place}/{member}"), value, at.pointer(), false);
        };
        set("scope", known_or_unknown(&name), &name);
        set("consentType", consent_type.into(), &user);
        let user_id = match user.known() {
            Known::Absent => Value::Null,
            _ => parts::scalar(&user),
        };
        set("principalId", user_id, &user);
        set("resourceId", known_or_unknown(&api_id), &api_id);
        if let Some(app_id) = &api {
            set("resourceAppId", app_id.as_str().into(), &api_id);
        }
    }
}

/// A directory role. Only the id of its template says which it is.
fn role_assignment(translation: &mut Translation, resource: &Resource<'_>, links: &Links<'_>) {
    let attributes = &resource.attributes;
    let [role, object] = ["role_id", "role_object_id"].map(|name| attributes.get(name));
    let definition = match links.target(resource, Relation::Role) {
        Target::Here(index) => links.resource(index),
        Target::Elsewhere { .. } | Target::Untold => None,
    };
    let at = if known(&role).is_some() {
        &role
    } else {
        &object
    };
    let place = add(translation, "/roleAssignments", attributes, at);
    let mut set = |name: &str, value, at: &Attribute<'_>| {
        translation.set(&format!("{place}/{name}"), value, at.pointer(), false);
    };
    let template = definition.map(|role| role.attributes.get("template_id"));
    let id = template.as_ref().and_then(known).or_else(|| known(&role));
    set("roleDefinitionId", id.unwrap_or_else(|| UNKNOWN.into()), at);
    let name = definition.map(|role| role.attributes.get("display_name"));
    if let Some(name) = name.as_ref().and_then(known) {
        set("roleDefinition", json!({"displayName": name}), at);
    }
    let scopes = ["directory_scope_id", "app_scope_id"].map(|name| attributes.get(name));
    if let Some((scope, text)) = scopes.iter().find_map(|scope| Some((scope, known(scope)?))) {
        set("directoryScopeId", text, scope);
    }
}

/// Entra keeps the key that signs, so that nobody can sign in with it. Of one that single sign-on does not use, or
/// perhaps does not, nothing is known.
fn signing_certificate(translation: &mut Translation, attributes: &Attribute<'_>) {
    const LIST: &str = "/keyCredentials";
    let mode = translation.get("/preferredSingleSignOnMode");
    if mode.is_none_or(|mode| mode == UNKNOWN) {
        translation.push(LIST, UNKNOWN.into(), attributes.pointer());
        return;
    }
    let place = object(translation, LIST, attributes, SIGNING_CERTIFICATE);
    let pointer = attributes.pointer();
    translation.set(&format!("{place}/usage"), "Sign".into(), pointer, false);
}

/// Adds an element without members, which stands at the attribute that says most of it, or at the resource where that is
/// not known.
fn add(
    translation: &mut Translation,
    list: &str,
    resource: &Attribute<'_>,
    at: &Attribute<'_>,
) -> String {
    let at = if known(at).is_some() { at } else { resource };
    let place = translation.push(list, json!({}), at.pointer());
    translation.place(&place, at.pointer(), false);
    place
}

/// The application id of the API, as its own service principal or data source says.
fn api(resource: &Resource<'_>, links: &Links<'_>) -> Option<String> {
    let Target::Here(index) = links.target(resource, Relation::Api) else {
        return None;
    };
    let principal = links.resource(index)?;
    let names = ["client_id", "application_id"].map(|name| principal.attributes.get(name));
    names.iter().find_map(Attribute::text).map(str::to_owned)
}

fn known(attribute: &Attribute<'_>) -> Option<Value> {
    attribute.text().map(Value::from)
}

fn known_or_unknown(attribute: &Attribute<'_>) -> Value {
    known(attribute).unwrap_or_else(|| UNKNOWN.into())
}
