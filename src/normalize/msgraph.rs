//! The application object of Microsoft Graph: portal download, `az ad app show`, PowerShell, API responses.

use super::application::{
    Api, Application, AuthenticationBehaviors, ImplicitGrant, Lock, OnPremisesPublishing,
    Publisher, RequestSignature, Urls,
};
use super::credential::{CredentialKind, credentials};
use super::elements::{
    all_platforms, app_roles, id, identifier_uris, joined, link, optional_claims, owners,
    permissions, placed_bool, placed_string, pre_authorized, redirect_uris, scopes,
};
use super::federated_credential::federated_credentials;
use super::reader::{Node, Reader};
use super::registration::{
    access_token_version, audience, created, disabled_by_microsoft, first_party, group_claims,
};

/// Reads an application object.
pub(super) fn application(reader: &Reader, app: &Node<'_>) -> Application {
    let app_id = id(reader, "application.app_id", &app.get("appId"));
    let sign_in_audience = audience(reader, &app.get("signInAudience"));
    let publisher = publisher(reader, app);
    reader.place("application.app_id", &app.get("appId"));
    Application {
        object_id: id(reader, "application.object_id", &app.get("id")),
        display_name: placed_string(reader, "application.display_name", &app.get("displayName")),
        description: reader.string("application.description", &app.get("description")),
        notes: placed_string(reader, "application.notes", &app.get("notes")),
        service_management_reference: placed_string(
            reader,
            "application.service_management_reference",
            &app.get("serviceManagementReference"),
        ),
        created: created(reader, &app.get("createdDateTime")),
        tags: reader.strings("application.tags", &app.get("tags")),
        first_party: first_party(app_id.as_deref(), &publisher),
        multitenant: sign_in_audience.map(|a| a.multitenant),
        personal_accounts: sign_in_audience.map(|a| a.personal_accounts),
        sign_in_audience: sign_in_audience.map(|a| a.name.to_owned()),
        redirect_uris: all_redirect_uris(reader, app),
        identifier_uris: identifier_uris(reader, &app.get("identifierUris"), app_id.as_deref()),
        urls: urls(reader, app),
        implicit_grant: implicit_grant(reader, &app.get("web")),
        public_client_fallback: placed_bool(
            reader,
            "application.public_client_fallback",
            &app.get("isFallbackPublicClient"),
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
        federated_credentials: federated_credentials(
            reader,
            &app.get("federatedIdentityCredentials"),
        ),
        api: api(reader, &app.get("api")),
        app_roles: app_roles(reader, &app.get("appRoles")),
        optional_claims: optional_claims(reader, &app.get("optionalClaims")),
        authentication_behaviors: behaviors(reader, &app.get("authenticationBehaviors")),
        group_claims: group_claims(reader, &app.get("groupMembershipClaims")),
        owners: owners(reader, &app.get("owners")),
        publisher,
        lock: lock(reader, &app.get("servicePrincipalLockConfiguration")),
        request_signature: request_signature(reader, &app.get("requestSignatureVerification")),
        native_authentication: native_authentication(
            reader,
            &app.get("nativeAuthenticationApisEnabled"),
        ),
        disabled_by_microsoft: disabled_by_microsoft(reader, &app.get("disabledByMicrosoftStatus")),
        on_premises_publishing: on_premises_publishing(reader, &app.get("onPremisesPublishing")),
        dns: None,
        app_id,
    }
}

fn all_redirect_uris(
    reader: &Reader,
    app: &Node<'_>,
) -> Option<Vec<super::application::RedirectUri>> {
    let platforms = [
        ("web", "web"),
        ("spa", "spa"),
        ("public_client", "publicClient"),
    ];
    place_of_redirect_uris(reader, app);
    all_platforms(
        reader,
        platforms.map(|(platform, key)| {
            let settings = app.get(key);
            reader.is_object("application.redirect_uris", &settings);
            redirect_uris(reader, platform, &settings.get("redirectUris"))
        }),
    )
}

/// The first platform that has any, else the web platform.
fn place_of_redirect_uris(reader: &Reader, app: &Node<'_>) {
    for platform in ["web", "spa", "publicClient"] {
        let settings = app.get(platform);
        let uris = settings.get("redirectUris");
        let has_any =
            |value: &serde_json::Value| value.as_array().is_some_and(|all| !all.is_empty());
        if uris.value().is_some_and(has_any) {
            return reader.place("application.redirect_uris", &uris);
        }
    }
    reader.place("application.redirect_uris", &app.get("web"));
}

fn urls(reader: &Reader, app: &Node<'_>) -> Urls {
    let web = app.get("web");
    let info = app.get("info");
    reader.is_object("application.urls", &info);
    Urls {
        home: link(reader, "application.urls.home", &web.get("homePageUrl")),
        logout: link(reader, "application.urls.logout", &web.get("logoutUrl")),
        // The documentation's own samples spell these without `Url` in places.
        privacy: link(
            reader,
            "application.urls.privacy",
            &info.first(&["privacyStatementUrl", "privacyStatement"]),
        ),
        terms: link(
            reader,
            "application.urls.terms",
            &info.first(&["termsOfServiceUrl", "termsOfService"]),
        ),
        support: link(
            reader,
            "application.urls.support",
            &info.first(&["supportUrl", "support"]),
        ),
        marketing: link(
            reader,
            "application.urls.marketing",
            &info.first(&["marketingUrl", "marketing"]),
        ),
        saml_metadata: link(
            reader,
            "application.urls.saml_metadata",
            &app.get("samlMetadataUrl"),
        ),
    }
}

fn implicit_grant(reader: &Reader, web: &Node<'_>) -> ImplicitGrant {
    const FACT: &str = "application.implicit_grant";
    let settings = web.get("implicitGrantSettings");
    reader.is_object(FACT, &settings);
    reader.place(FACT, &settings);
    ImplicitGrant {
        access_token: placed_bool(
            reader,
            "application.implicit_grant.access_token",
            &settings.get("enableAccessTokenIssuance"),
        ),
        id_token: placed_bool(
            reader,
            "application.implicit_grant.id_token",
            &settings.get("enableIdTokenIssuance"),
        ),
        at: settings.is_present().then(|| settings.pointer()),
    }
}

fn api(reader: &Reader, api: &Node<'_>) -> Api {
    reader.is_object("application.api", api);
    reader.place("application.api", api);
    let known_clients = "application.api.known_clients";
    Api {
        access_token_version: access_token_version(reader, &api.get("requestedAccessTokenVersion")),
        accepts_mapped_claims: placed_bool(
            reader,
            "application.api.accepts_mapped_claims",
            &api.get("acceptMappedClaims"),
        ),
        scopes: scopes(reader, &api.get("oauth2PermissionScopes")),
        pre_authorized: pre_authorized(
            reader,
            &api.get("preAuthorizedApplications"),
            &["delegatedPermissionIds", "permissionIds"],
        ),
        known_clients: reader.strings(known_clients, &api.get("knownClientApplications")),
    }
}

/// Inside, null means that the default holds, which depends on the application's age: it stays null.
fn behaviors(reader: &Reader, node: &Node<'_>) -> Option<AuthenticationBehaviors> {
    const FACT: &str = "application.authentication_behaviors";
    const EMAIL: &str = "application.authentication_behaviors.remove_unverified_email_claim";
    if !is_object_or_null(reader, FACT, node) {
        return None;
    }
    reader.place(FACT, node);
    let email = node.get("removeUnverifiedEmailClaim");
    reader.place(EMAIL, &email);
    let switch = |node: &Node<'_>| node.is_present().then(|| reader.bool(FACT, node)).flatten();
    let remove_unverified_email_claim = switch(&email);
    if !email.is_collected() || (email.is_present() && remove_unverified_email_claim.is_none()) {
        return None;
    }
    Some(AuthenticationBehaviors {
        remove_unverified_email_claim,
        block_azure_ad_graph_access: switch(&node.get("blockAzureADGraphAccess")),
        require_client_service_principal: switch(&node.get("requireClientServicePrincipal")),
    })
}

/// Whether the node was collected and is what it should be.
fn is_object_or_null(reader: &Reader, fact: &'static str, node: &Node<'_>) -> bool {
    node.is_collected() && (!node.is_present() || reader.is_object(fact, node))
}

fn publisher(reader: &Reader, app: &Node<'_>) -> Publisher {
    const VERIFIED: &str = "application.publisher.verified";
    let node = app.get("verifiedPublisher");
    reader.place(VERIFIED, &node);
    let says = |name| {
        reader
            .string(VERIFIED, &node.get(name))
            .map(|text| !text.is_empty())
    };
    let verified = if is_object_or_null(reader, VERIFIED, &node) {
        match (says("verifiedPublisherId"), says("displayName")) {
            (Some(true), _) | (_, Some(true)) => Some(true),
            (Some(false), _) => Some(false),
            (None, _) => None,
        }
    } else {
        None
    };
    Publisher {
        domain: placed_string(
            reader,
            "application.publisher.domain",
            &app.get("publisherDomain"),
        ),
        verified,
    }
}

/// Known when it says enough: off, or on and how much it covers.
fn lock(reader: &Reader, node: &Node<'_>) -> Option<Lock> {
    const FACT: &str = "application.lock";
    if !is_object_or_null(reader, FACT, node) {
        return None;
    }
    reader.place(FACT, node);
    let on = |name| reader.bool(FACT, &node.get(name));
    let enabled = on("isEnabled")?;
    let each = [
        on("credentialsWithUsageVerify"),
        on("credentialsWithUsageSign"),
        on("tokenEncryptionKeyId"),
    ];
    let every_one = each.iter().all(|property| *property == Some(true));
    let all_properties = match on("allProperties") {
        Some(all) => Some(all || every_one),
        None if every_one => Some(true),
        None => each.contains(&Some(false)).then_some(false),
    };
    Some(Lock {
        enabled,
        // One that is off covers nothing.
        all_properties: if enabled {
            all_properties?
        } else {
            all_properties.unwrap_or(false)
        },
        at: node.existing_pointer(),
    })
}

fn request_signature(reader: &Reader, node: &Node<'_>) -> Option<RequestSignature> {
    const FACT: &str = "application.request_signature";
    if !is_object_or_null(reader, FACT, node) {
        return None;
    }
    reader.place(FACT, node);
    Some(RequestSignature {
        required: reader.bool(FACT, &node.get("isSignedRequestRequired"))?,
        weak_algorithms: reader
            .string(FACT, &node.get("allowedWeakAlgorithms"))
            .is_some_and(|algorithms| !algorithms.is_empty()),
        at: node.existing_pointer(),
    })
}

fn native_authentication(reader: &Reader, node: &Node<'_>) -> Option<String> {
    let apis = placed_string(reader, "application.native_authentication", node)?;
    Some(if apis.is_empty() {
        "none".to_owned()
    } else {
        apis
    })
}

fn on_premises_publishing(reader: &Reader, node: &Node<'_>) -> Option<OnPremisesPublishing> {
    const FACT: &str = "application.on_premises_publishing";
    if !node.is_collected() {
        return None;
    }
    reader.place(FACT, node);
    reader.is_object(FACT, node);
    let kind = "application.on_premises_publishing.external_authentication_type";
    Some(OnPremisesPublishing {
        external_authentication_type: placed_string(
            reader,
            kind,
            &node.get("externalAuthenticationType"),
        ),
        at: node.existing_pointer(),
    })
}

#[cfg(test)]
mod tests {
    use crate::document::{Limits, parse};
    use crate::normalize::application::Application;
    use crate::normalize::normalize;

    fn read(manifest: &str) -> Application {
        let documents = parse("app.json", manifest.as_bytes(), &Limits::default()).unwrap();
        let normalized = normalize(&documents[0], None);
        assert_eq!(normalized.problems, []);
        normalized.subjects[0].application().unwrap().clone()
    }

    #[test]
    fn powershell_writes_bytes_as_numbers() {
        let app = read(
            r#"{"AppId": "x", "SignInAudience": "AzureADMyOrg", "KeyCredentials": [{"Type": "AsymmetricX509Cert",
            "CustomKeyIdentifier": [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 255], "Key": [48, 0]}]}"#,
        );
        let credentials = app.credentials.unwrap();
        let thumbprint = credentials[0].thumbprint.as_deref();
        assert_eq!(thumbprint, Some("000102030405060708090A0B0C0D0E0F101112FF"));
    }

    #[test]
    fn powershell_writes_owners_in_two_parts() {
        let app = read(
            r##"{"AppId": "x", "SignInAudience": "AzureADMyOrg", "Owners": [{"Id": "o", "AdditionalProperties": {
            "@odata.type": "#microsoft.graph.user", "displayName": "Ada", "userPrincipalName": "ada#EXT#@contoso.com",
            "accountEnabled": false}}]}"##,
        );
        let owner = &app.owners.unwrap()[0];
        assert_eq!(owner.id.as_deref(), Some("o"));
        assert_eq!(owner.owner_type.as_deref(), Some("user"));
        assert_eq!(owner.display_name.as_deref(), Some("Ada"));
        assert_eq!(
            (owner.guest, owner.account_enabled),
            (Some(true), Some(false))
        );
    }
}
