//! An issuer: its keys, its tokens, and an engine that trusts it.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey, crypto};
use serde_json::{Value, json};
use ztvet::normalize::Subject;
use ztvet::normalize::token::TokenSignature;
use ztvet::signature::Keys;
use ztvet::{Config, Engine, EngineBuilder};

pub const TENANT: &str = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";
pub const OTHER_TENANT: &str = "9f2504e0-4f89-41d3-9a0c-0305e82c3301";
pub const API: &str = "6e74172b-be56-4843-9ff4-e66a39bb12e3";
pub const ISSUER: &str = "https://login.microsoftonline.com/{tenantid}/v2.0";
/// The time of all tests, in the life of all tokens.
pub const NOW: &str = "2026-11-23T06:00:00Z";
const ISSUED: i64 = 1_795_411_800;

pub const RSA: &str = include_str!("keys/issuer.pem");
pub const OTHER_RSA: &str = include_str!("keys/other.pem");
pub const P256: &str = include_str!("keys/p256.pem");
pub const P384: &str = include_str!("keys/p384.pem");

/// A rule in place of the bundled ones: a token is to have a scope, and of a certain context where it writes.
const RULES: &str = r#"
# METADATA
# title: The scope is missing
# custom:
#   id: SCOPE
#   severity: high
#   applies_to: [token]
#   principle: least_privilege
#   message: "the scope `{scope}` is missing"
package tests.scope

deny contains finding if {
	not "Orders.Read" in object.get(input.token, "scopes", [])
	finding := {"at": "token.scopes", "scope": "Orders.Read"}
}
"#;

pub fn rule(text: &str) -> EngineBuilder {
    let config = Config::parse("ztvet.yaml", &format!("tokens: {{audiences: [{API}]}}")).unwrap();
    let builder = Engine::builder().policy("rule.rego", text).unwrap();
    let now = NOW.parse().unwrap();
    builder.config("ztvet.yaml", config).now(now)
}

/// An engine that knows the issuer's keys and asks for a scope.
pub fn engine() -> Engine {
    rule(RULES).keys(keys()).build().unwrap()
}

pub fn key(pem: &str, algorithm: Algorithm) -> EncodingKey {
    match algorithm {
        Algorithm::ES256 | Algorithm::ES384 => EncodingKey::from_ec_pem(pem.as_bytes()),
        _ => EncodingKey::from_rsa_pem(pem.as_bytes()),
    }
    .unwrap()
}

/// The public part of a key, with members besides or instead; null takes one away.
pub fn jwk(pem: &str, algorithm: Algorithm, more: Value) -> Value {
    let public = Jwk::from_encoding_key(&key(pem, algorithm), algorithm).unwrap();
    let mut public = serde_json::to_value(public).unwrap();
    merge(
        &mut public,
        json!({"use": "sig", "issuer": ISSUER, "alg": null}),
    );
    merge(&mut public, more);
    public
}

pub fn key_set(keys: &[Value]) -> Keys {
    Keys::parse("keys.json", json!({"keys": keys}).to_string().as_bytes()).unwrap()
}

/// The keys that the issuer publishes.
pub fn published() -> Vec<Value> {
    vec![
        jwk(RSA, Algorithm::RS256, json!({"kid": "rsa", "x5t": "rsa"})),
        jwk(P256, Algorithm::ES256, json!({"kid": "p256"})),
        jwk(P384, Algorithm::ES384, json!({"kid": "p384"})),
    ]
}

pub fn keys() -> Keys {
    key_set(&published())
}

/// The claims of a user's token, with others besides or instead; null takes one away.
pub fn claims(more: Value) -> Value {
    let mut claims = json!({
        "aud": API, "iss": ISSUER.replace("{tenantid}", TENANT), "tid": TENANT, "ver": "2.0",
        "iat": ISSUED, "nbf": ISSUED, "exp": ISSUED + 4500,
        "azp": "9c2d1e0f-4b5a-4978-8695-a4b3c2d1e0f9", "azpacr": "1", "scp": "Orders.Read",
        "oid": "690222be-ff1a-4d56-abd1-7e4f7d38e474", "sub": "HKZpfaHyWadeOouYlitjrI", "uti": "fqiBqXLPj0eQa82SIYFAA",
        "name": "Ada Lovelace", "preferred_username": "ada@contoso.com", "xms_cc": ["CP1"],
    });
    merge(&mut claims, more);
    claims
}

fn merge(into: &mut Value, more: Value) {
    let (Value::Object(into), Value::Object(more)) = (into, more) else {
        panic!("both must be objects");
    };
    for (name, value) in more {
        match value {
            Value::Null => into.remove(&name),
            value => into.insert(name, value),
        };
    }
}

pub fn encode(bytes: impl AsRef<[u8]>) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// Signs with a key, whatever the header says.
pub fn sign_with(pem: &str, algorithm: Algorithm, header: &Value, claims: &Value) -> String {
    let message = format!(
        "{}.{}",
        encode(header.to_string()),
        encode(claims.to_string())
    );
    let signature = crypto::sign(message.as_bytes(), &key(pem, algorithm), algorithm).unwrap();
    format!("{message}.{signature}")
}

pub fn header(more: Value) -> Value {
    let mut header = json!({"typ": "JWT", "alg": "RS256", "kid": "rsa"});
    merge(&mut header, more);
    header
}

/// Signs as the issuer does.
pub fn sign(more: Value) -> String {
    sign_with(RSA, Algorithm::RS256, &header(json!({})), &claims(more))
}

pub fn subject(token: &str) -> Subject {
    let limits = ztvet::document::Limits::default();
    let documents = ztvet::document::parse("token.jwt", token.as_bytes(), &limits).unwrap();
    ztvet::normalize::normalize(&documents[0], None)
        .subjects
        .remove(0)
}

/// What an engine with these keys says of the signature.
pub fn check(keys: Keys, token: &str) -> TokenSignature {
    let engine = rule(RULES).keys(keys).build().unwrap();
    engine.input(&subject(token)).token.unwrap().signature
}

/// The same as text: `invalid: …`.
pub fn checked(keys: Keys, token: &str) -> String {
    let signature = check(keys, token);
    match signature.reason {
        Some(reason) => format!("{}: {reason}", signature.status),
        None => signature.status,
    }
}
