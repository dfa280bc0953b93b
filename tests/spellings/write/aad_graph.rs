//! Azure AD Graph: the manifest of the old portal, and the object of its API.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

use super::{date, graph};
use crate::app::{Api, App, Certificate, Links, Platform, Secret};

/// What the portal offered for download until 2024.
pub fn manifest(app: &App) -> Value {
    let identity = &app.identity;
    let mut object = shared(app);
    let more = json!({
        "id": identity.object_id,
        "name": identity.name,
        "description": identity.description,
        "notes": identity.notes,
        "createdDateTime": date(identity.created),
        "tags": identity.tags,
        "disabledByMicrosoftStatus": identity.disabled,
        "signInAudience": app.sign_in.audience,
        "allowPublicClient": app.sign_in.fallback,
        "replyUrlsWithType": app.sign_in.redirects.iter().map(reply_url).collect::<Vec<_>>(),
        "signInUrl": app.links.home,
        "accessTokenAcceptedVersion": app.api.token_version,
        "keyCredentials": app.certificates.iter().map(certificate).collect::<Vec<_>>(),
        "passwordCredentials": app.secrets.iter().map(secret).collect::<Vec<_>>(),
    });
    add(&mut object, more);
    object
}

/// What the API gave, and with it `az ad app show` until version 2.37. The platform of all reply URLs is the application's.
pub fn older(app: &App) -> Value {
    let identity = &app.identity;
    let personal = app.sign_in.audience.contains("Personal");
    let mut object = shared(app);
    let more = json!({
        "odata.type": "Microsoft.DirectoryServices.Application",
        "objectType": "Application",
        "objectId": identity.object_id,
        "displayName": identity.name,
        "signInAudience": personal.then_some(&app.sign_in.audience),
        "availableToOtherTenants": app.sign_in.audience != "AzureADMyOrg",
        "publicClient": app.sign_in.fallback,
        "replyUrls": app.sign_in.redirects.iter().map(|(_, uri)| uri).collect::<Vec<_>>(),
        "homepage": app.links.home,
        "keyCredentials": app.certificates.iter().map(older_certificate).collect::<Vec<_>>(),
        "passwordCredentials": app.secrets.iter().map(older_secret).collect::<Vec<_>>(),
    });
    add(&mut object, more);
    object
}

fn shared(app: &App) -> Value {
    json!({
        "appId": app.identity.app_id,
        "publisherDomain": app.identity.publisher_domain,
        "identifierUris": app.sign_in.identifier_uris,
        "oauth2AllowImplicitFlow": app.sign_in.implicit_access,
        "oauth2AllowIdTokenImplicitFlow": app.sign_in.implicit_id,
        "logoutUrl": app.links.logout,
        "informationalUrls": informational_urls(&app.links),
        "samlMetadataUrl": app.links.saml_metadata,
        "requiredResourceAccess": graph::requested(&app.permissions),
        "acceptMappedClaims": app.api.mapped_claims,
        "knownClientApplications": app.api.known_clients,
        "oauth2Permissions": app.api.scopes.iter().map(graph::scope).collect::<Vec<_>>(),
        "preAuthorizedApplications": pre_authorized(&app.api),
        "appRoles": app.roles.iter().map(graph::role).collect::<Vec<_>>(),
        "optionalClaims": graph::optional_claims(&app.claims),
        "groupMembershipClaims": graph::groups(&app.claims),
    })
}

fn add(object: &mut Value, more: Value) {
    if let (Value::Object(members), Value::Object(more)) = (object, more) {
        members.extend(more);
    }
}

fn informational_urls(links: &Links) -> Value {
    json!({
        "privacy": links.privacy,
        "termsOfService": links.terms,
        "support": links.support,
        "marketing": links.marketing,
    })
}

fn reply_url((platform, uri): &(Platform, String)) -> Value {
    let platform = match platform {
        Platform::Web => "Web",
        Platform::Spa => "Spa",
        Platform::Public => "InstalledClient",
    };
    json!({"url": uri, "type": platform})
}

fn secret(secret: &Secret) -> Value {
    json!({
        "keyId": secret.id,
        "displayName": secret.name,
        "startDate": date(secret.start),
        "endDate": date(secret.end),
        "value": secret.value,
        "customKeyIdentifier": null,
    })
}

fn certificate(certificate: &Certificate) -> Value {
    let mut object = older_certificate(certificate);
    object["displayName"] = certificate.name.clone().into();
    object
}

fn older_certificate(certificate: &Certificate) -> Value {
    json!({
        "keyId": certificate.id,
        "startDate": date(certificate.start),
        "endDate": date(certificate.end),
        "usage": certificate.usage,
        "type": "AsymmetricX509Cert",
        "value": certificate.der,
        "customKeyIdentifier": null,
    })
}

/// The description of a secret is its custom identifier, in UTF-16.
fn older_secret(secret: &Secret) -> Value {
    let identifier = secret.name.as_ref().map(|name| {
        let units = std::iter::once(0xFEFF).chain(name.encode_utf16());
        BASE64_STANDARD.encode(units.flat_map(u16::to_le_bytes).collect::<Vec<u8>>())
    });
    json!({
        "keyId": secret.id,
        "startDate": date(secret.start),
        "endDate": date(secret.end),
        "value": secret.value,
        "customKeyIdentifier": identifier,
    })
}

fn pre_authorized(api: &Api) -> Vec<Value> {
    let client = |(client, scopes): &(String, Vec<String>)| json!({"appId": client, "permissionIds": scopes});
    api.pre_authorized.iter().map(client).collect()
}
