//! Data that policies bring along: JSON and YAML documents, under `data`.

use serde_json::{Map, Value};

use super::error::PolicyError;
use crate::document::{self, Limits};

/// Documents merged into one.
#[derive(Debug, Clone, Default)]
pub(crate) struct Data {
    root: Map<String, Value>,
    /// Which file brought what stands there.
    origins: Vec<(Vec<String>, String)>,
}

/// Roots of `data` that ztvet itself fills.
pub(super) const RESERVED_ROOTS: [&str; 3] = ["ztvet", "facts", "zerotrust"];

const NO_DATA: &str = "`data: false` beside the path leaves the data files of a directory out";

impl Data {
    /// Merges a document, below the names of its directories.
    ///
    /// # Errors
    /// When it stands where something else stands already, or, unless it may, where ztvet's own data is.
    pub(super) fn add(
        &mut self,
        path: &str,
        parents: &[String],
        value: Value,
        may_be_ztvet: bool,
    ) -> Result<(), PolicyError> {
        let failed = |message: String| PolicyError::new(path, 0, message);
        let value = parents.iter().rev().fold(value, |value, parent| {
            Value::Object(Map::from_iter([(parent.clone(), value)]))
        });
        let Value::Object(members) = value else {
            let message = "data at the top must be an object".to_owned();
            return Err(failed(message).help("put the file into a directory of its name"));
        };
        let is_reserved = |key: &&String| RESERVED_ROOTS.contains(&key.as_str());
        if let (false, Some(root)) = (may_be_ztvet, members.keys().find(is_reserved)) {
            return Err(failed(format!("`data.{root}` belongs to ztvet"))
                .help("give the data a root of its own"));
        }
        if let Err(place) = merge(&mut self.root, members, &mut Vec::new()) {
            let origins = self.origins.iter().rev();
            let other = origins
                .filter(|(root, _)| place.starts_with(root))
                .map(|(_, file)| file.as_str())
                .next();
            let message = format!("`data.{}` is there already", place.join("."));
            let from = other.map(|file| format!(", from {file}"));
            return Err(failed(message + &from.unwrap_or_default()).help(NO_DATA));
        }
        self.origins.push((parents.to_vec(), path.to_owned()));
        Ok(())
    }

    /// All of it.
    pub(crate) const fn root(&self) -> &Map<String, Value> {
        &self.root
    }

    /// Whether data stands in the place of a rule, or of a package.
    pub(super) fn conflicts_with(&self, rule: &[String]) -> bool {
        let mut value = match rule.split_first() {
            Some((root, _)) => self.root.get(root),
            None => None,
        };
        for name in rule.iter().skip(1) {
            match value {
                None => return false,
                Some(Value::Object(members)) => value = members.get(name),
                Some(_) => return true,
            }
        }
        value.is_some()
    }
}

/// Adds members to an object; the path of what is there already otherwise.
fn merge(
    into: &mut Map<String, Value>,
    members: Map<String, Value>,
    path: &mut Vec<String>,
) -> Result<(), Vec<String>> {
    for (key, value) in members {
        match (into.get_mut(&key), value) {
            (None, value) => {
                into.insert(key, value);
            }
            (Some(Value::Object(inner)), Value::Object(members)) => {
                path.push(key);
                merge(inner, members, path)?;
                path.pop();
            }
            (Some(_), _) => {
                path.push(key);
                return Err(path.clone());
            }
        }
    }
    Ok(())
}

/// The document of a data file.
///
/// # Errors
/// When it is not exactly one JSON or YAML document.
pub(super) fn parse(path: &str, bytes: &[u8]) -> Result<Value, PolicyError> {
    let documents =
        document::parse(path, bytes, &Limits::default()).map_err(|error| PolicyError {
            column: error.column.map_or(1, |column| column as usize),
            help: error.help.clone(),
            ..PolicyError::new(
                path,
                error.line.map_or(0, |line| line as usize),
                error.message,
            )
        })?;
    match documents.as_slice() {
        [document] => Ok((*document.value).clone()),
        several => {
            let message = format!("{} documents, expected one", several.len());
            Err(PolicyError::new(path, 0, message).help(NO_DATA))
        }
    }
}
