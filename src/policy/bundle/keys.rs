//! Keys that bundles may be signed with.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use jsonwebtoken::{AlgorithmFamily, DecodingKey};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::rego::keys::{self, Algorithm};

/// A key that bundles may be signed with. Exactly one of `key` and `file` holds it.
#[derive(Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, expecting = "a mapping")]
#[schemars(extend("oneOf" = [{"required": ["key"]}, {"required": ["file"]}]))]
pub struct BundleKey {
    /// `RS256`, `RS384`, `RS512`, `PS256`, `PS384`, `PS512`, `ES256`, `ES384`, `ES512`, `HS256`, `HS384` or `HS512`:
    /// `RS256` where nothing is said.
    pub algorithm: Option<String>,
    /// A public key or certificate in PEM, or a shared secret for HS.
    pub key: Option<String>,
    /// A file that holds it, relative to this file.
    pub file: Option<PathBuf>,
    /// The scope that signatures must name.
    pub scope: Option<String>,
}

// It may be a shared secret.
impl fmt::Debug for BundleKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BundleKey")
            .field("algorithm", &self.algorithm)
            .field("file", &self.file)
            .field("scope", &self.scope)
            .finish_non_exhaustive()
    }
}

/// Keys, ready to be used.
#[derive(Clone, Default)]
pub(in crate::policy) struct BundleKeys {
    keys: BTreeMap<String, Key>,
}

#[derive(Clone)]
pub(super) struct Key {
    pub(super) algorithm: Algorithm,
    pub(super) key: DecodingKey,
    pub(super) scope: String,
}

impl fmt::Debug for BundleKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.keys.keys()).finish()
    }
}

impl BundleKeys {
    /// Reads the keys.
    ///
    /// # Errors
    /// When one cannot be read, or does not fit its algorithm.
    pub(in crate::policy) fn load(keys: &BTreeMap<String, BundleKey>) -> Result<Self, String> {
        let load = |(id, key): (&String, &BundleKey)| {
            let loaded = load(key).map_err(|error| format!("the key `{id}`: {error}"))?;
            Ok((id.clone(), loaded))
        };
        Ok(Self {
            keys: keys.iter().map(load).collect::<Result<_, String>>()?,
        })
    }

    pub(in crate::policy) fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// The key of that id. Where a signature names none, as those of `opa sign`, it must be the only one.
    pub(super) fn named(&self, id: &str) -> Option<(&String, &Key)> {
        match id {
            "" if self.keys.len() == 1 => self.keys.first_key_value(),
            _ => self.keys.get_key_value(id),
        }
    }
}

fn load(key: &BundleKey) -> Result<Key, String> {
    let name = key.algorithm.as_deref().unwrap_or("RS256");
    // OPA signs no bundle with an Edwards curve.
    let known = Algorithm::named(name).filter(|known| known.family() != AlgorithmFamily::Ed);
    let algorithm = known.ok_or_else(|| {
        format!("the algorithm `{name}` is not known, expected one such as RS256")
    })?;
    let text = match (&key.key, &key.file) {
        (Some(text), None) => text.clone(),
        (None, Some(file)) => std::fs::read_to_string(file)
            .map_err(|error| format!("{} cannot be read: {error}", file.display()))?,
        _ => return Err("exactly one of `key` and `file` must hold it".to_owned()),
    };
    if text.trim().is_empty() {
        return Err("it is empty".to_owned());
    }
    Ok(Key {
        algorithm,
        key: keys::decoding_key(algorithm.family(), &text)?,
        scope: key.scope.clone().unwrap_or_default(),
    })
}
