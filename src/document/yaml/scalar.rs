//! Scalars by YAML's core schema.

use serde_json::{Number, Value};

use super::{Scalar, Tag};

/// The value of a scalar, or what is wrong with it.
pub(super) fn value(scalar: &Scalar<'_>) -> Result<Value, &'static str> {
    let text = scalar.text.as_ref();
    let quoted = !scalar.plain && matches!(scalar.tag, Tag::None);
    if quoted || matches!(scalar.tag, Tag::String | Tag::Merge) {
        return Ok(Value::String(text.to_owned()));
    }
    let value = plain(text)?;
    match (scalar.tag, &value) {
        (Tag::Null, Value::Null)
        | (Tag::Bool, Value::Bool(_))
        | (Tag::Int | Tag::Float, Value::Number(_))
        | (Tag::None, _) => Ok(value),
        (Tag::Null, _) => Err("tagged `!!null` and not null"),
        (Tag::Bool, _) => Err("tagged `!!bool` and not a boolean"),
        _ => Err("tagged as a number and not a number"),
    }
}

/// The value of a plain scalar.
fn plain(text: &str) -> Result<Value, &'static str> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Ok(Value::Null),
        "true" | "True" | "TRUE" => Ok(Value::Bool(true)),
        "false" | "False" | "FALSE" => Ok(Value::Bool(false)),
        ".nan" | ".NaN" | ".NAN" => Err("not a finite number"),
        _ => match number(text)? {
            Some(number) => Ok(Value::Number(number)),
            None => Ok(Value::String(text.to_owned())),
        },
    }
}

fn number(text: &str) -> Result<Option<Number>, &'static str> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") {
        return Err("not a finite number");
    }
    if let Some(digits) = text.strip_prefix("0x") {
        return Ok(radix(digits, 16));
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return Ok(radix(digits, 8));
    }
    // Digits after a leading zero are part of an identifier more often than of a number.
    let padded = unsigned.len() > 1 && unsigned.starts_with('0');
    if padded && unsigned.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(None);
    }
    let text = text.strip_prefix('+').unwrap_or(text);
    if let Ok(number) = text.parse::<u64>() {
        return Ok(Some(number.into()));
    }
    if let Ok(number) = text.parse::<i64>() {
        return Ok(Some(number.into()));
    }
    float(unsigned, text)
}

fn radix(digits: &str, radix: u32) -> Option<Number> {
    // `from_str_radix` takes a sign, which the schema does not.
    let signed = digits.starts_with(['+', '-']);
    let number = u64::from_str_radix(digits, radix).ok()?;
    (!signed).then(|| number.into())
}

fn float(unsigned: &str, text: &str) -> Result<Option<Number>, &'static str> {
    // Rust also parses `inf`, `nan` and `infinity`, which are strings here.
    if !unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return Ok(None);
    }
    match text.parse::<f64>() {
        Ok(number) => Number::from_f64(number)
            .map(Some)
            .ok_or("number out of range"),
        Err(_) => Ok(None),
    }
}
