//! A finding: one violation, at one place of one subject.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// How bad a finding is, from the least to the worst.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Good practice.
    Low,
    /// A weakness that needs another one to be used.
    Medium,
    /// A weakness that an attacker can use.
    High,
    /// An open door to the application or to the tenant.
    Critical,
}

impl Severity {
    /// All severities, the worst first.
    pub const ALL: [Self; 5] = [
        Self::Critical,
        Self::High,
        Self::Medium,
        Self::Low,
        Self::Info,
    ];

    /// The name in lower case, as in configuration and reports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }

    /// The severity of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.as_str() == name)
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The principle of Zero Trust that a rule belongs to.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Principle {
    /// Verify explicitly.
    VerifyExplicitly,
    /// Use least privileged access.
    LeastPrivilege,
    /// Assume breach.
    AssumeBreach,
}

impl Principle {
    /// All principles, in the order of Microsoft's own list.
    pub const ALL: [Self; 3] = [
        Self::VerifyExplicitly,
        Self::LeastPrivilege,
        Self::AssumeBreach,
    ];

    /// The name in snake case, as in packages, configuration and reports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::VerifyExplicitly => "verify_explicitly",
            Self::LeastPrivilege => "least_privilege",
            Self::AssumeBreach => "assume_breach",
        }
    }

    /// The name for people.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::VerifyExplicitly => "Verify explicitly",
            Self::LeastPrivilege => "Use least privileged access",
            Self::AssumeBreach => "Assume breach",
        }
    }

    /// The principle of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|p| p.as_str() == name)
    }
}

impl fmt::Display for Principle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// What has been decided of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Nothing: it counts.
    Open,
    /// A waiver accepts it.
    Waived,
    /// It was there before.
    Baseline,
}

/// Which subject something is about.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
pub struct SubjectRef {
    /// `application`, `service_principal`, `token`, …
    pub kind: String,
    /// The application id, or the best that the source has.
    pub id: Option<String>,
    /// Its name, for people.
    pub name: Option<String>,
}

impl SubjectRef {
    /// What tells it apart in all runs: its id; its name where it has no id, the path of its file where it has neither,
    /// and `inventory` for the inventory, of which there is one.
    #[must_use]
    pub fn key<'a>(&'a self, path: &'a str) -> &'a str {
        let inventory = (self.kind == INVENTORY).then_some(INVENTORY);
        let own = self.id.as_deref().or(self.name.as_deref());
        inventory.or(own).unwrap_or(path)
    }

    /// Whether that is its [`SubjectRef::key`]. The case of an id does not matter.
    #[must_use]
    pub fn is_selected_by(&self, key: &str, path: &str) -> bool {
        let own = self.key(path);
        own == key || self.id.is_some() && own.eq_ignore_ascii_case(key)
    }
}

/// The kind of what stands for all subjects of a run.
pub(crate) const INVENTORY: &str = "inventory";

/// A place in a source.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Location {
    /// The path as it was given; `-` for standard input.
    pub path: String,
    /// JSON Pointer from the document's root.
    pub pointer: String,
    /// First line, from 1.
    pub line: Option<u32>,
    /// First column, from 1, in characters.
    pub column: Option<u32>,
    /// Last line.
    pub end_line: Option<u32>,
    /// The column after the last character.
    pub end_column: Option<u32>,
    /// The first line's text with secrets masked, for display.
    #[serde(skip)]
    pub snippet: Option<Snippet>,
    /// The number of the document among those of the subject; 0 is the subject's own.
    #[serde(skip)]
    pub document: usize,
}

/// A line of a source, cut to a window around the place where it is very long.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snippet {
    /// The text of the line, or of a part of it, without its line end.
    pub text: String,
    /// Byte range of the place within [`Snippet::text`].
    pub highlight: std::ops::Range<usize>,
}

/// One violation, at one place of one subject.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// The rule's id.
    pub rule: String,
    /// The rule's title.
    pub title: String,
    /// The principle of Zero Trust, where the rule names one.
    pub principle: Option<Principle>,
    /// How bad it is, after the configuration's overrides.
    pub severity: Severity,
    /// What has been decided of it.
    pub status: Status,
    /// What is wrong, in one line.
    pub message: String,
    /// Which subject it is about.
    pub subject: SubjectRef,
    /// Where it is.
    pub location: Location,
    /// How to mend it.
    pub remediation: String,
    /// Further reading.
    pub references: Vec<String>,
    /// Stable when lines move: made of rule, subject and the offending value.
    pub fingerprint: String,
    /// The finding's own facts.
    pub details: Map<String, Value>,
    /// By what it is waived, where it is.
    pub waiver: Option<Acceptance>,
}

/// Why and until when a finding is accepted, and who answers for it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Acceptance {
    /// Why the finding is accepted.
    pub reason: String,
    /// Who answers for it.
    pub approved_by: String,
    /// The last day on which the waiver holds, in UTC.
    pub expires: String,
}
