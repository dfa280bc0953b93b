//! The normalized service principal: what policies see as `input.service_principal`.
//!
//! Names are Microsoft Graph's, in snake case, and where an application has the same fact it has the same name. `at` is
//! the JSON Pointer of the place in the document, or, for what another document says, the path of the fact.

mod join;
mod read;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::application::{Credential, Owner, Permission, Publisher};

pub(super) use self::join::{join, pair};
pub(super) use self::read::{check_part, service_principal};

/// A service principal: an application's presence in a tenant.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ServicePrincipal {
    /// The application (client) id.
    pub app_id: Option<String>,
    /// The id of the service principal in its tenant.
    pub object_id: Option<String>,
    /// The name that users see.
    pub display_name: Option<String>,
    /// `Application`, `ManagedIdentity`, `Legacy` or `SocialIdp`.
    #[serde(rename = "type")]
    pub principal_type: Option<String>,
    /// Whether it is a managed identity, which Azure looks after.
    pub managed_identity: Option<bool>,
    /// Whether the application is Microsoft's own.
    pub first_party: Option<bool>,
    /// Whether the application is the organisation's own. `false` for managed identities, for Microsoft's applications
    /// and for those of other organisations.
    pub own: Option<bool>,
    /// The tenant that the application is registered in, `""` when it is known to have none.
    pub owner_organization: Option<String>,
    /// Custom strings on the service principal.
    pub tags: Option<Vec<String>>,
    /// Whether it can sign in, and be signed in to.
    pub account_enabled: Option<bool>,
    /// Whether users and applications get tokens for it only when they are assigned to it.
    pub app_role_assignment_required: Option<bool>,
    /// The application's audience, as on its registration.
    pub sign_in_audience: Option<String>,
    /// `password`, `saml`, `oidc` or `notSupported`; `""` when none is set.
    pub preferred_single_sign_on_mode: Option<String>,
    /// Redirect URIs on the service principal.
    pub reply_urls: Option<Vec<ReplyUrl>>,
    /// Secrets and certificates on the service principal.
    pub credentials: Option<Vec<Credential>>,
    /// Who may change the service principal.
    pub owners: Option<Vec<Owner>>,
    /// Who publishes the application.
    pub publisher: Publisher,
    /// Why Microsoft disabled the application: `""` or `NotDisabled` where it did not.
    pub disabled_by_microsoft: Option<String>,
    /// Application permissions, and other roles of APIs, that were granted to it.
    pub app_role_assignments: Option<Vec<AppRoleAssignment>>,
    /// Delegated permissions that were granted to it, one element for each name in a grant.
    pub permission_grants: Option<Vec<PermissionGrant>>,
    /// Directory roles that it holds.
    pub role_assignments: Option<Vec<RoleAssignment>>,
    /// What the application's registration in the same run says; `null` when the run has none.
    pub registration: Option<Registration>,
    /// What it was seen to call; `null` without evidence.
    pub usage: Option<Usage>,
}

/// A redirect URI on the service principal.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplyUrl {
    /// As written.
    pub uri: String,
    /// JSON Pointer of the place that it came from.
    pub at: String,
}

/// A role of an API that was assigned to the service principal.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AppRoleAssignment {
    /// The object id of the API's service principal in this tenant.
    pub resource_id: Option<String>,
    /// The permission that the role is; its API is `null` where nothing in the run tells which it is.
    pub permission: Permission,
    /// The place that it came from.
    pub at: String,
}

/// A delegated permission that was granted to the service principal.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PermissionGrant {
    /// The object id of the API's service principal in this tenant.
    pub resource_id: Option<String>,
    /// `AllPrincipals` (for every user) or `Principal` (for one).
    pub consent_type: Option<String>,
    /// The user that a grant for one is for, `""` when it is for all.
    pub principal_id: Option<String>,
    /// The permission; its API is `null` where nothing in the run tells which it is.
    pub permission: Permission,
    /// The place that it came from.
    pub at: String,
}

