//! Where an organisation's policies come from: files and directories.

use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor, value::MapAccessDeserializer};

use super::error::PolicyError;
use super::rule::InputForm;
use crate::document::display_path;

/// Policies of one place, and how to read them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicySource {
    /// A file, a directory, or an OPA bundle (`.tar.gz`).
    pub path: PathBuf,
    /// What rules see as `input` that do not say so themselves: the normalized form where nothing is said.
    pub input: Option<InputForm>,
    /// The version of Rego: 0, or 1 where nothing is said.
    pub rego_version: Option<u8>,
    /// Whether JSON and YAML files of a directory are data: yes where nothing is said.
    pub data: Option<bool>,
}

impl From<PathBuf> for PolicySource {
    fn from(path: PathBuf) -> Self {
        Self {
            path,
            input: None,
            rego_version: None,
            data: None,
        }
    }
}

/// The form in ztvet.yaml.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename = "PolicySource")]
struct Described {
    /// A file, a directory, or an OPA bundle (`.tar.gz`), relative to this file.
    path: PathBuf,
    /// What rules see as `input` that do not say so themselves: `normalized` where nothing is said.
    input: Option<InputForm>,
    /// The version of Rego: 1 where nothing is said.
    #[schemars(extend("maximum" = 1, "minimum" = 0))]
    rego_version: Option<u8>,
    /// Whether JSON and YAML files of a directory are data: yes where nothing is said.
    data: Option<bool>,
}

#[derive(JsonSchema)]
#[serde(untagged)]
#[allow(dead_code, reason = "only its schema is used")]
enum Entry {
    Path(PathBuf),
    Described(Described),
}

impl JsonSchema for PolicySource {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "PolicyEntry".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Entry::json_schema(generator)
    }
}

impl<'de> Deserialize<'de> for PolicySource {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct PathOrMapping;

        impl<'de> Visitor<'de> for PathOrMapping {
            type Value = PolicySource;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a path, or a mapping with `path`")
            }

            fn visit_str<E>(self, path: &str) -> Result<PolicySource, E> {
                Ok(PathBuf::from(path).into())
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<PolicySource, A::Error> {
                let described = Described::deserialize(MapAccessDeserializer::new(map))?;
                Ok(PolicySource {
                    path: described.path,
                    input: described.input,
                    rego_version: described.rego_version,
                    data: described.data,
                })
            }
        }

        deserializer.deserialize_any(PathOrMapping)
    }
}

/// A file to load.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct File {
    pub(super) path: PathBuf,
    /// The directories below the one that was named.
    pub(super) parents: Vec<String>,
    pub(super) kind: FileKind,
}

/// What a file holds, told by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FileKind {
    Module,
    Data,
    Bundle,
    /// A module whose name begins with a dot; it is not loaded.
    Hidden,
}

impl FileKind {
    pub(super) fn of(name: &str) -> Option<Self> {
        let extension = name.rsplit_once('.').map(|(_, extension)| extension);
        match extension {
            Some("rego") if name.starts_with('.') => Some(Self::Hidden),
            _ if name.starts_with('.') => None,
            Some("rego") => Some(Self::Module),
            Some("json" | "yaml" | "yml") => Some(Self::Data),
            _ if name.ends_with(".tar.gz") => Some(Self::Bundle),
            _ => None,
        }
    }
}

/// Files that are no part of a policy set: tests.
pub(super) fn is_test(name: &str) -> bool {
    name.ends_with("_test.rego")
}

/// Files that one directory may hold.
const MAX_FILES: usize = 20_000;

/// The files of a path, in the order of their names. Links are followed, and what is hidden is left out.
pub(super) fn files(path: &Path) -> Result<Vec<File>, PolicyError> {
    let name = display_path(path);
    let failed = |error: String| PolicyError::new(&name, 0, error);
    let metadata = path
        .metadata()
        .map_err(|error| failed(format!("cannot be read: {error}")))?;
    if metadata.is_file() {
        let base = path.file_name().unwrap_or_default().to_string_lossy();
        let kind = match FileKind::of(&base) {
            Some(FileKind::Hidden) => Some(FileKind::Module),
            other => other,
        };
        let kind = kind.ok_or_else(|| {
            failed("neither a `.rego`, `.json` or `.yaml` file nor a bundle (`.tar.gz`)".to_owned())
        })?;
        return Ok(vec![File {
            path: path.to_owned(),
            parents: Vec::new(),
            kind,
        }]);
    }
    if !metadata.is_dir() {
        return Err(failed("neither a file nor a directory".to_owned()));
    }
    let mut files = Vec::new();
    // What git ignores is a policy all the same.
    let walk = ignore::WalkBuilder::new(path)
        .standard_filters(false)
        .filter_entry(|entry| entry.depth() == 0 || !is_hidden_directory(entry))
        .follow_links(true)
        .sort_by_file_path(Path::cmp)
        .build();
    for entry in walk {
        let entry = entry.map_err(|error| failed(error.to_string()))?;
        let is_directory = entry.file_type().is_some_and(|kind| kind.is_dir());
        let kind = FileKind::of(&entry.file_name().to_string_lossy());
        let (false, Some(kind)) = (is_directory, kind) else {
            continue;
        };
        if files.len() == MAX_FILES {
            return Err(failed(format!("more than {MAX_FILES} policy files")));
        }
        files.push(File {
            parents: parents(path, entry.path()),
            path: entry.into_path(),
            kind,
        });
    }
    Ok(files)
}

fn is_hidden_directory(entry: &ignore::DirEntry) -> bool {
    let is_directory = entry.path().is_dir();
    is_directory && entry.file_name().to_string_lossy().starts_with('.')
}

fn parents(root: &Path, file: &Path) -> Vec<String> {
    let below = file.strip_prefix(root).ok().and_then(Path::parent);
    below.map_or_else(Vec::new, |parents| {
        let name = |part: std::path::Component<'_>| part.as_os_str().to_string_lossy().into_owned();
        parents.components().map(name).collect()
    })
}
