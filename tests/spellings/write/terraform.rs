//! Plans and states of the AzureAD provider: the application as one resource, or split into one for each thing that it says.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

use super::{date, graph};
use crate::app::{App, Claim, Claims, Platform, Requested, Role, Scope, Secret, Trusts};

/// A resource: its type, the last part of its name, and its attributes.
type Resource = (&'static str, String, Value);

/// A plan that changes nothing of an application that exists.
pub fn plan(app: &App) -> Value {
    let changes = one(app).into_iter().map(|(kind, name, values)| {
        let sensitive = sensitive(kind);
        json!({
            "address": format!("{kind}.{name}"),
            "mode": "managed",
            "type": kind,
            "name": name,
            "change": {
                "actions": ["no-op"],
                "before": values,
                "after": values,
                "after_unknown": {},
                "before_sensitive": sensitive,
                "after_sensitive": sensitive,
            },
        })
    });
    json!({
        "format_version": "1.2",
        "terraform_version": "1.9.8",
        "resource_changes": changes.collect::<Vec<_>>(),
    })
}

/// A state with the application in one resource.
pub fn state(app: &App) -> Value {
    values(one(app))
}

/// A state with the application split, each part in a module of its own.
pub fn split_state(app: &App) -> Value {
    values(split(app))
}

fn values(resources: Vec<Resource>) -> Value {
    let modules = resources.into_iter().enumerate();
    let modules = modules.map(|(index, (kind, name, values))| {
        let module = format!("module.part[{index}]");
        let resource = json!({
            "address": format!("{module}.{kind}.{name}"),
            "mode": "managed",
            "type": kind,
            "name": name,
            "sensitive_values": sensitive(kind),
            "values": values,
        });
        json!({"address": module, "resources": [resource]})
    });
    json!({
        "format_version": "1.0",
        "terraform_version": "1.9.8",
        "values": {"root_module": {"child_modules": modules.collect::<Vec<_>>()}},
    })
}

/// What a resource of that type marks as sensitive.
fn sensitive(kind: &str) -> Value {
    match kind {
        "azuread_application_password" | "azuread_application_certificate" => {
            json!({"value": true})
        }
        _ => json!({}),
    }
}

fn application_id(app: &App) -> String {
    format!("/applications/{}", app.identity.object_id)
}

/// The application with all that its own resource can say, and the resources for the rest.
fn one(app: &App) -> Vec<Resource> {
    let mut application = registration(app);
    application["tags"] = json!(app.identity.tags);
    application["fallback_public_client_enabled"] = json!(app.sign_in.fallback);
    application["identifier_uris"] = json!(app.sign_in.identifier_uris);
    application["web"] = web(app);
    application["single_page_application"] = redirects(app, Platform::Spa);
    application["public_client"] = redirects(app, Platform::Public);
    application["required_resource_access"] = requested(&app.permissions);
    application["api"] = json!([{
        "requested_access_token_version": app.api.token_version.unwrap_or(1),
        "mapped_claims_enabled": app.api.mapped_claims,
        "known_client_applications": app.api.known_clients,
        "oauth2_permission_scope": app.api.scopes.iter().map(scope).collect::<Vec<_>>(),
    }]);
    application["app_role"] = app.roles.iter().map(role).collect();
    let claims = &app.claims;
    let has_claims = [&claims.id_token, &claims.access_token, &claims.saml2_token];
    let has_claims = has_claims.iter().any(|claims| !claims.is_empty());
    application["optional_claims"] = if has_claims {
        json!([optional_claims(claims)])
    } else {
        json!([])
    };
    application["owners"] = app.owners.iter().map(|owner| owner.id.as_str()).collect();
    application["password"] = json!([]);
    let mut all = vec![("azuread_application", "shop".to_owned(), application)];
    all.extend(credentials(app));
    all.extend(pre_authorized(app));
    all
}

/// The attributes that an application and a registration share, but for how they say the implicit grant and the links of
/// the web platform.
fn registration(app: &App) -> Value {
    let identity = &app.identity;
    json!({
        "id": application_id(app),
        "object_id": identity.object_id,
        "client_id": identity.app_id,
        "display_name": identity.name,
        "description": identity.description.clone().unwrap_or_default(),
        "notes": identity.notes,
        "service_management_reference": identity.service_reference,
        "publisher_domain": identity.publisher_domain,
        "disabled_by_microsoft": identity.disabled.clone().unwrap_or_else(|| "<nil>".to_owned()),
        "sign_in_audience": app.sign_in.audience,
        "privacy_statement_url": app.links.privacy,
        "terms_of_service_url": app.links.terms,
        "support_url": app.links.support.clone().unwrap_or_default(),
        "marketing_url": app.links.marketing,
        "group_membership_claims": app.claims.groups,
    })
}

fn web(app: &App) -> Value {
    let sign_in = &app.sign_in;
    let has_grant = sign_in.implicit_access || sign_in.implicit_id;
    let grant = json!({
        "access_token_issuance_enabled": sign_in.implicit_access,
        "id_token_issuance_enabled": sign_in.implicit_id,
    });
    let uris = sign_in.redirects_of(Platform::Web);
    if uris.is_empty() && !has_grant && app.links.home.is_none() && app.links.logout.is_none() {
        return json!([]);
    }
    json!([{
        "redirect_uris": uris,
        "homepage_url": app.links.home,
        "logout_url": app.links.logout,
        "implicit_grant": if has_grant { json!([grant]) } else { json!([]) },
    }])
}

fn redirects(app: &App, platform: Platform) -> Value {
    match app.sign_in.redirects_of(platform).as_slice() {
        [] => json!([]),
        uris => json!([{"redirect_uris": uris}]),
    }
}

fn requested(permissions: &[Requested]) -> Value {
    let mut resources = graph::requested(permissions);
    for resource in resources.as_array_mut().into_iter().flatten() {
        *resource = json!({
            "resource_app_id": resource["resourceAppId"],
            "resource_access": resource["resourceAccess"],
        });
    }
    resources
}

fn scope(scope: &Scope) -> Value {
    json!({
        "id": scope.id,
        "value": scope.value,
        "type": if scope.for_users { "User" } else { "Admin" },
        "enabled": scope.enabled,
        "admin_consent_display_name": scope.value,
        "admin_consent_description": scope.description,
        "user_consent_display_name": "",
        "user_consent_description": null,
    })
}

fn role(role: &Role) -> Value {
    json!({
        "id": role.id,
        "value": role.value,
        "display_name": role.value,
        "description": role.description,
        "allowed_member_types": role.members,
        "enabled": role.enabled,
    })
}

fn optional_claims(claims: &Claims) -> Value {
    let claim = |claim: &Claim| {
        json!({
            "name": claim.name,
            "source": claim.source,
            "essential": claim.essential,
            "additional_properties": claim.properties,
        })
    };
    let all = |list: &[Claim]| list.iter().map(claim).collect::<Vec<_>>();
    json!({
        "id_token": all(&claims.id_token),
        "access_token": all(&claims.access_token),
        "saml2_token": all(&claims.saml2_token),
    })
}

/// Secrets, certificates and trust, which are resources of their own.
fn credentials(app: &App) -> Vec<Resource> {
    let id = application_id(app);
    let secrets = app.secrets.iter().enumerate();
    let mut all: Vec<Resource> = secrets
        .map(|(index, secret)| {
            let name = format!("secret_{index}");
            ("azuread_application_password", name, password(&id, secret))
        })
        .collect();
    for (index, certificate) in app.certificates.iter().enumerate() {
        let values = json!({
            "application_id": id,
            "key_id": certificate.id,
            "start_date": date(certificate.start),
            "end_date": date(certificate.end),
            "type": "AsymmetricX509Cert",
            "encoding": "pem",
            "value": pem(&certificate.der),
        });
        let name = format!("certificate_{index}");
        all.push(("azuread_application_certificate", name, values));
    }
    for (index, federated) in app.federated.iter().enumerate() {
        let mut values = json!({
            "application_id": id,
            "display_name": federated.name,
            "issuer": federated.issuer,
        });
        let kind = match &federated.trusts {
            Trusts::Subject(subject) => {
                values["subject"] = json!(subject);
                values["audiences"] = json!([federated.audience]);
                "azuread_application_federated_identity_credential"
            }
            Trusts::Expression(expression) => {
                values["claims_matching_expression"] = json!(expression);
                values["audience"] = json!(federated.audience);
                "azuread_application_flexible_federated_identity_credential"
            }
        };
        all.push((kind, format!("trust_{index}"), values));
    }
    all
}

fn password(application_id: &str, secret: &Secret) -> Value {
    json!({
        "application_id": application_id,
        "key_id": secret.id,
        "display_name": secret.name,
        "start_date": date(secret.start),
        "end_date": date(secret.end),
        "value": secret.value,
    })
}

fn pem(der: &str) -> String {
    let bytes = BASE64_STANDARD.decode(der).unwrap_or_default();
    let text = BASE64_STANDARD.encode(bytes);
    let lines = text.as_bytes().chunks(64).map(String::from_utf8_lossy);
    let lines: Vec<_> = lines.collect();
    format!(
        "-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n",
        lines.join("\n")
    )
}

fn pre_authorized(app: &App) -> Vec<Resource> {
    let clients = app.api.pre_authorized.iter().enumerate();
    clients
        .map(|(index, (client, scopes))| {
            let values = json!({
                "application_id": application_id(app),
                "authorized_client_id": client,
                "permission_ids": scopes,
            });
            (
                "azuread_application_pre_authorized",
                format!("client_{index}"),
                values,
            )
        })
        .collect()
}

/// The application split as far as the provider can.
fn split(app: &App) -> Vec<Resource> {
    let mut values = registration(app);
    values["homepage_url"] = json!(app.links.home);
    values["logout_url"] = json!(app.links.logout);
    values["implicit_access_token_issuance_enabled"] = json!(app.sign_in.implicit_access);
    values["implicit_id_token_issuance_enabled"] = json!(app.sign_in.implicit_id);
    // The provider reads null as zero, and a text that may be null as Go writes such a one.
    values["requested_access_token_version"] = json!(app.api.token_version.unwrap_or(0));
    values["disabled_by_microsoft"] = match &app.identity.disabled {
        Some(status) => json!(format!("map[true:{status}]")),
        None => json!("map[false:]"),
    };
    let mut all = vec![(
        "azuread_application_registration",
        "shop".to_owned(),
        values,
    )];
    all.extend(sign_in_parts(app));
    all.extend(api_parts(app));
    for (index, owner) in app.owners.iter().enumerate() {
        let values = json!({"application_id": application_id(app), "owner_object_id": owner.id});
        all.push((
            "azuread_application_owner",
            format!("owner_{index}"),
            values,
        ));
    }
    all.extend(credentials(app));
    all.extend(pre_authorized(app));
    all
}

fn sign_in_parts(app: &App) -> Vec<Resource> {
    let id = application_id(app);
    let mut all = Vec::new();
    for (platform, kind) in [
        (Platform::Web, "Web"),
        (Platform::Spa, "SPA"),
        (Platform::Public, "PublicClient"),
    ] {
        let uris = app.sign_in.redirects_of(platform);
        let values = json!({"application_id": id, "type": kind, "redirect_uris": uris});
        all.push(("azuread_application_redirect_uris", kind.to_owned(), values));
    }
    for (index, uri) in app.sign_in.identifier_uris.iter().enumerate() {
        let values = json!({"application_id": id, "identifier_uri": uri});
        all.push((
            "azuread_application_identifier_uri",
            format!("uri_{index}"),
            values,
        ));
    }
    let fallback = json!({"application_id": id, "enabled": app.sign_in.fallback.unwrap_or(false)});
    all.push((
        "azuread_application_fallback_public_client",
        "shop".to_owned(),
        fallback,
    ));
    let mut claims = optional_claims(&app.claims);
    claims["application_id"] = json!(id);
    all.push((
        "azuread_application_optional_claims",
        "shop".to_owned(),
        claims,
    ));
    for (index, requested) in app.permissions.iter().enumerate() {
        let ids = |roles: bool| {
            let of = requested
                .permissions
                .iter()
                .filter(|(_, is_role)| *is_role == roles);
            of.map(|(id, _)| id).collect::<Vec<_>>()
        };
        let values = json!({
            "application_id": id,
            "api_client_id": requested.api,
            "role_ids": ids(true),
            "scope_ids": ids(false),
        });
        all.push((
            "azuread_application_api_access",
            format!("api_{index}"),
            values,
        ));
    }
    all
}

fn api_parts(app: &App) -> Vec<Resource> {
    let id = application_id(app);
    let part = |mut values: Value, id_name: &str| {
        values[id_name] = values["id"].take();
        values["application_id"] = json!(id);
        values["id"] = json!(format!("{id}/{}", values[id_name]));
        values
    };
    let scopes = app.api.scopes.iter().enumerate();
    let mut all: Vec<Resource> = scopes
        .map(|(index, one)| {
            let values = part(scope(one), "scope_id");
            (
                "azuread_application_permission_scope",
                format!("scope_{index}"),
                values,
            )
        })
        .collect();
    all.extend(app.roles.iter().enumerate().map(|(index, one)| {
        let values = part(role(one), "role_id");
        (
            "azuread_application_app_role",
            format!("role_{index}"),
            values,
        )
    }));
    let known = json!({"application_id": id, "known_client_ids": app.api.known_clients});
    all.push((
        "azuread_application_known_clients",
        "shop".to_owned(),
        known,
    ));
    all
}
