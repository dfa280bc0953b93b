//! Key material of credentials: what a public certificate says of itself, and whether a private key is there.

use std::str::from_utf8;

use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use sha1::{Digest, Sha1};
use x509_parser::asn1_rs::{Any, Oid, Tag, ToDer};
use x509_parser::nom::Parser;
use x509_parser::prelude::{FromDer, X509Certificate, X509CertificateParser, X509Name};
use x509_parser::public_key::RSAPublicKey;
use x509_parser::signature_algorithm::RsaSsaPssParams;
use x509_parser::x509::{
    AlgorithmIdentifier, AttributeTypeAndValue, RelativeDistinguishedName, SubjectPublicKeyInfo,
};

use super::application::Certificate;
use super::placeholder::stand_in;

/// How much of a text is read as key material, in bytes.
const MAX_KEY: usize = 64 * 1024;
const PEM: &str = "-----BEGIN ";
/// Exports pad base64 or not, and some leave bits over.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// What stands in the place of a key.
#[derive(Default)]
pub struct KeyMaterial {
    /// The first certificate, in DER.
    pub certificate: Option<Vec<u8>>,
    /// Whether a private key is there, encrypted or not: PKCS #1, #8 or #12, or SEC 1.
    pub private_key: bool,
}

/// Reads a key in PEM, or in DER as base64 or hexadecimal, or PEM again in base64.
///
/// What is none of these holds neither a certificate nor a private key. Only the first 64 KiB are read.
pub fn key_material(key: &str) -> KeyMaterial {
    let key = key
        .get(..key.floor_char_boundary(MAX_KEY))
        .unwrap_or_default();
    if key.contains(PEM) {
        return from_pem(key);
    }
    let bytes = decode(key).unwrap_or_default();
    match from_utf8(&bytes) {
        Ok(text) if text.contains(PEM) => from_pem(text),
        _ => KeyMaterial {
            private_key: is_private_key(&bytes),
            certificate: certificate_only(bytes),
        },
    }
}

/// What a certificate in DER says of itself, or `None` when it cannot be read.
pub fn describe(der: &[u8]) -> Option<Certificate> {
    let (_, certificate) = parse(der)?;
    let (key_type, key_bits) = public_key(certificate.public_key());
    Some(Certificate {
        key_type: key_type.to_owned(),
        key_bits,
        signature_hash: signature_hash(&certificate.signature_algorithm).to_owned(),
        self_signed: certificate.issuer().as_raw() == certificate.subject().as_raw(),
        issuer: distinguished_name(certificate.issuer()),
        subject: distinguished_name(certificate.subject()),
    })
}

/// The SHA-1 thumbprint of a certificate in DER, in upper-case hexadecimal.
pub fn thumbprint(der: &[u8]) -> String {
    hexadecimal(&Sha1::digest(der))
}

/// Bytes in upper-case hexadecimal.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

/// The bytes of a text in base64, whichever alphabet, padding and line breaks it has.
pub fn decode_base64(text: &str) -> Option<Vec<u8>> {
    let text: String = text
        .replace("\\r", "")
        .replace("\\n", "")
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '-' => '+',
            '_' => '/',
            other => other,
        })
        .collect();
    BASE64.decode(text).ok()
}

/// DER begins with 30, which base64 writes as an M: so a text of hexadecimal digits is known by its beginning.
fn decode(key: &str) -> Option<Vec<u8>> {
    let key = key.trim();
    let hexadecimal = key.starts_with("30").then(|| decode_hexadecimal(key));
    hexadecimal.flatten().or_else(|| decode_base64(key))
}

/// The bytes of a text in hexadecimal.
pub fn decode_hexadecimal(text: &str) -> Option<Vec<u8>> {
    let (pairs, []) = text.as_bytes().as_chunks::<2>() else {
        return None;
    };
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let byte = |[high, low]: &[u8; 2]| u8::try_from(digit(*high)? * 16 + digit(*low)?).ok();
    pairs.iter().map(byte).collect()
}

fn from_pem(text: &str) -> KeyMaterial {
    let mut found = KeyMaterial::default();
    for block in text.split(PEM).skip(1) {
        let (label, rest) = block.split_once("-----").unwrap_or_default();
        let body = rest.split("-----").next().unwrap_or_default();
        if label.contains("PRIVATE KEY") {
            found.private_key |= !stand_in(body);
        } else if label.ends_with("CERTIFICATE") && found.certificate.is_none() {
            found.certificate = decode_base64(body).and_then(certificate_only);
        }
    }
    found
}

