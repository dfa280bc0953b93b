//! A rule: what its METADATA says of it, and where its Rego stands.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::fact::{FactPath, Root};
use super::metadata::{Custom, Metadata, MetadataError, Parameter};
use super::template::Template;
use crate::denial::Denial;
use crate::finding::{Principle, Severity};
use crate::normalize::Kind;

/// One rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Its id; its package when METADATA names none.
    pub id: String,
    /// What is wrong, in a few words.
    pub title: String,
    /// Why it matters.
    pub description: String,
    /// The severity of its findings, before overrides.
    pub severity: Severity,
    /// The principle of Zero Trust that it belongs to.
    pub principle: Option<Principle>,
    /// How a request is refused whose token it has a finding of.
    pub denial: Denial,
    /// The practice that it checks.
    pub practice: Option<String>,
    /// The kinds of subject that it judges.
    pub applies_to: Vec<Kind>,
    /// Facts that it cannot judge without.
    pub requires: Vec<FactPath>,
    /// Facts that it cannot judge without, and that must be wholly known.
    pub requires_complete: Vec<FactPath>,
    /// Facts without which it can report, and cannot pass.
    pub uses: Vec<FactPath>,
    /// How to mend it.
    pub remediation: String,
    /// Further reading.
    pub references: Vec<String>,
    /// Values that an organisation may set.
    pub parameters: BTreeMap<String, Parameter>,
    /// Whether it reads the document as it was given, under `input.raw`.
    pub raw: bool,
    /// What it sees as `input`.
    pub input: InputForm,
    /// Its package, without `data.`.
    pub package: String,
    /// Where it comes from.
    pub origin: Origin,
    /// The path of its file.
    pub path: String,
    /// Its Rego.
    pub source: Cow<'static, str>,
    /// What in the package reports, by verb and name.
    pub entry_points: Vec<EntryPoint>,
    /// Whether the package names exceptions, as Conftest has them.
    pub has_exceptions: bool,
    pub(crate) message: Option<Template>,
}

/// What a rule sees as `input`.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum InputForm {
    /// The normalized form of the subject.
    #[default]
    Normalized,
    /// The subject's object as its document gives it, with secrets masked.
    Raw,
}

/// A set of findings in a rule's package.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EntryPoint {
    /// How its findings count.
    pub verb: Verb,
    /// Its name: `deny`, `warn_of_something`, …
    pub name: String,
}

impl EntryPoint {
    /// What Conftest's exceptions call it: the name without its verb.
    pub(crate) fn suffix(&self) -> &str {
        let rest = self.name.strip_prefix(self.verb.as_str()).unwrap_or("");
        rest.strip_prefix('_').unwrap_or(rest)
    }
}

/// Where a rule comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// Compiled into the program.
    Bundled,
    /// The organisation's own.
    Custom,
}

/// What runs a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Machine {
    /// A plan, and regorus's register VM where the plan is not sure: faster.
    Plan,
    /// Its interpreter, which knows all of the language.
    Interpreter,
}

impl Machine {
    /// Its name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Interpreter => "interpreter",
        }
    }
}

/// The names that report findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verb {
    /// At the rule's severity.
    Deny,
    /// At the rule's severity.
    Violation,
    /// At most at `low`.
    Warn,
}

impl Verb {
    /// All verbs.
    pub const ALL: [Self; 3] = [Self::Deny, Self::Violation, Self::Warn];

    /// The name in Rego.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Deny => "deny",
            Self::Violation => "violation",
            Self::Warn => "warn",
        }
    }

    /// The verb that a name begins with: `deny`, `deny_of_something`, as Conftest has it.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        let is_word =
            |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric());
        Self::ALL.into_iter().find(|verb| {
            let rest = name.strip_prefix(verb.as_str());
            rest.is_some_and(|rest| {
                let mut words = rest.split('_');
                words.next() == Some("") && words.all(is_word)
            })
        })
    }

    /// The severity of a finding of this verb.
    #[must_use]
    pub fn grade(self, severity: Severity) -> Severity {
        match self {
            Self::Deny | Self::Violation => severity,
            Self::Warn => severity.min(Severity::Low),
        }
    }
}

