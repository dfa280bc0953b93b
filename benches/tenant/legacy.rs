//! The same registration in the forms before Microsoft Graph: the portal's manifest, and what older tools printed.

use serde_json::{Value, json};

/// `with_types` is the portal's manifest, in which each redirect URI has its platform; without it the older form of
/// `az ad app show`. Neither has owners or federated credentials.
pub fn of(graph: &Value, with_types: bool) -> Value {
    let common = common(graph);
    let own = if with_types {
        manifest(graph)
    } else {
        older(graph)
    };
    match (common, own) {
        (Value::Object(mut members), Value::Object(own)) => {
            members.extend(own);
            Value::Object(members)
        }
        (common, _) => common,
    }
}

fn common(graph: &Value) -> Value {
    let of_api = |name: &str| &graph["api"][name];
    json!({
        "appId": graph["appId"],
        "addIns": [],
        "appRoles": graph["appRoles"],
        "acceptMappedClaims": of_api("acceptMappedClaims"),
        "accessTokenAcceptedVersion": of_api("requestedAccessTokenVersion"),
        "groupMembershipClaims": graph["groupMembershipClaims"],
        "identifierUris": graph["identifierUris"],
        "informationalUrls": {
            "termsOfService": graph["info"]["termsOfServiceUrl"],
            "support": graph["info"]["supportUrl"],
            "privacy": graph["info"]["privacyStatementUrl"],
            "marketing": null,
        },
        "keyCredentials": credentials(&graph["keyCredentials"]),
        "knownClientApplications": of_api("knownClientApplications"),
        "logoutUrl": graph["web"]["logoutUrl"],
        "oauth2AllowIdTokenImplicitFlow": graph["web"]["implicitGrantSettings"]["enableIdTokenIssuance"],
        "oauth2AllowImplicitFlow": graph["web"]["implicitGrantSettings"]["enableAccessTokenIssuance"],
        "oauth2Permissions": of_api("oauth2PermissionScopes"),
        "optionalClaims": graph["optionalClaims"],
        "passwordCredentials": credentials(&graph["passwordCredentials"]),
        "publisherDomain": graph["publisherDomain"],
        "requiredResourceAccess": graph["requiredResourceAccess"],
        "samlMetadataUrl": null,
        "tags": graph["tags"],
    })
}

/// The manifest that the portal showed until January 2025.
fn manifest(graph: &Value) -> Value {
    let platforms = [
        ("web", "Web"),
        ("spa", "Spa"),
        ("publicClient", "InstalledClient"),
    ];
    let urls: Vec<Value> = platforms
        .iter()
        .flat_map(|(member, name)| {
            uris(graph, member).map(move |uri| json!({"url": uri, "type": name}))
        })
        .collect();
    json!({
        "id": graph["id"],
        "name": graph["displayName"],
        "createdDateTime": graph["createdDateTime"],
        "allowPublicClient": graph["isFallbackPublicClient"],
        "replyUrlsWithType": urls,
        "signInUrl": graph["web"]["homePageUrl"],
        "signInAudience": graph["signInAudience"],
        "notes": graph["notes"],
    })
}

/// `az ad app show` before version 2.37.
fn older(graph: &Value) -> Value {
    let urls: Vec<&Value> = ["web", "spa", "publicClient"]
        .into_iter()
        .flat_map(|member| uris(graph, member))
        .collect();
    json!({
        "odata.type": "Microsoft.DirectoryServices.Application",
        "objectType": "Application",
        "objectId": graph["id"],
        "displayName": graph["displayName"],
        "publicClient": graph["isFallbackPublicClient"],
        "replyUrls": urls,
        "homepage": graph["web"]["homePageUrl"],
        "availableToOtherTenants": graph["signInAudience"] != "AzureADMyOrg",
    })
}

fn uris<'v>(graph: &'v Value, platform: &str) -> impl Iterator<Item = &'v Value> {
    graph[platform]["redirectUris"]
        .as_array()
        .into_iter()
        .flatten()
}

fn credentials(graph: &Value) -> Value {
    let all = graph.as_array().into_iter().flatten().map(|credential| {
        json!({
            "customKeyIdentifier": credential["customKeyIdentifier"],
            "endDate": credential["endDateTime"],
            "keyId": credential["keyId"],
            "startDate": credential["startDateTime"],
            "type": credential["type"],
            "usage": credential["usage"],
            "value": credential["key"],
        })
    });
    all.collect()
}
