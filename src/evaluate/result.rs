//! What a rule returned becomes findings. Anything that is no finding is an error, never silence.

use std::borrow::Cow;

use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use crate::digest;
use crate::finding::{Finding, Location, Severity, Status, SubjectRef};
use crate::normalize::Subject;
use crate::policy::{EntryPoint, InputForm, Rule};
use crate::rego::View;

/// Adds what `deny`, `violation`, `warn`, or what begins like them, has found.
///
/// # Errors
/// When an element of the result is no finding. Those before it may have been added.
pub(super) fn add_findings(
    rule: &Rule,
    entry_point: &EntryPoint,
    subject: &Subject,
    result: View<'_>,
    findings: &mut Vec<Finding>,
) -> Result<(), String> {
    let Some(elements) = result.items().filter(|_| result.is_set()) else {
        return Err(format!("`{}` is no set of findings", entry_point.name));
    };
    for element in elements.iter() {
        findings.push(finding(rule, entry_point, subject, *element)?);
    }
    Ok(())
}

fn finding(
    rule: &Rule,
    entry_point: &EntryPoint,
    subject: &Subject,
    element: View<'_>,
) -> Result<Finding, String> {
    let said = Said::read(element, entry_point)?;
    let at = said.at.map(|at| match rule.input {
        // What such a rule sees begins at the subject.
        InputForm::Raw if at.starts_with('/') => Cow::from(format!("{}{at}", subject.pointer)),
        _ => Cow::from(at),
    });
    let message = match said.message.or(said.msg) {
        Some(message) => message.to_owned(),
        None => message(rule, &said.details)?,
    };
    let severity = match said.severity {
        Some(name) => Severity::parse(name)
            .ok_or_else(|| format!("a finding's severity `{name}` is not known"))?,
        None => rule.severity,
    };
    let remediation = said.remediation.unwrap_or(&rule.remediation);
    let (path, place) = subject.location_of(at.as_deref());
    let subject_ref = subject_ref(subject);
    Ok(Finding {
        rule: rule.id.clone(),
        title: rule.title.clone(),
        principle: rule.principle,
        severity: entry_point.verb.grade(severity),
        status: Status::Open,
        fingerprint: fingerprint(rule, &subject_ref, subject.path(), &message, &said.details),
        message,
        subject: subject_ref,
        waiver: None,
        location: Location {
            path,
            pointer: place.pointer,
            document: place.document,
            ..Location::default()
        },
        remediation: remediation.to_owned(),
        references: rule.references.clone(),
        details: said.details,
    })
}

/// What a rule says of a finding.
#[derive(Default)]
struct Said<'a> {
    at: Option<&'a str>,
    message: Option<&'a str>,
    /// As Conftest calls it.
    msg: Option<&'a str>,
    severity: Option<&'a str>,
    remediation: Option<&'a str>,
    /// All else.
    details: Map<String, Value>,
}

impl<'a> Said<'a> {
    fn read(element: View<'a>, entry_point: &EntryPoint) -> Result<Self, String> {
        let mut said = Self::default();
        let members = match (element, element.entries()) {
            (_, Some(members)) => members,
            (View::Text(message), None) => {
                said.message = Some(message);
                return Ok(said);
            }
            (other, None) => {
                let (name, other) = (&entry_point.name, text(&other));
                return Err(format!("`{name}` holds `{other}`, which is no finding"));
            }
        };
        for (name, member) in members.iter() {
            let View::Text(name) = *name else {
                let name = text(name);
                return Err(format!("a finding has the key `{name}`, expected a string"));
            };
            let place = match name {
                "at" => &mut said.at,
                "message" => &mut said.message,
                "msg" => &mut said.msg,
                "severity" => &mut said.severity,
                "remediation" => &mut said.remediation,
                _ => {
                    let member = serde_json::to_value(member).map_err(|error| error.to_string())?;
                    said.details.insert(name.to_owned(), member);
                    continue;
                }
            };
            let View::Text(value) = *member else {
                let member = text(member);
                return Err(format!(
                    "a finding's `{name}` is `{member}`, expected a string"
                ));
            };
            *place = Some(value);
        }
        Ok(said)
    }
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

/// Facts of a finding that say nothing of the offending value: they change with the day or with a parameter.
const NO_VALUES: [&str; 2] = ["days_left", "limit"];

/// Made of rule, subject and offending value, so that it is stable when lines move, lists are ordered anew, and time
/// passes.
fn fingerprint(
    rule: &Rule,
    subject: &SubjectRef,
    path: &str,
    message: &str,
    details: &Map<String, Value>,
) -> String {
    let what = if details.is_empty() {
        Cow::from(message)
    } else {
        Cow::from(text(&Lasting(details)))
    };
    digest::fingerprint(&[&rule.id, &subject.kind, subject.key(path), &what])
}

/// Writes what lasts of the facts of a finding.
struct Lasting<'a>(&'a Map<String, Value>);

