//! The attributes of the AzureAD provider's resources, and where Microsoft Graph has them.
//!
//! An attribute that is null is not set, which to Graph is its empty value or default. A nested block is a list of none
//! or one. An attribute that a version of the provider has not stays absent: nothing is known of it.

use serde_json::Value;

use super::super::translation::{Translation, UNKNOWN};
use super::resource::{Attribute, Known};

/// An attribute, and the JSON Pointer of what it sets.
pub(super) enum Field {
    /// A scalar, or a list of scalars.
    Value(&'static str, &'static str),
    /// A scalar that the provider computes: null says nothing.
    Computed(&'static str, &'static str),
    /// A secret or a key. Nothing that reads it keeps it.
    Material(&'static str, &'static str),
    /// A nested block that Graph has not: its attributes are the object's own.
    Block(&'static str, &'static [Field]),
    /// A list of objects.
    Objects(&'static str, &'static str, &'static [Field]),
}

use Field::{Block, Computed, Material, Objects, Value as Plain};

/// `azuread_application`.
pub(super) const APPLICATION: &[Field] = &[
    Computed("application_id", "/appId"),
    Computed("client_id", "/appId"),
    Computed("object_id", "/id"),
    Plain("display_name", "/displayName"),
    Plain("description", "/description"),
    Plain("notes", "/notes"),
    Plain(
        "service_management_reference",
        "/serviceManagementReference",
    ),
    Plain("tags", "/tags"),
    Computed("publisher_domain", "/publisherDomain"),
    Computed("disabled_by_microsoft", "/disabledByMicrosoftStatus"),
    Plain("sign_in_audience", "/signInAudience"),
    Plain("fallback_public_client_enabled", "/isFallbackPublicClient"),
    Plain("identifier_uris", "/identifierUris"),
    Plain("marketing_url", "/info/marketingUrl"),
    Plain("privacy_statement_url", "/info/privacyStatementUrl"),
    Plain("support_url", "/info/supportUrl"),
    Plain("terms_of_service_url", "/info/termsOfServiceUrl"),
    Block("web", WEB),
    Block(
        "single_page_application",
        &[Plain("redirect_uris", "/spa/redirectUris")],
    ),
    Block(
        "public_client",
        &[Plain("redirect_uris", "/publicClient/redirectUris")],
    ),
    Objects(
        "required_resource_access",
        "/requiredResourceAccess",
        &[
            Plain("resource_app_id", "/resourceAppId"),
            Objects(
                "resource_access",
                "/resourceAccess",
                &[Plain("id", "/id"), Plain("type", "/type")],
            ),
        ],
    ),
    Block("api", API),
    Objects("app_role", "/appRoles", ROLE),
    Block("optional_claims", CLAIMS),
];

const WEB: &[Field] = &[
    Plain("redirect_uris", "/web/redirectUris"),
    Plain("homepage_url", "/web/homePageUrl"),
    Plain("logout_url", "/web/logoutUrl"),
    Block(
        "implicit_grant",
        &[
            Plain(
                "access_token_issuance_enabled",
                "/web/implicitGrantSettings/enableAccessTokenIssuance",
            ),
            Plain(
                "id_token_issuance_enabled",
                "/web/implicitGrantSettings/enableIdTokenIssuance",
            ),
        ],
    ),
];

const API: &[Field] = &[
    Plain(
        "requested_access_token_version",
        "/api/requestedAccessTokenVersion",
    ),
    Plain("mapped_claims_enabled", "/api/acceptMappedClaims"),
    Plain("known_client_applications", "/api/knownClientApplications"),
    Objects(
        "oauth2_permission_scope",
        "/api/oauth2PermissionScopes",
        SCOPE,
    ),
];

const SCOPE: &[Field] = &[
    Plain("id", "/id"),
    Plain("value", "/value"),
    Plain("type", "/type"),
    Plain("enabled", "/isEnabled"),
    Plain("admin_consent_description", "/adminConsentDescription"),
    Plain("admin_consent_display_name", "/adminConsentDisplayName"),
    Plain("user_consent_description", "/userConsentDescription"),
    Plain("user_consent_display_name", "/userConsentDisplayName"),
];

const ROLE: &[Field] = &[
    Plain("id", "/id"),
    Plain("value", "/value"),
    Plain("display_name", "/displayName"),
    Plain("description", "/description"),
    Plain("allowed_member_types", "/allowedMemberTypes"),
    Plain("enabled", "/isEnabled"),
];

/// `azuread_application_optional_claims`, and the block of the same name.
pub(super) const CLAIMS: &[Field] = &[
    Objects("access_token", "/optionalClaims/accessToken", CLAIM),
    Objects("id_token", "/optionalClaims/idToken", CLAIM),
    Objects("saml2_token", "/optionalClaims/saml2Token", CLAIM),
];

const CLAIM: &[Field] = &[
    Plain("name", "/name"),
    Plain("source", "/source"),
    Plain("essential", "/essential"),
    Plain("additional_properties", "/additionalProperties"),
];

/// `azuread_application_registration`: everything else is in resources of its own.
pub(super) const REGISTRATION: &[Field] = &[
    Computed("client_id", "/appId"),
    Computed("object_id", "/id"),
    Plain("display_name", "/displayName"),
    Plain("description", "/description"),
    Plain("notes", "/notes"),
    Plain(
        "service_management_reference",
        "/serviceManagementReference",
    ),
    Computed("publisher_domain", "/publisherDomain"),
    Computed("disabled_by_microsoft", "/disabledByMicrosoftStatus"),
    Plain("sign_in_audience", "/signInAudience"),
    Plain("homepage_url", "/web/homePageUrl"),
    Plain("logout_url", "/web/logoutUrl"),
    Plain(
        "implicit_access_token_issuance_enabled",
        "/web/implicitGrantSettings/enableAccessTokenIssuance",
    ),
    Plain(
        "implicit_id_token_issuance_enabled",
        "/web/implicitGrantSettings/enableIdTokenIssuance",
    ),
    Plain("marketing_url", "/info/marketingUrl"),
    Plain("privacy_statement_url", "/info/privacyStatementUrl"),
    Plain("support_url", "/info/supportUrl"),
    Plain("terms_of_service_url", "/info/termsOfServiceUrl"),
    Plain(
        "requested_access_token_version",
        "/api/requestedAccessTokenVersion",
    ),
];

/// `azuread_application_from_template`: the template decides everything else.
pub(super) const FROM_TEMPLATE: &[Field] = &[
    Computed("application_id", "/appId"),
    Computed("application_object_id", "/id"),
    Plain("display_name", "/displayName"),
];

/// `azuread_application_permission_scope`. It is always enabled.
pub(super) const PERMISSION_SCOPE: &[Field] = &[
    Plain("scope_id", "/id"),
    Plain("value", "/value"),
    Plain("type", "/type"),
    Plain("admin_consent_description", "/adminConsentDescription"),
    Plain("admin_consent_display_name", "/adminConsentDisplayName"),
    Plain("user_consent_description", "/userConsentDescription"),
    Plain("user_consent_display_name", "/userConsentDisplayName"),
];

/// `azuread_application_app_role`. It is always enabled.
pub(super) const APP_ROLE: &[Field] = &[
    Plain("role_id", "/id"),
    Plain("value", "/value"),
    Plain("display_name", "/displayName"),
    Plain("description", "/description"),
    Plain("allowed_member_types", "/allowedMemberTypes"),
];

/// `azuread_application_pre_authorized`.
pub(super) const PRE_AUTHORIZED: &[Field] = &[
    Computed("authorized_app_id", "/appId"),
    Computed("authorized_client_id", "/appId"),
    Plain("permission_ids", "/delegatedPermissionIds"),
];

/// `azuread_application_password`, and the block `password`.
pub(super) const PASSWORD: &[Field] = &[
    Computed("key_id", "/keyId"),
    Plain("display_name", "/displayName"),
    Computed("start_date", "/startDateTime"),
    Computed("end_date", "/endDateTime"),
    Material("value", "/secretText"),
];

/// What is read of a password whose block is sensitive as a whole, for the sake of its value: nothing that could be shown
/// and be a secret.
pub(super) const SEALED_PASSWORD: &[Field] = &[
    Computed("start_date", "/startDateTime"),
    Computed("end_date", "/endDateTime"),
    Material("value", "/secretText"),
];

/// `azuread_application_certificate`.
pub(super) const CERTIFICATE: &[Field] = &[
    Computed("key_id", "/keyId"),
    Computed("start_date", "/startDateTime"),
    Computed("end_date", "/endDateTime"),
    Computed("type", "/type"),
    Material("value", "/key"),
];

/// `azuread_application_federated_identity_credential`.
pub(super) const FEDERATED: &[Field] = &[
    Plain("display_name", "/name"),
    Plain("issuer", "/issuer"),
    Plain("subject", "/subject"),
    Plain("audiences", "/audiences"),
];

/// `azuread_application_flexible_federated_identity_credential`; its one audience is read apart.
pub(super) const FLEXIBLE_FEDERATED: &[Field] = &[
    Plain("display_name", "/name"),
    Plain("issuer", "/issuer"),
    Plain(
        "claims_matching_expression",
        "/claimsMatchingExpression/value",
    ),
];

/// Translates the attributes that the table names, into the object at `base`.
pub(super) fn translate(
    translation: &mut Translation,
    base: &str,
    attributes: &Attribute<'_>,
    fields: &[Field],
) {
    for field in fields {
        match field {
            Plain(from, to) => value(translation, &format!("{base}{to}"), &attributes.get(from)),
            Computed(from, to) => {
                let attribute = attributes.get(from);
                if !matches!(attribute.known(), Known::Value(Value::Null)) {
                    value(translation, &format!("{base}{to}"), &attribute);
                }
            }
            Material(from, to) => {
                material(translation, &format!("{base}{to}"), &attributes.get(from))
            }
            Block(from, fields) => block(translation, base, &attributes.get(from), fields),
            Objects(from, to, fields) => {
                objects(
                    translation,
                    &format!("{base}{to}"),
                    &attributes.get(from),
                    fields,
                );
            }
        }
    }
}

/// A scalar, or a list of scalars of which some may not be known.
pub(super) fn value(translation: &mut Translation, to: &str, attribute: &Attribute<'_>) {
    match attribute.known() {
        Known::Absent => {}
        Known::Unknown => translation.set(to, UNKNOWN.into(), attribute.pointer(), true),
        Known::Value(Value::Array(_)) => {
            let items = attribute.items();
            let items = items.iter().map(|item| match item.known() {
                Known::Value(value) => value.clone(),
                Known::Absent | Known::Unknown => UNKNOWN.into(),
            });
            translation.set(to, items.collect(), attribute.pointer(), true);
        }
        Known::Value(value) => translation.set(to, value.clone(), attribute.pointer(), true),
    }
}

fn material(translation: &mut Translation, to: &str, attribute: &Attribute<'_>) {
    match attribute.material() {
        Known::Absent | Known::Value(Value::Null) => {}
        Known::Unknown => translation.set(to, UNKNOWN.into(), attribute.pointer(), true),
        Known::Value(value) => translation.set(to, value.clone(), attribute.pointer(), true),
    }
}

fn block(translation: &mut Translation, base: &str, attribute: &Attribute<'_>, fields: &[Field]) {
    match attribute.known() {
        Known::Absent => {}
        Known::Unknown => fill(translation, base, attribute, fields, &UNKNOWN.into()),
        Known::Value(Value::Array(items)) if !items.is_empty() => {
            let inside = attribute.item(0);
            match inside.known() {
                Known::Unknown | Known::Absent => {
                    fill(translation, base, &inside, fields, &UNKNOWN.into());
                }
                Known::Value(Value::Null) => {
                    fill(translation, base, attribute, fields, &Value::Null)
                }
                Known::Value(_) => translate(translation, base, &inside, fields),
            }
        }
        Known::Value(Value::Array(_) | Value::Null) => {
            fill(translation, base, attribute, fields, &Value::Null);
        }
        // The shape of the document is told to be wrong.
        Known::Value(_) => fill(translation, base, attribute, fields, &UNKNOWN.into()),
    }
}

/// Writes the same value for everything that a block would say.
fn fill(
    translation: &mut Translation,
    base: &str,
    attribute: &Attribute<'_>,
    fields: &[Field],
    value: &Value,
) {
    for field in fields {
        match field {
            Plain(_, to) | Computed(_, to) | Material(_, to) | Objects(_, to, _) => {
                translation.set(
                    &format!("{base}{to}"),
                    value.clone(),
                    attribute.pointer(),
                    false,
                );
            }
            Block(_, fields) => fill(translation, base, attribute, fields, value),
        }
    }
}

fn objects(translation: &mut Translation, to: &str, attribute: &Attribute<'_>, fields: &[Field]) {
    match attribute.known() {
        Known::Absent => {}
        Known::Unknown => translation.set(to, UNKNOWN.into(), attribute.pointer(), true),
        Known::Value(Value::Array(_)) => {
            translation.set(to, Value::Array(Vec::new()), attribute.pointer(), true);
            for item in attribute.items() {
                object(translation, to, &item, fields);
            }
        }
        Known::Value(Value::Null) => {
            translation.set(to, Value::Null, attribute.pointer(), true);
        }
        // The shape of the document is told to be wrong.
        Known::Value(_) => translation.set(to, UNKNOWN.into(), attribute.pointer(), true),
    }
}

/// Adds one object to the list at `to`, and gives back its place.
pub(super) fn object(
    translation: &mut Translation,
    to: &str,
    attributes: &Attribute<'_>,
    fields: &[Field],
) -> String {
    match attributes.known() {
        Known::Value(Value::Object(_)) => {
            let element = serde_json::json!({});
            let place = translation.push(to, element, attributes.pointer());
            // What the format does not have stands nowhere.
            translation.place(&place, attributes.pointer(), false);
            translate(translation, &place, attributes, fields);
            place
        }
        _ => translation.push(to, UNKNOWN.into(), attributes.pointer()),
    }
}
