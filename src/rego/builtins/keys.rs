//! Public keys that signatures are checked with.

use aws_lc_rs::signature::{ECDSA_P521_SHA512_FIXED, UnparsedPublicKey};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jsonwebtoken::{AlgorithmFamily, DecodingKey};
use x509_parser::oid_registry::OID_SIG_ED25519;
use x509_parser::pem::Pem;
use x509_parser::prelude::{FromDer, X509Certificate};
use x509_parser::public_key::PublicKey;

/// An algorithm of OPA's.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Algorithm {
    /// One that jsonwebtoken has.
    Plain(jsonwebtoken::Algorithm),
    Es512,
}

impl Algorithm {
    /// The algorithm of that name, as far as it is known.
    pub(crate) fn named(name: &str) -> Option<Self> {
        match name {
            "ES512" => Some(Self::Es512),
            _ => name.parse().ok().map(Self::Plain),
        }
    }

    pub(crate) fn family(self) -> AlgorithmFamily {
        match self {
            Self::Plain(algorithm) => algorithm.family(),
            Self::Es512 => AlgorithmFamily::Ec,
        }
    }

    /// Whether both sides have the same key.
    pub(crate) fn is_shared(self) -> bool {
        self.family() == AlgorithmFamily::Hmac
    }
}

impl std::fmt::Debug for Algorithm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Plain(algorithm) => algorithm.fmt(f),
            Self::Es512 => f.write_str("ES512"),
        }
    }
}

/// What a family of algorithms is called.
const fn kind(family: AlgorithmFamily) -> &'static str {
    match family {
        AlgorithmFamily::Hmac => "a shared secret",
        AlgorithmFamily::Rsa => "RSA",
        AlgorithmFamily::Ec => "an elliptic curve",
        AlgorithmFamily::Ed => "an Edwards curve",
    }
}

/// A key: a shared secret for HS, or PEM with a public key or a certificate for the others.
pub(crate) fn decoding_key(family: AlgorithmFamily, key: &str) -> Result<DecodingKey, String> {
    if family == AlgorithmFamily::Hmac {
        return Ok(DecodingKey::from_secret(key.as_bytes()));
    }
    if key.contains("-----BEGIN CERTIFICATE-----") {
        return of_certificate(family, key);
    }
    if key.contains("PRIVATE KEY-----") {
        return Err("it is a private key, expected a public one".to_owned());
    }
    let parsed = match family {
        AlgorithmFamily::Ec => DecodingKey::from_ec_pem(key.as_bytes()),
        AlgorithmFamily::Ed => DecodingKey::from_ed_pem(key.as_bytes()),
        AlgorithmFamily::Rsa | AlgorithmFamily::Hmac => DecodingKey::from_rsa_pem(key.as_bytes()),
    };
    parsed.map_err(|_| format!("it is no public key of {} in PEM", kind(family)))
}

fn of_certificate(family: AlgorithmFamily, key: &str) -> Result<DecodingKey, String> {
    let unreadable = || "the certificate cannot be read".to_owned();
    let (pem, _) = Pem::read(std::io::Cursor::new(key)).map_err(|_| unreadable())?;
    let (_, certificate) = X509Certificate::from_der(&pem.contents).map_err(|_| unreadable())?;
    let public = certificate.public_key();
    let bytes = &public.subject_public_key.data;
    let (of, key) = match public.parsed() {
        Ok(PublicKey::RSA(_)) => (AlgorithmFamily::Rsa, DecodingKey::from_rsa_der(bytes)),
        Ok(PublicKey::EC(_)) => (AlgorithmFamily::Ec, DecodingKey::from_ec_der(bytes)),
        _ if public.algorithm.algorithm == OID_SIG_ED25519 => {
            (AlgorithmFamily::Ed, DecodingKey::from_ed_der(bytes))
        }
        _ => return Err(unreadable()),
    };
    if of != family {
        return Err("the certificate's key is of another kind than its algorithm".to_owned());
    }
    Ok(key)
}

/// Whether a signature in base64url is that of a message.
pub(crate) fn is_signature(
    algorithm: Algorithm,
    key: &DecodingKey,
    message: &str,
    signature: &str,
) -> bool {
    match algorithm {
        Algorithm::Plain(algorithm) => {
            let verified =
                jsonwebtoken::crypto::verify(signature, message.as_bytes(), key, algorithm);
            verified.unwrap_or(false)
        }
        Algorithm::Es512 => is_es512(key, message, signature),
    }
}

fn is_es512(key: &DecodingKey, message: &str, signature: &str) -> bool {
    let signature = BASE64_URL_SAFE_NO_PAD.decode(signature);
    let (Ok(signature), Ok(point), AlgorithmFamily::Ec) =
        (signature, key.try_get_as_bytes(), key.family())
    else {
        return false;
    };
    // What is no point of this curve is no key.
    let key = UnparsedPublicKey::new(&ECDSA_P521_SHA512_FIXED, point);
    key.verify(message.as_bytes(), &signature).is_ok()
}
