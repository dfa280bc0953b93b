//! Tokens among JSON values: claims alone, or as tools print a decoded token.

use serde_json::{Map, Value};

use super::read::Parts;

/// Claims that say together that an object is a token's.
const CLAIMS: [&str; 15] = [
    "iss", "aud", "exp", "nbf", "iat", "tid", "ver", "sub", "oid", "scp", "azp", "appid", "uti",
    "idtyp", "acrs",
];
const ENOUGH: usize = 4;

/// Whether the object is a token. Names of claims count letter by letter.
pub(in crate::normalize) fn is_token(members: &Map<String, Value>) -> bool {
    is_decoded(members) || has_claims(members)
}

fn has_claims(members: &Map<String, Value>) -> bool {
    let has = |claim: &&str| members.contains_key(*claim);
    let count = CLAIMS.iter().filter(|claim| has(claim)).count();
    (has(&"iss") && has(&"aud")) || ((has(&"iss") || has(&"aud")) && count >= ENOUGH)
}

/// `{"header": {"alg": …}, "claims": {…}}`, or `payload` for `claims`.
fn is_decoded(members: &Map<String, Value>) -> bool {
    let is_header = |header: &Value| header.get("alg").is_some() || header.get("typ").is_some();
    members.get("header").is_some_and(is_header) && claims_key(members).is_some()
}

fn claims_key(members: &Map<String, Value>) -> Option<&'static str> {
    let is_object = |key: &&str| members.get(*key).is_some_and(Value::is_object);
    ["claims", "payload"].into_iter().find(is_object)
}

/// The parts of a token at `pointer` in its document.
pub(super) fn parts<'a>(members: &'a Map<String, Value>, pointer: &str) -> Parts<'a> {
    let inner = |key: &str| members.get(key).and_then(Value::as_object);
    match claims_key(members).filter(|_| is_decoded(members)) {
        Some(key) => Parts {
            header: inner("header"),
            claims: inner(key).unwrap_or(members),
            header_at: format!("{pointer}/header"),
            claims_at: format!("{pointer}/{key}"),
        },
        None => Parts {
            header: None,
            claims: members,
            header_at: pointer.to_owned(),
            claims_at: pointer.to_owned(),
        },
    }
}

/// Where a decoded token still has its signature, which nobody may see.
pub(super) fn signature_at(members: &Map<String, Value>, pointer: &str) -> Option<String> {
    let has_one = is_decoded(members) && members.contains_key("signature");
    has_one.then(|| format!("{pointer}/signature"))
}
