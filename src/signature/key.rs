//! One key of a JSON Web Key Set (RFC 7517).

use jsonwebtoken::crypto::aws_lc::DEFAULT_PROVIDER;
use jsonwebtoken::{Algorithm, DecodingKey};
use serde_json::{Map, Value};

use super::Signed;

/// A public key, and what it may be used for.
pub(super) struct Key {
    id: Option<String>,
    thumbprint: Option<String>,
    /// None where it cannot check signatures.
    material: Option<Material>,
    algorithm: Option<String>,
    /// Whose tokens it signs, which Microsoft adds.
    issuer: Option<String>,
}

struct Material {
    key: DecodingKey,
    /// Of an elliptic curve alone.
    curve: Option<Curve>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Curve {
    P256,
    P384,
}

/// Members that only secret keys have.
const SECRET: [&str; 2] = ["d", "k"];

impl Key {
    /// Reads a key. One that cannot check signatures is kept, for the better message.
    pub(super) fn read(members: &Map<String, Value>) -> Result<Self, String> {
        if let Some(name) = SECRET.iter().find(|name| members.contains_key(**name)) {
            return Err(format!(
                "is a secret one (`{name}`): give the public keys alone"
            ));
        }
        let text = |name: &str| match members.get(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(_) => Err(format!("has a `{name}` that is not a string")),
        };
        let is_for_signatures =
            text("use")?.is_none_or(|usage| usage == "sig") && verifies(members)?;
        Ok(Self {
            id: text("kid")?,
            thumbprint: text("x5t")?,
            material: is_for_signatures.then(|| material(members)).flatten(),
            algorithm: text("alg")?,
            issuer: text("issuer")?,
        })
    }

    /// Whether the header names this key. What it does not name must not differ.
    pub(super) fn is_named(&self, header: &Map<String, Value>) -> bool {
        let text = |name: &str| header.get(name).and_then(Value::as_str);
        let (id, thumbprint) = (text("kid"), text("x5t"));
        let same = |one: Option<&str>, other: Option<&str>| one.zip(other).map(|(a, b)| a == b);
        match (header.contains_key("kid"), header.contains_key("x5t")) {
            (true, _) => {
                same(id, self.id.as_deref()) == Some(true)
                    && same(thumbprint, self.thumbprint.as_deref()) != Some(false)
            }
            // Microsoft's key ids are thumbprints.
            (false, true) => {
                let own = self.thumbprint.as_deref().or(self.id.as_deref());
                same(thumbprint, own) == Some(true)
            }
            (false, false) => false,
        }
    }

    /// Checks a signature; the error says why it does not hold.
    pub(super) fn verify(&self, signed: &Signed<'_>) -> Result<(), &'static str> {
        let material = self
            .material
            .as_ref()
            .ok_or("the key that the token names is not one for signatures")?;
        if self
            .issuer
            .as_deref()
            .is_some_and(|issuer| !signed.issuer.is(issuer))
        {
            return Err("the key that the token names belongs to another issuer");
        }
        let name = signed.header.get("alg").and_then(Value::as_str);
        if self.algorithm.is_some() && self.algorithm.as_deref() != name {
            return Err("the key that the token names is for another algorithm");
        }
        if !material.fits(signed.algorithm) {
            return Err("the key that the token names does not fit its algorithm");
        }
        let verifier = (DEFAULT_PROVIDER.verifier_factory)(&signed.algorithm, &material.key)
            .map_err(|_| "the key that the token names cannot be used")?;
        verifier
            .verify(signed.message.as_bytes(), &signed.signature)
            .map_err(|_| "it does not fit the token: another key signed it, or it was altered")
    }
}

impl Material {
    fn fits(&self, algorithm: Algorithm) -> bool {
        let curve = match algorithm {
            Algorithm::ES256 => Some(Curve::P256),
            Algorithm::ES384 => Some(Curve::P384),
            _ => None,
        };
        self.key.family() == algorithm.family() && self.curve == curve
    }
}

/// Whether `key_ops`, where it is there, allows to check signatures.
fn verifies(members: &Map<String, Value>) -> Result<bool, String> {
    match members.get("key_ops") {
        None => Ok(true),
        Some(Value::Array(operations)) => Ok(operations.iter().any(|name| name == "verify")),
        Some(_) => Err("has `key_ops` that are not a list".to_owned()),
    }
}

/// None for what is neither RSA nor on a known curve, or malformed.
fn material(members: &Map<String, Value>) -> Option<Material> {
    let text = |name: &str| members.get(name).and_then(Value::as_str);
    let (key, curve) = match text("kty")? {
        "RSA" => (
            DecodingKey::from_rsa_components(text("n")?, text("e")?),
            None,
        ),
        "EC" => {
            let curve = match text("crv")? {
                "P-256" => Curve::P256,
                "P-384" => Curve::P384,
                _ => return None,
            };
            (
                DecodingKey::from_ec_components(text("x")?, text("y")?),
                Some(curve),
            )
        }
        _ => return None,
    };
    let key = key.ok()?;
    Some(Material { key, curve })
}
