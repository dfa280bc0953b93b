//! Whether a token was signed by its issuer.
//!
//! [`Keys`] come from a file, or are fetched with a [`Transport`] from where the issuer publishes them. Headers that would
//! let the sender choose how, or with which key, a token is checked are refused before any key is tried.

mod fetch;
mod header;
#[cfg(feature = "http")]
mod https;
mod key;
mod keys;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

pub(crate) use self::fetch::Fetcher;
pub use self::fetch::{FetchError, Schedule, Transport};
#[cfg(feature = "http")]
pub use self::https::Https;
pub use self::keys::{Keys, KeysError};
use crate::document::Document;
use crate::normalize::token::{Token, TokenIssuer, TokenSignature};

/// Where keys come from.
#[derive(Default)]
pub(crate) enum KeySource {
    /// Nowhere: no signature can be checked.
    #[default]
    None,
    /// A file.
    Given(Keys),
    /// Where the issuers publish them.
    Fetched(Box<Fetcher>),
}

/// What is to be checked.
struct Signed<'a> {
    algorithm: jsonwebtoken::Algorithm,
    header: &'a Map<String, Value>,
    issuer: &'a TokenIssuer,
    message: &'a str,
    signature: Vec<u8>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Outcome {
    Verified,
    /// The keys do not have the one that the token names. Newer ones may.
    UnknownKey,
    Refused(String),
}

impl From<Outcome> for TokenSignature {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Verified => Self::verified(),
            Outcome::UnknownKey => {
                Self::invalid("none of the keys is the one that the token names")
            }
            Outcome::Refused(reason) => Self::invalid(reason),
        }
    }
}

impl KeySource {
    /// What is known of the signature of a token, which that document holds.
    pub(crate) fn check(&self, document: &Document, token: &Token) -> TokenSignature {
        let algorithm = match token.header.as_ref().map(header::algorithm) {
            Some(Err(reason)) => return TokenSignature::invalid(reason),
            Some(Ok(algorithm)) => Some(algorithm),
            None => None,
        };
        let (Some(header), Some(algorithm), Some(sent)) =
            (&token.header, algorithm, document.signed())
        else {
            return TokenSignature::unchecked("only its claims were given");
        };
        if is_for_graph_alone(header, token) {
            return TokenSignature::unchecked(
                "tokens for Microsoft Graph have a `nonce` in the header, and only Microsoft Graph can check them",
            );
        }
        if token.tenant.is_some()
            && token.issuer.tenant.is_some()
            && token.tenant != token.issuer.tenant
        {
            return TokenSignature::invalid("`tid` is not the tenant of the issuer");
        }
        let Ok(signature) = BASE64_URL_SAFE_NO_PAD.decode(sent.signature) else {
            return TokenSignature::invalid("it is no base64url");
        };
        if signature.is_empty() {
            return TokenSignature::invalid("it is empty");
        }
        self.verify(&Signed {
            algorithm,
            header,
            issuer: &token.issuer,
            message: sent.message,
            signature,
        })
    }

    /// Why keys that were to be fetched were not: the run is not complete without them.
    pub(crate) fn failure<'t>(&self, token: &'t Token) -> Option<&'t str> {
        let reason = token.signature.reason.as_deref();
        reason
            .filter(|reason| matches!(self, Self::Fetched(_)) && reason.starts_with(fetch::FAILED))
    }

    fn verify(&self, signed: &Signed<'_>) -> TokenSignature {
        match self {
            Self::None => TokenSignature::unchecked("no keys were given to check it with"),
            Self::Given(keys) => keys.verify(signed).into(),
            Self::Fetched(fetcher) => match fetcher.verify(signed) {
                Ok(outcome) => outcome.into(),
                Err(reason) => TokenSignature::unchecked(reason),
            },
        }
    }
}

/// Microsoft signs these over another header than the one that it sends.
fn is_for_graph_alone(header: &Map<String, Value>, token: &Token) -> bool {
    const GRAPH: [&str; 2] = [
        "00000003-0000-0000-c000-000000000000",
        "https://graph.microsoft.com",
    ];
    let is_graph = |audience: &String| {
        let audience = audience.strip_suffix('/').unwrap_or(audience);
        GRAPH
            .iter()
            .any(|graph| audience.eq_ignore_ascii_case(graph))
    };
    header.contains_key("nonce") && token.audience.iter().any(is_graph)
}
