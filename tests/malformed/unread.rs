//! Places that no fact is read from.

/// By the beginning of a sample's name, places with all within them: from the top where they begin with a slash, else
/// wherever the name stands.
const UNREAD: [(&str, &[&str]); 11] = [
    ("", ANYWHERE),
    ("tests/fixtures/arm-", IN_TEMPLATES),
    // It was deleted.
    (
        "tests/fixtures/graph-page",
        &["/value/1/@removed", "/value/1/id"],
    ),
    ("tests/fixtures/service-principal", IN_SERVICE_PRINCIPALS),
    ("tests/fixtures/terraform-", IN_TERRAFORM),
    ("tests/tenant", IN_POLICIES),
    ("tests/tenant/lax/settings", IN_SETTINGS),
    ("tests/tenant/lax/authorization", &["/displayName", "/id"]),
    ("tests/tenant/lax/default", &["/displayName", "/id"]),
    ("tests/tenant/strict", &["/id"]),
    ("tests/fixtures/projects", IN_PROJECTS),
];

const ANYWHERE: &[&str] = &[
    "/@odata.context",
    "/@odata.nextLink",
    "/additionalProperties",
    "/addIns",
    "/appManagementPolicies",
    "/applicationTemplateId",
    "/appPermissions",
    "/certification",
    "/createdOnBehalfOf",
    "/defaultRedirectUri",
    "/deletedDateTime",
    "/deletionTimestamp",
    "/errorUrl",
    "/extensionProperties",
    "/federatedIdentityCredentials/0/description",
    "/federatedIdentityCredentials/0/id",
    "/federatedIdentityCredentials/1/description",
    "/federatedIdentityCredentials/1/id",
    "/homeRealmDiscoveryPolicies",
    "/isDeviceOnlyAuthSupported",
    "/oauth2AllowUrlPathMatching",
    "/oauth2RequirePostResponse",
    "/objectType",
    "/odata.metadata",
    "/odata.type",
    "/orgRestrictions",
    "/parentalControlSettings",
    "/recordConsentConditions",
    "/servicePrincipalLockConfiguration/identifierUris",
    "/owners/1/servicePrincipalType", // Its `@odata.type` says so already.
    "/synchronization",
    "/tokenEncryptionKeyId",
    "/tokenIssuancePolicies",
    "/tokenLifetimePolicies",
    "/uniqueName",
    "addedDateTime",
    "createdOn",
    "hint",
    "lang",
    "languageVersion",
    "logoUrl",
    "origin",
    "redirectUriSettings",
];

/// Outside of what is deployed of Microsoft Graph. What is wrong in a parameter or a variable is told where it is used.
const IN_TEMPLATES: &[&str] = &[
    "$schema",
    "apiVersion",
    "contentVersion",
    "copy",
    "dependsOn",
    "import",
    "imports",
    "metadata",
    "outputs",
    "/parameters/callbacks/defaultValue",
    "/parameters/environment/allowedValues",
    "/parameters/environment/defaultValue",
    "/parameters/locked/defaultValue",
    "/parameters/name/defaultValue",
    "/parameters/secret/defaultValue",
    "/resources/0/kind",
    "/resources/0/location",
    "/resources/0/name",
    "/resources/0/sku",
    "/resources/1/name",
    "/resources/1/properties/mode",
    "/resources/1/properties/parameters/callbacks/value",
    "/resources/1/properties/parameters/name/value",
    "/resources/1/properties/parameters/vaulted/reference",
    "/resources/2/name",
    "/resources/2/properties/mode",
    "/resources/2/properties/templateLink",
    "/resources/gone/properties/displayName",
    "/resources/gone/properties/web",
    "/variables/callback",
];

const IN_SERVICE_PRINCIPALS: &[&str] = &[
    "/appRoleAssignments/0/id",
    "/appRoleAssignments/1/id",
    "alternativeNames",
    "appDescription",
    "appDisplayName",
    "applicationTemplateId",
    "appRoles",
    "clientId",
    "createdDateTime",
    "deletedDateTime",
    "description",
    "homepage",
    "info",
    "loginUrl",
    "logoutUrl",
    "notes",
    "notificationEmailAddresses",
    "oauth2PermissionScopes",
    "/appRoleAssignments/0/principalId",
    "/appRoleAssignments/1/principalId",
    "principalDisplayName",
    "principalType",
    "servicePrincipalNames",
    "tokenEncryptionKeyId",
];

const IN_TERRAFORM: &[&str] = &[
    "app_role_ids",
    "applyable",
    "before",
    "complete",
    "/configuration",
    "device_only_auth_enabled",
    "errored",
    "feature_tags",
    "format_version",
    "index",
    "logo_image",
    "logo_url",
    "module_address",
    "oauth2_permission_scope_ids",
    "oauth2_post_response_required",
    "/planned_values/outputs/secret/type",
    "/planned_values/outputs/secret/value",
    "prevent_duplicate_names",
    "provider_name",
    // The whole password is sensitive.
    "/resource_changes/0/change/after/password/0/display_name",
    "/resource_changes/0/change/after/password/0/key_id",
    // It is known after apply.
    "/resource_changes/0/change/after/web/0/redirect_uris/2",
    "/resource_changes/3/change/after/description",
    "rotate_when_changed",
    "schema_version",
    "template_id",
    "tenant_id",
    "terraform_version",
    "timeouts",
    "timestamp",
    "/values/outputs/billing_secret/type",
    "/values/outputs/billing_secret/value",
    "/values/root_module/child_modules/0/address",
    "/values/root_module/child_modules/0/child_modules/0/address",
    "/values/root_module/child_modules/1/address",
    "/variables",
];

const IN_POLICIES: &[&str] = &[
    "@odata.id",
    "allowInvitesFrom",
    "allowedToCreateSecurityGroups",
    "allowedToReadOtherUsers",
    "description",
    "guestUserRoleId",
    "version",
];

/// Settings of groups that are about nothing of applications.
const IN_SETTINGS: &[&str] = &[
    "displayName",
    "/value/0/id",
    "/value/0/values/0/value",
    "/value/1/id",
    "/value/1/values/1/value",
    "templateId",
];

// A tenant by its id needs no type.
const IN_PROJECTS: &[&str] = &["/authorities/0/audience/type", "/name", "redirect_uri"];

/// Whether no fact is read from a place of a sample.
pub fn is_unread(sample: &str, pointer: &str) -> bool {
    let place = format!("{}/", pointer.to_lowercase());
    let holds = |unread: &&str| match unread.to_lowercase() {
        from_top if from_top.starts_with('/') => place.starts_with(&format!("{from_top}/")),
        name => place.contains(&format!("/{name}/")),
    };
    let of_sample = UNREAD
        .iter()
        .filter(|(beginning, _)| sample.starts_with(beginning));
    of_sample.flat_map(|(_, places)| *places).any(holds)
}
