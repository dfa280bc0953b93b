//! One registration of a template, as Microsoft Graph answers, with owners and federated credentials expanded.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::random::Random;
use super::redirect::Redirects;
use super::template::{Kind, Template};
use super::{api, credential, owner, permission, redirect};

const STAGES: [(u32, &str); 5] = [
    (50, ""),
    (18, "-test"),
    (16, "-dev"),
    (10, "-prod"),
    (6, "-staging"),
];
const PLACES: [&str; 8] = [
    "",
    "-emea",
    "-us",
    "-apac",
    "-de",
    "-uk",
    "-internal",
    "-v2",
];

pub fn of(template: &Template, index: u64, random: &mut Random) -> Value {
    let (stage, place) = (random.weighted(&STAGES), random.pick(&PLACES));
    let purpose = template.purpose.to_lowercase();
    let name = format!("{purpose}{place}-{index}{stage}");
    let domain = random.weighted(&[
        (80, "contoso.com"),
        (12, "contoso.net"),
        (8, "apps.contoso.com"),
    ]);
    let host = format!("{name}.{domain}");
    let redirects = redirect::of(template, &host, random);
    let app_id = random.guid();
    let created = random.days_ago(30, 2600);
    let audience = audience(random);
    let saml = template.kind == Kind::Saml;
    let mut registration = json!({
        "id": random.guid(),
        "deletedDateTime": null,
        "appId": app_id,
        "applicationTemplateId": saml.then(|| random.guid()),
        "disabledByMicrosoftStatus": random.rarely(1).then_some("DisabledDueToViolationOfServicesAgreement"),
        "createdDateTime": created.to_string(),
        "displayName": display_name(template, place, stage, index, random),
        "description": template.documented.then(|| format!("{} of the {purpose} team", template.purpose)),
        "groupMembershipClaims": template.group_claims,
        "identifierUris": identifier_uris(template, &app_id, &name, random),
        "isDeviceOnlyAuthSupported": null,
        "isFallbackPublicClient": fallback(template, random),
        "nativeAuthenticationApisEnabled": random.rarely(2).then_some("all"),
        "notes": template.documented.then_some("Owned by the platform team, see the service catalogue."),
        "publisherDomain": "contoso.com",
        "serviceManagementReference": template.documented.then(|| random.text("0123456789", 7)),
        "signInAudience": audience,
        "tags": tags(template, &purpose),
        "tokenEncryptionKeyId": null,
        "samlMetadataUrl": saml.then(|| format!("https://{host}/saml/metadata")),
        "defaultRedirectUri": null,
        "certification": null,
        "uniqueName": null,
        "onPremisesPublishing": published(template, &host, random),
        "optionalClaims": optional_claims(template, random),
        "servicePrincipalLockConfiguration": lock(template),
        "requestSignatureVerification": request_signature(template, random),
        "authenticationBehaviors": behaviors(audience, random),
        "addIns": [],
        "parentalControlSettings": {"countriesBlockedForMinors": [], "legalAgeGroupRule": "Allow"},
        "verifiedPublisher": {"displayName": null, "verifiedPublisherId": null, "addedDateTime": null},
        "requiredResourceAccess": permission::requested(template, random),
        "info": info(template, &host, random),
    });
    registration["api"] = api(template, random);
    registration["appRoles"] = api::roles(template, random).into();
    registration["keyCredentials"] = credential::certificates(template, random);
    registration["passwordCredentials"] = credential::secrets(template, random);
    registration["federatedIdentityCredentials"] = credential::federated(template, &name, random);
    registration["web"] = web(template, &host, &redirects, random);
    registration["spa"] = json!({"redirectUris": redirects.spa});
    registration["publicClient"] = json!({"redirectUris": redirects.public});
    registration["owners"] = owner::of(template.owners + random.run(15, 2), random);
    registration
}

fn api(template: &Template, random: &mut Random) -> Value {
    let scopes = api::scopes(template, random);
    json!({
        "acceptMappedClaims": random.rarely(6).then_some(true),
        "knownClientApplications": [],
        "requestedAccessTokenVersion": template.token_version,
        "preAuthorizedApplications": api::pre_authorized(&scopes, random),
        "oauth2PermissionScopes": scopes,
    })
}

fn display_name(
    template: &Template,
    place: &str,
    stage: &str,
    index: u64,
    random: &mut Random,
) -> String {
    if random.rarely(2) {
        return random
            .pick(&[
                "Microsoft Teams",
                "Office 365 Portal",
                "Azure CLI",
                "Micros0ft Graph",
            ])
            .to_owned();
    }
    let kind = format!("{:?}", template.kind);
    format!("{}{place} {kind} {index}{stage}", template.purpose)
}

fn audience(random: &mut Random) -> &'static str {
    if random.rarely(15) {
        return "AzureADandPersonalMicrosoftAccount";
    }
    random.weighted(&[(93, "AzureADMyOrg"), (7, "AzureADMultipleOrgs")])
}

fn fallback(template: &Template, random: &mut Random) -> Option<bool> {
    match template.kind {
        Kind::Native => Some(random.percent(55)),
        _ => random.percent(20).then(|| random.percent(15)),
    }
}