impl std::fmt::Display for Verb {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Rule {
    /// Reads what a file says of its rule.
    pub(super) fn read(
        origin: Origin,
        path: &str,
        source: &str,
        package: &str,
        (metadata, custom): (Metadata, Custom),
        input: Option<InputForm>,
    ) -> Result<Self, MetadataError> {
        let fail = |message: String| MetadataError { line: 1, message };
        let mut rule = Self::described(&metadata, &custom, package);
        rule.severity = severity(&custom).map_err(fail)?;
        rule.principle = principle(&custom, package).map_err(fail)?;
        rule.denial = denial(&custom, rule.principle).map_err(fail)?;
        rule.applies_to = applies_to(&custom).map_err(fail)?;
        rule.requires = facts(&custom.requires).map_err(fail)?;
        rule.requires_complete = facts(&custom.requires_complete).map_err(fail)?;
        rule.uses = facts(&custom.uses).map_err(fail)?;
        rule.judges_named_kinds(&custom).map_err(fail)?;
        rule.input = custom.input.or(input).unwrap_or_default();
        rule.reads_a_document(&custom).map_err(fail)?;
        rule.parameters = parameters(&custom).map_err(fail)?;
        rule.message = custom
            .message
            .as_deref()
            .map(Template::parse)
            .transpose()
            .map_err(fail)?;
        rule.origin = origin;
        path.clone_into(&mut rule.path);
        rule.source = source.to_owned().into();
        Ok(rule)
    }

    /// A rule that does not say what it judges judges the kinds whose facts it names, and it names no others.
    fn judges_named_kinds(&mut self, custom: &Custom) -> Result<(), String> {
        let named = || self.facts().filter_map(|path| Some((path, path.kind()?)));
        if custom.applies_to.is_some() {
            let mut others = named().filter(|(_, kind)| !self.applies_to.contains(kind));
            return others.next().map_or(Ok(()), |(path, kind)| {
                let kind = kind.as_str();
                Err(format!(
                    "`{path}` is a fact of `{kind}`, which `applies_to` does not name"
                ))
            });
        }
        let kinds: BTreeSet<Kind> = named().map(|(_, kind)| kind).collect();
        if !kinds.is_empty() {
            self.applies_to = kinds.into_iter().collect();
        }
        Ok(())
    }

    /// Whether it judges whatever there is.
    #[must_use]
    pub fn judges_all_kinds(&self) -> bool {
        without_asking().all(|kind| self.applies_to.contains(&kind))
    }

    /// The inventory stands for all documents, and has none of its own to be read as it is.
    fn reads_a_document(&mut self, custom: &Custom) -> Result<(), String> {
        if self.raw && self.input == InputForm::Raw {
            return Err(
                "`raw` adds to the normalized input, and `input: raw` replaces it".to_owned(),
            );
        }
        if custom.applies_to.is_none() && self.input == InputForm::Raw {
            self.applies_to.retain(|kind| *kind != Kind::Inventory);
        }
        Ok(())
    }

    fn facts(&self) -> impl Iterator<Item = &FactPath> {
        let required = self.requires.iter().chain(&self.requires_complete);
        required.chain(&self.uses)
    }

