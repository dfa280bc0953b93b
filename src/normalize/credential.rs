//! Secrets and certificates, from the fields that every format has for them.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;

use super::application::Credential;
use super::certificate::{
    KeyMaterial, decode_base64, decode_hexadecimal, describe, hexadecimal, key_material, thumbprint,
};
use super::date::{is_no_date, parse_date, to_rfc3339, whole_days};
use super::placeholder::{stand_in, unresolved};
use super::reader::{Node, Reader};

/// Which of a registration's two lists a credential is in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CredentialKind {
    /// The list of secrets.
    #[default]
    Secret,
    /// The list of keys: certificates, and rarely symmetric keys, which are secrets.
    Certificate,
}

/// What a source says of one credential, as written there.
///
/// In each field `None` stands for *not in this source* and `""` for *known to be empty*. It is not `Debug`, so that no
/// secret is printed by accident.
#[derive(Clone, Copy, Default)]
pub struct CredentialFields<'a> {
    /// The list that it is in.
    pub kind: CredentialKind,
    /// The key id.
    pub id: Option<&'a str>,
    /// The display name or description.
    pub name: Option<&'a str>,
    /// Start of validity, in any form that [`parse_date`] reads.
    pub start: Option<&'a str>,
    /// End of validity, likewise.
    pub end: Option<&'a str>,
    /// A certificate's thumbprint, in base64 or hexadecimal; the description of an older secret, in base64.
    pub custom_key_identifier: Option<&'a str>,
    /// `Verify`, `Sign` or `Encrypt`.
    pub usage: Option<&'a str>,
    /// `AsymmetricX509Cert`, `X509CertAndPassword` or `Symmetric`.
    pub key_type: Option<&'a str>,
    /// The secret itself.
    pub secret: Option<&'a str>,
    /// The key itself, in any form that [`key_material`] reads.
    pub key: Option<&'a str>,
    /// The JSON Pointer of the credential.
    pub at: &'a str,
}

/// A date of a credential that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{field} date of the credential at `{at}` cannot be read; write it in RFC 3339, such as `2027-01-31T00:00:00Z`"
)]
pub struct DateError {
    /// `start` or `end`.
    pub field: &'static str,
    /// The JSON Pointer of the credential.
    pub at: String,
}

/// The credential that the fields describe, without [`Credential::days_left`].
///
/// A date that is a template expression is not known yet, and .NET's default date is none.
///
/// # Errors
/// When a date is there and cannot be read.
pub fn credential(fields: &CredentialFields<'_>) -> Result<Credential, DateError> {
    let material = fields.key.map(key_material).unwrap_or_default();
    let is_symmetric = fields
        .key_type
        .is_some_and(|t| t.eq_ignore_ascii_case("Symmetric"));
    let is_certificate = fields.kind == CredentialKind::Certificate && !is_symmetric;
    let start = Date::read(fields, "start", fields.start)?;
    let end = Date::read(fields, "end", fields.end)?;
    Ok(Credential {
        kind: if is_certificate {
            "certificate"
        } else {
            "secret"
        }
        .to_owned(),
        id: fields.id.map(str::to_owned),
        name: name(fields),
        lifetime_days: start.days_until(end),
        start: start.text(),
        end: end.text(),
        days_left: None,
        thumbprint: is_certificate
            .then(|| identify(fields, &material))
            .flatten(),
        usage: fields.usage.map(str::to_owned),
        has_value: material.private_key
            || fields.secret.is_some_and(|secret| !stand_in(secret))
            || is_symmetric && fields.key.is_some_and(|key| !stand_in(key)),
        certificate: material.certificate.as_deref().and_then(describe),
        at: fields.at.to_owned(),
    })
}

/// Whole days from `now` until the credential ends, rounded down: negative exactly when it is expired.
pub fn days_left(credential: &Credential, now: Timestamp) -> Option<i64> {
    let end = parse_date(credential.end.as_deref()?)?;
    Some(whole_days(now, end))
}

/// What a source says of a date.
#[derive(Clone, Copy)]
enum Date {
    NotCollected,
    None,
    At(Timestamp),
}

impl Date {
    fn read(
        fields: &CredentialFields<'_>,
        field: &'static str,
        text: Option<&str>,
    ) -> Result<Self, DateError> {
        match text {
            None => Ok(Self::NotCollected),
            Some(text) if unresolved(text) => Ok(Self::NotCollected),
            Some("") => Ok(Self::None),
            Some(text) => match parse_date(text) {
                Some(date) if is_no_date(date) => Ok(Self::None),
                Some(date) => Ok(Self::At(date)),
                None => Err(DateError {
                    field,
                    at: fields.at.to_owned(),
                }),
            },
        }
    }

    fn text(self) -> Option<String> {
        match self {
            Self::NotCollected => None,
            Self::None => Some(String::new()),
            Self::At(date) => Some(to_rfc3339(date)),
        }
    }

