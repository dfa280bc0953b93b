//! The resources that each say one thing of an application, which the provider keeps beside it.

use serde_json::{Value, json};

use super::super::translation::{Translation, UNKNOWN};
use super::fields::{Field, object, translate, value};
use super::resource::{Attribute, Known, Resource};
use super::tables::{
    APP_ROLE, CERTIFICATE, CLAIMS, FEDERATED, FLEXIBLE_FEDERATED, PASSWORD, PERMISSION_SCOPE,
    PRE_AUTHORIZED,
};

/// What a resource says of its application.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    ApiAccess,
    AppRole,
    Certificate,
    FallbackPublicClient,
    FederatedCredential,
    FlexibleFederatedCredential,
    IdentifierUri,
    KnownClients,
    OptionalClaims,
    Owner,
    Password,
    PermissionScope,
    PreAuthorized,
    RedirectUris,
}

impl Part {
    /// The part that a type of resource is.
    pub(super) fn of(kind: &str) -> Option<Self> {
        Some(match kind.strip_prefix("azuread_application_")? {
            "api_access" => Self::ApiAccess,
            "app_role" => Self::AppRole,
            "certificate" => Self::Certificate,
            "fallback_public_client" => Self::FallbackPublicClient,
            "federated_identity_credential" => Self::FederatedCredential,
            "flexible_federated_identity_credential" => Self::FlexibleFederatedCredential,
            "identifier_uri" => Self::IdentifierUri,
            "known_clients" => Self::KnownClients,
            "optional_claims" => Self::OptionalClaims,
            "owner" => Self::Owner,
            "password" => Self::Password,
            "permission_scope" => Self::PermissionScope,
            "pre_authorized" => Self::PreAuthorized,
            "redirect_uris" => Self::RedirectUris,
            _ => return None,
        })
    }

    /// The fact that the part is of.
    pub(super) const fn fact(self) -> &'static str {
        match self {
            Self::ApiAccess => "application.permissions",
            Self::AppRole => "application.app_roles",
            Self::Certificate | Self::Password => "application.credentials",
            Self::FallbackPublicClient => "application.public_client_fallback",
            Self::FederatedCredential | Self::FlexibleFederatedCredential => {
                "application.federated_credentials"
            }
            Self::IdentifierUri => "application.identifier_uris",
            Self::KnownClients => "application.api.known_clients",
            Self::OptionalClaims => "application.optional_claims",
            Self::Owner => "application.owners",
            Self::PermissionScope => "application.api.scopes",
            Self::PreAuthorized => "application.api.pre_authorized",
            Self::RedirectUris => "application.redirect_uris",
        }
    }

    /// The list to which others may add elements that are not in the document, in Graph's spelling.
    pub(super) const fn open_list(self) -> Option<&'static str> {
        Some(match self {
            Self::ApiAccess => "/requiredResourceAccess",
            Self::AppRole => "/appRoles",
            Self::Certificate => "/keyCredentials",
            Self::FederatedCredential | Self::FlexibleFederatedCredential => {
                "/federatedIdentityCredentials"
            }
            Self::IdentifierUri => "/identifierUris",
            Self::Owner => "/owners",
            Self::Password => "/passwordCredentials",
            Self::PermissionScope => "/api/oauth2PermissionScopes",
            Self::PreAuthorized => "/api/preAuthorizedApplications",
            Self::FallbackPublicClient
            | Self::KnownClients
            | Self::OptionalClaims
            | Self::RedirectUris => return None,
        })
    }

    /// Whether an application may have more of these than any document says.
    pub(super) const fn is_never_whole(self) -> bool {
        matches!(
            self,
            Self::Certificate
                | Self::Password
                | Self::FederatedCredential
                | Self::FlexibleFederatedCredential
        )
    }

    /// Adds what the resource says.
    pub(super) fn add(self, translation: &mut Translation, resource: &Resource<'_>) {
        let attributes = &resource.attributes;
        match self {
            Self::ApiAccess => api_access(translation, attributes),
            Self::AppRole => {
                always_enabled(translation, "/appRoles", attributes, APP_ROLE);
            }
            Self::PermissionScope => {
                let list = "/api/oauth2PermissionScopes";
                always_enabled(translation, list, attributes, PERMISSION_SCOPE);
            }
            Self::Certificate => certificate(translation, attributes),
            Self::FallbackPublicClient => value(
                translation,
                "/isFallbackPublicClient",
                &attributes.get("enabled"),
            ),
            Self::FederatedCredential => {
                let list = "/federatedIdentityCredentials";
                object(translation, list, attributes, FEDERATED);
            }
            Self::FlexibleFederatedCredential => flexible(translation, attributes),
            Self::IdentifierUri => {
                let uri = attributes.get("identifier_uri");
                add_scalar(translation, "/identifierUris", &uri);
            }
            Self::KnownClients => {
                let clients = attributes.get("known_client_ids");
                add_scalars(translation, "/api/knownClientApplications", &clients);
            }
            Self::OptionalClaims => translate(translation, "", attributes, CLAIMS),
            Self::Owner => {
                let owner = attributes.get("owner_object_id");
                add_scalar(translation, "/owners", &owner);
            }
            Self::Password => {
                object(translation, "/passwordCredentials", attributes, PASSWORD);
            }
            Self::PreAuthorized => {
                let list = "/api/preAuthorizedApplications";
                object(translation, list, attributes, PRE_AUTHORIZED);
            }
            Self::RedirectUris => redirect_uris(translation, attributes),
        }
    }
}

