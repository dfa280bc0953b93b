//! Which policy of a tenant a JSON value is.

use serde_json::{Map, Value};

use crate::normalize::Unrecognized;
use crate::normalize::members::lookup;

/// The documents that a tenant's facts come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    /// `authorizationPolicy`.
    Authorization,
    /// `adminConsentRequestPolicy`.
    AdminConsentRequests,
    /// `defaultAppManagementPolicy`.
    AppManagement,
    /// One of `appManagementPolicies`.
    CustomAppManagement,
    /// One of `groupSettings`.
    DirectorySettings,
}

impl Policy {
    const ALL: [Self; 5] = [
        Self::Authorization,
        Self::AdminConsentRequests,
        Self::AppManagement,
        Self::CustomAppManagement,
        Self::DirectorySettings,
    ];

    /// Whether a tenant has several.
    pub(super) const fn repeats(self) -> bool {
        matches!(self, Self::CustomAppManagement | Self::DirectorySettings)
    }

    /// The names in `@odata.type`, in lower case.
    const fn types(self) -> &'static [&'static str] {
        match self {
            Self::Authorization => &["authorizationpolicy"],
            Self::AdminConsentRequests => &["adminconsentrequestpolicy"],
            Self::AppManagement => &["tenantappmanagementpolicy"],
            Self::CustomAppManagement => &["appmanagementpolicy"],
            Self::DirectorySettings => &["groupsetting", "directorysetting"],
        }
    }

    /// The names in `@odata.context`, in lower case.
    const fn contexts(self) -> &'static [&'static str] {
        match self {
            Self::Authorization => &["authorizationpolicy", "authorizationpolicies"],
            Self::AdminConsentRequests => &["adminconsentrequestpolicy"],
            Self::AppManagement => &["defaultappmanagementpolicy", "tenantappmanagementpolicy"],
            Self::CustomAppManagement => &["appmanagementpolicies"],
            Self::DirectorySettings => &["groupsettings", "directorysettings", "settings"],
        }
    }

    /// A key that nothing else has.
    fn key(self, members: &Map<String, Value>) -> Option<&str> {
        let key = |names: &[&str]| {
            let mut found = names.iter().filter_map(|name| lookup(members, name));
            found.next().map(|(key, _)| key)
        };
        let has_list = |value: &Value, name| {
            let list = value.as_object().and_then(|members| lookup(members, name));
            list.is_some_and(|(_, value)| value.is_array())
        };
        match self {
            Self::Authorization => key(&[
                "defaultUserRolePermissions",
                "permissionGrantPolicyIdsAssignedToDefaultUserRole",
                "allowUserConsentForRiskyApps",
            ]),
            Self::AdminConsentRequests => key(&["requestDurationInDays"]),
            Self::AppManagement => {
                key(&["applicationRestrictions", "servicePrincipalRestrictions"])
            }
            Self::CustomAppManagement => lookup(members, "restrictions")
                .filter(|(_, value)| {
                    has_list(value, "passwordCredentials") || has_list(value, "keyCredentials")
                })
                .map(|(key, _)| key),
            Self::DirectorySettings => {
                let (_, values) = lookup(members, "values")?;
                values.as_array().and_then(|_| key(&["templateId"]))
            }
        }
    }
}

/// Which policy of a tenant the object is; none when it is something else.
///
/// What the object says of itself comes first, then what the page that holds it says, then its keys.
pub(in crate::normalize) fn policy(
    value: &Value,
    page: &Value,
) -> Result<Option<Policy>, Unrecognized> {
    let Value::Object(members) = value else {
        return Ok(None);
    };
    if let Some(name) = odata_type(members) {
        return Ok(by(|policy| policy.types().contains(&name.as_str())));
    }
    // The context of a page names what its elements are, and the page itself is none.
    let said = context(members).or_else(|| context(page.as_object()?));
    if let Some(policy) = said.filter(|_| lookup(members, "value").is_none()) {
        return Ok(Some(policy));
    }
    // An application or service principal can hold its policies.
    if lookup(members, "appId").is_some() {
        return Ok(None);
    }
    let mut found = Policy::ALL
        .into_iter()
        .filter_map(|policy| Some((policy, policy.key(members)?)));
    match (found.next(), found.next()) {
        (Some((_, one)), Some((_, other))) => Err(Unrecognized::Ambiguous(format!(
            "`{one}` and `{other}` belong to two policies of a tenant"
        ))),
        (only, _) => Ok(only.map(|(policy, _)| policy)),
    }
}

/// Which policy a page without elements says that there is none of.
pub(in crate::normalize) fn empty_page(page: &Value) -> Option<Policy> {
    let members = page.as_object()?;
    let (_, items) = lookup(members, "value")?;
    let is_whole = !super::read::has_more(page);
    context(members).filter(|_| is_whole && items.as_array().is_some_and(Vec::is_empty))
}

fn by(matches: impl Fn(Policy) -> bool) -> Option<Policy> {
    Policy::ALL.into_iter().find(|policy| matches(*policy))
}

/// `authorizationpolicy` of `#microsoft.graph.authorizationPolicy`.
fn odata_type(members: &Map<String, Value>) -> Option<String> {
    let (_, name) = lookup(members, "@odata.type")?;
    let (_, name) = name.as_str()?.rsplit_once('.')?;
    Some(name.to_ascii_lowercase())
}

/// The policy of `…/$metadata#policies/authorizationPolicy(defaultUserRolePermissions)/$entity`. What is under a group
/// or an application is not the tenant's.
fn context(members: &Map<String, Value>) -> Option<Policy> {
    let (_, context) = lookup(members, "@odata.context")?;
    let (_, fragment) = context.as_str()?.split_once('#')?;
    let fragment = fragment.to_ascii_lowercase();
    let path = fragment.strip_prefix("policies/").unwrap_or(&fragment);
    let name = path.split(['/', '(']).next()?;
    by(|policy| policy.contexts().contains(&name))
}
