//! Elements that the formats spell alike: permissions, roles, scopes, claims, owners, links.

use super::application::{
    AppRole, IdentifierUri, Link, LinkUrl, OptionalClaim, OptionalClaims, Owner, Permission,
    RedirectUri, Scope, UriFacts,
};
use super::identifier_uri::identifier_uri;
use super::permission::{is_guid, permission, permission_name};
use super::reader::{Node, Reader};
use super::redirect_uri::redirect_uri;
use super::uri::uri_facts;

pub(super) const REDIRECT_URIS: &str = "application.redirect_uris";
const IDENTIFIER_URIS: &str = "application.identifier_uris";
const PERMISSIONS: &str = "application.permissions";
const SCOPES: &str = "application.api.scopes";
const APP_ROLES: &str = "application.app_roles";
const OWNERS: &str = "application.owners";

/// An id. Nothing is worth knowing of one that is empty, and GUIDs are compared in lower case.
pub(super) fn id(reader: &Reader, fact: &'static str, node: &Node<'_>) -> Option<String> {
    let id = reader.string(fact, node).filter(|id| !id.is_empty())?;
    Some(lower_case_guid(id))
}

pub(super) fn lower_case_guid(id: String) -> String {
    if is_guid(&id) {
        id.to_ascii_lowercase()
    } else {
        id
    }
}

/// A scalar whose place is remembered.
pub(super) fn placed_string(
    reader: &Reader,
    fact: &'static str,
    node: &Node<'_>,
) -> Option<String> {
    reader.place(fact, node);
    reader.string(fact, node)
}

/// A switch whose place is remembered.
pub(super) fn placed_bool(reader: &Reader, fact: &'static str, node: &Node<'_>) -> Option<bool> {
    reader.place(fact, node);
    reader.bool(fact, node)
}

/// The redirect URIs of one platform.
pub(super) fn redirect_uris(
    reader: &Reader,
    platform: &str,
    list: &Node<'_>,
) -> Option<Vec<RedirectUri>> {
    reader.list(REDIRECT_URIS, list, |item| {
        let uri = reader.element(REDIRECT_URIS, item)?;
        Some(redirect(reader, platform, &uri, item))
    })
}

/// One redirect URI.
pub(super) fn redirect(reader: &Reader, platform: &str, uri: &str, node: &Node<'_>) -> RedirectUri {
    let redirect = redirect_uri(platform, uri, node.pointer());
    hide_userinfo(reader, uri, &redirect.facts, node);
    redirect
}

/// A URI with a user name or password in it is kept out of what reports show of the text.
fn hide_userinfo(reader: &Reader, uri: &str, facts: &UriFacts, node: &Node<'_>) {
    if facts.uri != uri {
        reader.secret(node);
    }
}

/// All platforms' redirect URIs together; the fact has a gap when one platform was not collected.
pub(super) fn all_platforms(
    reader: &Reader,
    platforms: impl IntoIterator<Item = Option<Vec<RedirectUri>>>,
) -> Option<Vec<RedirectUri>> {
    joined(reader, REDIRECT_URIS, platforms)
}

/// Joins the parts of a fact that the source keeps apart.
pub(super) fn joined<T>(
    reader: &Reader,
    fact: &'static str,
    parts: impl IntoIterator<Item = Option<Vec<T>>>,
) -> Option<Vec<T>> {
    let mut all: Option<Vec<T>> = None;
    let mut missing = false;
    for part in parts {
        match part {
            Some(mut elements) => match &mut all {
                Some(all) => all.append(&mut elements),
                None => all = Some(elements),
            },
            None => missing = true,
        }
    }
    if missing && all.is_some() {
        reader.not_collected(fact);
    }
    all
}

pub(super) fn identifier_uris(
    reader: &Reader,
    list: &Node<'_>,
    app_id: Option<&str>,
) -> Option<Vec<IdentifierUri>> {
    reader.place(IDENTIFIER_URIS, list);
    reader.list(IDENTIFIER_URIS, list, |item| {
        let uri = reader.element(IDENTIFIER_URIS, item)?;
        let identifier = identifier_uri(&uri, app_id, item.pointer());
        hide_userinfo(reader, &uri, &identifier.facts, item);
        Some(identifier)
    })
}

