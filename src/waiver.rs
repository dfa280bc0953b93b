//! Waivers: dated, reasoned, owned exceptions to findings.
//!
//! Whatever is wrong with a waiver, the finding is reported: a malformed one is an error of the configuration, and one
//! that is past its last day waives nothing.

mod review;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::config::ConfigError;
use crate::document::{self, Document, Limits};
use crate::finding::{Acceptance, Finding, Location, Status};
pub(crate) use review::{Review, Run, named, review};

/// The characters of a fingerprint.
const FINGERPRINT_LENGTH: usize = 32;

/// An exception to findings of a rule, as ztvet.yaml has it. All of `subject`, `at` and `fingerprint` that are given must
/// fit, and `subject` or `fingerprint` must be given.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a mapping")]
#[schemars(extend("anyOf" = [{"required": ["subject"]}, {"required": ["fingerprint"]}]))]
pub struct DeclaredWaiver {
    /// The rule's id.
    pub rule: String,
    /// The subject's id as the report has it; its name where it has no id, the path of its file where it has neither, and
    /// `inventory` for what is found across all subjects.
    pub subject: Option<String>,
    /// Narrows it to the JSON Pointer of the finding's place. It waives whatever stands there.
    pub at: Option<String>,
    /// Narrows it to the finding with this fingerprint, wherever its value stands.
    pub fingerprint: Option<String>,
    /// Why the finding is accepted.
    pub reason: String,
    /// Who answers for it.
    pub approved_by: String,
    /// The last day on which it holds, in UTC: `2027-01-31`.
    #[schemars(extend("format" = "date"))]
    pub expires: String,
    /// Where it stands in ztvet.yaml.
    #[serde(skip)]
    pub places: Places,
}

/// Where a waiver and its fields stand in ztvet.yaml: line and column, from 1. Empty when it was not read from a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places(BTreeMap<&'static str, (u32, u32)>);

/// Stands for the waiver itself among the fields of its [`Places`].
const WHOLE: &str = "";
const FIELDS: [&str; 8] = [
    WHOLE,
    "rule",
    "subject",
    "at",
    "fingerprint",
    "reason",
    "approved_by",
    "expires",
];

impl Places {
    fn find(document: &Document, index: usize) -> Self {
        let pointer = |field: &str| match field {
            WHOLE => format!("/waivers/{index}"),
            field => format!("/waivers/{index}/{field}"),
        };
        let pointers = FIELDS.map(pointer);
        let spans = document.locate(&pointers.each_ref().map(String::as_str));
        let places = FIELDS.into_iter().zip(spans);
        let place = |(field, span): (_, Option<document::Span>)| {
            span.map(|span| (field, (span.start_line, span.start_column)))
        };
        Self(places.filter_map(place).collect())
    }

    /// Where a field stands, else the waiver.
    fn of(&self, field: &str) -> Option<(u32, u32)> {
        let place = self.0.get(field);
        place.or_else(|| self.0.get(WHOLE)).copied()
    }
}

/// Notes where the waivers of a configuration stand in its text.
pub(crate) fn place(waivers: &mut [DeclaredWaiver], text: &str) {
    // The name makes it YAML. A text that this cannot read was refused by the other parser, or has no places.
    let documents = document::parse("ztvet.yaml", text.as_bytes(), &Limits::default());
    let Some(document) = documents.ok().and_then(|all| all.into_iter().next()) else {
        return;
    };
    for (index, waiver) in waivers.iter_mut().enumerate() {
        waiver.places = Places::find(&document, index);
    }
}

/// A waiver in which nothing is wrong.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Waiver {
    rule: String,
    subject: Option<String>,
    at: Option<String>,
    fingerprint: Option<String>,
    acceptance: Acceptance,
    expires: Date,
    location: Location,
}

