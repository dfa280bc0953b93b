//! Tokens: `io.jwt.decode`, `io.jwt.verify_…` and `io.jwt.decode_verify`, with the meaning that OPA gives them.

use anyhow::{Result, anyhow, bail};
use base64::Engine as _;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use data_encoding::HEXLOWER;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{AlgorithmFamily, DecodingKey};
use regorus::Value;
use serde::Deserialize;

use super::added::text;
use super::keys::{self, Algorithm};

/// With padding or without.
const BASE64_URL: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The parts of a token.
struct Token<'a> {
    header: &'a str,
    payload: &'a str,
    signature: &'a str,
}

impl<'a> Token<'a> {
    fn parse(text: &'a str) -> Result<Self> {
        let parts: Vec<&str> = text.split('.').collect();
        match parts[..] {
            [header, payload, signature] => Ok(Self {
                header,
                payload,
                signature,
            }),
            [_] => bail!("encoded JWT had no period separators"),
            _ => bail!("encoded JWT must have 3 sections, found {}", parts.len()),
        }
    }

    fn header(&self) -> Result<Value> {
        let bytes = decoded("header", self.header)?;
        let header = object(&bytes).map_err(|error| anyhow!("bad JWT header: {error}"))?;
        if header["enc"] != Value::Undefined {
            bail!("JWT is a JWE object, which is not supported");
        }
        Ok(header)
    }

    fn is_signed(&self, algorithm: Algorithm, key: &DecodingKey) -> bool {
        let message = format!("{}.{}", self.header, self.payload);
        let signature = self.signature.trim_end_matches('=');
        keys::is_signature(algorithm, key, &message, signature)
    }
}

fn decoded(part: &str, text: &str) -> Result<Vec<u8>> {
    let decoded = BASE64_URL.decode(text);
    decoded.map_err(|error| anyhow!("JWT {part} had invalid encoding: {error}"))
}

fn object(bytes: &[u8]) -> Result<Value> {
    let text = std::str::from_utf8(bytes).map_err(|_| anyhow!("invalid JSON"))?;
    match Value::from_json_str(text) {
        Ok(value @ Value::Object(_)) => Ok(value),
        Ok(_) => bail!("decoded JSON type was not an Object"),
        Err(_) => bail!("invalid JSON"),
    }
}

fn member<'v>(object: &'v Value, name: &str) -> Result<Option<&'v str>> {
    match &object[name] {
        Value::Undefined => Ok(None),
        Value::String(text) => Ok(Some(text)),
        _ => bail!("{name} must be a string"),
    }
}

/// Header, payload, and the signature in hexadecimal digits. Nothing is verified.
pub(super) fn decode(args: &[Value]) -> Result<Value> {
    let mut encoded = text(args, 1)?.to_owned();
    // Each token within another is shorter.
    loop {
        let token = Token::parse(&encoded)?;
        let header = token.header()?;
        let payload = decoded("payload", token.payload)?;
        if member(&header, "cty")? == Some("JWT") {
            let inner = String::from_utf8(payload).map_err(|_| anyhow!("invalid JSON"))?;
            inner.trim_matches(['"', '\'']).clone_into(&mut encoded);
            continue;
        }
        let signature = HEXLOWER.encode(&decoded("signature", token.signature)?);
        return Ok(Value::from(vec![
            header,
            object(&payload)?,
            signature.into(),
        ]));
    }
}

/// A key of a certificate, of PEM, or of a JSON Web Key Set.
struct Key {
    id: Option<String>,
    /// The algorithm that a JSON Web Key names.
    algorithm: Option<Algorithm>,
    kind: KeyKind,
}

enum KeyKind {
    Pem(String),
    Jwk(Box<Jwk>),
}

impl Key {
    fn decoding(&self, algorithm: Algorithm) -> Option<DecodingKey> {
        // A public key must never serve as a shared secret.
        if algorithm.is_shared() {
            return None;
        }
        match &self.kind {
            KeyKind::Pem(pem) => keys::decoding_key(algorithm.family(), pem).ok(),
            KeyKind::Jwk(jwk) => DecodingKey::from_jwk(jwk).ok(),
        }
    }
}

/// A JSON Web Key with the name of its algorithm as it is given.
#[derive(Deserialize)]
struct NamedJwk {
    alg: Option<String>,
    #[serde(flatten)]
    jwk: Jwk,
}

