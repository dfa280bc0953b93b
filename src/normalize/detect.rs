//! Which format a JSON value has. The first match wins; keys of two formats at once are ambiguous, never guessed.

use serde_json::{Map, Value};

use super::Unrecognized;
use super::members::{Members, lookup};
use super::part::PartKind;
use super::project::ProjectFile;
use super::token::is_token;

/// How a document spells what it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Microsoft Graph: portal download, `az ad app show`, API responses.
    MsGraph,
    /// The legacy Azure AD Graph manifest.
    AadGraph,
    /// A plan, from `terraform show -json`.
    TerraformPlan,
    /// A state, from `terraform show -json`.
    TerraformState,
    /// An Azure Resource Manager template, as `bicep build` makes it.
    Arm,
    /// A compact token, known by its form alone.
    Jwt,
    /// The claims of a token, with or without its header.
    Claims,
    /// A file of a source project, known by its name alone.
    Project(ProjectFile),
    /// Any other document, for rules that read it raw.
    Document,
}

impl Format {
    /// All formats that can be asked for.
    pub const ALL: [Self; 7] = [
        Self::MsGraph,
        Self::AadGraph,
        Self::TerraformPlan,
        Self::TerraformState,
        Self::Arm,
        Self::Claims,
        Self::Document,
    ];

    /// The name, as in the input and on the command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::MsGraph => "msgraph",
            Self::AadGraph => "aadgraph",
            Self::Project(file) => file.as_str(),
            Self::TerraformPlan => "terraform-plan",
            Self::TerraformState => "terraform-state",
            Self::Arm => "arm",
            Self::Jwt => "jwt",
            Self::Claims => "claims",
            Self::Document => "document",
        }
    }

    /// The format of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.as_str() == name)
    }
}

/// What a value is.
pub type Recognized = Result<Format, Unrecognized>;

/// What can be made of an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    Application(Format),
    ServicePrincipal(Format),
    Token,
    Part(PartKind),
}

/// The elements of a list document.
pub(super) struct Elements<'a> {
    pub(super) items: &'a [Value],
    /// The list's own place in the value.
    pub(super) pointer: String,
    /// What the page's context says that all elements are.
    pub(super) found: Option<Found>,
    /// What the list as a whole is to the service principal that the page's context names.
    pub(super) part: Option<PartKind>,
    /// Whether the page says that there is another one.
    pub(super) has_more: bool,
}

/// The elements, when the value is a JSON array or a Graph list page.
pub(super) fn elements(value: &Value) -> Option<Elements<'_>> {
    match value {
        Value::Array(items) => Some(Elements {
            items,
            pointer: String::new(),
            found: None,
            part: None,
            has_more: false,
        }),
        Value::Object(members) => page(members),
        _ => None,
    }
}

const CONTEXT: &str = "@odata.context";

fn page(members: &Map<String, Value>) -> Option<Elements<'_>> {
    let (key, Value::Array(items)) = lookup(members, "value")? else {
        return None;
    };
    // Tools add a count or a link of their own; an object that merely has a member `value` is no page.
    let belongs = |key: &str| {
        key.starts_with('@')
            || key.starts_with("odata.")
            || ["value", "count", "nextLink"]
                .iter()
                .any(|known| key.eq_ignore_ascii_case(known))
    };
    let is_page = lookup(members, CONTEXT).is_some() || members.keys().all(|k| belongs(k));
    let has_more = ["@odata.nextLink", "odata.nextLink", "nextLink"]
        .iter()
        .any(|link| lookup(members, link).is_some_and(|(_, link)| !link.is_null()));
    is_page.then(|| Elements {
        items,
        pointer: format!("/{key}"),
        found: context_path(members).and_then(collection),
        part: context_path(members).and_then(relation),
        has_more,
    })
}

/// `applications(appId)/$entity` of `https://graph.microsoft.com/v1.0/$metadata#applications(appId)/$entity`.
pub(super) fn context_path(members: &Map<String, Value>) -> Option<&str> {
    lookup(members, CONTEXT).and_then(path_in_context)
}

fn path_in_context<'a>((_, context): (&str, &'a Value)) -> Option<&'a str> {
    Some(context.as_str()?.split_once('#')?.1)
}

/// What the elements of a collection are, or the object itself, when nothing in it says so.
fn collection(path: &str) -> Option<Found> {
    let (name, rest) = path.split_at(path.find(['/', '(']).unwrap_or(path.len()));
    // `servicePrincipals('…')/owners` are no service principals.
    let is_below = rest.contains("')/") && !rest.ends_with("')/$entity");
    match name.to_ascii_lowercase().as_str() {
        _ if is_below => None,
        "applications" => Some(Found::Application(Format::MsGraph)),
        "serviceprincipals" => Some(Found::ServicePrincipal(Format::MsGraph)),
        _ => None,
    }
}