    fn days_until(self, end: Self) -> Option<i64> {
        match (self, end) {
            (Self::At(start), Self::At(end)) => Some(whole_days(start, end)),
            _ => None,
        }
    }
}

/// Older tools kept the description of a secret in its custom key identifier.
fn name(fields: &CredentialFields<'_>) -> Option<String> {
    let identifier = match (fields.kind, fields.name) {
        (CredentialKind::Secret, None | Some("")) => fields.custom_key_identifier,
        _ => None,
    };
    identifier
        .and_then(description)
        .or_else(|| fields.name.map(str::to_owned))
}

/// The text that is in UTF-8, or in UTF-16 as the portal and the older Azure CLI wrote it, in base64.
fn description(identifier: &str) -> Option<String> {
    let bytes = decode_base64(identifier)?;
    let text = match bytes.strip_prefix(&[0xFF, 0xFE]) {
        Some(rest) => utf_16(rest)?,
        None if bytes.contains(&0) => utf_16(&bytes)?,
        None => String::from_utf8(bytes).ok()?,
    };
    (!text.is_empty() && !text.chars().any(char::is_control)).then_some(text)
}

fn utf_16(bytes: &[u8]) -> Option<String> {
    encoding_rs::UTF_16LE
        .decode_without_bom_handling_and_without_replacement(bytes)
        .map(std::borrow::Cow::into_owned)
}

/// The certificate itself says more than an identifier, which is free text to Entra.
fn identify(fields: &CredentialFields<'_>, material: &KeyMaterial) -> Option<String> {
    let own = material.certificate.as_deref().map(thumbprint);
    own.or_else(|| fields.custom_key_identifier.and_then(sha1_in))
}

/// The SHA-1 hash that the identifier is: 40 hexadecimal digits, or base64 of 20 bytes or of those digits.
fn sha1_in(identifier: &str) -> Option<String> {
    let digits = |text: &str| decode_hexadecimal(text).filter(|hash| hash.len() == 20);
    let hash = digits(identifier.trim()).or_else(|| {
        let bytes = decode_base64(identifier)?;
        match bytes.len() {
            20 => Some(bytes),
            40 => digits(std::str::from_utf8(&bytes).ok()?),
            _ => None,
        }
    })?;
    Some(hexadecimal(&hash))
}

const FACT: &str = "application.credentials";

/// One of the two lists of a registration, in the spellings of Microsoft Graph and Azure AD Graph.
pub(super) fn credentials(
    reader: &Reader,
    kind: CredentialKind,
    list: &Node<'_>,
) -> Option<Vec<Credential>> {
    reader.place(FACT, list);
    let read = reader.objects(FACT, list, |item| read_credential(reader, kind, item))?;
    Some(read.into_iter().flatten().collect())
}

fn read_credential(reader: &Reader, kind: CredentialKind, item: &Node<'_>) -> Option<Credential> {
    let text = |name| reader.string(FACT, &item.get(name));
    let date = |names: &[&str]| reader.string(FACT, &item.first(names));
    // The older manifest has both the secret and the key under `value`.
    let (secret, key) = match kind {
        CredentialKind::Secret => (item.first(&["secretText", "value"]), item.get("key")),
        CredentialKind::Certificate => (item.get("secretText"), item.first(&["key", "value"])),
    };
    let (id, name) = (text("keyId"), text("displayName"));
    let identifier = item.get("customKeyIdentifier");
    let identifier = bytes(&identifier).or_else(|| reader.string(FACT, &identifier));
    let (usage, key_type) = (text("usage"), text("type"));
    let (start, end) = (
        date(&["startDateTime", "startDate"]),
        date(&["endDateTime", "endDate"]),
    );
    let key_bytes = bytes(&key);
    let at = item.pointer();
    let read = credential(&CredentialFields {
        kind,
        id: id.as_deref(),
        name: name.as_deref(),
        start: start.as_deref(),
        end: end.as_deref(),
        custom_key_identifier: identifier.as_deref(),
        usage: usage.as_deref(),
        key_type: key_type.as_deref(),
        secret: reader.text(FACT, &secret),
        key: key_bytes.as_deref().or_else(|| reader.text(FACT, &key)),
        at: &at,
    });
    match read {
        Ok(credential) => {
            if credential.has_value {
                reader.secret(&secret);
                reader.secret(&key);
            }
            Some(credential)
        }
        Err(error) => {
            reader.secret(&secret);
            reader.secret(&key);
            reader.problem(FACT, item, error.to_string());
            None
        }
    }
}

/// The bytes that PowerShell writes as a list of numbers, in base64.
fn bytes(node: &Node<'_>) -> Option<String> {
    let numbers = node.value()?.as_array()?.iter();
    let bytes: Option<Vec<u8>> = numbers
        .map(|number| u8::try_from(number.as_u64()?).ok())
        .collect();
    Some(STANDARD.encode(bytes?))
}

#[cfg(test)]
mod tests;