#[derive(Deserialize)]
struct NamedJwks {
    keys: Vec<NamedJwk>,
}

fn parse_keys(text: &str) -> Result<Vec<Key>> {
    if text.contains("-----BEGIN") {
        let after = text
            .rsplit_once("-----END")
            .and_then(|(_, end)| end.split_once("-----"));
        let is_more = after.is_none_or(|(_, after)| !after.trim().is_empty());
        if is_more || text.matches("-----BEGIN").count() > 1 {
            bail!("extra data after a PEM certificate block");
        }
        let families = [
            AlgorithmFamily::Rsa,
            AlgorithmFamily::Ec,
            AlgorithmFamily::Ed,
        ];
        let fits = |family: &AlgorithmFamily| keys::decoding_key(*family, text).is_ok();
        if !families.iter().any(fits) {
            bail!("failed to extract a Key from the PEM certificate");
        }
        return Ok(vec![Key {
            id: None,
            algorithm: None,
            kind: KeyKind::Pem(text.to_owned()),
        }]);
    }
    let set: NamedJwks = serde_json::from_str(text)
        .or_else(|_| serde_json::from_str(text).map(|key| NamedJwks { keys: vec![key] }))
        .map_err(|_| anyhow!("failed to parse a JWK key (set)"))?;
    let mut found = Vec::new();
    for NamedJwk { alg, jwk } in set.keys {
        let algorithm = alg.as_deref().map(Algorithm::named);
        // Keys for what is not known are passed over, as OPA does.
        if algorithm == Some(None) {
            continue;
        }
        DecodingKey::from_jwk(&jwk).map_err(|_| anyhow!("failed to parse a JWK key (set)"))?;
        found.push(Key {
            id: jwk.common.key_id.clone(),
            algorithm: algorithm.flatten(),
            kind: KeyKind::Jwk(Box::new(jwk)),
        });
    }
    Ok(found)
}

/// Whether one of the keys has signed the token.
fn is_signed_by(
    token: &Token<'_>,
    algorithm: Algorithm,
    header: &Value,
    keys: &[Key],
) -> Result<bool> {
    let signed = |key: &Key| {
        let key = key.decoding(algorithm);
        key.is_some_and(|key| token.is_signed(algorithm, &key))
    };
    let id = member(header, "kid")?;
    if let Some(key) = keys
        .iter()
        .find(|key| id.is_some() && key.id.as_deref() == id)
    {
        return Ok(signed(key));
    }
    let named = member(header, "alg")?.and_then(Algorithm::named);
    let mut fitting = keys
        .iter()
        .filter(|key| key.algorithm.is_none() || key.algorithm == named);
    Ok(fitting.any(signed))
}

/// Whether a token is signed with a key by an algorithm.
pub(super) fn verify(algorithm: &str, args: &[Value]) -> Result<Value> {
    let algorithm = Algorithm::named(algorithm).ok_or_else(|| anyhow!("unknown algorithm"))?;
    let token = Token::parse(text(args, 1)?)?;
    let key = text(args, 2)?;
    if algorithm.is_shared() {
        let key = keys::decoding_key(algorithm.family(), key).map_err(|error| anyhow!(error))?;
        return Ok(token.is_signed(algorithm, &key).into());
    }
    let keys = parse_keys(key)?;
    decoded("signature", token.signature)?;
    let header = token.header()?;
    Ok(is_signed_by(&token, algorithm, &header, &keys)?.into())
}

/// What a token must hold to.
#[derive(Default)]
struct Constraints {
    keys: Option<Vec<Key>>,
    secret: Option<String>,
    algorithm: Option<String>,
    issuer: Option<String>,
    audience: Option<String>,
    /// Nanoseconds since 1970.
    time: Option<f64>,
}

