//! Challenges: what an API answers to a request that it does not let through.
//!
//! [`WwwAuthenticate`] is the header of RFC 9110, of any scheme. [`ClaimsChallenge`] is Microsoft's use of it, by which an
//! API asks for more than the token holds: an authentication context, or a token that is newer than a critical event.
//! <https://learn.microsoft.com/entra/identity-platform/claims-challenge>

mod parse;
#[cfg(test)]
mod tests;

use std::fmt;

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_STANDARD_NO_PAD};
use jiff::Timestamp;
use serde_json::{Value, json};

/// Where users sign in when nothing is known of their tenant.
pub const COMMON_AUTHORIZATION_URI: &str =
    "https://login.microsoftonline.com/common/oauth2/authorize";
const INSUFFICIENT_CLAIMS: &str = "insufficient_claims";

/// The value of a `WWW-Authenticate` header: one challenge or several.
///
/// ```
/// use ztvet::challenge::WwwAuthenticate;
///
/// let header = WwwAuthenticate::parse(r#"Negotiate, Bearer realm="", error=invalid_token"#)?;
/// assert_eq!(header.challenges[1].get("error"), Some("invalid_token"));
/// assert_eq!(header.to_string(), r#"Negotiate, Bearer realm="", error="invalid_token""#);
/// # Ok::<(), ztvet::challenge::ChallengeError>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WwwAuthenticate {
    /// In the order of the header.
    pub challenges: Vec<Challenge>,
}

/// One challenge of a header.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Challenge {
    /// The scheme as written: `Bearer`.
    pub scheme: String,
    /// The one word after the scheme that some schemes have in place of parameters.
    pub token68: Option<String>,
    /// Names in lower case, each once, and values without quotes.
    pub parameters: Vec<(String, String)>,
}

/// Why a header cannot be read, or is no claims challenge.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ChallengeError {
    /// The text is no `WWW-Authenticate` header.
    #[error("no `WWW-Authenticate` header: {message} (character {character})")]
    Syntax {
        /// What is wrong.
        message: &'static str,
        /// Where, from 1.
        character: usize,
    },
    /// None of its challenges asks for claims.
    #[error("no challenge of the scheme `Bearer` has the error `insufficient_claims`")]
    NoClaimsChallenge,
    /// The claims are not what they must be.
    #[error("the `claims` of the challenge are {0}")]
    Claims(&'static str),
}

impl Challenge {
    /// A challenge of that scheme without parameters.
    #[must_use]
    pub fn new(scheme: &str) -> Self {
        Self {
            scheme: scheme.to_owned(),
            ..Self::default()
        }
    }

    /// The same with one more parameter. Control characters, which would end a header, become spaces.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        let harmless = |character: char| match character.is_control() {
            true => ' ',
            false => character,
        };
        let value = value.chars().map(harmless).collect();
        self.parameters.push((name.to_ascii_lowercase(), value));
        self
    }

    /// The value of a parameter, by its name in lower case.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        let mut parameters = self.parameters.iter();
        let (_, value) = parameters.find(|(known, _)| known == name)?;
        Some(value)
    }
}

impl fmt::Display for WwwAuthenticate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, challenge) in self.challenges.iter().enumerate() {
            let separator = if index == 0 { "" } else { ", " };
            write!(f, "{separator}{challenge}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Challenge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.scheme)?;
        if let Some(word) = &self.token68 {
            write!(f, " {word}")?;
        }
        for (index, (name, value)) in self.parameters.iter().enumerate() {
            let separator = if index == 0 { " " } else { ", " };
            let value = value.replace('\\', "\\\\").replace('"', "\\\"");
            write!(f, "{separator}{name}=\"{value}\"")?;
        }
        Ok(())
    }
}

/// What an API asks for beyond what the token holds.
///
/// ```
/// use ztvet::challenge::ClaimsChallenge;
///
/// let header = ClaimsChallenge::auth_context("c1").to_string();
/// assert!(header.starts_with(r#"Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/"#));
/// assert_eq!(ClaimsChallenge::parse(&header)?.required_auth_context(), Some("c1"));
/// # Ok::<(), ztvet::challenge::ChallengeError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimsChallenge {
    /// The tenant or the realm; empty for any.
    pub realm: String,
    /// Where the user is to sign in.
    pub authorization_uri: String,
    /// The claims request of OpenID Connect that the client is to send along.
    pub claims: Value,
}