/// A directory role that the service principal holds.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleAssignment {
    /// The id of the role; of a built-in one, the id of its template, which is the same in all tenants.
    pub role_definition_id: Option<String>,
    /// The role's name, where the source has it.
    pub name: Option<String>,
    /// `/` for the whole tenant, or the part of it that the role is limited to.
    pub scope: Option<String>,
    /// The place that it came from.
    pub at: String,
}

/// What the registration of the service principal's application says.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Registration {
    /// Whether the registration is the organisation's. When it is not, nothing below is known to be there.
    pub own: bool,
    /// Permissions that it requests.
    pub permissions: Option<Vec<RequestedPermission>>,
    /// Its redirect URIs, as written.
    pub redirect_uris: Option<Vec<String>>,
    /// Whether it has a secret, expired or not.
    pub has_secret: Option<bool>,
}

/// A permission that a registration requests.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RequestedPermission {
    /// The API's application id.
    pub resource_app_id: String,
    /// Its id.
    pub id: String,
}

/// What a service principal was seen to call.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Usage {
    /// Application ids of the APIs whose calls were observed. Nothing is known of the calls to others.
    pub resources: Vec<String>,
    /// Permissions that observed calls needed.
    pub permissions: Vec<UsedPermission>,
}

/// A permission that observed calls needed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UsedPermission {
    /// The API's application id.
    pub resource_app_id: String,
    /// Its id.
    pub id: String,
    /// Observed calls that it served.
    pub calls: u64,
    /// A lower permission that would have served all these calls, `null` when there is none.
    pub narrower: Option<String>,
}

/// Microsoft's tenants that own its applications.
const MICROSOFT_TENANTS: [&str; 2] = [
    "f8cdef31-a31e-4b4a-93e4-5f571e91255a",
    "72f988bf-86f1-41af-91ab-2d7cd011db47",
];

/// Whether the application is Microsoft's: the owner's tenant says so, or, where it is not known, the application id.
pub(super) fn first_party(owner_organization: Option<&str>, app_id: Option<&str>) -> Option<bool> {
    match owner_organization.filter(|owner| !owner.is_empty()) {
        Some(owner) => Some(MICROSOFT_TENANTS.contains(&owner)),
        None if app_id.is_some_and(super::permission::first_party) => Some(true),
        None => owner_organization.map(|_| false),
    }
}

/// What tells whose an application is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ownership<'a> {
    pub(super) managed_identity: Option<bool>,
    pub(super) first_party: Option<bool>,
    pub(super) owner_organization: Option<&'a str>,
    pub(super) sign_in_audience: Option<&'a str>,
    pub(super) has_registration: bool,
}

impl Ownership<'_> {
    /// Whether the application is the organisation's own; `tenants` are the configured ones.
    pub(super) fn own(self, tenants: Option<&[String]>) -> Option<bool> {
        if self.managed_identity == Some(true) || self.first_party == Some(true) {
            return Some(false);
        }
        let owner = self.owner_organization.filter(|owner| !owner.is_empty());
        if let (Some(owner), Some(tenants)) = (owner, tenants) {
            return Some(tenants.iter().any(|own| own.eq_ignore_ascii_case(owner)));
        }
        // An application for one tenant alone has no service principal anywhere else.
        let is_for_one_tenant = self.sign_in_audience == Some("AzureADMyOrg");
        (self.has_registration || is_for_one_tenant).then_some(true)
    }
}

impl ServicePrincipal {
    /// Fills in what depends on the organisation: whose the application is, and that a foreign registration is not here.
    pub(super) fn complete(&mut self, tenants: Option<&[String]>) {
        self.own = Ownership {
            managed_identity: self.managed_identity,
            first_party: self.first_party,
            owner_organization: self.owner_organization.as_deref(),
            sign_in_audience: self.sign_in_audience.as_deref(),
            has_registration: self.registration.is_some(),
        }
        .own(tenants);
        if self.own == Some(false) && self.registration.is_none() {
            self.registration = Some(Registration {
                own: false,
                permissions: Some(Vec::new()),
                redirect_uris: Some(Vec::new()),
                has_secret: Some(false),
            });
        }
    }
}
