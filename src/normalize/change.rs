//! Two versions of one application, and how they differ: what policies see as `input.change`.
//!
//! What is not known on both sides is not compared: it is `null`, or the subject has a gap.

mod compare;
mod element;
mod places;
mod settings;
mod subject;
#[cfg(test)]
mod tests;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use self::element::Element;
use super::application::{
    AppRole, Application, Credential, FederatedCredential, IdentifierUri, Owner, Permission,
    PreAuthorized, RedirectUri, Scope,
};

/// Two versions of one application, and how they differ.
///
/// `at` of what is in the new version is a place in its document; `at` of what is in the old one has `1#` before it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// The application before.
    pub old: Application,
    /// The application after.
    pub new: Application,
    /// Settings of one value that differ, and are known before and after.
    pub settings: Vec<Setting>,
    /// Permissions that the application requests.
    pub permissions: Lists<Permission>,
    /// Redirect URIs with their platforms.
    pub redirect_uris: Lists<RedirectUri>,
    /// Identifier URIs.
    pub identifier_uris: Lists<IdentifierUri>,
    /// Secrets and certificates.
    pub credentials: Lists<Credential>,
    /// Trust in tokens of other identity providers. One whose issuer, subject or audiences differ is another one.
    pub federated_credentials: Lists<FederatedCredential>,
    /// Owners.
    pub owners: Lists<Owner>,
    /// Delegated permissions that the application offers.
    pub scopes: Versions<Scope>,
    /// Roles that the application offers.
    pub app_roles: Versions<AppRole>,
    /// Clients that need no consent. One whose scopes differ is another one.
    pub pre_authorized: Lists<PreAuthorized>,
}

/// A setting of one value that differs.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Setting {
    /// The fact's path in an application: `sign_in_audience`, `implicit_grant.access_token`.
    pub name: String,
    /// Its value before.
    pub old: Value,
    /// Its value after.
    pub new: Value,
    /// JSON Pointer of the place that it came from, in the new version.
    pub at: String,
}

/// What only one version has.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "{T}Lists")]
pub struct Lists<T> {
    /// What only the new version has; `null` where one of the two is not known.
    pub gained: Option<Vec<T>>,
    /// What only the old version has; `null` where one of the two is not known.
    pub lost: Option<Vec<T>>,
}

/// What only one version has, and what both have in different forms.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "{T}Versions")]
pub struct Versions<T> {
    /// What only the new version has; `null` where one of the two is not known.
    pub gained: Option<Vec<T>>,
    /// What only the old version has; `null` where one of the two is not known.
    pub lost: Option<Vec<T>>,
    /// What has the same id, or else the same value, in both and differs in id, value, consent type, member types, or
    /// whether it is enabled.
    pub changed: Option<Vec<Pair<T>>>,
}

/// The two forms of what both versions have.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "{T}Pair")]
pub struct Pair<T> {
    /// The form before.
    pub old: T,
    /// The form after.
    pub new: T,
}

impl Change {
    /// Gives the elements of the lists what has been added to those of the two applications.
    pub(super) fn complete(&mut self) {
        let (old, new) = (&self.old, &self.new);
        refresh(
            &mut self.redirect_uris,
            &old.redirect_uris,
            &new.redirect_uris,
        );
        refresh(
            &mut self.identifier_uris,
            &old.identifier_uris,
            &new.identifier_uris,
        );
        refresh(&mut self.credentials, &old.credentials, &new.credentials);
    }

    /// Whether the two versions differ in anything that is known of both.
    #[must_use]
    pub fn is_any(&self) -> bool {
        !self.settings.is_empty()
            || self.permissions.is_any()
            || self.redirect_uris.is_any()
            || self.identifier_uris.is_any()
            || self.credentials.is_any()
            || self.federated_credentials.is_any()
            || self.owners.is_any()
            || self.scopes.is_any()
            || self.app_roles.is_any()
            || self.pre_authorized.is_any()
    }
}

impl<T> Lists<T> {
    fn is_any(&self) -> bool {
        some(&self.gained) || some(&self.lost)
    }
}

impl<T> Versions<T> {
    fn is_any(&self) -> bool {
        some(&self.gained) || some(&self.lost) || some(&self.changed)
    }
}

fn some<T>(list: &Option<Vec<T>>) -> bool {
    list.as_ref().is_some_and(|list| !list.is_empty())
}

fn refresh<T: Element>(lists: &mut Lists<T>, old: &Option<Vec<T>>, new: &Option<Vec<T>>) {
    for (list, from) in [(&mut lists.gained, new), (&mut lists.lost, old)] {
        for element in list.iter_mut().flatten() {
            let mut all = from.iter().flatten();
            if let Some(complete) = all.find(|other| other.at() == element.at()) {
                *element = complete.clone();
            }
        }
    }
}
