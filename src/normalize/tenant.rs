//! The guard rails of a tenant around applications, joined from the policies that Microsoft Graph keeps apart.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

mod duration;
mod join;
mod policy;
mod read;
#[cfg(test)]
mod tests;

pub(super) use self::join::join;
pub use self::policy::Policy;
pub(super) use self::policy::{empty_page, policy};
pub(super) use self::read::problems;

/// The guard rails of a tenant around applications. A policy that was not given leaves its facts `null`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tenant {
    /// The tenant's id, where a document names it.
    pub id: Option<String>,
    /// What users may do by default: `authorizationPolicy`.
    pub authorization: Authorization,
    /// How users ask for an administrator's consent: `adminConsentRequestPolicy`.
    pub admin_consent_requests: AdminConsentRequests,
    /// What applications may hold by default: `defaultAppManagementPolicy`.
    pub app_management: AppManagement,
    /// Policies that replace restrictions of the default one where they are assigned: `appManagementPolicies`.
    pub app_management_policies: Option<Vec<AppManagementPolicy>>,
    /// Directory settings: `groupSettings`.
    pub directory_settings: DirectorySettings,
}

/// What users may do by default.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Authorization {
    /// Whether every user may register applications.
    pub allowed_to_create_apps: Option<bool>,
    /// Whether users may consent to applications that Microsoft finds risky.
    pub allow_user_consent_for_risky_apps: Option<bool>,
    /// The policies by which users may consent to applications.
    pub permission_grant_policies: Option<Vec<PermissionGrantPolicy>>,
}

/// A policy by which users may consent to applications.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PermissionGrantPolicy {
    /// As it is written: `ManagePermissionGrantsForSelf.microsoft-user-default-low`.
    pub id: String,
    /// For whom: `self`, `owned_resource` (their groups and teams), `all` or `other`. Without a prefix it is `self`.
    pub scope: String,
    /// The policy's name in lower case and without the prefix: `microsoft-user-default-low`.
    pub name: String,
    /// Where it stands.
    pub at: String,
}

/// How users ask for an administrator's consent.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AdminConsentRequests {
    /// Whether they can.
    pub enabled: Option<bool>,
    /// Whether reviewers are told of new requests.
    pub notify_reviewers: Option<bool>,
    /// Whether reviewers are reminded of requests that expire soon.
    pub reminders_enabled: Option<bool>,
    /// How long a request lives, in days.
    pub request_duration_days: Option<i64>,
    /// Who reviews the requests.
    pub reviewers: Option<Vec<Reviewer>>,
}

/// Who reviews requests for consent.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reviewer {
    /// The query that finds the reviewers: `/users/…`, `/groups/…/transitiveMembers`.
    pub query: Option<String>,
    /// Where it stands.
    pub at: String,
}

/// What applications may hold by default.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AppManagement {
    /// Whether the policy is enabled.
    pub enabled: Option<bool>,
    /// Restrictions of application registrations.
    pub applications: Option<Vec<Restriction>>,
    /// Restrictions of service principals.
    pub service_principals: Option<Vec<Restriction>>,
}

/// A restriction of what an application may hold.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Restriction {
    /// What it restricts: `password`, `key`, `identifier_uri` or `audience`.
    pub kind: String,
    /// Microsoft Graph's name of it: `passwordAddition`, `passwordLifetime`, `asymmetricKeyLifetime`, …
    pub restriction_type: Option<String>,
    /// Whether its state is `enabled`. A restriction without a state is: policies from before states have none.
    pub enabled: Option<bool>,
    /// The longest lifetime, an ISO 8601 duration; empty when there is none.
    pub max_lifetime: Option<String>,
    /// The same in days, rounded up. A month counts 30 days and a year 365, as .NET counts them.
    pub max_lifetime_days: Option<i64>,
    /// It holds for applications created on this date or later, RFC 3339 in UTC; empty when it holds for all.
    pub created_after: Option<String>,
    /// Whether it holds for all applications: the date is empty, or before 2010, when there were none.
    pub all_applications: Option<bool>,
    /// Where it stands.
    pub at: String,
}

/// A policy that replaces restrictions of the default one where it is assigned.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AppManagementPolicy {
    /// Its id.
    pub id: Option<String>,
    /// Its name.
    pub display_name: Option<String>,
    /// Whether it is enabled.
    pub enabled: Option<bool>,
    /// Its restrictions; what it does not name is as in the default policy.
    pub restrictions: Option<Vec<Restriction>>,
    /// The applications and service principals that it is assigned to.
    pub applies_to: Option<Vec<Target>>,
    /// Where it stands.
    pub at: String,
}

/// An application or service principal that a policy is assigned to.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// `application` or `service_principal`.
    pub kind: Option<String>,
    /// Its object id.
    pub id: Option<String>,
    /// Its application id.
    pub app_id: Option<String>,
    /// Its name.
    pub display_name: Option<String>,
    /// Where it stands.
    pub at: String,
}

/// Directory settings about consent.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DirectorySettings {
    /// Whether group owners may consent for their groups: `EnableGroupSpecificConsent`. `null` where the setting was
    /// never made, since the default of its template then holds.
    pub group_specific_consent: Option<bool>,
}
