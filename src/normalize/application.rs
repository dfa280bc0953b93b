//! The normalized application: what policies see as `input.application`.
//!
//! Three states of a fact, everywhere: a value; an empty value (`[]`, `{}`, `false`, `""`) for
//! *known to be empty*; `null` ([`None`]) for *not in this source or not known yet*.
//!
//! Names are Microsoft Graph's, in snake case. GUIDs are in lower case. `at` is the JSON Pointer of the place in the document
//! that an element came from.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An application registration, however its source spelled it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Application {
    /// The application (client) id.
    pub app_id: Option<String>,
    /// The id of the application object in its tenant.
    pub object_id: Option<String>,
    /// The name that users see.
    pub display_name: Option<String>,
    /// Free text about the application.
    pub description: Option<String>,
    /// Free text for the people who run the application.
    pub notes: Option<String>,
    /// A reference into a service or asset management database.
    pub service_management_reference: Option<String>,
    /// When the registration was made, RFC 3339 in UTC.
    pub created: Option<String>,
    /// Custom strings on the registration.
    pub tags: Option<Vec<String>>,
    /// Whether the application id or its publisher is Microsoft's own.
    pub first_party: Option<bool>,
    /// `AzureADMyOrg`, `AzureADMultipleOrgs`, `AzureADandPersonalMicrosoftAccount` or `PersonalMicrosoftAccount`.
    pub sign_in_audience: Option<String>,
    /// Whether users of other organisations may sign in.
    pub multitenant: Option<bool>,
    /// Whether personal Microsoft accounts may sign in.
    pub personal_accounts: Option<bool>,
    /// Redirect URIs of all platforms.
    pub redirect_uris: Option<Vec<RedirectUri>>,
    /// The URIs that name the application as a resource.
    pub identifier_uris: Option<Vec<IdentifierUri>>,
    /// Published links.
    pub urls: Urls,
    /// What the authorization endpoint may issue without a code.
    pub implicit_grant: ImplicitGrant,
    /// Whether flows without a redirect URI (device code, password) are open to public clients.
    pub public_client_fallback: Option<bool>,
    /// Permissions that the application requests.
    pub permissions: Option<Vec<Permission>>,
    /// Secrets and certificates.
    pub credentials: Option<Vec<Credential>>,
    /// Trust in tokens of other identity providers.
    pub federated_credentials: Option<Vec<FederatedCredential>>,
    /// What the application offers as a web API.
    pub api: Api,
    /// Roles that users and applications can be assigned to.
    pub app_roles: Option<Vec<AppRole>>,
    /// Claims asked for in addition to the default ones.
    pub optional_claims: OptionalClaims,
    /// Switches for older behaviours; `null` where the source was not asked for them.
    pub authentication_behaviors: Option<AuthenticationBehaviors>,
    /// `None`, `All`, `SecurityGroup`, `DirectoryRole`, `ApplicationGroup`, or several with commas.
    pub group_claims: Option<String>,
    /// Who may change the registration.
    pub owners: Option<Vec<Owner>>,
    /// Who publishes the application.
    pub publisher: Publisher,
    /// The instance property lock: which properties of its service principals other tenants may not change.
    pub lock: Option<Lock>,
    /// Whether SAML requests must be signed.
    pub request_signature: Option<RequestSignature>,
    /// `none` or `all`: whether the application may collect credentials itself.
    pub native_authentication: Option<String>,
    /// Why Microsoft disabled the application: `""` or `NotDisabled` where it did not.
    pub disabled_by_microsoft: Option<String>,
    /// Application proxy settings.
    pub on_premises_publishing: Option<OnPremisesPublishing>,
    /// What DNS says of the hosts of web redirect URIs but for addresses, loopback and wildcards, by host; `null` where it
    /// was not asked.
    pub dns: Option<std::collections::BTreeMap<String, HostLookup>>,
}

