//! Tokens: what policies see as `input.token`.
//!
//! The claims are those of Microsoft's access and ID tokens, of both versions:
//! <https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference>.

mod claims;
mod find;
mod issuer;
mod permission;
mod read;
#[cfg(test)]
mod tests;

use std::fmt;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

pub(super) use self::find::is_token;
pub use self::permission::TokenPermission;
use super::application::Resource;
use super::{Facts, Format, Normalized, Subject, parse_date};
use crate::document::Document;

/// A token, decoded. Its signature is never in the input.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Token {
    /// The JOSE header as it was sent; `null` where only the claims were given.
    pub header: Option<Map<String, Value>>,
    /// The claims as they were sent.
    pub claims: Map<String, Value>,
    /// `access`, `id` or `unknown`.
    #[serde(rename = "type")]
    pub token_type: String,
    /// 1 or 2, from `ver`; `null` when it says neither.
    pub version: Option<u8>,
    /// `delegated`, `app_only` or `unknown`.
    pub flow: String,
    /// Who issued it, from `iss`.
    pub issuer: TokenIssuer,
    /// Whom it is for, from `aud`: one or several; empty when it is missing or malformed.
    pub audience: Vec<String>,
    /// The delegated permissions, the words of `scp`; `null` when it is missing.
    pub scopes: Option<Vec<String>>,
    /// The application permissions or the user's roles, from `roles`; `null` when it is missing.
    pub roles: Option<Vec<String>>,
    /// The API that it is for: its id where `aud` is one, and its name where it is a well-known service of Microsoft's.
    pub resource: Resource,
    /// What is known of its permissions: each of `scopes`, then each of `roles`.
    pub permissions: Vec<TokenPermission>,
    /// Who asked for it.
    pub client: TokenClient,
    /// The tenant, from `tid`, in lower case.
    pub tenant: Option<String>,
    /// Authentication contexts that were satisfied, from `acrs`.
    pub auth_contexts: Vec<String>,
    /// What the client can handle, from `xms_cc`, in lower case: `cp1` for claims challenges.
    pub capabilities: Vec<String>,
    /// When it was issued (`iat`), RFC 3339 in UTC; `null` when it is missing or not a number of seconds.
    pub issued: Option<String>,
    /// From when it is valid (`nbf`), likewise.
    pub not_before: Option<String>,
    /// Until when it is valid (`exp`), likewise.
    pub expires: Option<String>,
    /// Seconds from now until `iat`, negative in the past.
    pub issued_in_seconds: Option<i64>,
    /// Seconds from now until `nbf`, negative in the past.
    pub not_before_in_seconds: Option<i64>,
    /// Seconds from now until `exp`, negative in the past.
    pub expires_in_seconds: Option<i64>,
    /// Seconds between `nbf`, or `iat` where that is missing, and `exp`.
    pub lifetime_seconds: Option<i64>,
    /// What is known of its signature.
    pub signature: TokenSignature,
}

/// Who issued a token.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TokenIssuer {
    /// `iss` as it was sent; `null` when it is missing or no string.
    pub uri: Option<String>,
    /// `public`, `us_government`, `china`, `germany` or `external_id`; `null` for an issuer that is none of Microsoft's
    /// forms.
    pub cloud: Option<String>,
    /// The tenant's id in the issuer, in lower case.
    pub tenant: Option<String>,
    /// 1 or 2, by the issuer's form.
    pub version: Option<u8>,
}

/// Who asked for a token.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TokenClient {
    /// The client's application id, from `azp` or `appid`, in lower case.
    pub app_id: Option<String>,
    /// How it authenticated, from `azpacr` or `appidacr`: `none`, `secret`, `certificate` or `unknown`.
    pub auth_method: String,
}

/// What is known of a token's signature.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TokenSignature {
    /// `verified`, `invalid` or `unchecked`.
    pub status: String,
    /// Why it is invalid or unchecked.
    pub reason: Option<String>,
}

/// The subject of a compact token, whose document is its `header` and its `claims`.
pub(super) fn normalize(document: &Document) -> Normalized {
    let mut normalized = Normalized::default();
    if let Some(members) = document.value.as_object() {
        add(document, members, "", Format::Jwt, &mut normalized);
    }
    normalized
}

/// Adds the subject of a token at `pointer`.
pub(super) fn add(
    document: &Document,
    members: &Map<String, Value>,
    pointer: &str,
    format: Format,
    normalized: &mut Normalized,
) {
    let (token, mut notes) = read::token(&find::parts(members, pointer));
    normalized.problems.append(&mut notes.problems);
    notes.secrets.extend(find::signature_at(members, pointer));
    let facts = Facts::Token(Box::new(token));
    let subject = Subject::new(document, pointer, format, facts, notes);
    normalized.subjects.push(subject);
}

impl Token {
    /// The id that the issuer gave it, as the sign-in log has it, where it is one.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        const LONGEST: usize = 64;
        let id = ["uti", "jti"]
            .iter()
            .find_map(|name| self.claims.get(*name)?.as_str())?;
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        (!id.is_empty() && id.len() <= LONGEST && id.bytes().all(is_plain)).then_some(id)
    }

    /// Fills in what follows from the claims that were read, and from the time.
    pub(super) fn complete(&mut self, now: Timestamp) {
        self.describe_permissions();
        let until = |date: &Option<String>| {
            let seconds = parse_date(date.as_deref()?)?.as_second();
            Some(seconds - now.as_second())
        };
        self.issued_in_seconds = until(&self.issued);
        self.not_before_in_seconds = until(&self.not_before);
        self.expires_in_seconds = until(&self.expires);
    }
}

// Claims are personal data, so they stay out of logs and of the messages of failed tests.
impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token")
            .field("type", &self.token_type)
            .field("version", &self.version)
            .field("flow", &self.flow)
            .field("signature", &self.signature)
            .finish_non_exhaustive()
    }
}

impl TokenSignature {
    pub(crate) fn verified() -> Self {
        Self {
            status: "verified".to_owned(),
            reason: None,
        }
    }

    pub(crate) fn invalid(reason: impl Into<String>) -> Self {
        Self {
            status: "invalid".to_owned(),
            reason: Some(reason.into()),
        }
    }

    pub(crate) fn unchecked(reason: impl Into<String>) -> Self {
        Self {
            status: "unchecked".to_owned(),
            reason: Some(reason.into()),
        }
    }
}
