//! The manifest of a bundle: what it may contain, and in which version of Rego.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::{Entry, MANIFEST};
use crate::rego::Version;

/// What ztvet reads of a `.manifest`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::policy) struct Manifest {
    roots: Option<Vec<String>>,
    rego_version: Option<u8>,
    file_rego_versions: BTreeMap<String, u8>,
    wasm: Vec<Wasm>,
}

#[derive(Debug, Deserialize)]
struct Wasm {
    module: String,
}

impl Manifest {
    /// The manifest of a bundle; one that allows all when there is none.
    pub(super) fn of(entries: &[Entry]) -> Result<Self, String> {
        let mut found = entries.iter().filter(|entry| entry.base() == MANIFEST);
        let manifest = match (found.next(), found.next()) {
            (None, _) => return Ok(Self::default()),
            (Some(entry), None) => serde_json::from_slice::<Self>(&entry.bytes)
                .map_err(|error| format!("`{}` cannot be read: {error}", entry.name))?,
            (Some(one), Some(other)) => {
                return Err(format!(
                    "two manifests: `{}` and `{}`",
                    one.name, other.name
                ));
            }
        };
        manifest.check()?;
        Ok(manifest)
    }

    fn check(&self) -> Result<(), String> {
        let versions = self
            .rego_version
            .iter()
            .chain(self.file_rego_versions.values());
        if let Some(version) = versions.copied().find(|version| *version > 1) {
            return Err(format!(
                "the manifest names `rego_version: {version}`, expected 0 or 1"
            ));
        }
        let patterns = &mut self.file_rego_versions.keys();
        if let Some(pattern) = patterns.find(|pattern| pattern.contains(['[', ']', '{', '}', '\\']))
        {
            return Err(format!(
                "the manifest names the files `{pattern}`, expected a name or one with `*` and `?`"
            ));
        }
        let roots = self.roots();
        for (index, root) in roots.iter().enumerate() {
            let mut others = roots.iter().skip(index + 1);
            if let Some(other) = others.find(|other| begins(root, other) || begins(other, root)) {
                let (root, other) = (root.join("/"), other.join("/"));
                return Err(format!(
                    "the manifest's roots `{root}` and `{other}` overlap"
                ));
            }
        }
        Ok(())
    }

    fn roots(&self) -> Vec<Vec<&str>> {
        match &self.roots {
            None => vec![Vec::new()],
            Some(roots) => roots.iter().map(|root| segments(root)).collect(),
        }
    }

    /// The version that the manifest names for a file.
    pub(super) fn version_of(&self, name: &str) -> Option<Version> {
        let path = format!("/{name}");
        let mut named = self.file_rego_versions.iter();
        let of_file = named.find(|(pattern, _)| matches(pattern.as_bytes(), path.as_bytes()));
        let version = of_file.map(|(_, version)| *version).or(self.rego_version)?;
        Some(if version == 0 {
            Version::V0
        } else {
            Version::V1
        })
    }

    /// Whether decisions are made by that file, which is not Rego.
    pub(super) fn needs(&self, name: &str) -> bool {
        let mut modules = self.wasm.iter();
        modules.any(|wasm| wasm.module.trim_start_matches('/') == name)
    }

    pub(in crate::policy) fn check_path(&self, path: &[&str]) -> Result<(), String> {
        let roots = self.roots();
        if roots.iter().any(|root| begins(root, path)) {
            return Ok(());
        }
        let names: Vec<String> = roots
            .iter()
            .map(|root| format!("`{}`", root.join("/")))
            .collect();
        Err(format!(
            "`{}` is outside the manifest's roots {}",
            path.join("/"),
            names.join(", ")
        ))
    }

    /// Whether all of a document is below the roots.
    pub(super) fn check_data(&self, parents: &[String], value: &Value) -> Result<(), String> {
        let mut path = parents.iter().map(String::as_str).collect();
        self.check_below(&mut path, value)
    }

    fn check_below<'v>(&self, path: &mut Vec<&'v str>, value: &'v Value) -> Result<(), String> {
        match (self.check_path(path), value) {
            (Ok(()), _) => Ok(()),
            (Err(_), Value::Object(members))
                if self.roots().iter().any(|root| begins(path, root)) =>
            {
                members.iter().try_for_each(|(key, value)| {
                    path.push(key);
                    let result = self.check_below(path, value);
                    path.pop();
                    result
                })
            }
            (Err(error), _) => Err(error),
        }
    }
}

fn segments(root: &str) -> Vec<&str> {
    root.split('/').filter(|part| !part.is_empty()).collect()
}

fn begins(beginning: &[&str], path: &[&str]) -> bool {
    path.starts_with(beginning)
}

/// Whether a name fits a pattern, in which `*` is any text and `?` any character.
fn matches(pattern: &[u8], name: &[u8]) -> bool {
    // Where the last star stood, and how much of the name it has taken.
    let (mut p, mut n) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while n < name.len() {
        match pattern.get(p) {
            Some(b'*') => {
                star = Some((p + 1, n));
                p += 1;
            }
            Some(c) if *c == b'?' || Some(c) == name.get(n) => {
                p += 1;
                n += 1;
            }
            _ => match star {
                None => return false,
                Some((after, taken)) => {
                    star = Some((after, taken + 1));
                    (p, n) = (after, taken + 1);
                }
            },
        }
    }
    pattern
        .get(p..)
        .unwrap_or_default()
        .iter()
        .all(|c| *c == b'*')
}
