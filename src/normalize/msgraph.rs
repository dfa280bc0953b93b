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
        service_management_reference: reader.string(
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
    reader.place("application.redirect_uris", &app.get("web"));
    all_platforms(
        reader,
        platforms.map(|(platform, key)| {
            let settings = app.get(key);
            reader.is_object("application.redirect_uris", &settings);
            redirect_uris(reader, platform, &settings.get("redirectUris"))
        }),
    )
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
    if !node.is_collected() {
        return None;
    }
    reader.place(FACT, node);
    reader.is_object(FACT, node);
    let switch = |name| {
        let node = node.get(name);
        node.is_present()
            .then(|| reader.bool(FACT, &node))
            .flatten()
    };
    let email = "removeUnverifiedEmailClaim";
    reader.place(
        "application.authentication_behaviors.remove_unverified_email_claim",
        &node.get(email),
    );
    Some(AuthenticationBehaviors {
        remove_unverified_email_claim: switch(email),
        block_azure_ad_graph_access: switch("blockAzureADGraphAccess"),
        require_client_service_principal: switch("requireClientServicePrincipal"),
    })
}

fn publisher(reader: &Reader, app: &Node<'_>) -> Publisher {
    const VERIFIED: &str = "application.publisher.verified";
    let verified = app.get("verifiedPublisher");
    reader.is_object(VERIFIED, &verified);
    reader.place(VERIFIED, &verified);
    let says = |name| {
        reader
            .string(VERIFIED, &verified.get(name))
            .is_some_and(|t| !t.is_empty())
    };
    Publisher {
        domain: placed_string(
            reader,
            "application.publisher.domain",
            &app.get("publisherDomain"),
        ),
        verified: verified
            .is_collected()
            .then(|| says("verifiedPublisherId") || says("displayName")),
    }
}

fn lock(reader: &Reader, node: &Node<'_>) -> Option<Lock> {
    const FACT: &str = "application.lock";
    if !node.is_collected() {
        return None;
    }
    reader.place(FACT, node);
    reader.is_object(FACT, node);
    let on = |name| {
        let node = node.get(name);
        let on = reader.bool(FACT, &node);
        // What is written and cannot be read is not known to be off.
        if node.is_present() { on } else { Some(false) }
    };
    let mut each = true;
    for name in [
        "credentialsWithUsageVerify",
        "credentialsWithUsageSign",
        "tokenEncryptionKeyId",
    ] {
        each &= on(name)?;
    }
    Some(Lock {
        enabled: on("isEnabled")?,
        all_properties: on("allProperties")? || each,
        at: node.existing_pointer(),
    })
}

fn request_signature(reader: &Reader, node: &Node<'_>) -> Option<RequestSignature> {
    const FACT: &str = "application.request_signature";
    if !node.is_collected() {
        return None;
    }
    reader.place(FACT, node);
    reader.is_object(FACT, node);
    let required = node.get("isSignedRequestRequired");
    let is_required = reader.bool(FACT, &required);
    if required.is_present() && is_required.is_none() {
        return None;
    }
    Some(RequestSignature {
        required: is_required.unwrap_or(false),
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