fn parse(der: &[u8]) -> Option<(&[u8], X509Certificate<'_>)> {
    X509CertificateParser::new()
        .with_deep_parse_extensions(false)
        .parse(der)
        .ok()
}

/// The bytes without those behind the certificate, which its thumbprint does not cover.
fn certificate_only(mut der: Vec<u8>) -> Option<Vec<u8>> {
    let behind = parse(&der)?.0.len();
    der.truncate(der.len() - behind);
    Some(der)
}

/// Tells the structure of a private key from its first bytes, so that one cut short is known too.
fn is_private_key(der: &[u8]) -> bool {
    const INTEGER: u8 = 0x02;
    const OCTET_STRING: u8 = 0x04;
    const OBJECT_ID: u8 = 0x06;
    const SEQUENCE: u8 = 0x30;
    const PKCS_5: [u8; 8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x05];
    const PKCS_12: [u8; 9] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x0C, 0x01];
    match sequence(der) {
        // PKCS #8, SEC 1, and PKCS #1 or DSA begin with the version 0 or 1; PKCS #12 with the version 3.
        Some([INTEGER, 1, 0 | 1, SEQUENCE | OCTET_STRING | INTEGER, ..]) => true,
        Some([INTEGER, 1, 3, SEQUENCE, ..]) => true,
        // Encrypted PKCS #8 begins with the algorithm of its encryption.
        Some(content) => match sequence(content) {
            Some([OBJECT_ID, _, id @ ..]) => id.starts_with(&PKCS_5) || id.starts_with(&PKCS_12),
            _ => false,
        },
        None => false,
    }
}

/// What follows the head of an ASN.1 sequence, whatever length the head states.
fn sequence(der: &[u8]) -> Option<&[u8]> {
    match der {
        [0x30, 0..=0x80, content @ ..]
        | [0x30, 0x81, _, content @ ..]
        | [0x30, 0x82, _, _, content @ ..]
        | [0x30, 0x83, _, _, _, content @ ..] => Some(content),
        _ => None,
    }
}

fn public_key(key: &SubjectPublicKeyInfo<'_>) -> (&'static str, Option<u32>) {
    match key.algorithm.algorithm.to_id_string().as_str() {
        "1.2.840.113549.1.1.1" | "1.2.840.113549.1.1.10" => {
            let modulus = RSAPublicKey::from_der(&key.subject_public_key.data).ok();
            ("rsa", modulus.and_then(|(_, key)| bits(key.modulus)))
        }
        "1.2.840.10045.2.1" => {
            let curve = key.algorithm.parameters.as_ref();
            (
                "ec",
                curve
                    .and_then(|any| any.as_oid().ok())
                    .and_then(|id| curve_bits(&id)),
            )
        }
        _ => ("other", None),
    }
}

/// The size of a number in bits, leading zeros aside.
fn bits(number: &[u8]) -> Option<u32> {
    let start = number.iter().position(|byte| *byte != 0)?;
    let digits = number.get(start..)?;
    let bits = u32::try_from(digits.len()).ok()?.checked_mul(8)?;
    Some(bits - digits.first()?.leading_zeros())
}

fn curve_bits(curve: &Oid<'_>) -> Option<u32> {
    match curve.to_id_string().as_str() {
        "1.2.840.10045.3.1.1" => Some(192),                  // P-192
        "1.3.132.0.33" => Some(224),                         // P-224
        "1.2.840.10045.3.1.7" | "1.3.132.0.10" => Some(256), // P-256, secp256k1
        "1.3.132.0.34" => Some(384),                         // P-384
        "1.3.132.0.35" => Some(521),                         // P-521
        "1.3.36.3.3.2.8.1.1.7" => Some(256),                 // brainpoolP256r1
        "1.3.36.3.3.2.8.1.1.11" => Some(384),                // brainpoolP384r1
        "1.3.36.3.3.2.8.1.1.13" => Some(512),                // brainpoolP512r1
        _ => None,
    }
}

