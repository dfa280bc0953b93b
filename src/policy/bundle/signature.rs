//! Signatures of bundles: a token that lists every file with its hash.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::keys::BundleKeys;
use super::{Entry, SIGNATURES, hash};
use crate::rego::keys;

/// `.signatures.json`
#[derive(Deserialize)]
struct Signatures {
    #[serde(default)]
    signatures: Vec<String>,
    #[serde(default)]
    plugin: String,
}

/// What ztvet reads of the token's header.
#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
}

/// What is signed.
#[derive(Deserialize)]
struct Payload {
    files: Vec<File>,
    #[serde(default)]
    keyid: String,
    #[serde(default)]
    scope: String,
}

#[derive(Deserialize)]
struct File {
    name: String,
    hash: String,
    #[serde(default)]
    algorithm: String,
}

/// Checks the signature, and that it lists exactly the files that are there.
pub(super) fn verify(
    signatures: &[Entry],
    entries: &[Entry],
    keys: &BundleKeys,
) -> Result<(), String> {
    let entry = match signatures {
        [entry] => entry,
        [] => return Err(format!("the bundle is not signed: it has no {SIGNATURES}")),
        _ => return Err(format!("the bundle has several {SIGNATURES}")),
    };
    let signatures: Signatures = serde_json::from_slice(&entry.bytes)
        .map_err(|error| format!("{SIGNATURES} cannot be read: {error}"))?;
    if !matches!(signatures.plugin.as_str(), "" | "_default") {
        return Err(format!(
            "the signature is for the plugin `{}`",
            signatures.plugin
        ));
    }
    let [token] = signatures.signatures.as_slice() else {
        let count = signatures.signatures.len();
        return Err(format!(
            "{SIGNATURES} holds {count} signatures, expected one"
        ));
    };
    let files = signed(token, keys)?;
    check_files(files, entries)
}

/// The files that a token lists, when its signature holds.
fn signed(token: &str, keys: &BundleKeys) -> Result<Vec<File>, String> {
    let [header, payload, signature] = token.split('.').collect::<Vec<_>>()[..] else {
        return Err("the signature is no token of three parts".to_owned());
    };
    let head: Header = part(header, "header")?;
    let body: Payload = part(payload, "payload")?;
    let id = head.kid.unwrap_or(body.keyid);
    let (id, key) = keys
        .named(&id)
        .ok_or_else(|| format!("the bundle is signed with the key `{id}`, which is not known"))?;
    // What the token says of its algorithm must never choose it.
    if keys::Algorithm::named(&head.alg) != Some(key.algorithm) {
        return Err(format!(
            "the signature is by {}, expected {:?}",
            head.alg, key.algorithm
        ));
    }
    let message = format!("{header}.{payload}");
    if !keys::is_signature(key.algorithm, &key.key, &message, signature) {
        return Err(format!("the signature is not by the key `{id}`"));
    }
    if body.scope != key.scope {
        return Err(format!(
            "the signature has the scope `{}`, expected `{}`",
            body.scope, key.scope
        ));
    }
    Ok(body.files)
}

fn part<T: DeserializeOwned>(text: &str, name: &str) -> Result<T, String> {
    let unreadable = || format!("the {name} of the signature cannot be read");
    let bytes = BASE64_URL_SAFE_NO_PAD
        .decode(text)
        .map_err(|_| unreadable())?;
    serde_json::from_slice(&bytes).map_err(|_| unreadable())
}

fn check_files(files: Vec<File>, entries: &[Entry]) -> Result<(), String> {
    let mut listed: BTreeMap<String, File> = BTreeMap::new();
    for file in files {
        if let Some(twice) = listed.insert(file.name.clone(), file) {
            return Err(format!("the signature lists `{}` twice", twice.name));
        }
    }
    for entry in entries {
        let name = &entry.name;
        let file = listed
            .remove(name)
            .ok_or_else(|| format!("`{name}` is not signed"))?;
        let found = hash::hash(entry, &file.algorithm)
            .map_err(|error| format!("`{name}` cannot be checked: {error}"))?;
        if !found.eq_ignore_ascii_case(&file.hash) {
            return Err(format!("`{name}` is not what was signed"));
        }
    }
    match listed.into_keys().next() {
        Some(name) => Err(format!("`{name}` is signed and missing")),
        None => Ok(()),
    }
}
