//! The Azure AD Graph manifest, in both spellings: the portal's (`name`, `replyUrlsWithType`) and the older one
//! (`displayName`, `replyUrls`, `availableToOtherTenants`).

use super::application::{Api, Application, ImplicitGrant, Publisher, RedirectUri, Urls};
use super::credential::{CredentialKind, credentials};
use super::elements::{
    REDIRECT_URIS, app_roles, id, identifier_uris, joined, link, optional_claims, permissions,
    placed_bool, placed_string, pre_authorized, redirect, redirect_uris, scopes,
};
use super::reader::{Node, Reader};
use super::registration::{
    Audience, MULTIPLE_ORGS, MY_ORG, access_token_version, audience, created,
    disabled_by_microsoft, first_party, group_claims,
};

/// Reads a manifest.
pub(super) fn application(reader: &Reader, app: &Node<'_>) -> Application {
    let app_id = id(reader, "application.app_id", &app.get("appId"));
    reader.place("application.app_id", &app.get("appId"));
    let sign_in_audience = who_may_sign_in(reader, app);
    let publisher = Publisher {
        domain: placed_string(
            reader,
            "application.publisher.domain",
            &app.get("publisherDomain"),
        ),
        verified: None,
    };
    let name = app.first(&["name", "displayName"]);
    let fallback = app.first(&["allowPublicClient", "publicClient"]);
    Application {
        object_id: id(
            reader,
            "application.object_id",
            &app.first(&["objectId", "id"]),
        ),
        display_name: placed_string(reader, "application.display_name", &name),
        description: reader.string("application.description", &app.get("description")),
        notes: placed_string(reader, "application.notes", &app.get("notes")),
        created: created(reader, &app.first(&["createdDateTime", "createdDate"])),
        tags: reader.strings("application.tags", &app.get("tags")),
        first_party: first_party(app_id.as_deref(), &publisher),
        multitenant: sign_in_audience.map(|a| a.multitenant),
        personal_accounts: sign_in_audience.map(|a| a.personal_accounts),
        sign_in_audience: sign_in_audience.map(|a| a.name.to_owned()),
        redirect_uris: reply_urls(reader, app),
        identifier_uris: identifier_uris(reader, &app.get("identifierUris"), app_id.as_deref()),
        urls: urls(reader, app),
        implicit_grant: implicit_grant(reader, app),
        public_client_fallback: placed_bool(
            reader,
            "application.public_client_fallback",
            &fallback,
        ),
        permissions: permissions(reader, &app.get("requiredResourceAccess")),
        credentials: joined(
            reader,
            "application.credentials",
            [
                credentials(
                    reader,
                    CredentialKind::Secret,
                    &app.get("passwordCredentials"),
                ),
                credentials(
                    reader,
                    CredentialKind::Certificate,
                    &app.get("keyCredentials"),
                ),
            ],
        ),
        api: api(reader, app),
        app_roles: app_roles(reader, &app.get("appRoles")),
        optional_claims: optional_claims(reader, &app.get("optionalClaims")),
        group_claims: group_claims(reader, &app.get("groupMembershipClaims")),
        disabled_by_microsoft: disabled_by_microsoft(reader, &app.get("disabledByMicrosoftStatus")),
        publisher,
        app_id,
        ..Application::default()
    }
}

fn who_may_sign_in(reader: &Reader, app: &Node<'_>) -> Option<Audience> {
    let named = app.get("signInAudience");
    if named.is_present() {
        return audience(reader, &named);
    }
    const FACT: &str = "application.sign_in_audience";
    let older = app.get("availableToOtherTenants");
    reader.place(FACT, &older);
    reader.place("application.multitenant", &older);
    let open = reader.bool(FACT, &older)?;
    Some(if open { MULTIPLE_ORGS } else { MY_ORG })
}

/// `replyUrlsWithType`, or the older `replyUrls`, whose platform is the whole application's. Of what stands in both
/// lists the former says more.
fn reply_urls(reader: &Reader, app: &Node<'_>) -> Option<Vec<RedirectUri>> {
    let (typed, plain) = (app.get("replyUrlsWithType"), app.get("replyUrls"));
    let place = if typed.is_collected() { &typed } else { &plain };
    reader.place(REDIRECT_URIS, place);
    let is_public = app.get("publicClient").value() == Some(&serde_json::Value::Bool(true));
    let platform = if is_public { "public_client" } else { "web" };
    let plain = redirect_uris(reader, platform, &plain);
    let Some(mut all) = typed_reply_urls(reader, &typed) else {
        return plain;
    };
    let in_both = |one: &RedirectUri| all.iter().any(|other| other.facts.uri == one.facts.uri);
    let more: Vec<_> = plain
        .into_iter()
        .flatten()
        .filter(|one| !in_both(one))
        .collect();
    all.extend(more);
    Some(all)
}