/// The facts of one absolute URI.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UriFacts {
    /// The URI as written, with `…` in the place of a user name and password.
    pub uri: String,
    /// Whether it parses as an absolute URI.
    pub valid: bool,
    /// The scheme, lower case.
    pub scheme: Option<String>,
    /// The host, lower case, in its ASCII (punycode) form.
    pub host: Option<String>,
    /// The port as written, `null` when it is the scheme's own.
    pub port: Option<u16>,
    /// The path as written, dot segments and escapes included.
    pub path: Option<String>,
    /// The domain that its owner registered: `contoso.co.uk` of `login.contoso.co.uk`.
    pub registrable_domain: Option<String>,
    /// Whether the host is `localhost`, in 127.0.0.0/8, or `[::1]`.
    pub loopback: bool,
    /// Whether the host is an IP address, in any notation.
    pub ip: bool,
    /// Whether `*` stands anywhere in it, or its escape `%2A`.
    pub wildcard: bool,
    /// Whether a query is present.
    pub query: bool,
    /// Whether a fragment is present.
    pub fragment: bool,
    /// Whether a user name or password is present.
    pub userinfo: bool,
    /// Whether the host is under a domain of the organisation; `null` when none are configured or there is no host.
    pub own_domain: Option<bool>,
}

/// A redirect URI (reply URL) and its platform.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RedirectUri {
    /// `web`, `spa` or `public_client`.
    pub platform: String,
    /// The facts of the URI, which stand beside these.
    #[serde(flatten)]
    pub facts: UriFacts,
    /// The suffix under which anyone may register the host (`azurewebsites.net`), `null` when it is none.
    pub shared_hosting: Option<String>,
    /// The suffix of the development tunnel that serves the host (`ngrok.io`), `null` when it is none.
    pub tunnel: Option<String>,
    /// The broker form that it has or tries to have, `null` when it is none.
    pub broker: Option<Broker>,
    /// Whether the host is an internationalized name (has an `xn--` label).
    pub punycode: bool,
    /// Whether a label of the host mixes scripts (Latin with Cyrillic, say).
    pub mixed_script: bool,
    /// The organisation's domain that the host imitates; `null` when none are configured or it imitates none.
    pub resembles: Option<Resemblance>,
    /// Characters in it that the platform does not support, each once.
    pub unsupported_characters: Vec<String>,
    /// Whether the path has `.` or `..` segments, plain or escaped, or an escaped slash or backslash.
    pub ambiguous_path: bool,
    /// JSON Pointer of the place that it came from.
    pub at: String,
}

/// A redirect URI that an authentication broker answers.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Broker {
    /// `android` (`msauth://<package>/<hash>`) or `apple` (`msauth.<bundle>://auth`).
    pub platform: String,
    /// Whether it is complete and well formed.
    pub well_formed: bool,
    /// What is wrong with it, `""` when nothing is.
    pub problem: String,
}

/// How a host imitates a domain of the organisation.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Resemblance {
    /// The organisation's domain.
    pub domain: String,
    /// `prefix` (`contoso.com.evil.net`) or `spelling` (`contos0.com`).
    pub kind: String,
    /// Edits between the two registrable domains without their public suffixes; 0 for `prefix`.
    pub distance: u32,
}

/// An identifier URI.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct IdentifierUri {
    /// The facts of the URI, which stand beside these.
    #[serde(flatten)]
    pub facts: UriFacts,
    /// `api://<application id>` or `api://<tenant id>/<application id>`; `null` when the application id is unknown
    /// and the URI could be one of these.
    pub default_form: Option<bool>,
    /// The GUID right after `api://`, lower case, `null` when there is none.
    pub guid: Option<String>,
    /// Whether it ends with a slash.
    pub trailing_slash: bool,
    /// JSON Pointer of the place that it came from.
    pub at: String,
}

/// A published link: `{}` when it is known to be empty.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Link {
    /// A link.
    Url(Box<LinkUrl>),
    /// Known to be empty.
    Empty {},
}

/// A link that is there.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LinkUrl {
    /// The facts of the URI, which stand beside these.
    #[serde(flatten)]
    pub facts: UriFacts,
    /// JSON Pointer of the place that it came from.
    pub at: String,
}

