//! The guard rails of a tenant around applications.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The guard rails of a tenant around applications.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tenant {}