impl ClaimsChallenge {
    /// Asks for a token whose user satisfied an authentication context, such as `c1`.
    #[must_use]
    pub fn auth_context(id: &str) -> Self {
        Self::new(json!({"access_token": {"acrs": {"essential": true, "value": id}}}))
    }

    /// Asks for a token issued after that time: what an API sends that learnt of a critical event, such as a user's new
    /// password, by continuous access evaluation.
    #[must_use]
    pub fn issued_after(event: Timestamp) -> Self {
        let seconds = event.as_second().to_string();
        Self::new(json!({"access_token": {"nbf": {"essential": true, "value": seconds}}}))
    }

    fn new(claims: Value) -> Self {
        Self {
            realm: String::new(),
            authorization_uri: COMMON_AUTHORIZATION_URI.to_owned(),
            claims,
        }
    }

    /// The same, for users who sign in elsewhere than [`COMMON_AUTHORIZATION_URI`].
    #[must_use]
    pub fn at(mut self, authorization_uri: &str) -> Self {
        authorization_uri.clone_into(&mut self.authorization_uri);
        self
    }

    /// Finds the claims challenge in a header.
    ///
    /// Takes what APIs are known to send: parameters in any order, several schemes in one header, and base64 of either
    /// alphabet, with or without padding.
    ///
    /// # Errors
    /// When the header cannot be read, or asks for no claims.
    pub fn parse(header: &str) -> Result<Self, ChallengeError> {
        let header = WwwAuthenticate::parse(header)?;
        let asks_for_claims = |challenge: &&Challenge| {
            challenge.scheme.eq_ignore_ascii_case("Bearer")
                && challenge.get("error") == Some(INSUFFICIENT_CLAIMS)
        };
        let challenge = header
            .challenges
            .iter()
            .find(asks_for_claims)
            .ok_or(ChallengeError::NoClaimsChallenge)?;
        let claims = challenge
            .get("claims")
            .ok_or(ChallengeError::Claims("missing"))?;
        let text = |name| challenge.get(name).unwrap_or_default().to_owned();
        Ok(Self {
            realm: text("realm"),
            authorization_uri: text("authorization_uri"),
            claims: decode(claims)?,
        })
    }

    /// The authentication context that it asks for.
    #[must_use]
    pub fn required_auth_context(&self) -> Option<&str> {
        self.claims.pointer("/access_token/acrs/value")?.as_str()
    }

    /// The second since 1970 after which it asks a token to be issued.
    #[must_use]
    pub fn required_issue(&self) -> Option<i64> {
        let value = self.claims.pointer("/access_token/nbf/value")?;
        value.as_i64().or_else(|| value.as_str()?.parse().ok())
    }

    fn challenge(&self) -> Challenge {
        let claims = BASE64_STANDARD.encode(self.claims.to_string());
        Challenge::new("Bearer")
            .with("realm", &self.realm)
            .with("authorization_uri", &self.authorization_uri)
            .with("error", INSUFFICIENT_CLAIMS)
            .with("claims", &claims)
    }
}

impl fmt::Display for ClaimsChallenge {
    /// The value of the `WWW-Authenticate` header.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.challenge().fmt(f)
    }
}

fn decode(claims: &str) -> Result<Value, ChallengeError> {
    let plain = claims.trim().trim_end_matches('=');
    let plain = plain.replace('-', "+").replace('_', "/");
    let bytes = BASE64_STANDARD_NO_PAD
        .decode(plain)
        .map_err(|_| ChallengeError::Claims("no base64"))?;
    let value: Value =
        serde_json::from_slice(&bytes).map_err(|_| ChallengeError::Claims("no JSON"))?;
    match value.is_object() {
        true => Ok(value),
        false => Err(ChallengeError::Claims("no JSON object")),
    }
}
