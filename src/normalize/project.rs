//! A source project: its dependencies and configuration files.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A source project: its dependencies and configuration files.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Project {}
