//! What a token's header may say.

use jsonwebtoken::Algorithm;
use serde_json::{Map, Value};

/// The algorithms that are accepted: asymmetric ones, spelt exactly so.
const ALGORITHMS: [(&str, Algorithm); 8] = [
    ("RS256", Algorithm::RS256),
    ("RS384", Algorithm::RS384),
    ("RS512", Algorithm::RS512),
    ("PS256", Algorithm::PS256),
    ("PS384", Algorithm::PS384),
    ("PS512", Algorithm::PS512),
    ("ES256", Algorithm::ES256),
    ("ES384", Algorithm::ES384),
];

/// Kinds of token that are accepted, where the header names one. Others, such as security events, have claims alike.
const TYPES: [&str; 2] = ["jwt", "at+jwt"];

/// Members by which the sender would choose the key.
const OWN_KEYS: [&str; 4] = ["jwk", "jku", "x5u", "x5c"];

/// The algorithm of a token, or why its header is refused whatever the keys are.
pub(super) fn algorithm(header: &Map<String, Value>) -> Result<Algorithm, String> {
    if let Some(name) = OWN_KEYS.iter().find(|name| header.contains_key(**name)) {
        return Err(format!("its header brings its own key (`{name}`)"));
    }
    // No extension is understood here, so none may be critical.
    if header.contains_key("crit") {
        return Err("its header has critical extensions (`crit`) that are not known".to_owned());
    }
    if header
        .get("b64")
        .is_some_and(|b64| *b64 != Value::Bool(true))
    {
        return Err("its claims are not encoded as a token's (`b64`)".to_owned());
    }
    if header.get("typ").is_some_and(|typ| !is_accepted(typ)) {
        return Err("its header says that it is a token of another kind (`typ`)".to_owned());
    }
    let Some(name) = header.get("alg").and_then(Value::as_str) else {
        return Err("its header names no algorithm (`alg`)".to_owned());
    };
    let known = ALGORITHMS.iter().find(|(known, _)| *known == name);
    known
        .map(|(_, algorithm)| *algorithm)
        .ok_or_else(|| refusal(name))
}

fn is_accepted(media_type: &Value) -> bool {
    let name = media_type.as_str().map(str::to_ascii_lowercase);
    name.is_some_and(|name| {
        let name = name.strip_prefix("application/").unwrap_or(&name);
        TYPES.contains(&name)
    })
}

fn refusal(name: &str) -> String {
    let lower = name.to_ascii_lowercase();
    match lower.as_str() {
        "none" => "it is not signed (`alg` is `none`)".to_owned(),
        "hs256" | "hs384" | "hs512" => {
            "its algorithm is symmetric: whoever can check it can sign it".to_owned()
        }
        _ => "its algorithm is not one that is accepted".to_owned(),
    }
}
