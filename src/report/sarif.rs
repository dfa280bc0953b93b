//! The report for code scanning: SARIF 2.1.0.

mod stream;

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::{Value, json};
use serde_sarif::sarif::{
    ArtifactLocation, Invocation, Location, LogicalLocation, Message, MultiformatMessageString,
    Notification, PhysicalLocation, PropertyBag, Region, ReportingConfiguration,
    ReportingDescriptor, ReportingDescriptorReference, Result as SarifResult, ResultLevel,
    Suppression, Tool, ToolComponent,
};

pub use self::stream::Stream;
use crate::finding::{self, Acceptance, Finding, Principle, Severity, Status};
use crate::policy::Rule;
use crate::report::missing::MissingFacts;
use crate::report::{self, Problem, Report};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// Stands for the directory that relative paths start from.
const SOURCE_ROOT: &str = "SRCROOT";

/// What reports say of a rule, whether it found something or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleInfo {
    /// The rule's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Why it matters.
    pub description: String,
    /// How to mend what it finds.
    pub remediation: String,
    /// How bad its findings are by default.
    pub severity: Severity,
    /// The kinds of subject that it judges.
    pub applies_to: Vec<&'static str>,
    /// The principle of Zero Trust, where the rule names one.
    pub principle: Option<Principle>,
    /// The practice that it checks, where the rule names one.
    pub practice: Option<String>,
    /// Further reading.
    pub references: Vec<String>,
}

impl From<&Rule> for RuleInfo {
    fn from(rule: &Rule) -> Self {
        Self {
            id: rule.id.clone(),
            title: rule.title.clone(),
            description: rule.description.clone(),
            remediation: rule.remediation.clone(),
            severity: rule.severity,
            applies_to: rule.applies_to.iter().map(|kind| kind.as_str()).collect(),
            principle: rule.principle,
            practice: rule.practice.clone(),
            references: rule.references.clone(),
        }
    }
}

/// Writes the report as SARIF, with the rules that made it.
///
/// # Errors
/// What the writer returns.
pub fn render(report: &Report, rules: &[RuleInfo], writer: &mut dyn Write) -> io::Result<()> {
    let mut stream = Stream::new(rules, writer);
    report.clone().give(&mut stream).map(|_| ())
}

fn tool(tool: &report::Tool, rules: &[RuleInfo]) -> Tool {
    let driver = ToolComponent::builder()
        .name(&tool.name)
        .semantic_version(&tool.version)
        .rules(rules.iter().map(descriptor).collect::<Vec<_>>())
        .build();
    Tool::builder().driver(driver).build()
}

fn descriptor(rule: &RuleInfo) -> ReportingDescriptor {
    let level = ReportingConfiguration::builder()
        .level(level(rule.severity).to_string())
        .build();
    let mut descriptor = ReportingDescriptor::builder()
        .id(&rule.id)
        .name(pascal_case(&rule.title))
        .short_description(text(&rule.title))
        .full_description(text(&rule.description))
        .help(help(rule))
        .default_configuration(level)
        .properties(properties(rule))
        .build();
    let mut references = rule.references.iter();
    descriptor.help_uri = references.find(|r| url::Url::parse(r).is_ok()).cloned();
    descriptor
}

fn properties(rule: &RuleInfo) -> PropertyBag {
    let tags = ["security", "zero-trust"].into_iter();
    let tags = tags.chain(rule.principle.map(Principle::as_str));
    let tags = tags.chain(rule.practice.as_deref());
    let more = [
        ("precision", "high"),
        ("security-severity", security_severity(rule.severity)),
    ];
    let more = more.map(|(key, value)| (key.to_owned(), Value::from(value)));
    PropertyBag::builder()
        .tags(tags.map(str::to_owned).collect::<Vec<_>>())
        .additional_properties(BTreeMap::from(more))
        .build()
}

fn help(rule: &RuleInfo) -> MultiformatMessageString {
    let RuleInfo {
        title,
        description,
        remediation,
        references,
        ..
    } = rule;
    let plain = [title, description, remediation]
        .into_iter()
        .chain(references);
    let links: String = references
        .iter()
        .map(|url| format!("- <{url}>\n"))
        .collect();
    let mut markdown =
        format!("# {title}\n\n## Why\n\n{description}\n\n## Remediation\n\n{remediation}\n");
    if !links.is_empty() {
        markdown = format!("{markdown}\n## References\n\n{links}");
    }
    MultiformatMessageString::builder()
        .text(plain.cloned().collect::<Vec<_>>().join("\n"))
        .markdown(markdown)
        .build()
}

fn result(finding: &Finding) -> SarifResult {
    let suppressions = match finding.status {
        Status::Waived => vec![suppression(finding.waiver.as_ref())],
        Status::Open | Status::Baseline => Vec::new(),
    };
    let mut location = physical(&finding.location);
    location.logical_locations = Some(logical(finding));
    SarifResult::builder()
        .rule_id(&finding.rule)
        .level(level(finding.severity))
        .message(message(&finding.message))
        .locations(vec![location])
        .partial_fingerprints(fingerprints(finding))
        .suppressions(suppressions)
        .build()
}

/// GitHub knows results again by a hash of their line, which its upload computes where there is one. For the others it
/// is given here.
fn fingerprints(finding: &Finding) -> BTreeMap<String, String> {
    let own = ("ztvet/v1", &finding.fingerprint);
    let line = ("primaryLocationLineHash", &finding.fingerprint);
    let line = finding.location.line.is_none().then_some(line);
    let all = std::iter::once(own).chain(line);
    all.map(|(name, value)| (name.to_owned(), value.clone()))
        .collect()
}

