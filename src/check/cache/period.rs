//! For how long what came of a source holds.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::normalize::application::Credential;
use crate::normalize::{Facts, Subject, days_left, parse_date};

const NANOSECONDS_A_DAY: i128 = 86_400_000_000_000;

/// A span of evaluation times that make no difference: its first and its last one, in nanoseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Period {
    first: i128,
    last: i128,
}

impl Default for Period {
    /// All times.
    fn default() -> Self {
        Self {
            first: i128::MIN,
            last: i128::MAX,
        }
    }
}

impl Period {
    /// One time alone.
    pub(crate) fn at(now: Timestamp) -> Self {
        let now = now.as_nanosecond();
        Self {
            first: now,
            last: now,
        }
    }

    /// All times on the same side of a turn as one of them. The turn itself is on the later side.
    pub(crate) fn beside(turn: Timestamp, now: Timestamp) -> Self {
        let all = Self::default();
        let turn_at = turn.as_nanosecond();
        if now < turn {
            Self {
                last: turn_at - 1,
                ..all
            }
        } else {
            Self {
                first: turn_at,
                ..all
            }
        }
    }

    /// The times at which rules see the same of a subject, but for `input.now`. What a new kind of subject takes from the
    /// time must be said here.
    pub(crate) fn of(subject: &Subject, now: Timestamp) -> Self {
        match &subject.facts {
            Facts::Application(app) => Self::of_credentials(&app.credentials, now),
            Facts::ServicePrincipal(principal) => Self::of_credentials(&principal.credentials, now),
            Facts::Change(change) => Self::of_credentials(&change.old.credentials, now)
                .and(Self::of_credentials(&change.new.credentials, now)),
            // The age of a token counts in seconds, and the bundled rules for tenants read `input.now`.
            Facts::Token(_) | Facts::Tenant(_) => Self::at(now),
            Facts::Project(_) | Facts::Inventory(_) | Facts::Document => Self::default(),
        }
    }

    fn of_credentials(credentials: &Option<Vec<Credential>>, now: Timestamp) -> Self {
        let credentials = credentials.iter().flatten();
        let periods = credentials.filter_map(|credential| Self::of_credential(credential, now));
        periods.fold(Self::default(), Self::and)
    }

    /// The times with the same number of days left.
    fn of_credential(credential: &Credential, now: Timestamp) -> Option<Self> {
        let end = parse_date(credential.end.as_deref()?)?;
        let days = i128::from(days_left(credential, now)?);
        let last = end.as_nanosecond() - days * NANOSECONDS_A_DAY;
        let first = last - NANOSECONDS_A_DAY + 1;
        Some(Self { first, last })
    }

    /// The times that are in both.
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            first: self.first.max(other.first),
            last: self.last.min(other.last),
        }
    }

    pub(crate) fn holds(self, now: Timestamp) -> bool {
        let now = now.as_nanosecond();
        self.first <= now && now <= self.last
    }
}