/// The links of a registration.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Urls {
    /// Home page.
    pub home: Option<Link>,
    /// Front-channel logout.
    pub logout: Option<Link>,
    /// Privacy statement.
    pub privacy: Option<Link>,
    /// Terms of service.
    pub terms: Option<Link>,
    /// Support page.
    pub support: Option<Link>,
    /// Marketing page.
    pub marketing: Option<Link>,
    /// SAML metadata of the service provider.
    pub saml_metadata: Option<Link>,
}

impl Urls {
    /// Those that are set.
    pub(super) fn set_mut(&mut self) -> impl Iterator<Item = &mut LinkUrl> {
        let links = [
            &mut self.home,
            &mut self.logout,
            &mut self.privacy,
            &mut self.terms,
            &mut self.support,
            &mut self.marketing,
            &mut self.saml_metadata,
        ];
        links.into_iter().filter_map(|link| match link {
            Some(Link::Url(url)) => Some(url.as_mut()),
            _ => None,
        })
    }
}

/// Tokens that the authorization endpoint may issue directly.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ImplicitGrant {
    /// Access tokens.
    pub access_token: Option<bool>,
    /// ID tokens.
    pub id_token: Option<bool>,
    /// Where the settings are, `null` where the source has none.
    pub at: Option<String>,
}

/// An API and its name.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Resource {
    /// The API's application id.
    pub app_id: Option<String>,
    /// Its name, where it is a well-known one.
    pub name: Option<String>,
}

/// A permission that the application requests.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Permission {
    /// The API that offers it.
    pub resource: Resource,
    /// Its id.
    pub id: Option<String>,
    /// Its name (`User.Read.All`), `null` when it is in no table.
    pub name: Option<String>,
    /// `delegated` (on behalf of a user) or `application` (by itself).
    pub kind: Option<String>,
    /// Whether the id is in the tables; `null` when there is no complete table of that API's permissions.
    pub known: Option<bool>,
    /// Microsoft's privilege level, 1 to 4.
    pub privilege_level: Option<u8>,
    /// 0 when the permission, held by an application, leads to control of the tenant.
    pub tier: Option<u8>,
    /// CISA's grading of risky permissions: `critical`, `high`, `medium` or `low`.
    pub risk: Option<String>,
    /// Whether an administrator must consent.
    pub admin_consent: Option<bool>,
    /// `read`, `write`, `full` or `other`, from its name.
    pub access: Option<String>,
    /// The permission of the same API and kind that only reads (`User.Read.All` for `User.ReadWrite.All`), where it exists.
    pub read_sibling: Option<String>,
    /// Whether a delegated permission of the same name exists; `null` for an unknown permission.
    pub delegated_sibling: Option<bool>,
    /// JSON Pointer of the place that it came from.
    pub at: String,
}

/// A secret or a certificate.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Credential {
    /// `secret` or `certificate`.
    pub kind: String,
    /// The key id.
    pub id: Option<String>,
    /// The name or description; `""` when it is known to have none.
    pub name: Option<String>,
    /// Start of validity, RFC 3339 in UTC.
    pub start: Option<String>,
    /// End of validity, RFC 3339 in UTC; `""` when it is known to have none.
    pub end: Option<String>,
    /// Whole days from start to end.
    pub lifetime_days: Option<i64>,
    /// Whole days from now to the end, negative when it is past.
    pub days_left: Option<i64>,
    /// SHA-1 thumbprint of a certificate, upper-case hexadecimal.
    pub thumbprint: Option<String>,
    /// `Verify`, `Sign` or `Encrypt`.
    pub usage: Option<String>,
    /// Whether a secret's value or a private key stands in the source (placeholders aside). The value is never kept.
    pub has_value: bool,
    /// The public certificate, where the source holds it.
    pub certificate: Option<Certificate>,
    /// JSON Pointer of the place that it came from.
    pub at: String,
}

