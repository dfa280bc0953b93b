//! Microsoft Graph's application object, and what is written with its names: PowerShell's, and Bicep's.

use serde_json::{Map, Value, json};

use super::date;
use crate::app::{Api, App, Certificate, Claim, Claims, Federated, Owner, Platform, Requested};
use crate::app::{Guards, Role, Scope, Secret, Trusts};

/// The object with everything that can be asked for.
pub fn object(app: &App) -> Value {
    let mut object = registration(app);
    let federated = app.federated.iter().map(federated_credential).collect();
    object.insert("federatedIdentityCredentials".to_owned(), federated);
    let owners = app.owners.iter().map(owner).collect();
    object.insert("owners".to_owned(), owners);
    object.insert("authenticationBehaviors".to_owned(), behaviors(&app.guards));
    object.into()
}

/// The object as it is without asking for more.
pub fn registration(app: &App) -> Map<String, Value> {
    let identity = &app.identity;
    let links = &app.links;
    let mut object = json!({
        "id": identity.object_id,
        "displayName": identity.name,
        "description": identity.description,
        "notes": identity.notes,
        "serviceManagementReference": identity.service_reference,
        "createdDateTime": date(identity.created),
        "tags": identity.tags,
        "verifiedPublisher": {
            "displayName": identity.verified_publisher,
            "verifiedPublisherId": identity.verified_publisher.as_ref().map(|_| "4711"),
        },
        "disabledByMicrosoftStatus": identity.disabled,
        "signInAudience": app.sign_in.audience,
        "isFallbackPublicClient": app.sign_in.fallback,
        "identifierUris": app.sign_in.identifier_uris,
        "web": {
            "redirectUris": app.sign_in.redirects_of(Platform::Web),
            "homePageUrl": links.home,
            "logoutUrl": links.logout,
            "implicitGrantSettings": {
                "enableAccessTokenIssuance": app.sign_in.implicit_access,
                "enableIdTokenIssuance": app.sign_in.implicit_id,
            },
        },
        "spa": {"redirectUris": app.sign_in.redirects_of(Platform::Spa)},
        "publicClient": {"redirectUris": app.sign_in.redirects_of(Platform::Public)},
        "info": {
            "privacyStatementUrl": links.privacy,
            "termsOfServiceUrl": links.terms,
            "supportUrl": links.support,
            "marketingUrl": links.marketing,
            "logoUrl": null,
        },
        "samlMetadataUrl": links.saml_metadata,
        "requiredResourceAccess": requested(&app.permissions),
        "passwordCredentials": app.secrets.iter().map(secret).collect::<Vec<_>>(),
        "keyCredentials": app.certificates.iter().map(certificate).collect::<Vec<_>>(),
        "api": api(&app.api),
        "appRoles": app.roles.iter().map(role).collect::<Vec<_>>(),
        "optionalClaims": optional_claims(&app.claims),
        "groupMembershipClaims": groups(&app.claims),
        "servicePrincipalLockConfiguration": lock(&app.guards),
        "requestSignatureVerification": app.guards.request_signature.as_ref().map(|(required, weak)| json!({
            "isSignedRequestRequired": required,
            "allowedWeakAlgorithms": weak,
        })),
        "nativeAuthenticationApisEnabled": app.guards.native_authentication,
    });
    let object = object.as_object_mut().map(std::mem::take);
    let mut object = object.unwrap_or_default();
    // What there is only when it has been made is left out until then.
    for (key, value) in [
        ("appId", &identity.app_id),
        ("publisherDomain", &identity.publisher_domain),
    ] {
        if let Some(value) = value {
            object.insert(key.to_owned(), value.as_str().into());
        }
    }
    object
}

pub fn requested(permissions: &[Requested]) -> Value {
    let access = |(id, is_role): &(String, bool)| json!({"id": id, "type": if *is_role { "Role" } else { "Scope" }});
    let resource = |requested: &Requested| {
        json!({
            "resourceAppId": requested.api,
            "resourceAccess": requested.permissions.iter().map(access).collect::<Vec<_>>(),
        })
    };
    permissions.iter().map(resource).collect()
}