fn suppression(waiver: Option<&Acceptance>) -> Suppression {
    let mut suppression = Suppression::builder()
        .kind("external")
        .status("accepted")
        .build();
    suppression.justification = waiver.map(|waiver| {
        let Acceptance {
            reason,
            approved_by,
            expires,
        } = waiver;
        format!("{reason} (approved by {approved_by}, until {expires})")
    });
    suppression
}

const fn baseline_state(status: Status) -> &'static str {
    match status {
        Status::Baseline => "unchanged",
        Status::Open | Status::Waived => "new",
    }
}

fn physical(place: &finding::Location) -> Location {
    let mut physical = PhysicalLocation::builder()
        .artifact_location(artifact(&place.path))
        .build();
    if let Some(line) = place.line {
        let mut region = Region::builder().start_line(line).build();
        region.start_column = place.column.map(i64::from);
        region.end_line = place.end_line.map(i64::from);
        region.end_column = place.end_column.map(i64::from);
        physical.region = Some(region);
    }
    Location::builder().physical_location(physical).build()
}

/// The subject, and the place in its document.
fn logical(finding: &Finding) -> Vec<LogicalLocation> {
    let subject = &finding.subject;
    let mut owner = LogicalLocation::builder().kind(&subject.kind).build();
    owner.name = subject.name.clone();
    owner.fully_qualified_name = subject.id.clone();
    let pointer = &finding.location.pointer;
    let value = LogicalLocation::builder().kind("value");
    let value = (!pointer.is_empty()).then(|| value.fully_qualified_name(pointer).build());
    [owner].into_iter().chain(value).collect()
}

fn artifact(path: &str) -> ArtifactLocation {
    if path == "-" {
        let description = message("standard input");
        return ArtifactLocation::builder()
            .uri("-")
            .description(description)
            .build();
    }
    let (uri, relative) = uri(path, cfg!(windows));
    let mut artifact = ArtifactLocation::builder().uri(uri).build();
    artifact.uri_base_id = relative.then(|| SOURCE_ROOT.to_owned());
    artifact
}

/// The path as a URI reference, and whether it is relative.
fn uri(path: &str, windows: bool) -> (String, bool) {
    let path = if windows {
        path.replace('\\', "/")
    } else {
        path.to_owned()
    };
    if windows && path.starts_with("//") {
        return (format!("file:{}", percent_encoded(&path)), false);
    }
    if path.starts_with('/') {
        return (format!("file://{}", percent_encoded(&path)), false);
    }
    match path.split_once(":/") {
        Some((drive, rest)) if windows => {
            (format!("file:///{drive}:/{}", percent_encoded(rest)), false)
        }
        _ => (percent_encoded(path.trim_start_matches("./")), true),
    }
}

/// A path whose every byte but slashes and unreserved characters is percent-encoded.
fn percent_encoded(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                encoded.push(char::from(byte));
            }
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

/// What kept the run from judging everything: errors, and what was missing.
fn invocation(report: &Report, missing: &MissingFacts) -> Invocation {
    let errors = report.errors.iter().map(|p| notification(p, "error"));
    let notes = report.notes.iter().map(|p| notification(p, "note"));
    let missing = missing.all().into_iter().map(|missing| {
        let rules = Vec::from_iter(missing.rules).join(", ");
        let (fact, subjects) = (missing.fact, missing.subjects);
        let text = format!("inconclusive without `{fact}`: {rules} (subjects: {subjects})");
        remark("inconclusive", &text)
    });
    let waiting = report.needed_keys().into_iter().map(|(keys, rules)| {
        let (keys, rules) = (keys.join(", "), Vec::from_iter(rules).join(", "));
        remark(
            "not-configured",
            &format!("not configured without {keys}: {rules}"),
        )
    });
    let during = errors.chain(notes).chain(missing);
    Invocation::builder()
        .execution_successful(report.errors.is_empty())
        .tool_execution_notifications(during.collect::<Vec<_>>())
        .tool_configuration_notifications(waiting.collect::<Vec<_>>())
        .build()
}

fn notification(problem: &Problem, level: &str) -> Notification {
    let help = problem.help.as_ref().map(|h| format!("\nhelp: {h}"));
    let text = format!("{}{}", problem.message, help.unwrap_or_default());
    let mut notification = remark(problem.kind.as_str(), &text);
    notification.level = Some(json!(level));
    notification.locations = problem.location.as_ref().map(|l| vec![physical(l)]);
    notification
}

fn remark(id: &str, text: &str) -> Notification {
    let descriptor = ReportingDescriptorReference::builder().id(id).build();
    Notification::builder()
        .descriptor(descriptor)
        .level("note")
        .message(message(text))
        .build()
}

const fn level(severity: Severity) -> ResultLevel {
    match severity {
        Severity::Critical | Severity::High => ResultLevel::Error,
        Severity::Medium => ResultLevel::Warning,
        Severity::Low | Severity::Info => ResultLevel::Note,
    }
}

/// A score in the band that GitHub shows under the same word.
const fn security_severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "9.5",
        Severity::High => "8.0",
        Severity::Medium => "5.5",
        Severity::Low => "3.0",
        Severity::Info => "0.0",
    }
}

fn text(text: &str) -> MultiformatMessageString {
    MultiformatMessageString::builder().text(text).build()
}

/// A message taken literally: braces are doubled, as SARIF asks, and a value from a document
/// cannot read as a link.
fn message(text: &str) -> Message {
    let text = text
        .replace('{', "{{")
        .replace('}', "}}")
        .replace("](", "] (");
    Message::builder().text(text).build()
}

fn pascal_case(title: &str) -> String {
    let words = title.split(|c: char| !c.is_alphanumeric());
    let capital = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().map(|c| c.to_uppercase().collect::<String>());
        first.unwrap_or_default() + letters.as_str()
    };
    words.map(capital).collect()
}

#[cfg(test)]
mod tests;
