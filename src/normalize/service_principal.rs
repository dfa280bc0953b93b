//! A service principal: an application's presence in a tenant.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A service principal: an application's presence in a tenant.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ServicePrincipal {}
