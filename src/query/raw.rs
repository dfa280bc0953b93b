//! Documents as they are, for queries: only what must never be shown is hidden.

use std::path::Path;

use serde_json::Value;

use crate::document::{self, Document};
use crate::engine::Engine;
use crate::normalize;
use crate::report::Problem;

/// Some documents.
#[derive(Debug, Default)]
pub struct RawDocuments {
    /// In the order of the sources.
    pub documents: Vec<RawDocument>,
    /// What could not be read.
    pub errors: Vec<Problem>,
}

/// A document as it was given, with `***` in the place of secrets and of tokens.
#[derive(Debug, Clone)]
pub struct RawDocument {
    /// The path of its source.
    pub path: String,
    /// Its value.
    pub value: Value,
}

impl Engine {
    /// Reads everything under some paths, recognized or not.
    #[must_use]
    pub fn raw_documents<P: AsRef<Path>>(&self, paths: &[P]) -> RawDocuments {
        let found = document::find(paths);
        let mut raw = RawDocuments::default();
        raw.errors
            .extend(found.errors.into_iter().map(crate::check::document_problem));
        for source in &found.sources {
            match source.read(&self.inner.limits) {
                Ok(documents) => raw.documents.extend(
                    documents
                        .iter()
                        .map(|document| masked(document, self.inner.format)),
                ),
                Err(error) => raw.errors.push(crate::check::document_problem(error)),
            }
        }
        raw
    }
}

fn masked(document: &Document, format: Option<normalize::Format>) -> RawDocument {
    let mut value = (*document.value).clone();
    for subject in normalize::normalize(document, format).subjects {
        let places = subject
            .secrets
            .iter()
            .filter_map(|at| subject.parse_place(at));
        for place in places.filter(|place| place.document == 0) {
            if let Some(secret) = value.pointer_mut(&place.pointer) {
                *secret = Value::from("***");
            }
        }
    }
    mask(&mut value);
    RawDocument {
        path: document.source.path.clone(),
        value,
    }
}

/// Secrets and signed tokens may be anywhere, in documents that nobody recognizes as well.
fn mask(value: &mut Value) {
    match value {
        Value::String(text) if is_token(text) => *value = Value::from("***"),
        Value::Array(items) => items.iter_mut().for_each(mask),
        Value::Object(members) => {
            for (name, value) in members {
                match value {
                    Value::String(text) if names_secret(name) && !text.is_empty() => {
                        *value = Value::from("***");
                    }
                    other => mask(other),
                }
            }
        }
        _ => {}
    }
}

/// Whether a text is a token in the compact form: its header is an object in base64url, which starts with `eyJ`.
fn is_token(text: &str) -> bool {
    let text = text.trim();
    text.starts_with("eyJ") && text.split('.').count() >= 3
}

/// Whether a member of that name holds a secret.
fn names_secret(name: &str) -> bool {
    let letters: String = name.chars().filter(char::is_ascii_alphabetic).collect();
    let letters = letters.to_ascii_lowercase();
    [
        "secret",
        "secrettext",
        "secretvalue",
        "password",
        "privatekey",
    ]
    .iter()
    .any(|known| letters.ends_with(known))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn secrets_are_masked_wherever_they_stand() {
        let mut value = json!({
            "a": ["eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln", "eyJ is no token"],
            "client_secret": "abc",
            "AzureAd": {"ClientSecret": "abc", "secretText": null},
            "passwordCredentials": [{"displayName": "deploy"}],
        });
        mask(&mut value);
        let masked = json!({
            "a": ["***", "eyJ is no token"],
            "client_secret": "***",
            "AzureAd": {"ClientSecret": "***", "secretText": null},
            "passwordCredentials": [{"displayName": "deploy"}],
        });
        assert_eq!(value, masked);
    }
}
