//! Message templates: text with `{field}` in it. `{{` and `}}` stand for braces.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Room for most messages, in bytes.
const USUAL_LENGTH: usize = 96;

/// A parsed template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Template {
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
enum Part {
    Text(String),
    Field(String),
}

impl Template {
    /// Parses a template; the error says what is wrong with it.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut plain = String::new();
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            let (before, brace) = rest.split_at(at);
            plain.push_str(before);
            if let Some(after) = brace.strip_prefix("{{") {
                plain.push('{');
                rest = after;
            } else if let Some(after) = brace.strip_prefix("}}") {
                plain.push('}');
                rest = after;
            } else if let Some((field, after)) = brace
                .strip_prefix('{')
                .and_then(|inner| inner.split_once('}'))
            {
                if field.is_empty() || !field.chars().all(|c| c.is_alphanumeric() || c == '_') {
                    return Err(format!("`{{{field}}}` is not the name of a field"));
                }
                parts.push(Part::Text(std::mem::take(&mut plain)));
                parts.push(Part::Field(field.to_owned()));
                rest = after;
            } else {
                return Err(format!("a brace is not closed in `{text}`"));
            }
        }
        plain.push_str(rest);
        parts.push(Part::Text(plain));
        Ok(Self { parts })
    }

    /// The text with the fields filled in; the error is the name of a field that is not there.
    pub(crate) fn fill(&self, fields: &Map<String, Value>) -> Result<String, String> {
        let mut text = String::with_capacity(USUAL_LENGTH);
        for part in &self.parts {
            match part {
                Part::Text(plain) => text.push_str(plain),
                Part::Field(name) => match fields.get(name) {
                    Some(value) => push(&mut text, value),
                    None => return Err(name.clone()),
                },
            }
        }
        Ok(text)
    }
}

fn push(text: &mut String, value: &Value) {
    match value {
        Value::String(string) => text.push_str(string),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    text.push_str(", ");
                }
                push(text, item);
            }
        }
        other => text.push_str(&other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn fill(template: &str, fields: Value) -> Result<String, String> {
        let fields = fields.as_object().cloned().unwrap_or_default();
        Template::parse(template)?.fill(&fields)
    }

    #[test]
    fn fields_are_filled_in() {
        let fields = json!({"uri": "http://a", "days": 3, "hosts": ["a", "b"]});
        assert_eq!(
            fill("`{uri}` for {days} days on {hosts}", fields).unwrap(),
            "`http://a` for 3 days on a, b"
        );
    }

    #[test]
    fn doubled_braces_are_braces() {
        assert_eq!(fill("{{x}} {x}", json!({"x": 1})).unwrap(), "{x} 1");
    }

    #[test]
    fn a_missing_field_is_an_error() {
        assert_eq!(fill("{uri}", json!({})), Err("uri".to_owned()));
    }

    #[test]
    fn broken_templates_are_errors() {
        assert!(Template::parse("{uri").is_err());
        assert!(Template::parse("uri}").is_err());
        assert!(Template::parse("{a b}").is_err());
        assert!(Template::parse("{}").is_err());
    }
}
