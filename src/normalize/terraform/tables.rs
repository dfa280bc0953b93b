//! The attributes of the AzureAD provider's resources, and where Microsoft Graph has them.

use super::fields::Field::{self, Block, Computed, Material, Objects, Value as Plain};

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

/// `azuread_service_principal_token_signing_certificate`.
pub(super) const SIGNING_CERTIFICATE: &[Field] = &[
    Computed("key_id", "/keyId"),
    Plain("display_name", "/displayName"),
    Computed("start_date", "/startDateTime"),
    Computed("end_date", "/endDateTime"),
    Computed("thumbprint", "/customKeyIdentifier"),
    Material("value", "/key"),
];

/// `azuread_service_principal`, but for what it takes from its application.
pub(super) const SERVICE_PRINCIPAL: &[Field] = &[
    Computed("application_id", "/appId"),
    Computed("client_id", "/appId"),
    Computed("object_id", "/id"),
    Computed("type", "/servicePrincipalType"),
    Computed("application_tenant_id", "/appOwnerOrganizationId"),
    Computed("tags", "/tags"),
    Computed("account_enabled", "/accountEnabled"),
    Plain("app_role_assignment_required", "/appRoleAssignmentRequired"),
    Plain(
        "preferred_single_sign_on_mode",
        "/preferredSingleSignOnMode",
    ),
];

/// What `azuread_service_principal` takes from its application.
pub(super) const MIRRORED: [(&str, &str); 3] = [
    ("display_name", "/displayName"),
    ("sign_in_audience", "/signInAudience"),
    ("redirect_uris", "/replyUrls"),
];

/// The data source `azuread_service_principal`, of what tells whose the service principal is.
pub(super) const IDENTITY: &[Field] = &[
    Computed("application_id", "/appId"),
    Computed("client_id", "/appId"),
    Computed("object_id", "/id"),
    Computed("display_name", "/displayName"),
    Computed("type", "/servicePrincipalType"),
    Computed("application_tenant_id", "/appOwnerOrganizationId"),
    Computed("sign_in_audience", "/signInAudience"),
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