/// The elements of a list; the list itself where nothing is known of them.
pub(super) fn listed<'a>(list: &Attribute<'a>) -> Vec<Attribute<'a>> {
    match list.known() {
        Known::Absent => Vec::new(),
        Known::Unknown => vec![list.clone()],
        Known::Value(_) => list.items(),
    }
}

/// The text, or what stands for one that is not known.
pub(super) fn scalar(attribute: &Attribute<'_>) -> Value {
    match attribute.known() {
        Known::Value(value) => value.clone(),
        Known::Absent | Known::Unknown => UNKNOWN.into(),
    }
}

/// Adds an element that the list does not have: a state says what is in a resource of its own in the application too.
fn add_scalar(translation: &mut Translation, list: &str, attribute: &Attribute<'_>) {
    let element = match scalar(attribute) {
        Value::Null => UNKNOWN.into(),
        element => element,
    };
    let is_there = translation
        .get(list)
        .and_then(Value::as_array)
        .is_some_and(|items| element != UNKNOWN && items.contains(&element));
    if !is_there {
        translation.push(list, element, attribute.pointer());
    }
}

/// Adds elements in the same way. None at all still say that the list is known.
fn add_scalars(translation: &mut Translation, list: &str, attribute: &Attribute<'_>) {
    for element in listed(attribute) {
        add_scalar(translation, list, &element);
    }
    if let Known::Value(Value::Array(_)) = attribute.known() {
        known_list(translation, list, attribute);
    }
}

/// Makes a list known, where nothing has been said of it.
fn known_list(translation: &mut Translation, list: &str, attribute: &Attribute<'_>) {
    if translation.get(list).is_none_or(Value::is_null) {
        translation.set(list, json!([]), attribute.pointer(), false);
    }
}

/// Whether an element of the list has that id.
fn has_id(translation: &Translation, list: &str, id: &Value) -> bool {
    let items = translation.get(list).and_then(Value::as_array);
    items.is_some_and(|items| id.is_string() && items.iter().any(|item| item.get("id") == Some(id)))
}

fn always_enabled(
    translation: &mut Translation,
    list: &str,
    attributes: &Attribute<'_>,
    fields: &[Field],
) {
    let id = ["scope_id", "role_id"].map(|name| attributes.get(name));
    let id = id.iter().find_map(Attribute::text);
    if id.is_some_and(|id| has_id(translation, list, &id.into())) {
        return;
    }
    let place = object(translation, list, attributes, fields);
    let enabled = format!("{place}/isEnabled");
    translation.set(&enabled, true.into(), attributes.pointer(), false);
}

pub(super) fn certificate(translation: &mut Translation, attributes: &Attribute<'_>) {
    let place = object(translation, "/keyCredentials", attributes, CERTIFICATE);
    let usage = format!("{place}/usage");
    translation.set(&usage, "Verify".into(), attributes.pointer(), false);
}

fn flexible(translation: &mut Translation, attributes: &Attribute<'_>) {
    let list = "/federatedIdentityCredentials";
    let place = object(translation, list, attributes, FLEXIBLE_FEDERATED);
    // The expression stands in its place.
    let subject = format!("{place}/subject");
    translation.set(&subject, Value::Null, attributes.pointer(), false);
    let audience = attributes.get("audience");
    translation.push(
        &format!("{place}/audiences"),
        scalar(&audience),
        audience.pointer(),
    );
}

/// The permissions of one API, which Graph keeps in one list with their kinds.
fn api_access(translation: &mut Translation, attributes: &Attribute<'_>) {
    let api = attributes.get("api_client_id");
    let known = requested(translation, &scalar(&api));
    let mut place = None;
    for (name, kind) in [("role_ids", "Role"), ("scope_ids", "Scope")] {
        let ids = attributes.get(name);
        let ids = match ids.known() {
            Known::Absent => vec![ids],
            _ => listed(&ids),
        };
        for id in ids {
            let element = json!({"id": scalar(&id), "type": kind});
            if known.contains(&element) {
                continue;
            }
            let place = place.get_or_insert_with(|| {
                let resource = json!({"resourceAppId": scalar(&api), "resourceAccess": []});
                translation.push("/requiredResourceAccess", resource, attributes.pointer())
            });
            let list = format!("{place}/resourceAccess");
            let to = translation.push(&list, element, id.pointer());
            translation.place(&to, id.pointer(), false);
        }
        // An API without permissions still says that the list is known.
        known_list(translation, "/requiredResourceAccess", attributes);
    }
    if let Some(place) = place {
        translation.place(&place, attributes.pointer(), false);
    }
}

/// The permissions of an API that the application itself says.
fn requested(translation: &Translation, api: &Value) -> Vec<Value> {
    let resources = translation.get("/requiredResourceAccess");
    let resources = resources.and_then(Value::as_array).into_iter().flatten();
    resources
        .filter(|resource| *api != UNKNOWN && resource.get("resourceAppId") == Some(api))
        .filter_map(|resource| resource.get("resourceAccess")?.as_array())
        .flatten()
        .cloned()
        .collect()
}

fn redirect_uris(translation: &mut Translation, attributes: &Attribute<'_>) {
    let list = match attributes.get("type").text() {
        Some("SPA") => "/spa/redirectUris",
        Some("PublicClient") => "/publicClient/redirectUris",
        Some(_) => "/web/redirectUris",
        None => {
            let uris = attributes.get("redirect_uris");
            translation.push("/web/redirectUris", UNKNOWN.into(), uris.pointer());
            return;
        }
    };
    add_scalars(translation, list, &attributes.get("redirect_uris"));
}
