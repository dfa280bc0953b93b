//! The `# METADATA` block of a rule: the only source of its id, severity, texts and parameters.
//!
//! regorus ignores METADATA, so it is read here, as OPA's annotations define it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::rule::InputForm;
use crate::rego::{Block, blocks};

/// The annotations of a package that ztvet knows.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub(super) struct Metadata {
    scope: Option<String>,
    pub(super) title: Option<String>,
    pub(super) description: Option<String>,
    pub(super) related_resources: Vec<Reference>,
    pub(super) custom: BTreeMap<String, Value>,
}

/// Further reading.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub(super) enum Reference {
    Plain(String),
    Described {
        #[serde(rename = "ref")]
        url: String,
    },
}

impl Reference {
    pub(super) fn url(&self) -> &str {
        match self {
            Self::Plain(url) | Self::Described { url } => url,
        }
    }
}

/// The members of `custom` that ztvet reads.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub(super) struct Custom {
    pub(super) id: Option<String>,
    pub(super) severity: Option<String>,
    pub(super) principle: Option<String>,
    pub(super) practice: Option<String>,
    pub(super) applies_to: Option<Vec<String>>,
    pub(super) requires: Vec<String>,
    pub(super) requires_complete: Vec<String>,
    pub(super) uses: Vec<String>,
    pub(super) message: Option<String>,
    pub(super) remediation: Option<String>,
    pub(super) parameters: BTreeMap<String, Parameter>,
    pub(super) raw: bool,
    pub(super) input: Option<InputForm>,
    pub(super) denial: Option<String>,
}

/// A value that an organisation may set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// `integer`, `number`, `string`, `boolean` or `list` (of strings).
    #[serde(rename = "type")]
    pub value_type: String,
    /// Its value when nothing else is set.
    pub default: Value,
    /// What it means.
    pub description: String,
}

impl Parameter {
    /// Whether a value has the parameter's type.
    #[must_use]
    pub fn accepts(&self, value: &Value) -> bool {
        match self.value_type.as_str() {
            "integer" => value.is_i64() || value.is_u64(),
            "number" => value.is_number(),
            "string" => value.is_string(),
            "boolean" => value.is_boolean(),
            "list" => value
                .as_array()
                .is_some_and(|items| items.iter().all(Value::is_string)),
            _ => false,
        }
    }
}

/// The keys of `custom`. OPA leaves `custom` free, so other keys are let through unless they look like one of these.
const CUSTOM_KEYS: [&str; 14] = [
    "id",
    "severity",
    "principle",
    "practice",
    "applies_to",
    "requires",
    "requires_complete",
    "uses",
    "message",
    "remediation",
    "parameters",
    "raw",
    "input",
    "denial",
];

/// What is wrong with a METADATA block, and in which line of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MetadataError {
    pub(super) line: usize,
    pub(super) message: String,
}

/// Reads the METADATA of a file's package.
pub(super) fn parse(source: &str) -> Result<Option<(Metadata, Custom)>, MetadataError> {
    for block in package_blocks(source).iter().rev() {
        let metadata: Metadata = serde_yaml::from_str(&block.yaml).map_err(|error| {
            let line = error.location().map_or(1, |at| at.line());
            MetadataError {
                line: block.line + line.max(1),
                message: format!("METADATA: {error}"),
            }
        })?;
        // That is about the packages below as well, and makes no rule of this one.
        if metadata.scope.as_deref() == Some("subpackages") {
            continue;
        }
        let custom = custom(&metadata).map_err(|message| MetadataError {
            line: line_of_custom(block),
            message: format!("METADATA `custom`: {message}"),
        })?;
        return Ok(Some((metadata, custom)));
    }
    Ok(None)
}

/// The blocks above the `package` line.
fn package_blocks(source: &str) -> Vec<Block> {
    let mut lines = source.lines();
    let package = lines.position(|line| line.starts_with("package"));
    let mut blocks = blocks(source);
    blocks.retain(|block| package.is_some_and(|package| block.line <= package));
    blocks
}

fn custom(metadata: &Metadata) -> Result<Custom, String> {
    if let Some(message) = misspelt_key(&metadata.custom) {
        return Err(message);
    }
    let custom = Value::Object(metadata.custom.clone().into_iter().collect());
    Custom::deserialize(custom).map_err(|error| error.to_string())
}

fn line_of_custom(block: &Block) -> usize {
    let mut lines = block.yaml.lines();
    let offset = lines.position(|line| line.starts_with("custom:"));
    block.line + 1 + offset.unwrap_or(0)
}

fn misspelt_key(custom: &BTreeMap<String, Value>) -> Option<String> {
    let unknown = custom
        .keys()
        .filter(|key| !CUSTOM_KEYS.contains(&key.as_str()));
    unknown
        .flat_map(|key| {
            CUSTOM_KEYS.map(|known| (strsim::damerau_levenshtein(key, known), key, known))
        })
        .find(|(distance, ..)| *distance <= 2)
        .map(|(_, key, known)| format!("unknown key `{key}`, did you mean `{known}`?"))
}