/// What a public certificate says of itself.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// `rsa`, `ec` or `other`.
    pub key_type: String,
    /// Size of the key in bits.
    pub key_bits: Option<u32>,
    /// The hash of its signature, lower case: `sha256`, `sha1`, `md5`, or `other`.
    pub signature_hash: String,
    /// Whether issuer and subject are the same.
    pub self_signed: bool,
    /// Issuer, RFC 4514.
    pub issuer: String,
    /// Subject, RFC 4514.
    pub subject: String,
}

/// Trust in tokens of another identity provider (workload identity federation).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FederatedCredential {
    /// Its name.
    pub name: Option<String>,
    /// The provider's issuer.
    pub issuer: Option<Issuer>,
    /// The subject that is trusted, as written; `""` when an expression stands in its place.
    pub subject: Option<String>,
    /// The claims-matching expression, `""` when there is none.
    pub expression: Option<String>,
    /// The audiences of the tokens that are trusted.
    pub audiences: Option<Vec<String>>,
    /// `github`, `gitlab`, `terraform_cloud`, `azure_devops`, `kubernetes`, `google`, `aws`, `bitbucket`, `circleci`,
    /// `buildkite`, `entra` (a managed identity or another application), or `other`.
    pub provider: Option<String>,
    /// What the subject says, for providers whose subjects are understood.
    pub trust: Option<Trust>,
    /// JSON Pointer of the place that it came from.
    pub at: String,
}

/// The issuer of a federated credential.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Issuer {
    /// As written.
    pub uri: String,
    /// Lower case.
    pub scheme: Option<String>,
    /// Lower case.
    pub host: Option<String>,
}

/// Whose workloads a federated credential trusts.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Trust {
    /// `owner/name` of the repository (GitHub), path of the project (GitLab), or `organisation/project/workspace`
    /// (Terraform Cloud), as written; `""` when the subject names none.
    pub repository: String,
    /// `environment`, `branch`, `tag`, `pull_request`, `workflow`, `run_phase`, or `other`.
    pub scope: String,
    /// The environment, branch, tag or phase, `""` when the subject names none.
    pub name: String,
    /// Whether `*` or `?` stands in it, or an expression matches a pattern.
    pub wildcard: bool,
}

/// What the application offers as a web API.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Api {
    /// 1 or 2. A source that says nothing where it would say something means 1.
    pub access_token_version: Option<u8>,
    /// Whether claims mapping is accepted without a custom signing key.
    pub accepts_mapped_claims: Option<bool>,
    /// Delegated permissions that it offers.
    pub scopes: Option<Vec<Scope>>,
    /// Clients that need no consent.
    pub pre_authorized: Option<Vec<PreAuthorized>>,
    /// Client applications whose consent covers this one.
    pub known_clients: Option<Vec<String>>,
}

/// What a permission's name says: `Orders.ReadWrite.All` is resource, operation and constraint.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PermissionName {
    /// The resource in its value: `Orders`; `null` when the value does not read `resource.operation[.constraint]`.
    pub resource: Option<String>,
    /// The operation in its value: `ReadWrite`.
    pub operation: Option<String>,
    /// The constraint in its value: `All`; `""` when there is none.
    pub constraint: Option<String>,
    /// What its value gives: `read`, `write`, `full` or `other`.
    pub access: String,
}

/// A delegated permission that the application offers.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Scope {
    /// Its id.
    pub id: Option<String>,
    /// The value in the `scp` claim.
    pub value: Option<String>,
    /// Who may consent: `User` or `Admin`.
    #[serde(rename = "type")]
    pub consent_type: Option<String>,
    /// Whether it can be requested.
    pub enabled: Option<bool>,
    /// What the value says, which stands beside these.
    #[serde(flatten)]
    pub name: PermissionName,
    /// What an administrator reads before consent.
    pub admin_consent_description: Option<String>,
    /// Its title.
    pub admin_consent_display_name: Option<String>,
    /// What a user reads before consent.
    pub user_consent_description: Option<String>,
    /// Its title.
    pub user_consent_display_name: Option<String>,
    /// JSON Pointer of the place that it came from.
    pub at: String,
}