impl Serialize for Lasting<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let lasting = self.0.iter();
        let lasting = lasting.filter(|(name, _)| !NO_VALUES.contains(&name.as_str()));
        serializer.collect_map(lasting.map(|(name, value)| (name, Ordered(value))))
    }
}

/// Writes a value with the elements of its lists in the order of their text.
struct Ordered<'a>(&'a Value);

impl Serialize for Ordered<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Array(elements) => {
                let mut elements: Vec<Ordered<'_>> = elements.iter().map(Ordered).collect();
                elements.sort_by_cached_key(text);
                serializer.collect_seq(elements)
            }
            Value::Object(members) => {
                serializer.collect_map(members.iter().map(|(name, value)| (name, Ordered(value))))
            }
            scalar => scalar.serialize(serializer),
        }
    }
}

/// JSON. What is made of JSON can be written.
fn text(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// How reports name a subject.
pub(crate) fn subject_ref(subject: &Subject) -> SubjectRef {
    SubjectRef {
        kind: subject.kind().as_str().to_owned(),
        id: subject.id().map(str::to_owned),
        name: subject.name().map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::document::{Limits, parse};
    use crate::normalize::normalize;

    const APP: &str = r#"{"appId": "1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9", "displayName": "Shop",
        "signInAudience": "AzureADMyOrg"}"#;

    fn rule(package: &str) -> Rule {
        let mut policies = crate::policy::PolicySet::empty();
        let text = format!("package {package}\n\ndeny contains \"\" if false\n");
        policies.add_text("a.rego", &text).unwrap();
        policies.rules().next().unwrap().clone()
    }

    fn print(rule: &Rule, app: &str, message: &str, details: &Value) -> String {
        let documents = parse("shop.json", app.as_bytes(), &Limits::default()).unwrap();
        let subject = normalize(&documents[0], None).subjects.remove(0);
        fingerprint(
            rule,
            &subject_ref(&subject),
            subject.path(),
            message,
            details.as_object().unwrap(),
        )
    }

    fn of(details: &Value) -> String {
        print(&rule("own"), APP, "", details)
    }

    #[test]
    fn a_fingerprint_is_the_value_s_and_not_the_day_s() {
        let uri = json!({"uri": "http://shop.contoso.com"});
        assert_eq!(of(&uri).len(), 32);
        assert_eq!(
            of(&uri),
            print(&rule("own"), APP, "another message", &uri),
            "facts say more than the message"
        );
        assert_eq!(
            of(&json!({"name": "ci", "days_left": 12, "limit": 30})),
            of(&json!({"name": "ci", "days_left": 11, "limit": 60})),
        );
        assert_eq!(
            of(&json!({"scopes": ["b", {"x": [2, 1]}, "a"]})),
            of(&json!({"scopes": ["a", "b", {"x": [1, 2]}]})),
        );
        let moved = APP.replace("{", "{\n\n").replace("\"Shop\"", "\"Store\"");
        assert_eq!(of(&uri), print(&rule("own"), &moved, "", &uri));
    }

    #[test]
    fn other_rules_subjects_and_values_have_others() {
        let uri = json!({"uri": "http://shop.contoso.com"});
        let principal = r#"{"id": "1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9", "servicePrincipalType": "Application",
            "appId": "0f0f0f0f-4b5a-4978-8695-a4b3c2d1e0f9", "appOwnerOrganizationId": null}"#;
        let other = APP.replace("1f0e2d3c", "2f0e2d3c");
        let all = [
            of(&uri),
            of(&json!({"uri": "http://shop.contoso.com/"})),
            of(&json!({"url": "http://shop.contoso.com"})),
            of(&json!({"limit": 1})),
            print(&rule("other"), APP, "", &uri),
            print(&rule("own"), &other, "", &uri),
            print(&rule("own"), principal, "", &uri),
            print(&rule("own"), APP, "a", &json!({})),
            print(&rule("own"), APP, "b", &json!({})),
        ];
        let different: std::collections::BTreeSet<&String> = all.iter().collect();
        assert_eq!(different.len(), all.len());
    }
}