impl Constraints {
    fn parse(value: Option<&Value>) -> Result<Self> {
        let Some(Value::Object(members)) = value else {
            bail!("operand 2 must be an object");
        };
        let mut constraints = Self::default();
        for (name, value) in members.iter() {
            let Value::String(name) = name else {
                bail!("unknown token validation constraint: {name}");
            };
            let text = || match value {
                Value::String(text) => Ok(text.to_string()),
                _ => bail!("{name} constraint: must be a string"),
            };
            match &**name {
                "cert" => constraints.keys = Some(parse_keys(&text()?)?),
                "secret" => constraints.secret = Some(text()?),
                "alg" => constraints.algorithm = Some(text()?),
                "iss" => constraints.issuer = Some(text()?),
                "aud" => constraints.audience = Some(text()?),
                "time" => constraints.time = Some(number(value, "token time constraint")?),
                _ => bail!("unknown token validation constraint: {name}"),
            }
        }
        match (&constraints.keys, &constraints.secret) {
            (Some(_), Some(_)) => bail!("duplicate key constraints"),
            (None, None) => bail!("no key constraint"),
            _ => Ok(constraints),
        }
    }

    fn has_signed(&self, token: &Token<'_>, header: &Value) -> Result<bool> {
        let Some(name) = member(header, "alg")?.filter(|name| !name.is_empty()) else {
            return Ok(false);
        };
        if self.algorithm.as_deref().is_some_and(|only| only != name) {
            return Ok(false);
        }
        let Some(algorithm) = Algorithm::named(name) else {
            return Ok(false);
        };
        match (&self.keys, &self.secret) {
            (Some(keys), _) => is_signed_by(token, algorithm, header, keys),
            (None, Some(secret)) if algorithm.is_shared() => {
                let key = DecodingKey::from_secret(secret.as_bytes());
                Ok(token.is_signed(algorithm, &key))
            }
            _ => Ok(false),
        }
    }

    fn hold_for(&self, payload: &Value) -> Result<bool> {
        if self.issuer.is_some() && member(payload, "iss")? != self.issuer.as_deref() {
            return Ok(false);
        }
        let audience = self.audience.as_deref();
        let is_meant = match &payload["aud"] {
            Value::Undefined => audience.is_none(),
            Value::String(text) => Some(&**text) == audience,
            Value::Array(items) => items
                .iter()
                .any(|item| item.as_string().is_ok_and(|text| Some(&**text) == audience)),
            _ => false,
        };
        Ok(is_meant && self.is_in_time(payload)?)
    }

    fn is_in_time(&self, payload: &Value) -> Result<bool> {
        for (name, is_end) in [("exp", true), ("nbf", false)] {
            let limit = match &payload[name] {
                Value::Undefined => continue,
                value => number(value, &format!("{name} value"))?,
            };
            let Some(time) = self.time else {
                bail!("the token has `{name}`: give `time`, since policies have no clock");
            };
            let now = time / 1e9;
            if (is_end && now >= limit) || (!is_end && now < limit) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

fn number(value: &Value, name: &str) -> Result<f64> {
    let number = match value {
        // More digits than a float has are no error here.
        Value::Number(_) => value.to_string().parse().ok(),
        _ => None,
    };
    number.ok_or_else(|| anyhow!("{name} must be a number"))
}

/// Whether the header asks for what is not understood.
fn is_critical(header: &Value) -> Result<bool> {
    const KNOWN: [&str; 5] = ["alg", "kid", "typ", "cty", "crit"];
    match &header["crit"] {
        Value::Undefined => Ok(false),
        Value::Array(names) => Ok(names.iter().any(|name| {
            let is_known = name.as_string().is_ok_and(|name| KNOWN.contains(&&**name));
            !is_known && header[name] != Value::Undefined
        })),
        _ => bail!("crit must be a list"),
    }
}

/// Whether a token holds to constraints, its header and its payload.
pub(super) fn decode_verify(args: &[Value]) -> Result<Value> {
    let mut encoded = text(args, 1)?.to_owned();
    let constraints = Constraints::parse(args.get(1))?;
    let unverified = || Value::from(vec![false.into(), Value::new_object(), Value::new_object()]);
    loop {
        let token = Token::parse(&encoded)?;
        let header = token.header()?;
        if is_critical(&header)? || !constraints.has_signed(&token, &header)? {
            return Ok(unverified());
        }
        let payload = decoded("payload", token.payload)?;
        if member(&header, "cty")?.is_some_and(|kind| kind.eq_ignore_ascii_case("JWT")) {
            encoded = String::from_utf8(payload).map_err(|_| anyhow!("invalid JSON"))?;
            continue;
        }
        let payload = object(&payload)?;
        if !constraints.hold_for(&payload)? {
            return Ok(unverified());
        }
        return Ok(Value::from(vec![true.into(), header, payload]));
    }
}