fn identifier_uris(
    template: &Template,
    app_id: &str,
    name: &str,
    random: &mut Random,
) -> Vec<String> {
    let offers = !template.scopes.is_empty() || template.kind == Kind::Saml;
    if !offers && !random.percent(3) {
        return Vec::new();
    }
    let uri = match random.weighted(&[(72, 0), (12, 1), (8, 2), (6, 3), (2, 4)]) {
        0 => format!("api://{app_id}"),
        1 => format!("api://{name}"),
        2 => format!("https://contoso.onmicrosoft.com/{name}"),
        3 => format!("https://{name}.contoso.com"),
        _ => format!("https://{name}.fabrikam.example"),
    };
    vec![uri]
}

fn tags(template: &Template, purpose: &str) -> Vec<String> {
    match (template.kind, template.tags) {
        (Kind::Saml, _) => vec!["WindowsAzureActiveDirectoryIntegratedApp".to_owned()],
        (_, true) => vec![format!("team:{purpose}"), "HideApp".to_owned()],
        (_, false) => Vec::new(),
    }
}

fn optional_claims(template: &Template, random: &mut Random) -> Value {
    let mut names: BTreeSet<&str> = template.claims.iter().copied().collect();
    if random.rarely(30) {
        names.insert("email");
    }
    if names.is_empty() {
        return Value::Null;
    }
    let claims = names.iter().map(|name| {
        json!({"name": name, "source": null, "essential": false, "additionalProperties": []})
    });
    let claims: Vec<Value> = claims.collect();
    json!({"idToken": claims, "accessToken": claims, "saml2Token": []})
}

fn lock(template: &Template) -> Value {
    match template.locked {
        true => json!({
            "isEnabled": true,
            "allProperties": true,
            "credentialsWithUsageVerify": true,
            "credentialsWithUsageSign": true,
            "identifierUris": false,
            "tokenEncryptionKeyId": true,
        }),
        false => Value::Null,
    }
}

fn request_signature(template: &Template, random: &mut Random) -> Value {
    match template.kind {
        Kind::Saml => {
            json!({"isSignedRequestRequired": random.percent(20), "allowedWeakAlgorithms": null})
        }
        _ => Value::Null,
    }
}

fn behaviors(audience: &str, random: &mut Random) -> Value {
    let removes = (audience != "AzureADMyOrg").then(|| random.percent(60));
    json!({
        "blockAzureADGraphAccess": null,
        "removeUnverifiedEmailClaim": removes,
        "requireClientServicePrincipal": null,
    })
}

/// A few web applications are reached through an application proxy.
fn published(template: &Template, host: &str, random: &mut Random) -> Value {
    let has_pages = matches!(template.kind, Kind::Web | Kind::SinglePage | Kind::Whole);
    if !has_pages || !random.rarely(30) {
        return Value::Null;
    }
    let authentication = match random.rarely(150) {
        true => "passthru",
        false => "aadPreAuthentication",
    };
    json!({
        "alternateUrl": null,
        "applicationServerTimeout": "Default",
        "applicationType": "enterpriseapp",
        "externalAuthenticationType": authentication,
        "externalUrl": format!("https://{host}/"),
        "internalUrl": format!("http://{}.corp.contoso.com/", template.purpose.to_lowercase()),
        "isBackendCertificateValidationEnabled": random.percent(50),
        "isHttpOnlyCookieEnabled": random.percent(50),
        "isPersistentCookieEnabled": false,
        "isSecureCookieEnabled": true,
        "isStateSessionEnabled": false,
        "isTranslateHostHeaderEnabled": true,
        "isTranslateLinksInBodyEnabled": false,
        "singleSignOnSettings": null,
    })
}

fn info(template: &Template, host: &str, random: &mut Random) -> Value {
    let scheme = if random.percent(3) { "http" } else { "https" };
    let url = |path: &str| {
        template
            .documented
            .then(|| format!("{scheme}://{host}/{path}"))
    };
    json!({
        "termsOfServiceUrl": url("terms"),
        "supportUrl": url("support"),
        "privacyStatementUrl": url("privacy"),
        "marketingUrl": null,
        "logoUrl": null,
    })
}

fn web(template: &Template, host: &str, redirects: &Redirects, random: &mut Random) -> Value {
    let settings = redirects
        .web
        .iter()
        .map(|uri| json!({"uri": uri, "index": null}));
    let settings: Vec<Value> = settings.collect();
    let has_page = !redirects.web.is_empty() && random.percent(50);
    let logout = (!redirects.web.is_empty() && random.percent(40)).then(|| {
        let scheme = if random.percent(4) { "http" } else { "https" };
        format!("{scheme}://{host}/signout")
    });
    json!({
        "homePageUrl": has_page.then(|| format!("https://{host}")),
        "logoutUrl": logout,
        "redirectUris": redirects.web,
        "implicitGrantSettings": {
            "enableAccessTokenIssuance": template.implicit_access_token,
            "enableIdTokenIssuance": template.implicit_id_token,
        },
        "redirectUriSettings": settings,
    })
}