fn secret(secret: &Secret) -> Value {
    json!({
        "keyId": secret.id,
        "displayName": secret.name,
        "startDateTime": date(secret.start),
        "endDateTime": date(secret.end),
        "secretText": secret.value,
        "hint": null,
        "customKeyIdentifier": null,
    })
}

fn certificate(certificate: &Certificate) -> Value {
    json!({
        "keyId": certificate.id,
        "displayName": certificate.name,
        "startDateTime": date(certificate.start),
        "endDateTime": date(certificate.end),
        "usage": certificate.usage,
        "type": "AsymmetricX509Cert",
        "key": certificate.der,
        "customKeyIdentifier": null,
    })
}

pub fn federated_credential(federated: &Federated) -> Value {
    let (subject, expression) = match &federated.trusts {
        Trusts::Subject(subject) => (Some(subject), Value::Null),
        Trusts::Expression(expression) => {
            (None, json!({"value": expression, "languageVersion": 1}))
        }
    };
    json!({
        "name": federated.name,
        "issuer": federated.issuer,
        "subject": subject,
        "claimsMatchingExpression": expression,
        "audiences": [federated.audience],
    })
}

fn api(api: &Api) -> Value {
    let pre_authorized = |(client, scopes): &(String, Vec<String>)| json!({"appId": client, "delegatedPermissionIds": scopes});
    json!({
        "requestedAccessTokenVersion": api.token_version,
        "acceptMappedClaims": api.mapped_claims,
        "knownClientApplications": api.known_clients,
        "oauth2PermissionScopes": api.scopes.iter().map(scope).collect::<Vec<_>>(),
        "preAuthorizedApplications": api.pre_authorized.iter().map(pre_authorized).collect::<Vec<_>>(),
    })
}

pub fn scope(scope: &Scope) -> Value {
    json!({
        "id": scope.id,
        "value": scope.value,
        "type": if scope.for_users { "User" } else { "Admin" },
        "isEnabled": scope.enabled,
        "adminConsentDisplayName": scope.value,
        "adminConsentDescription": scope.description,
        "userConsentDisplayName": null,
        "userConsentDescription": null,
    })
}

pub fn role(role: &Role) -> Value {
    json!({
        "id": role.id,
        "value": role.value,
        "displayName": role.value,
        "description": role.description,
        "allowedMemberTypes": role.members,
        "isEnabled": role.enabled,
    })
}

pub fn optional_claims(claims: &Claims) -> Value {
    let claim = |claim: &Claim| {
        json!({
            "name": claim.name,
            "source": claim.source,
            "essential": claim.essential,
            "additionalProperties": claim.properties,
        })
    };
    let all = |list: &[Claim]| list.iter().map(claim).collect::<Vec<_>>();
    json!({
        "idToken": all(&claims.id_token),
        "accessToken": all(&claims.access_token),
        "saml2Token": all(&claims.saml2_token),
    })
}

pub fn groups(claims: &Claims) -> Option<String> {
    (!claims.groups.is_empty()).then(|| claims.groups.join(","))
}

fn lock(guards: &Guards) -> Option<Value> {
    let lock = guards.lock?;
    Some(json!({
        "isEnabled": lock.enabled,
        "allProperties": lock.all,
        "credentialsWithUsageVerify": lock.verify,
        "credentialsWithUsageSign": lock.sign,
        "tokenEncryptionKeyId": lock.token,
    }))
}

pub fn behaviors(guards: &Guards) -> Value {
    json!({
        "removeUnverifiedEmailClaim": guards.remove_unverified_email,
        "blockAzureADGraphAccess": guards.block_azure_ad_graph,
        "requireClientServicePrincipal": guards.require_service_principal,
    })
}

fn owner(owner: &Owner) -> Value {
    let kind = if owner.is_user {
        "#microsoft.graph.user"
    } else {
        "#microsoft.graph.servicePrincipal"
    };
    let mut object = json!({
        "@odata.type": kind,
        "id": owner.id,
        "displayName": owner.name,
        "accountEnabled": owner.enabled,
    });
    if owner.is_user {
        object["userType"] = if owner.guest { "Guest" } else { "Member" }.into();
    }
    object
}
