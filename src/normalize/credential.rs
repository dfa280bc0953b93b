//! Secrets and certificates, from the fields that every format has for them.

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
    if list.value().is_some_and(|value| !value.is_array()) {
        reader.secret(list);
    }
    reader.objects(FACT, list, |item| read_credential(reader, kind, item))
}

fn read_credential(reader: &Reader, kind: CredentialKind, item: &Node<'_>) -> Credential {
    let text = |name| reader.string(FACT, &item.get(name));
    let date = |names: &[&str]| reader.string(FACT, &item.first(names));
    // The older manifest has both the secret and the key under `value`.
    let (secret, key) = match kind {
        CredentialKind::Secret => (item.first(&["secretText", "value"]), item.get("key")),
        CredentialKind::Certificate => (item.get("secretText"), item.first(&["key", "value"])),
    };
    let (id, name) = (text("keyId"), text("displayName"));
    let identifier = "customKeyIdentifier";
    let identifier = item.get(identifier).bytes().or_else(|| text(identifier));
    let key_bytes = key.bytes();
    let (usage, key_type) = (text("usage"), text("type"));
    let (start, end) = (
        date(&["startDateTime", "startDate"]),
        date(&["endDateTime", "endDate"]),
    );
    let at = item.pointer();
    let fields = CredentialFields {
        kind,
        id: id.as_deref(),
        name: name.as_deref(),
        start: start.as_deref(),
        end: end.as_deref(),
        custom_key_identifier: identifier.as_deref(),
        usage: usage.as_deref(),
        key_type: key_type.as_deref(),
        secret: reader.text(FACT, &secret),
        key: match &key_bytes {
            Some(bytes) => Some(bytes),
            None => reader.text(FACT, &key),
        },
        at: &at,
    };
    let read = credential(&fields).unwrap_or_else(|error| {
        reader.problem(FACT, item, error.to_string());
        without_unreadable_dates(fields)
    });
    // Whatever may be a secret is never shown. A public certificate is none.
    for name in ["secretText", "value", "key"] {
        if read.certificate.is_none() || name == "secretText" {
            reader.secret(&item.get(name));
        }
    }
    read
}

/// The credential with the dates that can be read; the others are not known.
fn without_unreadable_dates(fields: CredentialFields<'_>) -> Credential {
    let readable = |date: &&str| parse_date(date).is_some();
    let fields = CredentialFields {
        start: fields.start.filter(readable),
        end: fields.end.filter(readable),
        ..fields
    };
    credential(&fields).unwrap_or_default()
}

#[cfg(test)]
mod tests;