/// A client that needs no consent.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PreAuthorized {
    /// The client's application id.
    pub app_id: Option<String>,
    /// Ids of the scopes that it may request.
    pub scopes: Vec<String>,
    /// JSON Pointer of the place that it came from.
    pub at: String,
}

/// A role that the application offers to users, groups or applications.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AppRole {
    /// Its id.
    pub id: Option<String>,
    /// The value in the `roles` claim.
    pub value: Option<String>,
    /// Its title.
    pub display_name: Option<String>,
    /// What it allows.
    pub description: Option<String>,
    /// `User`, `Application`, or both.
    pub allowed_member_types: Option<Vec<String>>,
    /// Whether it can be assigned.
    pub enabled: Option<bool>,
    /// What the value says, which stands beside these.
    #[serde(flatten)]
    pub name: PermissionName,
    /// JSON Pointer of the place that it came from.
    pub at: String,
}

/// Claims asked for, by token type.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OptionalClaims {
    /// In access tokens.
    pub access_token: Option<Vec<OptionalClaim>>,
    /// In ID tokens.
    pub id_token: Option<Vec<OptionalClaim>>,
    /// In SAML tokens.
    pub saml2_token: Option<Vec<OptionalClaim>>,
}

/// A claim asked for.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OptionalClaim {
    /// Its name.
    pub name: String,
    /// Where its value comes from, `""` for the predefined ones.
    pub source: Option<String>,
    /// Whether it is essential to the application.
    pub essential: Option<bool>,
    /// How it is emitted.
    pub additional_properties: Vec<String>,
    /// JSON Pointer of the place that it came from.
    pub at: String,
}

/// Switches for older behaviours; `null` inside means that the default holds.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AuthenticationBehaviors {
    /// Whether unverified e-mail claims are left out of tokens.
    pub remove_unverified_email_claim: Option<bool>,
    /// Whether the application may no longer call Azure AD Graph.
    pub block_azure_ad_graph_access: Option<bool>,
    /// Whether a tenant without its service principal is refused.
    pub require_client_service_principal: Option<bool>,
}

/// Someone, or something, that may change the registration.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Owner {
    /// Object id.
    pub id: Option<String>,
    /// `user`, `service_principal`, or `other`; `null` when the source gives only ids.
    #[serde(rename = "type")]
    pub owner_type: Option<String>,
    /// Name.
    pub display_name: Option<String>,
    /// Whether it is a guest: user type `Guest`, or `#EXT#` in its principal name.
    pub guest: Option<bool>,
    /// Whether it can sign in.
    pub account_enabled: Option<bool>,
    /// JSON Pointer of the place that it came from.
    pub at: String,
}

/// Who publishes the application.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Publisher {
    /// The publisher's domain.
    pub domain: Option<String>,
    /// Whether the publisher is verified.
    pub verified: Option<bool>,
}

/// The instance property lock.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Lock {
    /// Whether it is on.
    pub enabled: bool,
    /// Whether it covers all sensitive properties.
    pub all_properties: bool,
    /// JSON Pointer of the place that it came from.
    pub at: String,
}

/// Whether SAML requests must be signed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RequestSignature {
    /// Whether a request without a signature is refused.
    pub required: bool,
    /// Whether weak algorithms are allowed.
    pub weak_algorithms: bool,
    /// JSON Pointer of the place that it came from.
    pub at: String,
}

/// Application proxy settings.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OnPremisesPublishing {
    /// `aadPreAuthentication` or `passthru`.
    pub external_authentication_type: Option<String>,
    /// JSON Pointer of the place that it came from.
    pub at: String,
}

/// What DNS says of a host. Addresses of IPv4 and IPv6 are asked for.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HostLookup {
    /// Whether the name at the end of its CNAME chain exists, be it without an address; `null` when there was no answer.
    pub resolves: Option<bool>,
    /// The CNAME chain, the host itself aside.
    pub cname: Vec<String>,
    /// Why there was no answer.
    pub no_answer: Option<String>,
}
