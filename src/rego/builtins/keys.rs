//! Public keys that signatures are checked with.

use jsonwebtoken::{Algorithm, DecodingKey};
use x509_parser::pem::Pem;
use x509_parser::prelude::{FromDer, X509Certificate};

/// The algorithm of that name, as far as it is known.
pub(crate) fn algorithm(name: &str) -> Option<Algorithm> {
    // A name of another scheme, `EdDSA`, is none of OPA's.
    name.parse().ok().filter(|known| *known != Algorithm::EdDSA)
}

/// A key: a shared secret for HS, or PEM with a public key or a certificate for the others.
pub(crate) fn decoding_key(algorithm: Algorithm, key: &str) -> Result<DecodingKey, String> {
    use Algorithm as A;
    let is_elliptic = match algorithm {
        A::HS256 | A::HS384 | A::HS512 => return Ok(DecodingKey::from_secret(key.as_bytes())),
        A::RS256 | A::RS384 | A::RS512 | A::PS256 | A::PS384 | A::PS512 => false,
        A::ES256 | A::ES384 => true,
        other => return Err(format!("{other:?} is not known")),
    };
    if key.contains("-----BEGIN CERTIFICATE-----") {
        return of_certificate(is_elliptic, key);
    }
    if key.contains("PRIVATE KEY-----") {
        return Err("it is a private key, expected a public one".to_owned());
    }
    let parsed = if is_elliptic {
        DecodingKey::from_ec_pem(key.as_bytes())
    } else {
        DecodingKey::from_rsa_pem(key.as_bytes())
    };
    let expected = if is_elliptic {
        "an elliptic curve"
    } else {
        "RSA"
    };
    parsed.map_err(|_| format!("it is no public key of {expected} in PEM"))
}

fn of_certificate(is_elliptic: bool, key: &str) -> Result<DecodingKey, String> {
    let unreadable = || "the certificate cannot be read".to_owned();
    let (pem, _) = Pem::read(std::io::Cursor::new(key)).map_err(|_| unreadable())?;
    let (_, certificate) = X509Certificate::from_der(&pem.contents).map_err(|_| unreadable())?;
    let public = certificate.public_key();
    let is_rsa = matches!(
        public.parsed(),
        Ok(x509_parser::public_key::PublicKey::RSA(_))
    );
    if is_rsa == is_elliptic {
        return Err("the certificate's key is of another kind than its algorithm".to_owned());
    }
    let bytes = &public.subject_public_key.data;
    Ok(if is_elliptic {
        DecodingKey::from_ec_der(bytes)
    } else {
        DecodingKey::from_rsa_der(bytes)
    })
}

/// Whether a signature in base64url is that of a message.
pub(crate) fn is_signature(
    algorithm: Algorithm,
    key: &DecodingKey,
    message: &str,
    signature: &str,
) -> bool {
    jsonwebtoken::crypto::verify(signature, message.as_bytes(), key, algorithm).unwrap_or(false)
}
