//! A set of keys.

use std::fmt;
use std::path::Path;

use serde_json::Value;

use super::key::Key;
use super::{Outcome, Signed};
use crate::document::{self, Limits};

/// Far more than any issuer publishes.
const LIMITS: Limits = Limits {
    max_bytes: 1 << 20,
    max_depth: 16,
    max_documents: 1,
};

/// Public keys that tokens are signed with: a JSON Web Key Set (RFC 7517).
///
/// ```
/// let error = ztvet::signature::Keys::parse("keys.json", br#"{"keys": []}"#).unwrap_err();
/// assert_eq!(error.to_string(), "keys.json: there are no keys in it");
/// ```
pub struct Keys {
    keys: Vec<Key>,
    /// Whose tokens they sign, where their metadata says so.
    issuer: Option<String>,
}

/// Why keys cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {message}")]
pub struct KeysError {
    /// The file or the address.
    pub path: String,
    /// What is wrong.
    pub message: String,
}

impl Keys {
    /// Reads a file.
    ///
    /// # Errors
    /// When it cannot be read, or as [`Keys::parse`].
    pub fn load(path: &Path) -> Result<Self, KeysError> {
        let name = document::display_path(path);
        Self::parse(&name, &read(path)?)
    }

    /// Reads a key set from its text; `path` is what errors call it.
    ///
    /// # Errors
    /// When the text is no key set, has no keys, or has a secret one.
    pub fn parse(path: &str, text: &[u8]) -> Result<Self, KeysError> {
        let fail = |message: String| KeysError {
            path: path.to_owned(),
            message,
        };
        let set = json(path, text)?;
        let Some(Value::Array(items)) = set.get("keys") else {
            return Err(fail("it is no key set: `keys` is not a list".to_owned()));
        };
        let mut keys = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let members = item
                .as_object()
                .ok_or_else(|| fail(format!("the key `/keys/{index}` is no object")))?;
            let key = Key::read(members)
                .map_err(|reason| fail(format!("the key `/keys/{index}` {reason}")))?;
            keys.push(key);
        }
        if keys.is_empty() {
            return Err(fail("there are no keys in it".to_owned()));
        }
        Ok(Self { keys, issuer: None })
    }

    /// The same keys, for tokens of the issuer alone that an OpenID configuration names; `path` is what errors call it.
    ///
    /// # Errors
    /// When the text is no OpenID configuration, or names no issuer.
    pub fn of_issuer(self, path: &str, configuration: &[u8]) -> Result<Self, KeysError> {
        let issuer = member(path, &json(path, configuration)?, "issuer")?;
        Ok(Self {
            issuer: Some(issuer),
            ..self
        })
    }

    /// The same; `path` is a file.
    ///
    /// # Errors
    /// When it cannot be read, or as [`Keys::of_issuer`].
    pub fn of_issuer_in(self, path: &Path) -> Result<Self, KeysError> {
        let name = document::display_path(path);
        self.of_issuer(&name, &read(path)?)
    }

    /// Checks a signature with every key that the token names.
    pub(super) fn verify(&self, signed: &Signed<'_>) -> Outcome {
        if self
            .issuer
            .as_deref()
            .is_some_and(|issuer| !signed.issuer.is(issuer))
        {
            return Outcome::Refused("the keys belong to another issuer".to_owned());
        }
        if !["kid", "x5t"]
            .iter()
            .any(|name| signed.header.contains_key(*name))
        {
            return Outcome::Refused("the token names no key (`kid`)".to_owned());
        }
        let mut outcome = Outcome::UnknownKey;
        for key in self.keys.iter().filter(|key| key.is_named(signed.header)) {
            match key.verify(signed) {
                Ok(()) => return Outcome::Verified,
                Err(reason) => outcome = Outcome::Refused(reason.to_owned()),
            }
        }
        outcome
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keys")
            .field("keys", &self.keys.len())
            .field("issuer", &self.issuer)
            .finish()
    }
}

/// A member of an OpenID configuration.
pub(super) fn member(path: &str, configuration: &Value, name: &str) -> Result<String, KeysError> {
    let text = configuration.get(name).and_then(Value::as_str);
    text.map(str::to_owned).ok_or_else(|| KeysError {
        path: path.to_owned(),
        message: format!("it is no OpenID configuration: `{name}` is not a string"),
    })
}

/// One JSON value.
pub(super) fn json(path: &str, text: &[u8]) -> Result<Value, KeysError> {
    let documents = document::parse(path, text, &LIMITS).map_err(|error| KeysError {
        path: path.to_owned(),
        message: error.message,
    })?;
    let value = documents
        .into_iter()
        .next()
        .map(|document| Value::clone(&document.value));
    Ok(value.unwrap_or_default())
}

fn read(path: &Path) -> Result<Vec<u8>, KeysError> {
    use std::io::Read;
    let fail = |error: std::io::Error| KeysError {
        path: document::display_path(path),
        message: format!("cannot be read: {error}"),
    };
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(fail)?;
    // One byte more, so that what is too large is told.
    file.take(LIMITS.max_bytes + 1)
        .read_to_end(&mut bytes)
        .map_err(fail)?;
    Ok(bytes)
}
