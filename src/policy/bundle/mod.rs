//! OPA bundles: archives with modules, data and a manifest, and with a signature where keys are configured.

mod archive;
mod hash;
mod keys;
mod manifest;
mod signature;
#[cfg(test)]
mod tests;

use std::path::Path;

use serde_json::Value;

pub use self::keys::BundleKey;
pub(super) use self::keys::BundleKeys;
pub(super) use self::manifest::Manifest;
use super::data;
use super::error::PolicyError;
use crate::rego::Version;

/// What a bundle brings.
#[derive(Debug)]
pub(super) struct Bundle {
    pub(super) modules: Vec<Module>,
    pub(super) data: Vec<Document>,
    pub(super) manifest: Manifest,
}

#[derive(Debug)]
pub(super) struct Module {
    /// The path of the bundle and of the file in it.
    pub(super) path: String,
    pub(super) text: String,
    pub(super) version: Version,
}

#[derive(Debug)]
pub(super) struct Document {
    pub(super) path: String,
    /// Its directories in the bundle.
    pub(super) parents: Vec<String>,
    pub(super) value: Value,
}

/// A file of the archive.
#[derive(Debug)]
pub(super) struct Entry {
    /// Without a slash at the beginning.
    name: String,
    bytes: Vec<u8>,
}

impl Entry {
    fn base(&self) -> &str {
        self.name.rsplit('/').next().unwrap_or_default()
    }

    /// Whether its text is data, so that it is signed by what it says and not by its bytes.
    fn is_structured(&self) -> bool {
        is_data(self.base()) || self.base() == MANIFEST
    }
}

const MANIFEST: &str = ".manifest";
const SIGNATURES: &str = ".signatures.json";

fn is_data(base: &str) -> bool {
    matches!(base, "data.json" | "data.yaml" | "data.yml")
}

/// Reads a bundle. `version` is that of modules for which the manifest names none.
///
/// # Errors
/// When it is no bundle, its signature does not hold, or it has parts that are not evaluated.
pub(super) fn read(
    path: &Path,
    version: Version,
    keys: &BundleKeys,
) -> Result<Bundle, PolicyError> {
    let name = path.display().to_string();
    let failed = |message: String| PolicyError::new(&name, 0, message);
    let mut entries = archive::entries(path).map_err(failed)?;
    let signatures: Vec<Entry> = entries
        .extract_if(.., |entry| entry.base() == SIGNATURES)
        .collect();
    if keys.is_empty() {
        if !signatures.is_empty() {
            let help = "configure its key under `bundle_keys` in ztvet.yaml";
            return Err(failed("the bundle is signed, and no key is known".to_owned()).help(help));
        }
    } else {
        signature::verify(&signatures, &entries, keys).map_err(failed)?;
    }
    let manifest = Manifest::of(&entries).map_err(failed)?;
    let mut bundle = Bundle {
        modules: Vec::new(),
        data: Vec::new(),
        manifest,
    };
    for entry in entries {
        bundle.take(&name, entry, version)?;
    }
    Ok(bundle)
}

impl Bundle {
    fn take(&mut self, bundle: &str, entry: Entry, version: Version) -> Result<(), PolicyError> {
        let path = format!("{bundle}:{}", entry.name);
        let failed = |message: &str| PolicyError::new(&path, 0, message);
        match entry.base() {
            "patch.json" => Err(failed("a delta bundle, which is not read")),
            "policy.wasm" | "plan.json" if self.manifest.needs(&entry.name) => Err(failed(
                "the manifest decides by this file, which is not evaluated",
            )),
            base if is_data(base) => {
                let parents = parents(&entry.name);
                let value = data::parse(&path, &entry.bytes)?;
                self.manifest
                    .check_data(&parents, &value)
                    .map_err(|error| failed(&error))?;
                self.data.push(Document {
                    path,
                    parents,
                    value,
                });
                Ok(())
            }
            base if base.ends_with(".rego") => {
                let version = self.manifest.version_of(&entry.name).unwrap_or(version);
                let text = String::from_utf8(entry.bytes).map_err(|_| failed("no UTF-8"))?;
                self.modules.push(Module {
                    path,
                    text,
                    version,
                });
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

fn parents(name: &str) -> Vec<String> {
    let directories = name
        .rsplit_once('/')
        .map_or("", |(directories, _)| directories);
    let parts = directories.split('/').filter(|part| !part.is_empty());
    parts.map(str::to_owned).collect()
}
