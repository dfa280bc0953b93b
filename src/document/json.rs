//! JSON: strict, with comments and trailing commas, or several values in a row.

use std::ops::Range;

use serde::de::{DeserializeSeed, IgnoredAny};
use serde_json::error::Category;
use serde_json::{Deserializer, Value};

use super::Limits;
use super::error::Fault;
use super::strict::Strict;

/// Why a text is not one JSON value.
#[derive(Debug)]
pub(super) enum Failure {
    /// More text follows a whole value.
    MoreText(Fault),
    /// The text is not JSON.
    Syntax(Fault),
    /// The text is JSON, and it is refused.
    Refused(Fault),
}

impl From<Failure> for Fault {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::MoreText(fault) | Failure::Syntax(fault) | Failure::Refused(fault) => fault,
        }
    }
}

/// One value: strict JSON, or else JSON with comments and trailing commas.
pub(super) fn parse(text: &str, limits: &Limits) -> Result<Value, Failure> {
    parse_within(text, limits, 0)
}

/// One value that stands within so many lists and objects.
pub(super) fn parse_within(text: &str, limits: &Limits, depth: usize) -> Result<Value, Failure> {
    let strict = Strict::new(limits.depth()).within(depth);
    let failure = match parse_as(text, strict) {
        Err(failure @ (Failure::Syntax(_) | Failure::MoreText(_))) => failure,
        done => return done,
    };
    match without_comments(text).map_err(Failure::Syntax)? {
        Some(plain) => parse_as(&plain, strict),
        None => Err(failure),
    }
}

/// Several values, one a line or one after another, each with its place.
pub(super) fn parse_stream(
    text: &str,
    limits: &Limits,
) -> Result<Vec<(Value, Range<usize>)>, Fault> {
    let mut documents = Vec::new();
    let mut extents = Deserializer::from_str(text).into_iter::<IgnoredAny>();
    loop {
        let before = extents.byte_offset();
        let Some(extent) = extents.next() else {
            return Ok(documents);
        };
        let rest = text.get(before..).unwrap_or_default();
        let start = text.len() - rest.trim_start().len();
        // A value that cannot be skipped is read all the same, for the better message.
        let end = match &extent {
            Ok(IgnoredAny) => extents.byte_offset(),
            Err(_) => text.len(),
        };
        if documents.len() >= limits.max_documents {
            let message = format!("more than {} documents", limits.max_documents);
            return Err(Fault::new(start, message));
        }
        let part = text.get(start..end).unwrap_or_default();
        let value =
            parse_strict(part, limits).map_err(|failure| Fault::from(failure).shifted(start))?;
        extent.map_err(|error| fault(text, &error))?;
        documents.push((value, start..end));
    }
}

/// One value of strict JSON.
pub(super) fn parse_strict(text: &str, limits: &Limits) -> Result<Value, Failure> {
    parse_as(text, Strict::new(limits.depth()))
}

fn parse_as(text: &str, strict: Strict) -> Result<Value, Failure> {
    let mut deserializer = Deserializer::from_str(text);
    let value = strict
        .deserialize(&mut deserializer)
        .map_err(|error| match error.classify() {
            Category::Data => Failure::Refused(fault(text, &error)),
            _ => Failure::Syntax(fault(text, &error)),
        })?;
    match deserializer.end() {
        Ok(()) => Ok(value),
        Err(error) => Err(Failure::MoreText(fault(text, &error))),
    }
}

fn fault(text: &str, error: &serde_json::Error) -> Fault {
    let full = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    let message = match full.strip_suffix(&place).unwrap_or(&full) {
        "EOF while parsing a list" => "the text ends within an array",
        "EOF while parsing an object" => "the text ends within an object",
        "EOF while parsing a string" => "the text ends within a string",
        "EOF while parsing a value" => "the text ends where a value is expected",
        "trailing characters" => "more text after the end of the value",
        other => other,
    };
    let offset = match error.classify() {
        Category::Eof => text.trim_end().len(),
        Category::Data => start_of_refused(text, offset(text, error)),
        _ => offset(text, error),
    };
    Fault::new(offset, message)
}

/// The byte that an error stands at: `serde_json` counts lines from 1, and columns in bytes up to
/// and with the byte that it last read.
fn offset(text: &str, error: &serde_json::Error) -> usize {
    let line = match error.line() {
        0 | 1 => 0,
        line => text
            .match_indices('\n')
            .nth(line - 2)
            .map_or(text.len(), |(index, _)| index + 1),
    };
    (line + error.column()).saturating_sub(1).min(text.len())
}