/// What `servicePrincipals('…')/owners` and the like are to that service principal.
fn relation(path: &str) -> Option<PartKind> {
    let (principal, rest) = path.split_once("')/")?;
    let (collection, _) = principal.split_once('(')?;
    let name = rest.split(['/', '(']).next()?;
    if !collection.eq_ignore_ascii_case("servicePrincipals") || rest.ends_with("/$entity") {
        return None;
    }
    match name.to_ascii_lowercase().as_str() {
        "owners" => Some(PartKind::OwnersOf),
        "approleassignments" => Some(PartKind::AppRoleAssignmentsOf),
        "oauth2permissiongrants" => Some(PartKind::PermissionGrantsOf),
        _ => None,
    }
}

/// Keys that only the Azure AD Graph manifest has.
const AAD_GRAPH_KEYS: [&str; 8] = [
    "replyUrlsWithType",
    "accessTokenAcceptedVersion",
    "allowPublicClient",
    "oauth2AllowImplicitFlow",
    "oauth2AllowIdTokenImplicitFlow",
    "oauth2Permissions",
    "informationalUrls",
    "availableToOtherTenants",
];

/// Objects of a Microsoft Graph application, with members that tell them from what others call the same.
const MS_GRAPH_OBJECTS: [(&str, &[&str]); 4] = [
    (
        "web",
        &[
            "redirectUris",
            "homePageUrl",
            "logoutUrl",
            "implicitGrantSettings",
            "redirectUriSettings",
        ],
    ),
    ("spa", &["redirectUris"]),
    ("publicClient", &["redirectUris"]),
    (
        "api",
        &[
            "requestedAccessTokenVersion",
            "acceptMappedClaims",
            "knownClientApplications",
            "oauth2PermissionScopes",
            "preAuthorizedApplications",
        ],
    ),
];

/// Keys that both formats of an application have, and service principals have not.
const APPLICATION_KEYS: [&str; 3] = ["requiredResourceAccess", "identifierUris", "optionalClaims"];

/// Keys that applications and service principals share.
const SHARED_KEYS: [&str; 3] = ["passwordCredentials", "keyCredentials", "appRoles"];

/// Keys that only service principals have.
const SERVICE_PRINCIPAL_KEYS: [&str; 5] = [
    "servicePrincipalType",
    "servicePrincipalNames",
    "appOwnerOrganizationId",
    "appRoleAssignmentRequired",
    "preferredSingleSignOnMode",
];

/// Finds out what one value is. `forced` is the format that the caller names, `listed` what its list says that it is.
pub(super) fn find(
    value: &Value,
    forced: Option<Format>,
    listed: Option<Found>,
) -> Result<Found, Unrecognized> {
    let Value::Object(object) = value else {
        return Err(Unrecognized::Unknown);
    };
    let members = &Members::of(object);
    if forced == Some(Format::Claims) || (forced.is_none() && is_token(object)) {
        return Ok(Found::Token);
    }
    if let Some(kind) = part(members) {
        return Ok(Found::Part(kind));
    }
    let says = listed.or_else(|| {
        members
            .get(CONTEXT)
            .and_then(path_in_context)
            .and_then(collection)
    });
    let is_listed = matches!(says, Some(Found::ServicePrincipal(_)))
        && !members.is_empty()
        && members.get("value").is_none()
        && members.get("error").is_none();
    let is_typed = odata_type(members).is_some_and(|name| name == "serviceprincipal");
    if is_listed || is_typed || first_key(members, &SERVICE_PRINCIPAL_KEYS).is_some() {
        let is_old = members.get("objectId").is_some() && members.get("id").is_none();
        let format = if is_old {
            Format::AadGraph
        } else {
            Format::MsGraph
        };
        return Ok(Found::ServicePrincipal(format));
    }
    let hint = match listed {
        Some(Found::Application(format)) => Some(format),
        _ => None,
    };
    recognize(value, members, forced, hint).map(Found::Application)
}

/// `serviceprincipal` of `#microsoft.graph.servicePrincipal`.
fn odata_type(members: &Members<'_>) -> Option<String> {
    let (_, name) = members
        .get("@odata.type")
        .or_else(|| members.get("odata.type"))?;
    let name = name.as_str()?.rsplit('.').next()?;
    Some(name.to_ascii_lowercase())
}

/// What the object says of a subject elsewhere.
fn part(members: &Members<'_>) -> Option<PartKind> {
    let has = |key: &str| members.get(key).is_some();
    let starts_with_slash = |key| {
        let (_, value) = members.get(key)?;
        Some(value.as_str()?.starts_with('/'))
    };
    if has("appRoleId") && has("resourceId") {
        return Some(PartKind::AppRoleAssignment);
    }
    if has("consentType") && has("clientId") {
        return Some(PartKind::PermissionGrant);
    }
    // The roles of Azure resources are named by their paths.
    if has("roleDefinitionId")
        && has("principalId")
        && starts_with_slash("roleDefinitionId") != Some(true)
    {
        return Some(PartKind::RoleAssignment);
    }
    None
}