/// A published link.
pub(super) fn link(reader: &Reader, fact: &'static str, node: &Node<'_>) -> Option<Link> {
    let uri = placed_string(reader, fact, node)?;
    if uri.is_empty() {
        return Some(Link::Empty {});
    }
    let facts = uri_facts(&uri);
    hide_userinfo(reader, &uri, &facts, node);
    let at = node.pointer();
    Some(Link::Url(Box::new(LinkUrl { facts, at })))
}

/// `requiredResourceAccess`, flattened.
pub(super) fn permissions(reader: &Reader, list: &Node<'_>) -> Option<Vec<Permission>> {
    reader.place(PERMISSIONS, list);
    let resources = reader.objects(PERMISSIONS, list, |resource| {
        let app_id = id(reader, PERMISSIONS, &resource.get("resourceAppId"));
        let access = resource.get("resourceAccess");
        if !access.is_collected() {
            reader.not_collected(PERMISSIONS);
        }
        reader
            .objects(PERMISSIONS, &access, |item| {
                let kind = permission_kind(reader, &item.get("type"));
                let id = id(reader, PERMISSIONS, &item.get("id"));
                if app_id.is_none() || id.is_none() || kind.is_none() {
                    reader.not_collected(PERMISSIONS);
                }
                permission(app_id.as_deref(), id.as_deref(), kind, item.pointer())
            })
            .unwrap_or_default()
    })?;
    Some(resources.into_iter().flatten().collect())
}

