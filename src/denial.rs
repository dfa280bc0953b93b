//! How a request is refused.

use serde::{Deserialize, Serialize};

/// How a request is refused, by RFC 6750.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Denial {
    /// The token is not acceptable: 401, `invalid_token`.
    InvalidToken,
    /// A better token would do, and the client is told which: 401, `insufficient_claims`.
    InsufficientClaims,
    /// The token is good, and not for this: 403, `insufficient_scope`.
    InsufficientScope,
}

impl Denial {
    /// What METADATA can say of a rule. That better claims would do, a finding says itself.
    pub(crate) const OF_RULES: [Self; 2] = [Self::InvalidToken, Self::InsufficientScope];

    /// The status of the answer.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::InvalidToken | Self::InsufficientClaims => 401,
            Self::InsufficientScope => 403,
        }
    }

    /// The error's name.
    #[must_use]
    pub const fn error(self) -> &'static str {
        match self {
            Self::InvalidToken => "invalid_token",
            Self::InsufficientClaims => "insufficient_claims",
            Self::InsufficientScope => "insufficient_scope",
        }
    }
}