fn typed_reply_urls(reader: &Reader, typed: &Node<'_>) -> Option<Vec<RedirectUri>> {
    reader.list(REDIRECT_URIS, typed, |item| {
        if !reader.is_object(REDIRECT_URIS, item) {
            return None;
        }
        let url = item.get("url");
        let platform = platform(reader, &item.get("type"));
        let uri = reader.element(REDIRECT_URIS, &url)?;
        Some(redirect(reader, platform?, &uri, &url))
    })
}

fn platform(reader: &Reader, node: &Node<'_>) -> Option<&'static str> {
    let name = reader.element(REDIRECT_URIS, node)?;
    match name.to_ascii_lowercase().as_str() {
        "web" => Some("web"),
        "spa" => Some("spa"),
        "installedclient" => Some("public_client"),
        _ => {
            let message = format!(
                "`{}` is `{name}`, expected `Web`, `Spa` or `InstalledClient`",
                node.pointer()
            );
            reader.problem(REDIRECT_URIS, node, message);
            None
        }
    }
}

fn urls(reader: &Reader, app: &Node<'_>) -> Urls {
    let info = app.get("informationalUrls");
    reader.is_object("application.urls", &info);
    Urls {
        home: link(
            reader,
            "application.urls.home",
            &app.first(&["signInUrl", "homepage"]),
        ),
        logout: link(reader, "application.urls.logout", &app.get("logoutUrl")),
        privacy: link(reader, "application.urls.privacy", &info.get("privacy")),
        terms: link(
            reader,
            "application.urls.terms",
            &info.get("termsOfService"),
        ),
        support: link(reader, "application.urls.support", &info.get("support")),
        marketing: link(reader, "application.urls.marketing", &info.get("marketing")),
        saml_metadata: link(
            reader,
            "application.urls.saml_metadata",
            &app.get("samlMetadataUrl"),
        ),
    }
}

fn implicit_grant(reader: &Reader, app: &Node<'_>) -> ImplicitGrant {
    let access_token = app.get("oauth2AllowImplicitFlow");
    let id_token = app.get("oauth2AllowIdTokenImplicitFlow");
    let at = [&access_token, &id_token]
        .into_iter()
        .find(|node| node.is_collected())
        .map(Node::pointer);
    ImplicitGrant {
        access_token: placed_bool(
            reader,
            "application.implicit_grant.access_token",
            &access_token,
        ),
        id_token: placed_bool(reader, "application.implicit_grant.id_token", &id_token),
        at,
    }
}

fn api(reader: &Reader, app: &Node<'_>) -> Api {
    let version = app.first(&["accessTokenAcceptedVersion", "requestedAccessTokenVersion"]);
    Api {
        access_token_version: access_token_version(reader, &version),
        accepts_mapped_claims: placed_bool(
            reader,
            "application.api.accepts_mapped_claims",
            &app.get("acceptMappedClaims"),
        ),
        scopes: scopes(reader, &app.get("oauth2Permissions")),
        pre_authorized: pre_authorized(
            reader,
            &app.get("preAuthorizedApplications"),
            &["permissionIds", "delegatedPermissionIds"],
        ),
        known_clients: reader.strings(
            "application.api.known_clients",
            &app.get("knownClientApplications"),
        ),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    /// Platforms and URIs.
    fn redirects(manifest: &Value) -> Option<Vec<(String, String)>> {
        let reader = Reader::default();
        let found = reply_urls(&reader, &Node::root(manifest, ""))?.into_iter();
        Some(found.map(|one| (one.platform, one.facts.uri)).collect())
    }

    #[test]
    fn both_lists_of_reply_urls_count() {
        let pair = |platform: &str, uri: &str| (platform.to_owned(), uri.to_owned());
        let typed = json!([{"url": "https://a", "type": "Spa"}]);
        let cases = [
            (json!({}), None),
            (json!({"replyUrls": null}), Some(vec![])),
            (
                json!({"replyUrls": ["https://a"]}),
                Some(vec![pair("web", "https://a")]),
            ),
            (
                json!({"replyUrlsWithType": typed}),
                Some(vec![pair("spa", "https://a")]),
            ),
            (
                json!({"replyUrlsWithType": null, "replyUrls": ["x://b"], "publicClient": true}),
                Some(vec![pair("public_client", "x://b")]),
            ),
            (
                json!({"replyUrlsWithType": typed, "replyUrls": ["https://b", "https://a"]}),
                Some(vec![pair("spa", "https://a"), pair("web", "https://b")]),
            ),
        ];
        for (manifest, expected) in cases {
            assert_eq!(redirects(&manifest), expected, "{manifest}");
        }
    }
}