fn permission_kind(reader: &Reader, node: &Node<'_>) -> Option<&'static str> {
    let kind = id(reader, PERMISSIONS, node)?;
    if kind.eq_ignore_ascii_case("Scope") {
        Some("delegated")
    } else if kind.eq_ignore_ascii_case("Role") {
        Some("application")
    } else {
        let message = format!(
            "`{}` is `{kind}`, expected `Scope` or `Role`",
            node.pointer()
        );
        reader.problem(PERMISSIONS, node, message);
        None
    }
}

/// Delegated permissions that the application offers.
pub(super) fn scopes(reader: &Reader, list: &Node<'_>) -> Option<Vec<Scope>> {
    reader.place(SCOPES, list);
    reader.objects(SCOPES, list, |item| {
        let text = |name| reader.string(SCOPES, &item.get(name));
        let value = text("value");
        Scope {
            id: id(reader, SCOPES, &item.get("id")),
            consent_type: text("type"),
            enabled: reader.bool(SCOPES, &item.get("isEnabled")),
            name: permission_name(value.as_deref()),
            value,
            admin_consent_description: text("adminConsentDescription"),
            admin_consent_display_name: text("adminConsentDisplayName"),
            user_consent_description: text("userConsentDescription"),
            user_consent_display_name: text("userConsentDisplayName"),
            at: item.pointer(),
        }
    })
}

/// Roles that the application offers.
pub(super) fn app_roles(reader: &Reader, list: &Node<'_>) -> Option<Vec<AppRole>> {
    reader.place(APP_ROLES, list);
    reader.objects(APP_ROLES, list, |item| {
        let text = |name| reader.string(APP_ROLES, &item.get(name));
        let value = text("value");
        AppRole {
            id: id(reader, APP_ROLES, &item.get("id")),
            display_name: text("displayName"),
            description: text("description"),
            allowed_member_types: reader.strings(APP_ROLES, &item.get("allowedMemberTypes")),
            enabled: reader.bool(APP_ROLES, &item.get("isEnabled")),
            name: permission_name(value.as_deref()),
            value,
            at: item.pointer(),
        }
    })
}

/// Clients that need no consent; `permissions` is the name of their list of scope ids in the format.
pub(super) fn pre_authorized(
    reader: &Reader,
    list: &Node<'_>,
    permissions: &[&str],
) -> Option<Vec<super::application::PreAuthorized>> {
    const FACT: &str = "application.api.pre_authorized";
    reader.place(FACT, list);
    reader.objects(FACT, list, |item| {
        let scopes = item.first(permissions);
        if !scopes.is_collected() {
            reader.not_collected(FACT);
        }
        let scopes = reader.strings(FACT, &scopes).unwrap_or_default();
        super::application::PreAuthorized {
            app_id: id(reader, FACT, &item.get("appId")),
            scopes: scopes.into_iter().map(lower_case_guid).collect(),
            at: item.pointer(),
        }
    })
}

/// Claims asked for, by token type.
pub(super) fn optional_claims(reader: &Reader, node: &Node<'_>) -> OptionalClaims {
    const FACT: &str = "application.optional_claims";
    reader.place(FACT, node);
    reader.is_object(FACT, node);
    let claims = |fact, name| {
        let list = node.get(name);
        reader.place(fact, &list);
        reader.objects(fact, &list, |item| OptionalClaim {
            name: reader.string(fact, &item.get("name")).unwrap_or_default(),
            source: reader.string(fact, &item.get("source")),
            essential: reader.bool(fact, &item.get("essential")),
            additional_properties: reader
                .strings(fact, &item.get("additionalProperties"))
                .unwrap_or_default(),
            at: item.pointer(),
        })
    };
    OptionalClaims {
        access_token: claims("application.optional_claims.access_token", "accessToken"),
        id_token: claims("application.optional_claims.id_token", "idToken"),
        saml2_token: claims("application.optional_claims.saml2_token", "saml2Token"),
    }
}

/// Owners, where they were expanded. Graph never writes null for them, but PowerShell does when they were not asked for.
pub(super) fn owners(reader: &Reader, list: &Node<'_>) -> Option<Vec<Owner>> {
    if !list.is_present() {
        return None;
    }
    reader.place(OWNERS, list);
    reader.list(OWNERS, list, |item| match item.value() {
        Some(serde_json::Value::String(_)) => Some(Owner {
            id: Some(reader.element(OWNERS, item)?),
            at: item.pointer(),
            ..Owner::default()
        }),
        _ => reader.is_object(OWNERS, item).then(|| owner(reader, item)),
    })
}

fn owner(reader: &Reader, item: &Node<'_>) -> Owner {
    // PowerShell keeps what users and service principals have beyond directory objects under a key of its own.
    let more = item.get("additionalProperties");
    let present = |name| {
        let nodes = [item, &more].map(|node| node.get(name));
        nodes.into_iter().find(Node::is_present)
    };
    let text = |name| {
        let text = reader.string(OWNERS, &present(name)?)?;
        (!text.is_empty()).then_some(text)
    };
    let principal_name = text("userPrincipalName");
    let is_external_name = principal_name
        .as_ref()
        .map(|name| name.to_ascii_uppercase().contains("#EXT#"));
    let guest = match text("userType") {
        Some(user_type) => {
            Some(user_type.eq_ignore_ascii_case("Guest") || is_external_name == Some(true))
        }
        None => is_external_name,
    };
    let type_name = text("@odata.type").or_else(|| text("odata.type"));
    let owner_type = owner_type(type_name.as_deref(), |name| present(name).is_some());
    Owner {
        id: text("id").or_else(|| text("objectId")),
        // Only people can be guests.
        guest: guest.or((owner_type == Some("service_principal")).then_some(false)),
        owner_type: owner_type.map(str::to_owned),
        display_name: text("displayName"),
        account_enabled: present("accountEnabled").and_then(|node| reader.bool(OWNERS, &node)),
        at: item.pointer(),
    }
}

fn owner_type(type_name: Option<&str>, has: impl Fn(&'static str) -> bool) -> Option<&'static str> {
    let named = type_name.and_then(|name| name.rsplit('.').next());
    match named.map(str::to_ascii_lowercase).as_deref() {
        Some("user") => Some("user"),
        Some("serviceprincipal") => Some("service_principal"),
        Some(_) => Some("other"),
        None if has("userPrincipalName") => Some("user"),
        None if has("servicePrincipalType") => Some("service_principal"),
        None => None,
    }
}
