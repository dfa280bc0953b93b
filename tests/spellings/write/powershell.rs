//! What `Get-MgApplication -ExpandProperty Owners | ConvertTo-Json` of Windows PowerShell writes.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Map, Value, json};

use super::graph;
use crate::app::App;

pub fn object(app: &App) -> Value {
    let mut object = graph::registration(app);
    // Not asked for.
    object.insert("federatedIdentityCredentials".to_owned(), Value::Null);
    let mut object = in_pascal_case(object.into());
    let Value::Array(owners) = graph::object(app)["owners"].take() else {
        return object;
    };
    object["Owners"] = owners.into_iter().map(owner).collect();
    object["AdditionalProperties"] = json!({});
    object
}

/// What directory objects have not stands apart, in Graph's own spelling.
fn owner(mut owner: Value) -> Value {
    let id = owner.as_object_mut().and_then(|owner| owner.remove("id"));
    json!({"Id": id, "DeletedDateTime": null, "AdditionalProperties": owner})
}

fn in_pascal_case(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let member = |(key, value): (String, Value)| {
                let value = match (key.as_str(), &value) {
                    (_, Value::String(text)) if key.ends_with("DateTime") => date(text),
                    ("key", Value::String(text)) => bytes(text),
                    _ => in_pascal_case(value),
                };
                (in_upper_case(&key), value)
            };
            members
                .into_iter()
                .map(member)
                .collect::<Map<_, _>>()
                .into()
        }
        Value::Array(items) => items.into_iter().map(in_pascal_case).collect(),
        scalar => scalar,
    }
}

fn in_upper_case(key: &str) -> String {
    let (first, rest) = key.split_at(1);
    format!("{}{rest}", first.to_uppercase())
}

fn date(text: &str) -> Value {
    let date = text.parse::<jiff::Timestamp>();
    let milliseconds = date.map(jiff::Timestamp::as_millisecond);
    milliseconds.map_or(Value::Null, |at| format!("/Date({at})/").into())
}

fn bytes(base64: &str) -> Value {
    BASE64_STANDARD.decode(base64).unwrap_or_default().into()
}

/// The text of a value: `ConvertTo-Json` escapes what HTML could take for its own.
pub fn text(value: &Value) -> Vec<u8> {
    let text = format!("{value:#}")
        .replace("\": ", "\":  ")
        .replace('\n', "\r\n")
        .replace('\'', "\\u0027")
        .replace('&', "\\u0026")
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace("/Date(", "\\/Date(")
        .replace(")/\"", ")\\/\"");
    let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
    units.flat_map(u16::to_le_bytes).collect()
}