/// Finds the format of an application, or why it has none. `forced` skips the tests, for objects; `hint` is what the
/// list around it says, which counts where the value itself says nothing.
fn recognize(
    value: &Value,
    members: &Members<'_>,
    forced: Option<Format>,
    hint: Option<Format>,
) -> Recognized {
    if let Some(format) = forced {
        return Ok(format);
    }
    if let Some(infrastructure) = infrastructure(value, members) {
        return infrastructure;
    }
    if let Some(other) = something_else(members) {
        return Err(Unrecognized::Other(other));
    }
    match (application_format(members), hint) {
        (Err(Unrecognized::Unknown), Some(format)) if !members.is_empty() => Ok(format),
        (recognized, _) => recognized,
    }
}

fn application_format(members: &Members<'_>) -> Recognized {
    let aad_graph = first_key(members, &AAD_GRAPH_KEYS).or_else(|| {
        members
            .get("publicClient")
            .filter(|(_, v)| v.is_boolean())
            .map(|(k, _)| k)
    });
    let ms_graph = ms_graph_object(members)
        .or_else(|| members.get("isFallbackPublicClient").map(|(key, _)| key));
    match (aad_graph, ms_graph) {
        (Some(old), Some(new)) => Err(Unrecognized::Ambiguous(format!(
            "`{old}` belongs to the Azure AD Graph manifest and `{new}` to Microsoft Graph"
        ))),
        (Some(_), None) => Ok(Format::AadGraph),
        (None, Some(_)) => Ok(Format::MsGraph),
        (None, None) => weakly_marked_format(members),
    }
}

/// The key of an object that only a Microsoft Graph application has.
fn ms_graph_object<'a>(members: &Members<'a>) -> Option<&'a str> {
    MS_GRAPH_OBJECTS.iter().find_map(|(key, known)| {
        let (key, value) = members.get(key)?;
        let inner = value.as_object()?;
        known
            .iter()
            .any(|member| lookup(inner, member).is_some())
            .then_some(key)
    })
}

/// The format of an object without a key that belongs to one format alone.
fn weakly_marked_format(members: &Members<'_>) -> Recognized {
    if first_key(members, &["objectType", "odata.type"]).is_some()
        || (first_key(members, &["replyUrls"]).is_some()
            && first_key(members, &["appId"]).is_some())
    {
        return Ok(Format::AadGraph);
    }
    if first_key(members, &["signInAudience"]).is_some() || entity(members).is_some() {
        return Ok(Format::MsGraph);
    }
    if first_key(members, &["appId"]).is_some() {
        if first_key(members, &APPLICATION_KEYS).is_some() {
            return Ok(Format::MsGraph);
        }
        if let Some(key) = first_key(members, &SHARED_KEYS) {
            return Err(Unrecognized::Ambiguous(format!(
                "`{key}` belongs to applications and to service principals"
            )));
        }
    }
    Err(Unrecognized::Unknown)
}

/// Whether the object says of itself that it is an application.
fn entity(members: &Members<'_>) -> Option<()> {
    let says_type = members
        .get("@odata.type")
        .and_then(|(_, v)| v.as_str())
        .is_some_and(|t| t.eq_ignore_ascii_case("#microsoft.graph.application"));
    // The context of a page names what its elements are, and the page itself is none.
    let says_context = members
        .get(CONTEXT)
        .and_then(path_in_context)
        .and_then(collection)
        .is_some_and(|found| matches!(found, Found::Application(_)))
        && members.get("error").is_none()
        && members.get("value").is_none();
    (says_type || says_context).then_some(())
}

/// What the object is when it describes infrastructure.
fn infrastructure(value: &Value, members: &Members<'_>) -> Option<Recognized> {
    let has = |key: &str| members.has_exactly(key);
    if has("resource_changes") || has("planned_values") {
        return Some(Ok(Format::TerraformPlan));
    }
    if has("terraform_version") && has("values") {
        return Some(Ok(Format::TerraformState));
    }
    if has("terraform_version") && has("lineage") {
        let other = "a Terraform state file (`terraform show -json` writes what can be judged)";
        return Some(Err(Unrecognized::Other(other)));
    }
    let schema = members.get("$schema").and_then(|(_, v)| v.as_str());
    let is_template =
        schema.is_some_and(|s| s.to_ascii_lowercase().contains("deploymenttemplate.json"));
    if super::arm::has_graph_resources(value) {
        return Some(Ok(Format::Arm));
    }
    is_template.then_some(Err(Unrecognized::Other(
        "an ARM or Bicep template without resources of Microsoft Graph",
    )))
}

/// The name of what the object is when it belongs to the platform and is no application.
fn something_else(members: &Members<'_>) -> Option<&'static str> {
    let has = |key: &str| members.get(key).is_some();
    if has("roleDefinitionId") && has("principalId") {
        return Some("a role assignment of Azure resources");
    }
    if has("issuer") && has("subject") && has("audiences") {
        return Some("a federated identity credential without its application");
    }
    if has("tokenType") || has("token_type") {
        return Some("the answer to a request for a token (put the token alone in a file)");
    }
    None
}

fn first_key<'a>(members: &Members<'a>, keys: &[&str]) -> Option<&'a str> {
    keys.iter()
        .find_map(|key| members.get(key))
        .map(|(key, _)| key)
}
