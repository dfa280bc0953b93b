//! The posture: by principle and practice, how much was checked, and what came of it.
//!
//! A check is one rule on one subject of a kind that the rule judges. It passed when the rule was run and found nothing,
//! and no fact was missing. Whether a finding is in a baseline does not matter here: it is still true.

mod tally;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::finding::Principle;
pub(crate) use tally::Tally;

/// How the subjects of a run hold to the principles.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Posture {
    /// All checks, by what came of them.
    pub checks: Outcomes,
    /// All rules, by the worst that came of their checks.
    pub rules: Outcomes,
    /// The same by principle. Rules that name none are the last.
    pub principles: Vec<PrinciplePosture>,
}

/// How subjects hold to one principle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PrinciplePosture {
    /// The principle; null for rules that name none.
    pub principle: Option<Principle>,
    /// The checks of its rules.
    pub checks: Outcomes,
    /// Its rules.
    pub rules: Outcomes,
    /// The same by practice. Rules that name none are the first.
    pub practices: Vec<PracticePosture>,
}

/// How subjects hold to one practice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PracticePosture {
    /// The practice, as rules name it; null for rules that name none.
    pub practice: Option<String>,
    /// What it asks for, where that is known.
    pub title: Option<String>,
    /// The checks of its rules.
    pub checks: Outcomes,
    /// The ids of its rules, by the worst that came of their checks.
    pub rules: BTreeMap<Outcome, Vec<String>>,
}

/// What came of a check, the worst first. Of a rule: the worst of its checks.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// There is a finding that nobody accepted.
    Failed,
    /// The rule could not be run.
    Error,
    /// A fact was missing.
    Inconclusive,
    /// The rule waits for words of the organisation.
    NotConfigured,
    /// Waivers accept all that was found.
    Waived,
    /// The rule found nothing.
    Passed,
    /// There was no subject that the rule judges.
    NotApplicable,
}

impl Outcome {
    /// All outcomes, the worst first.
    pub const ALL: [Self; 7] = [
        Self::Failed,
        Self::Error,
        Self::Inconclusive,
        Self::NotConfigured,
        Self::Waived,
        Self::Passed,
        Self::NotApplicable,
    ];

    /// The name for people.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::Error => "could not be run",
            Self::Inconclusive => "inconclusive",
            Self::NotConfigured => "not configured",
            Self::Waived => "waived",
            Self::Passed => "passed",
            Self::NotApplicable => "not applicable",
        }
    }
}

/// Numbers of checks or rules by what came of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Outcomes {
    /// Found nothing, and lacked nothing.
    pub passed: usize,
    /// Found something that nobody accepted.
    pub failed: usize,
    /// Found only what waivers accept.
    pub waived: usize,
    /// Lacked a fact.
    pub inconclusive: usize,
    /// Wait for words of the organisation.
    pub not_configured: usize,
    /// Could not be run.
    pub error: usize,
    /// Rules without a subject that they judge. Of checks there are none.
    pub not_applicable: usize,
}

impl Outcomes {
    /// How many have that outcome.
    #[must_use]
    pub const fn get(&self, outcome: Outcome) -> usize {
        match outcome {
            Outcome::Failed => self.failed,
            Outcome::Error => self.error,
            Outcome::Inconclusive => self.inconclusive,
            Outcome::NotConfigured => self.not_configured,
            Outcome::Waived => self.waived,
            Outcome::Passed => self.passed,
            Outcome::NotApplicable => self.not_applicable,
        }
    }

    /// Counts some more with that outcome.
    pub const fn add(&mut self, outcome: Outcome, number: usize) {
        let count = match outcome {
            Outcome::Failed => &mut self.failed,
            Outcome::Error => &mut self.error,
            Outcome::Inconclusive => &mut self.inconclusive,
            Outcome::NotConfigured => &mut self.not_configured,
            Outcome::Waived => &mut self.waived,
            Outcome::Passed => &mut self.passed,
            Outcome::NotApplicable => &mut self.not_applicable,
        };
        *count += number;
    }

    /// How many there are of what applies.
    #[must_use]
    pub const fn total(&self) -> usize {
        self.passed
            + self.failed
            + self.waived
            + self.inconclusive
            + self.not_configured
            + self.error
    }

    /// How much of [`Outcomes::total`] passed, in whole percent: 100 only when all did.
    #[must_use]
    pub fn percent_passed(&self) -> Option<usize> {
        (self.passed * 100).checked_div(self.total())
    }

    /// The worst that there is.
    #[must_use]
    pub fn worst(&self) -> Outcome {
        let mut outcomes = Outcome::ALL.into_iter();
        let worst = outcomes.find(|outcome| self.get(*outcome) > 0);
        worst.unwrap_or(Outcome::NotApplicable)
    }

    fn add_all(&mut self, other: &Self) {
        for outcome in Outcome::ALL {
            self.add(outcome, other.get(outcome));
        }
    }
}
