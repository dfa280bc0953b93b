//! All subjects of a run together: what policies see as `input.inventory`.
//!
//! An application that is seen in several documents, or whose service principal is seen as well, is one application.

mod group;
mod keys;
mod pieces;
mod pool;
mod run;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(crate) use self::keys::{Keys, Totals};
pub(crate) use self::pool::Pool;
pub(crate) use self::run::each_piece;
use super::service_principal::Ownership;

/// All subjects of a run together.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Inventory {
    /// How many applications were registered, each counted once.
    pub applications: usize,
    /// How many service principals were read.
    pub service_principals: usize,
    /// Redirect URIs that several registrations have.
    pub shared_redirect_uris: Option<Vec<SharedRedirectUri>>,
    /// Identifier URIs that several registrations have.
    pub shared_identifier_uris: Option<Vec<Shared>>,
    /// Thumbprints of certificates that several applications have, on the registration or on the service principal.
    pub shared_certificates: Option<Vec<Shared>>,
    /// Names that several registrations of one tenant have, in lower case.
    pub shared_names: Option<Vec<Shared>>,
    /// Owners of registrations that request application permissions of tier 0 or of privilege level 4.
    pub privileged_owners: Option<Vec<PrivilegedOwner>>,
    /// Registrations without a service principal and the reverse; `null` unless lists of both were read. Managed
    /// identities and Microsoft's applications are left out.
    pub unpaired: Option<Vec<Unpaired>>,
}

/// A registration or a service principal, and where it was read.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// `application` or `service_principal`.
    pub kind: String,
    /// The application id.
    pub app_id: Option<String>,
    /// The object id.
    pub object_id: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// The path of its source, `#`, and the JSON Pointer of the place in it. Where the source holds several documents,
    /// those after the first have their number before that, from 1: `apps.yaml#1#/value/0`.
    pub at: String,
}

/// A value that several applications have.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Shared {
    /// The value.
    pub value: String,
    /// Each application once.
    pub applications: Vec<Member>,
}

/// A redirect URI that several registrations have. Loopback addresses are left out: each is its own user's machine, and in a
/// big tenant very many registrations have one.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SharedRedirectUri {
    /// The URI as one of them has it.
    pub uri: String,
    /// Whether its scheme is `http` or `https`.
    pub web: bool,
    /// Each application once.
    pub applications: Vec<Member>,
}

/// An owner of privileged registrations.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PrivilegedOwner {
    /// Object id.
    pub id: String,
    /// Name.
    pub display_name: Option<String>,
    /// The registrations, each once.
    pub applications: Vec<Member>,
}

/// A registration without a service principal, or the reverse.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Unpaired {
    /// Which one it is.
    pub member: Member,
    /// Whether the application is the organisation's own.
    pub own: Option<bool>,
    /// The tenant that the application is registered in, as its service principal says.
    pub owner_organization: Option<String>,
    /// The application's audience.
    pub sign_in_audience: Option<String>,
}

impl Inventory {
    /// Fills in what depends on the organisation: whose the applications are.
    pub(crate) fn complete(&mut self, tenants: Option<&[String]>) {
        for unpaired in self.unpaired.iter_mut().flatten() {
            unpaired.own = Ownership {
                managed_identity: Some(false),
                first_party: Some(false),
                owner_organization: unpaired.owner_organization.as_deref(),
                sign_in_audience: unpaired.sign_in_audience.as_deref(),
                has_registration: unpaired.member.kind == "application",
            }
            .own(tenants);
        }
    }
}