/// Where a refused key or bracket starts. `serde_json` has read on from it, over white space and a
/// closing bracket at most.
fn start_of_refused(text: &str, end: usize) -> usize {
    let read = text.get(..text.ceil_char_boundary(end + 1));
    let read = read.unwrap_or_default();
    match read.rfind(['"', '[', '{']) {
        Some(at) if read.get(at..).is_some_and(|rest| rest.starts_with('"')) => {
            opening_quote(read.as_bytes(), at)
        }
        Some(at) => at,
        None => end,
    }
}

/// The opening quote of the string whose closing quote stands at a byte.
fn opening_quote(bytes: &[u8], end: usize) -> usize {
    let before = bytes.get(..end).unwrap_or_default();
    let mut quotes = (0..end).rev().filter(|at| before.get(*at) == Some(&b'"'));
    let unescaped = quotes.find(|at| {
        let escapes = before.iter().take(*at).rev();
        escapes.take_while(|byte| **byte == b'\\').count() % 2 == 0
    });
    unescaped.unwrap_or(end)
}

/// The text with comments and trailing commas made blank, byte for byte, or `None` where it has
/// none. What is left must be strict JSON, so no other looseness comes in, and every byte keeps its
/// place.
fn without_comments(text: &str) -> Result<Option<String>, Fault> {
    let source = text.as_bytes();
    let mut blank = source.to_vec();
    let mut at = 0;
    // The last two bytes that mean something, with the place of the last.
    let (mut last, mut before_last, mut last_at) = (0, 0, 0);
    while let Some(&byte) = source.get(at) {
        let end = match (byte, source.get(at + 1)) {
            (b'/', Some(b'/')) => end_of_line(source, at),
            (b'/', Some(b'*')) => end_of_comment(source, at)
                .ok_or_else(|| Fault::new(at, "the comment is never closed"))?,
            (b'"', _) => end_of_string(source, at),
            _ => at + 1,
        };
        let trailing = last == b',' && !matches!(before_last, 0 | b'[' | b'{' | b',' | b':');
        if byte == b'/' && end > at + 1 {
            wipe(&mut blank, at..end);
        } else if !byte.is_ascii_whitespace() {
            if matches!(byte, b']' | b'}') && trailing {
                wipe(&mut blank, last_at..last_at + 1);
            }
            (before_last, last, last_at) = (last, byte, at);
        }
        at = end;
    }
    if blank == source {
        return Ok(None);
    }
    Ok(String::from_utf8(blank).ok())
}

/// Spaces for everything but line ends.
fn wipe(bytes: &mut [u8], range: Range<usize>) {
    for byte in bytes.get_mut(range).unwrap_or_default() {
        if !matches!(byte, b'\n' | b'\r') {
            *byte = b' ';
        }
    }
}

fn end_of_line(source: &[u8], at: usize) -> usize {
    let mut rest = source.iter().skip(at);
    rest.position(|byte| matches!(byte, b'\n' | b'\r'))
        .map_or(source.len(), |length| at + length)
}

fn end_of_comment(source: &[u8], at: usize) -> Option<usize> {
    let inside = source.get(at + 2..)?;
    let length = inside.windows(2).position(|pair| pair == b"*/")?;
    Some(at + 2 + length + 2)
}