/// What is wrong with a field of a waiver, and what to do.
type Fault = (&'static str, String, Option<String>);

impl DeclaredWaiver {
    /// The waiver; `path` is what errors call ztvet.yaml.
    ///
    /// # Errors
    /// When something is wrong with it.
    pub(crate) fn validate(
        &self,
        path: &str,
        is_rule: impl Fn(&str) -> bool,
    ) -> Result<Waiver, ConfigError> {
        let fail = |(field, message, help): Fault| ConfigError {
            path: path.to_owned(),
            position: self
                .places
                .of(field)
                .map(|(line, column)| (line as usize, column as usize)),
            message: format!("waiver of `{}`: {message}", self.rule),
            help,
        };
        let expires = self.check(is_rule).map_err(fail)?;
        let (line, column) = self.places.of(WHOLE).unzip();
        Ok(Waiver {
            rule: self.rule.clone(),
            subject: self.subject.clone(),
            at: self.at.clone(),
            fingerprint: self.fingerprint.clone(),
            acceptance: Acceptance {
                reason: self.reason.clone(),
                approved_by: self.approved_by.clone(),
                expires: self.expires.clone(),
            },
            expires,
            location: Location {
                path: path.to_owned(),
                line,
                column,
                ..Location::default()
            },
        })
    }

    /// The last day, where nothing is wrong.
    fn check(&self, is_rule: impl Fn(&str) -> bool) -> Result<Date, Fault> {
        self.has_all_words()?;
        self.has_selectors()?;
        if is_rule(&self.rule) {
            return parse_day(&self.expires);
        }
        let help = "`ztvet rules` lists them all".to_owned();
        let message = "no rule of that id is loaded".to_owned();
        Err(("rule", message, Some(help)))
    }

    fn has_all_words(&self) -> Result<(), Fault> {
        let words = [
            ("reason", Some(&self.reason), "say why it is accepted"),
            (
                "approved_by",
                Some(&self.approved_by),
                "say who answers for it",
            ),
            (
                "subject",
                self.subject.as_ref(),
                "give the subject's id as the report has it",
            ),
        ];
        let empty = words
            .into_iter()
            .find(|(_, text, _)| text.is_some_and(|text| text.trim().is_empty()));
        match empty {
            Some((field, _, help)) => {
                Err((field, format!("`{field}` is empty"), Some(help.to_owned())))
            }
            None => Ok(()),
        }
    }

    fn has_selectors(&self) -> Result<(), Fault> {
        if self.subject.is_none() && self.fingerprint.is_none() {
            let message = "`subject` or `fingerprint` is missing".to_owned();
            let help = "say of which finding it is; to switch a rule off, use `ignore`".to_owned();
            return Err((WHOLE, message, Some(help)));
        }
        if let Some(at) = &self.at
            && !(at.is_empty() || at.starts_with('/'))
        {
            let message =
                format!("`at` is `{at}`, expected a JSON Pointer like `/web/redirectUris/0`");
            return Err(("at", message, None));
        }
        let is_digit = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
        match &self.fingerprint {
            Some(print) if print.len() != FINGERPRINT_LENGTH || !print.chars().all(is_digit) => {
                let expected = "expected the 32 hexadecimal digits of a finding in the report";
                let message = format!("`fingerprint` is `{print}`, {expected}");
                Err(("fingerprint", message, None))
            }
            _ => Ok(()),
        }
    }
}

/// A day, in the one form that everybody reads alike.
fn parse_day(text: &str) -> Result<Date, Fault> {
    // The parser reads times, and dates without hyphens, as well.
    text.parse::<Date>()
        .ok()
        .filter(|day| day.to_string() == text)
        .ok_or_else(|| {
            let message = format!("`expires` is `{text}`, expected a day like 2027-01-31");
            ("expires", message, None)
        })
}

impl Waiver {
    /// Whether it holds at that time: its last day ends at midnight in UTC.
    fn holds(&self, now: Timestamp) -> bool {
        Offset::UTC.to_datetime(now).date() <= self.expires
    }

    /// The first time at which it does not hold any more; none where there is no such time.
    pub(crate) fn end(&self) -> Option<Timestamp> {
        let day = self.expires.tomorrow().ok()?;
        Offset::UTC.to_timestamp(day.into()).ok()
    }

    /// Whether a finding is one that it is about.
    fn is_about(&self, finding: &Finding) -> bool {
        let fits = |wanted: &Option<String>, value: &str| {
            wanted.as_deref().is_none_or(|wanted| wanted == value)
        };
        self.rule == finding.rule
            && fits(&self.fingerprint, &finding.fingerprint)
            && fits(&self.at, &finding.location.pointer)
            && self.subject.as_deref().is_none_or(|subject| {
                finding
                    .subject
                    .is_selected_by(subject, &finding.location.path)
            })
    }
}

/// Waives each finding that a waiver in force is about. The first such waiver counts.
pub(crate) fn apply(waivers: &[Waiver], findings: &mut [Finding], now: Timestamp) {
    for finding in findings {
        let in_force = |waiver: &&Waiver| waiver.holds(now) && waiver.is_about(finding);
        if let Some(waiver) = waivers.iter().find(in_force) {
            finding.status = Status::Waived;
            finding.waiver = Some(waiver.acceptance.clone());
        }
    }
}
