//! What a rule returned becomes findings. Anything that is no finding is an error, never silence.

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::finding::{Finding, Location, Severity, Status, SubjectRef};
use crate::normalize::Subject;
use crate::policy::{EntryPoint, InputForm, Rule};

/// Reads the result of `deny`, `violation`, `warn`, or what begins like them.
pub(super) fn findings(
    rule: &Rule,
    entry_point: &EntryPoint,
    subject: &Subject,
    result: &crate::rego::Value,
) -> Result<Vec<Finding>, String> {
    let crate::rego::Value::Set(elements) = result else {
        return Err(format!("`{}` is no set of findings", entry_point.name));
    };
    elements
        .iter()
        .map(|element| finding(rule, entry_point, subject, element))
        .collect()
}

fn finding(
    rule: &Rule,
    entry_point: &EntryPoint,
    subject: &Subject,
    element: &crate::rego::Value,
) -> Result<Finding, String> {
    let element = serde_json::to_value(element).map_err(|error| error.to_string())?;
    let mut fields = match element {
        Value::Object(fields) => fields,
        Value::String(message) => Map::from_iter([("message".to_owned(), Value::from(message))]),
        other => {
            let name = &entry_point.name;
            return Err(format!("`{name}` holds `{other}`, which is no finding"));
        }
    };
    let at = take_text(&mut fields, "at")?.map(|at| match rule.input {
        // What such a rule sees begins at the subject.
        InputForm::Raw if at.starts_with('/') => format!("{}{at}", subject.pointer),
        _ => at,
    });
    let message = match (
        take_text(&mut fields, "message")?,
        take_text(&mut fields, "msg")?,
    ) {
        (Some(message), _) | (None, Some(message)) => message,
        (None, None) => message(rule, &fields)?,
    };
    let severity = match take_text(&mut fields, "severity")? {
        Some(name) => Severity::parse(&name)
            .ok_or_else(|| format!("a finding's severity `{name}` is not known"))?,
        None => rule.severity,
    };
    let remediation = take_text(&mut fields, "remediation")?;
    let (path, place) = subject.location_of(at.as_deref());
    Ok(Finding {
        rule: rule.id.clone(),
        title: rule.title.clone(),
        principle: rule.principle,
        severity: entry_point.verb.grade(severity),
        status: Status::Open,
        fingerprint: fingerprint(rule, subject, &message, &fields),
        message,
        subject: subject_ref(subject),
        location: Location {
            path,
            pointer: place.pointer,
            document: place.document,
            ..Location::default()
        },
        remediation: remediation.unwrap_or_else(|| rule.remediation.clone()),
        references: rule.references.clone(),
        details: fields,
    })
}

/// The message of a finding that brings none.
fn message(rule: &Rule, fields: &Map<String, Value>) -> Result<String, String> {
    match &rule.message {
        Some(template) => template
            .fill(fields)
            .map_err(|field| format!("the message names `{field}`, which a finding does not have")),
        None => Ok(rule.title.clone()),
    }
}

fn take_text(fields: &mut Map<String, Value>, name: &str) -> Result<Option<String>, String> {
    match fields.remove(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(other) => Err(format!(
            "a finding's `{name}` is `{other}`, expected a string"
        )),
    }
}

/// Made of rule, subject and offending value, so that it is stable when lines move.
fn fingerprint(
    rule: &Rule,
    subject: &Subject,
    message: &str,
    details: &Map<String, Value>,
) -> String {
    let who = subject.id().or(subject.name()).unwrap_or(subject.path());
    let what = if details.is_empty() {
        message.to_owned()
    } else {
        Value::Object(details.clone()).to_string()
    };
    let mut hash = Sha256::new();
    for part in [&rule.id, who, what.as_str()] {
        hash.update(part);
        hash.update([0]);
    }
    hash.finalize()
        .iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// How reports name a subject.
pub(crate) fn subject_ref(subject: &Subject) -> SubjectRef {
    SubjectRef {
        kind: subject.kind().as_str().to_owned(),
        id: subject.id().map(str::to_owned),
        name: subject.name().map(str::to_owned),
    }
}