fn end_of_string(source: &[u8], at: usize) -> usize {
    let mut escaped = false;
    for (index, byte) in source.iter().enumerate().skip(at + 1) {
        match byte {
            b'"' if !escaped => return index + 1,
            _ => escaped = *byte == b'\\' && !escaped,
        }
    }
    source.len()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::document::text::position;

    fn value(text: &str) -> Value {
        parse(text, &Limits::default()).unwrap()
    }

    /// `line:column: message`
    fn shown(text: &str, fault: Fault) -> String {
        let at = position(text, fault.offset);
        format!("{}:{}: {}", at.line, at.column, fault.message)
    }

    fn error(text: &str) -> String {
        shown(text, parse(text, &Limits::default()).unwrap_err().into())
    }

    fn stream_error(text: &str) -> String {
        shown(text, parse_stream(text, &Limits::default()).unwrap_err())
    }

    #[test]
    fn numbers_stay_as_they_are() {
        let text = "[18446744073709551615, -9223372036854775808, 1.0, -0, 1e3]";
        assert_eq!(
            value(text).to_string(),
            "[18446744073709551615,-9223372036854775808,1.0,-0.0,1000.0]"
        );
        assert_eq!(error("[1e999]"), "1:6: number out of range");
    }

    #[test]
    fn comments_and_trailing_commas_are_blank() {
        let text = "/* a */{\"a\": [1, /* b */ 2, // c\n ], /**/}//";
        assert_eq!(value(text), json!({"a": [1, 2]}));
        let text = r#"{"a//": "/* \" // */ ,]",}"#;
        assert_eq!(value(text), json!({"a//": "/* \" // */ ,]"}));
    }

    #[test]
    fn no_other_looseness_comes_with_comments() {
        for text in [
            "[,]",
            "[1,,]",
            "{,}",
            "[1 2]",
            "{\"a\":,}",
            "{\"a\":1,,}",
            "{\"a\",}",
            ",",
            "[1],",
            "{a: 1}",
            "{'a': 1}",
            "['a']",
            "[0x1]",
            "[+1]",
            "[.5]",
            "[5.]",
            "[NaN]",
            "[01]",
            "[\"\\x41\"]",
            "[\"a\tb\"]",
            "[\"a\nb\"]",
            "[\"a\\\nb\"]",
            "[\u{a0}1]",
            "[1] /",
            "[1] # c",
            "[1/ /c\n]",
        ] {
            assert!(parse(text, &Limits::default()).is_err(), "{text:?}");
            let commented = format!("/* c */{text} // c");
            assert!(
                parse(&commented, &Limits::default()).is_err(),
                "{commented:?}"
            );
        }
    }

    #[test]
    fn a_key_stands_once() {
        let text = "{\"é\": 1,\n  \"b\": {\"é\\\"\": 1, \"é\\\"\": 2}}";
        assert_eq!(error(text), "2:19: duplicate key `é\"`");
        assert_eq!(error(r#"{"a": 1, "\u0061": 2}"#), "1:10: duplicate key `a`");
        assert_eq!(
            error("{\"a\": 1, /* c */ \"a\": 2}"),
            "1:18: duplicate key `a`"
        );
        assert_eq!(
            error("{\"a\\n\": 1, \"a\\n\": 2}"),
            "1:12: duplicate key `a\u{fffd}`"
        );
        assert_eq!(
            value("[{\"a\": 1}, {\"a\": 2}]"),
            json!([{"a": 1}, {"a": 2}])
        );
    }

    #[test]
    fn errors_stand_where_the_mistake_is() {
        assert_eq!(error("{\"é\": tru}"), "1:10: expected ident");
        assert_eq!(error("{\"é\": 1\n \"b\": 2}"), "2:2: expected `,` or `}`");
        assert_eq!(
            error("{\"a\": [1, 2\n"),
            "1:12: the text ends within an array"
        );
        assert_eq!(error("{\"a\": \"b"), "1:9: the text ends within a string");
        assert_eq!(
            error("{\"a\":"),
            "1:6: the text ends where a value is expected"
        );
        assert_eq!(
            error("{\"a\": \"b\n\"}"),
            "1:9: control character (\\u0000-\\u001F) found while parsing a string"
        );
        assert_eq!(error("[1, // é\n é]"), "2:2: expected value");
        assert_eq!(error("[1 /* b"), "1:4: the comment is never closed");
        assert_eq!(error("[1] ]"), "1:5: more text after the end of the value");
    }

    #[test]
    fn several_values_stand_one_after_another() {
        let documents = parse_stream(" 1\n\n{\"a\":\n2}[3]\r\n\"é\" ", &Limits::default()).unwrap();
        let expected = [
            (json!(1), 1..2),
            (json!({"a": 2}), 4..12),
            (json!([3]), 12..15),
            (json!("é"), 17..21),
        ];
        assert_eq!(documents, expected);
    }

    #[test]
    fn errors_of_later_values_carry_the_file_s_line() {
        assert_eq!(
            stream_error("{}\n{\"a\": 1, \"a\": 2}"),
            "2:10: duplicate key `a`"
        );
        assert_eq!(stream_error("{}\n\n {\"a\" 1}\n{}"), "3:7: expected `:`");
        assert_eq!(
            stream_error("{}\n{\"a\": 1\n"),
            "2:8: the text ends within an object"
        );
        assert_eq!(
            stream_error("{}\n[\"\\ud800\"]"),
            "2:9: unexpected end of hex escape"
        );
        assert_eq!(stream_error("{}\n12 é"), "2:4: expected value");
    }
}
