//! Hashes of files, as OPA makes them: of the bytes, or of what a structured file says.

use data_encoding::HEXLOWER;
use jsonc_parser::ast::Value as Ast;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use serde_json::Value;
use sha2::{Digest, Sha224, Sha256, Sha384, Sha512, Sha512_224, Sha512_256};

use super::Entry;
use crate::policy::data;

/// The hash of a file, in hexadecimal digits.
pub(super) fn hash(entry: &Entry, algorithm: &str) -> Result<String, String> {
    let canonical = if entry.is_structured() {
        Some(canonical(entry)?)
    } else {
        None
    };
    let bytes = canonical
        .as_ref()
        .map_or(entry.bytes.as_slice(), String::as_bytes);
    Ok(match algorithm {
        "SHA-224" => digest::<Sha224>(bytes),
        "SHA-256" => digest::<Sha256>(bytes),
        "SHA-384" => digest::<Sha384>(bytes),
        "SHA-512" => digest::<Sha512>(bytes),
        "SHA-512-224" => digest::<Sha512_224>(bytes),
        "SHA-512-256" => digest::<Sha512_256>(bytes),
        "MD5" | "SHA-1" => {
            return Err(format!(
                "{algorithm} is broken, and no signature by it holds"
            ));
        }
        other => return Err(format!("the hash algorithm `{other}` is not known")),
    })
}

fn digest<D: Digest>(bytes: &[u8]) -> String {
    HEXLOWER.encode(&D::digest(bytes))
}

/// The text of a structured file that is hashed: its keys in order, without white space, numbers as they are written.
fn canonical(entry: &Entry) -> Result<String, String> {
    // Checks syntax and depth first.
    let path = if entry.base().ends_with("ml") {
        &entry.name
    } else {
        "data.json"
    };
    let value = data::parse(path, &entry.bytes).map_err(|error| error.message)?;
    let mut text = String::new();
    if path != "data.json" {
        write_value(&value, &mut text);
        return Ok(text);
    }
    let json = std::str::from_utf8(&entry.bytes).map_err(|_| "no UTF-8".to_owned())?;
    let parsed = parse_to_ast(json, &CollectOptions::default(), &ParseOptions::default())
        .map_err(|error| error.to_string())?;
    match parsed.value {
        Some(value) => write_ast(&value, &mut text),
        None => return Err("the file is empty".to_owned()),
    }
    Ok(text)
}

fn write_ast(value: &Ast<'_>, text: &mut String) {
    match value {
        Ast::StringLit(string) => write_string(&string.value, text),
        Ast::NumberLit(number) => text.push_str(number.value),
        Ast::BooleanLit(boolean) => text.push_str(if boolean.value { "true" } else { "false" }),
        Ast::NullKeyword(_) => text.push_str("null"),
        Ast::Array(array) => write_list('[', ']', &array.elements, text, write_ast),
        Ast::Object(object) => {
            let mut members: Vec<(&str, &Ast<'_>)> = object
                .properties
                .iter()
                .map(|member| (member.name.as_str(), &member.value))
                .collect();
            members.sort_by_key(|(key, _)| *key);
            write_list('{', '}', &members, text, |(key, value), text| {
                write_string(key, text);
                text.push(':');
                write_ast(value, text);
            });
        }
    }
}

/// YAML has no text of numbers in JSON: they are written as Go writes them.
fn write_value(value: &Value, text: &mut String) {
    match value {
        Value::String(string) => write_string(string, text),
        Value::Number(number) => match number.as_f64().filter(|_| number.is_f64()) {
            Some(float) => text.push_str(&go_float(float)),
            None => text.push_str(&number.to_string()),
        },
        Value::Bool(_) | Value::Null => text.push_str(&value.to_string()),
        Value::Array(items) => write_list('[', ']', items, text, write_value),
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by_key(|(key, _)| *key);
            write_list('{', '}', &members, text, |(key, value), text| {
                write_string(key, text);
                text.push(':');
                write_value(value, text);
            });
        }
    }
}

fn write_list<T>(
    open: char,
    close: char,
    items: &[T],
    text: &mut String,
    write: impl Fn(&T, &mut String),
) {
    text.push(open);
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        write(item, text);
    }
    text.push(close);
}

fn go_float(float: f64) -> String {
    let size = float.abs();
    if size != 0.0 && !(1e-6..1e21).contains(&size) {
        let text = format!("{float:e}");
        return if text.contains("e-") {
            text
        } else {
            text.replace('e', "e+")
        };
    }
    format!("{float}")
}

/// JSON as Go writes it: without escapes for HTML, with escapes for the line separators of JavaScript.
fn write_string(string: &str, text: &mut String) {
    let json = Value::from(string).to_string();
    text.push_str(
        &json
            .replace('\u{2028}', "\\u2028")
            .replace('\u{2029}', "\\u2029"),
    );
}
