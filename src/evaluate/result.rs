//! What a rule returned becomes findings. Anything that is no finding is an error, never silence.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::{Serialize, Serializer};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::finding::{Finding, Location, Severity, Status, SubjectRef};
use crate::normalize::Subject;
use crate::policy::{EntryPoint, InputForm, Rule};
use crate::rego::View;

/// Reads the result of `deny`, `violation`, `warn`, or what begins like them.
pub(super) fn findings(
    rule: &Rule,
    entry_point: &EntryPoint,
    subject: &Subject,
    result: View<'_>,
) -> Result<Vec<Finding>, String> {
    let Some(elements) = result.items().filter(|_| result.is_set()) else {
        return Err(format!("`{}` is no set of findings", entry_point.name));
    };
    elements
        .iter()
        .map(|element| finding(rule, entry_point, subject, *element))
        .collect()
}

fn finding(
    rule: &Rule,
    entry_point: &EntryPoint,
    subject: &Subject,
    element: View<'_>,
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
        waiver: None,
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

/// Facts of a finding that say nothing of the offending value: they change with the day or with a parameter.
const NO_VALUES: [&str; 2] = ["days_left", "limit"];

/// Made of rule, subject and offending value, so that it is stable when lines move, lists are ordered anew, and time
/// passes.
fn fingerprint(
    rule: &Rule,
    subject: &Subject,
    message: &str,
    details: &Map<String, Value>,
) -> String {
    let subject_ref = subject_ref(subject);
    let who = subject_ref.key(subject.path());
    let what = if details.is_empty() {
        message.to_owned()
    } else {
        let lasting = details.iter();
        let lasting = lasting.filter(|(name, _)| !NO_VALUES.contains(&name.as_str()));
        let lasting = lasting.map(|(name, value)| (name, Ordered(value)));
        text(&lasting.collect::<BTreeMap<_, _>>())
    };
    let mut hash = Sha256::new();
    for part in [&rule.id, &subject_ref.kind, who, what.as_str()] {
        hash.update(part);
        hash.update([0]);
    }
    let digest = hash.finalize();
    let mut text = String::with_capacity(32);
    for byte in digest.iter().take(16) {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
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
        fingerprint(rule, &subject, message, details.as_object().unwrap())
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
