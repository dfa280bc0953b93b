//! A JSON Schema becomes tables of fields.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;

use super::markdown::slug;

/// The tables of a schema, one for each object in it.
pub struct Tables<'a> {
    schema: &'a Value,
    prefix: &'a str,
    says_null: bool,
    /// The title under which each definition is described.
    titles: BTreeMap<&'a str, String>,
    text: String,
}

/// What a table says of the type of a field.
#[derive(Default)]
struct Shape<'a> {
    /// Its alternatives, in the singular or plural that was asked for.
    words: Vec<String>,
    nullable: bool,
    /// The definition of its members, and what leads from the field to them: `[]` through a list.
    members: Option<(&'a str, &'static str)>,
}

impl<'a> Tables<'a> {
    /// The tables under headings of the third level: `title` first, then `prefix` and the path of each object.
    pub fn of(schema: &'a Value, title: &str, prefix: &'a str, says_null: bool) -> String {
        let mut tables = Self {
            schema,
            prefix,
            says_null,
            titles: BTreeMap::new(),
            text: String::new(),
        };
        tables.object(title, "", schema);
        tables.text
    }

    fn object(&mut self, title: &str, path: &str, object: &'a Value) {
        let description = text(&object["description"]);
        let _ = writeln!(self.text, "\n### {title}\n\n{description}\n");
        self.text
            .push_str("| field | type | meaning |\n| --- | --- | --- |\n");
        let mut rest = Vec::new();
        for (name, field) in fields(object) {
            let mut shape = self.shape(field, false);
            let mut path_of_field = format!("{path}{name}");
            if let Some((definition, step)) = shape.members {
                path_of_field.push_str(step);
                if !self.titles.contains_key(definition) {
                    let title = format!("{}{path_of_field}", self.prefix);
                    self.titles.insert(definition, title);
                    rest.push((definition, path_of_field));
                }
                shape = self.shape(field, false);
            }
            if self.says_null && !is_required(object, name) {
                shape.words.push("absent".to_owned());
            } else if self.says_null && shape.nullable {
                shape.words.push("null".to_owned());
            }
            let (kinds, meaning) = (shape.words.join(" or "), text(&field["description"]));
            let _ = writeln!(self.text, "| `{name}` | {kinds} | {meaning} |");
        }
        for (definition, path) in rest {
            let title = self.titles[definition].clone();
            let object = &self.schema["$defs"][definition];
            self.object(&title, &format!("{path}."), object);
        }
    }

    fn shape(&self, schema: &'a Value, plural: bool) -> Shape<'a> {
        let s = if plural { "s" } else { "" };
        if let Some(reference) = schema["$ref"].as_str() {
            let name = reference.trim_start_matches("#/$defs/");
            return self.definition(name, plural);
        }
        let mut shape = Shape::default();
        for alternative in schema["anyOf"].as_array().into_iter().flatten() {
            let other = self.shape(alternative, plural);
            shape.words.extend(other.words);
            shape.nullable |= other.nullable;
            shape.members = shape.members.or(other.members);
        }
        let types = match &schema["type"] {
            Value::Array(types) => types.iter().filter_map(Value::as_str).collect(),
            one => one.as_str().into_iter().collect::<Vec<_>>(),
        };
        for name in types {
            match name {
                "null" => shape.nullable = true,
                "array" => {
                    let of = self.shape(&schema["items"], true);
                    shape
                        .words
                        .push(format!("list of {}", of.words.join(" or ")));
                    shape.members = of.members.map(|(definition, _)| (definition, "[]"));
                }
                "object" if schema["additionalProperties"].is_object() => {
                    let of = self.shape(&schema["additionalProperties"], true);
                    shape
                        .words
                        .push(format!("map of {}", of.words.join(" or ")));
                    shape.members = of.members.map(|(definition, _)| (definition, "{}"));
                }
                "object" if schema["additionalProperties"] == true => {
                    shape.words.push(format!("map{s} of values"));
                }
                "object" => shape.words.push("`{}`".to_owned()),
                name => shape.words.push(format!("{name}{s}")),
            }
        }
        if shape.words.is_empty() && !shape.nullable {
            shape
                .words
                .push(if plural { "values" } else { "any value" }.to_owned());
        }
        shape
    }

    fn definition(&self, name: &'a str, plural: bool) -> Shape<'a> {
        let definition = &self.schema["$defs"][name];
        if definition["properties"].is_object() {
            let word = if plural { "objects" } else { "object" };
            let word = match self.titles.get(name) {
                Some(title) => format!("[{word}](#{})", slug(title)),
                None => word.to_owned(),
            };
            return Shape {
                words: vec![word],
                nullable: false,
                members: Some((name, "")),
            };
        }
        match definition["oneOf"].as_array() {
            Some(values) => Shape {
                words: vec![one_of(values)],
                ..Shape::default()
            },
            None => self.shape(definition, plural),
        }
    }
}

/// The members of an object: those that are always there in the order of the Rust type, then the others.
fn fields(object: &Value) -> Vec<(&str, &Value)> {
    let all = object["properties"].as_object();
    let order = object["required"].as_array().into_iter().flatten();
    let order: Vec<&str> = order.filter_map(Value::as_str).collect();
    let mut fields: Vec<(&str, &Value)> = all
        .into_iter()
        .flatten()
        .map(|(name, field)| (name.as_str(), field))
        .collect();
    fields.sort_by_key(|(name, _)| {
        order
            .iter()
            .position(|other| other == name)
            .unwrap_or(order.len())
    });
    fields
}

fn is_required(object: &Value, name: &str) -> bool {
    let required = object["required"].as_array();
    required.is_some_and(|required| required.iter().any(|other| other == name))
}

/// `a`, `b` or `c`.
fn one_of(values: &[Value]) -> String {
    let names: Vec<String> = values
        .iter()
        .map(|value| format!("`{}`", text(&value["const"])))
        .collect();
    match names.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} or {last}", others.join(", ")),
        _ => names.concat(),
    }
}

/// One line that fits into a cell.
fn text(value: &Value) -> String {
    let text = value.as_str().unwrap_or_default();
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .replace('|', "\\|")
}
