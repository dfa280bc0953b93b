//! All subjects of a run together.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// All subjects of a run together.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Inventory {}