fn signature_hash(algorithm: &AlgorithmIdentifier<'_>) -> &'static str {
    match algorithm.algorithm.to_id_string().as_str() {
        // with RSA (PKCS #1, and the older ids of OIW), ECDSA, and DSA
        "1.2.840.113549.1.1.4" | "1.3.14.3.2.3" => "md5",
        "1.2.840.113549.1.1.5" | "1.3.14.3.2.29" | "1.2.840.10045.4.1" | "1.2.840.10040.4.3" => {
            "sha1"
        }
        "1.2.840.113549.1.1.14" | "1.2.840.10045.4.3.1" | "2.16.840.1.101.3.4.3.1" => "sha224",
        "1.2.840.113549.1.1.11" | "1.2.840.10045.4.3.2" | "2.16.840.1.101.3.4.3.2" => "sha256",
        "1.2.840.113549.1.1.12" | "1.2.840.10045.4.3.3" => "sha384",
        "1.2.840.113549.1.1.13" | "1.2.840.10045.4.3.4" => "sha512",
        "1.2.840.113549.1.1.10" => algorithm
            .parameters
            .as_ref()
            .and_then(|parameters| RsaSsaPssParams::try_from(parameters).ok())
            .map_or("other", |parameters| hash(parameters.hash_algorithm_oid())),
        _ => "other",
    }
}

fn hash(id: &Oid<'_>) -> &'static str {
    match id.to_id_string().as_str() {
        "1.2.840.113549.2.5" => "md5",
        "1.3.14.3.2.26" => "sha1",
        "2.16.840.1.101.3.4.2.4" => "sha224",
        "2.16.840.1.101.3.4.2.1" => "sha256",
        "2.16.840.1.101.3.4.2.2" => "sha384",
        "2.16.840.1.101.3.4.2.3" => "sha512",
        _ => "other",
    }
}

/// RFC 4514: the last name of the sequence first.
fn distinguished_name(name: &X509Name<'_>) -> String {
    let relative = |name: &RelativeDistinguishedName<'_>| {
        name.iter().map(attribute).collect::<Vec<_>>().join("+")
    };
    let mut names: Vec<String> = name.iter().map(relative).collect();
    names.reverse();
    names.join(",")
}

fn attribute(attribute: &AttributeTypeAndValue<'_>) -> String {
    let id = attribute.attr_type().to_id_string();
    let value = attribute.attr_value();
    match (short_name(&id), text(value)) {
        (Some(name), Some(text)) => format!("{name}={}", escape(&text)),
        (name, _) => {
            let der = value.to_der_vec().unwrap_or_default();
            format!("{}=#{}", name.unwrap_or(&id), hexadecimal(&der))
        }
    }
}

fn short_name(id: &str) -> Option<&'static str> {
    Some(match id {
        "2.5.4.3" => "CN",
        "2.5.4.5" => "serialNumber",
        "2.5.4.6" => "C",
        "2.5.4.7" => "L",
        "2.5.4.8" => "ST",
        "2.5.4.9" => "STREET",
        "2.5.4.10" => "O",
        "2.5.4.11" => "OU",
        "0.9.2342.19200300.100.1.1" => "UID",
        "0.9.2342.19200300.100.1.25" => "DC",
        "1.2.840.113549.1.9.1" => "emailAddress",
        _ => return None,
    })
}

fn text(value: &Any<'_>) -> Option<String> {
    match value.tag() {
        Tag::BmpString => Some(value.clone().bmpstring().ok()?.string()),
        // By practice Latin-1, whatever T.61 says.
        Tag::T61String => Some(value.data.iter().copied().map(char::from).collect()),
        Tag::Utf8String
        | Tag::PrintableString
        | Tag::Ia5String
        | Tag::NumericString
        | Tag::VisibleString => from_utf8(value.data).ok().map(str::to_owned),
        _ => None,
    }
}

fn escape(text: &str) -> String {
    let last = text.chars().count().saturating_sub(1);
    let mut escaped = String::with_capacity(text.len());
    for (at, c) in text.chars().enumerate() {
        match c {
            c if c.is_ascii_control() => escaped.push_str(&format!("\\{:02X}", u32::from(c))),
            '"' | '+' | ',' | ';' | '<' | '>' | '\\' => escaped.extend(['\\', c]),
            '#' if at == 0 => escaped.extend(['\\', c]),
            ' ' if at == 0 || at == last => escaped.extend(['\\', c]),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests;