    fn described(metadata: &Metadata, custom: &Custom, package: &str) -> Self {
        let id = custom.id.clone().unwrap_or_else(|| package.to_owned());
        Self {
            title: metadata.title.clone().unwrap_or_else(|| id.clone()),
            id,
            description: metadata
                .description
                .clone()
                .unwrap_or_default()
                .trim()
                .to_owned(),
            severity: Severity::Medium,
            principle: None,
            denial: Denial::InvalidToken,
            practice: custom.practice.clone(),
            applies_to: Vec::new(),
            requires: Vec::new(),
            requires_complete: Vec::new(),
            uses: Vec::new(),
            remediation: custom
                .remediation
                .clone()
                .unwrap_or_default()
                .trim()
                .to_owned(),
            references: metadata
                .related_resources
                .iter()
                .map(|r| r.url().to_owned())
                .collect(),
            parameters: BTreeMap::new(),
            raw: custom.raw,
            input: InputForm::default(),
            package: package.to_owned(),
            origin: Origin::Custom,
            path: String::new(),
            source: Cow::default(),
            entry_points: Vec::new(),
            has_exceptions: false,
            message: None,
        }
    }

    /// What runs it.
    #[must_use]
    pub const fn machine(&self) -> Machine {
        match self.origin {
            Origin::Bundled => Machine::Plan,
            Origin::Custom => Machine::Interpreter,
        }
    }

    /// The words of the organisation that it waits for.
    pub fn words_needed(&self) -> impl Iterator<Item = &FactPath> {
        self.requires
            .iter()
            .chain(&self.requires_complete)
            .filter(|path| path.root() != Root::Subject)
    }
}

fn severity(custom: &Custom) -> Result<Severity, String> {
    let Some(name) = &custom.severity else {
        return Ok(Severity::Medium);
    };
    Severity::parse(name).ok_or_else(|| {
        let known = Severity::ALL.map(Severity::as_str).join(", ");
        format!("severity `{name}` is not known, expected one of {known}")
    })
}

/// The principle that METADATA names, or the package's second part.
fn principle(custom: &Custom, package: &str) -> Result<Option<Principle>, String> {
    if let Some(name) = &custom.principle {
        return Principle::parse(name).map(Some).ok_or_else(|| {
            let known = Principle::ALL.map(Principle::as_str).join(", ");
            format!("principle `{name}` is not known, expected one of {known}")
        });
    }
    let mut parts = package.split('.');
    Ok(match parts.next() {
        Some("zerotrust") => parts.next().and_then(Principle::parse),
        _ => None,
    })
}

/// The refusal that METADATA names; a token that may do too much is good, and not for this.
fn denial(custom: &Custom, principle: Option<Principle>) -> Result<Denial, String> {
    let Some(name) = &custom.denial else {
        return Ok(match principle {
            Some(Principle::LeastPrivilege) => Denial::InsufficientScope,
            _ => Denial::InvalidToken,
        });
    };
    let mut known = Denial::OF_RULES.into_iter();
    known.find(|denial| denial.error() == name).ok_or_else(|| {
        let known = Denial::OF_RULES.map(Denial::error).join(", ");
        format!("denial `{name}` is not known, expected one of {known}")
    })
}

/// The kinds that a rule judges which names none. Two versions of an application are no application, so only a rule that
/// asks for changes sees them.
fn without_asking() -> impl Iterator<Item = Kind> {
    Kind::ALL.into_iter().filter(|kind| *kind != Kind::Change)
}

fn applies_to(custom: &Custom) -> Result<Vec<Kind>, String> {
    let Some(names) = &custom.applies_to else {
        return Ok(without_asking().collect());
    };
    names
        .iter()
        .map(|name| {
            Kind::parse(name).ok_or_else(|| {
                let known = Kind::ALL.map(Kind::as_str).join(", ");
                format!("`applies_to` names `{name}`, which is not known; expected one of {known}")
            })
        })
        .collect()
}

fn facts(paths: &[String]) -> Result<Vec<FactPath>, String> {
    paths.iter().map(|path| FactPath::parse(path)).collect()
}

fn parameters(custom: &Custom) -> Result<BTreeMap<String, Parameter>, String> {
    for (name, parameter) in &custom.parameters {
        if !parameter.accepts(&parameter.default) {
            return Err(format!(
                "the default of parameter `{name}` is not of its type `{}`",
                parameter.value_type
            ));
        }
    }
    Ok(custom.parameters.clone())
}
