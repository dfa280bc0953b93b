//! Compact tokens (JSON Web Signature, RFC 7515), one a line.

use std::ops::Range;

use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use base64::{DecodeError, Engine as _};
use serde_json::{Value, json};

use super::error::Fault;
use super::{Document, Limits, Syntax, json, lines};

/// The longest token that is read, in bytes. Servers refuse headers far shorter.
const LONGEST: usize = 256 * 1024;
/// How JSON objects begin when they are encoded: with a quote, a space, or a line end.
const JSON_OBJECTS: [&str; 4] = ["eyJ", "eyA", "ewo", "ew0"];
/// `{"alg":"none"}` is longer; names of files that begin so are shorter.
const SHORTEST_HEADER: usize = 16;
/// How Microsoft's refresh tokens begin.
const OPAQUE: [&str; 4] = ["0.A", "1.A", "M.C", "M.R"];
const SHORTEST_OPAQUE: usize = 64;

/// What was signed, and the signature, both as they were sent.
pub(crate) struct Signed<'a> {
    pub(crate) message: &'a str,
    pub(crate) signature: &'a str,
}

impl Document {
    /// What the issuer of a compact token signed. It is kept apart from the value, so that no policy sees it.
    pub(crate) fn signed(&self) -> Option<Signed<'_>> {
        if self.source.syntax() != Syntax::Jwt {
            return None;
        }
        let token = self.source.text().get(self.range())?;
        let (message, signature) = token.rsplit_once('.')?;
        Some(Signed { message, signature })
    }
}

/// Whether a text is a compact token, with or without the scheme of a header before it.
///
/// Programs use it to refuse tokens where they would be seen: in arguments, and in names of files.
///
/// ```
/// assert!(ztvet::document::is_token("Bearer eyJhbGciOiJub25lIn0.e30."));
/// assert!(!ztvet::document::is_token("tokens/today.jwt"));
/// ```
#[must_use]
pub fn is_token(text: &str) -> bool {
    let (has_scheme, token) = without_scheme(text.trim());
    let is_word = token.bytes().all(is_of_token);
    let has_parts = token.contains('.') && !token.contains('/');
    let starts_with = |starts: &[&str]| starts.iter().any(|start| token.starts_with(start));
    let header = token.split('.').next().unwrap_or_default();
    let is_signed = starts_with(&JSON_OBJECTS) && header.len() >= SHORTEST_HEADER;
    let is_opaque = starts_with(&OPAQUE) && token.len() >= SHORTEST_OPAQUE;
    is_word && !token.is_empty() && (has_scheme || (has_parts && (is_signed || is_opaque)))
}

/// Whether the first line that is no comment holds a token.
pub(super) fn looks_like(text: &str) -> bool {
    text.lines()
        .map(str::trim)
        .find(is_content)
        .is_some_and(is_token)
}

/// The tokens of a text, each as `{header, claims}` with its place.
pub(super) fn parse(text: &str, limits: &Limits) -> Result<Vec<(Value, Range<usize>)>, Fault> {
    let mut tokens = Vec::new();
    for (at, line) in lines::lines(text) {
        let start = at + line.len() - line.trim_start().len();
        let line = line.trim();
        if !is_content(&line) {
            continue;
        }
        if tokens.len() >= limits.max_documents {
            let message = format!("more than {} documents", limits.max_documents);
            return Err(Fault::new(start, message));
        }
        let (_, token) = without_scheme(line);
        let start = start + line.len() - token.len();
        let value = token_value(token, limits).map_err(|fault| fault.shifted(start))?;
        tokens.push((value, start..start + token.len()));
    }
    if tokens.is_empty() {
        return Err(Fault::new(0, "there is no token"));
    }
    Ok(tokens)
}

/// The places of header and claims in a token that has been parsed before.
pub(super) fn parts(token: &str) -> Option<(Range<usize>, Range<usize>)> {
    let header_end = token.find('.')?;
    let claims_end = token.rfind('.')?;
    Some((0..header_end, header_end + 1..claims_end))
}

fn is_content(line: &&str) -> bool {
    !line.is_empty() && !line.starts_with('#')
}

/// Base64 of every kind, and the dots between.
const fn is_of_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'=' | b'+' | b'/')
}

/// The token after `Authorization:` and `Bearer`, in any case, and whether one of them was there.
fn without_scheme<'a>(line: &'a str) -> (bool, &'a str) {
    let after = |text: &'a str, word: &str| {
        let (start, rest) = text.split_at_checked(word.len())?;
        start.eq_ignore_ascii_case(word).then_some(rest)
    };
    let mut rest = line;
    for word in ["authorization:", "bearer "] {
        rest = after(rest, word).map_or(rest, str::trim_start);
    }
    (rest.len() < line.len(), rest)
}

fn token_value(token: &str, limits: &Limits) -> Result<Value, Fault> {
    if token.len() > LONGEST {
        let message = format!("the token is larger than {LONGEST} bytes");
        return Err(Fault::new(0, message));
    }
    // Some of these have three parts too.
    if OPAQUE.iter().any(|start| token.starts_with(start)) {
        return Err(Fault::new(0, IS_OPAQUE));
    }
    let parts: Vec<&str> = token.split('.').collect();
    let [header, claims, signature] = parts.as_slice() else {
        return Err(foreign_character(token).unwrap_or_else(|| not_three_parts(&parts)));
    };
    let header = part("header", header, limits)?;
    let claims_at = token.find('.').map_or(0, |dot| dot + 1);
    let claims = match part("claims", claims, limits) {
        Err(_) if is_nested(&header) => Err(Fault::new(0, NESTED)),
        claims => claims,
    };
    let claims = claims.map_err(|fault| fault.shifted(claims_at))?;
    // Only to tell where it is wrong: whoever checks the signature decodes it anew.
    decode("signature", signature).map_err(|fault| fault.shifted(token.len() - signature.len()))?;
    Ok(json!({"header": header, "claims": claims}))
}

const ON_ONE_LINE: &str = "a signed token stands whole on one line, with two dots in it";
const IS_OPAQUE: &str =
    "the token is opaque, as refresh tokens are: it holds no claims that can be read";
const NESTED: &str = "the token holds another token instead of claims, which is not read";

fn is_nested(header: &Value) -> bool {
    let content = header.get("cty").and_then(Value::as_str);
    content.is_some_and(|content| content.eq_ignore_ascii_case("JWT"))
}

/// What stands in no token, such as the blank between two of them.
fn foreign_character(token: &str) -> Option<Fault> {
    let is_foreign =
        |(_, character): &(usize, char)| !u8::try_from(*character).is_ok_and(is_of_token);
    let (offset, character) = token.char_indices().find(is_foreign)?;
    let character = character.escape_debug();
    let message = format!("the token holds `{character}`, which is no character of base64url");
    Some(Fault::new(offset, message).help(ON_ONE_LINE))
}

fn not_three_parts(parts: &[&str]) -> Fault {
    let is_json = parts.first().is_some_and(|part| part.starts_with("ey"));
    let message = match parts.len() {
        5 if is_json => {
            "the token is encrypted (JWE, five parts): only its audience can read it".to_owned()
        }
        2 if is_json => "the token has two parts: its signature is missing".to_owned(),
        _ if !is_json => IS_OPAQUE.to_owned(),
        1 => "the token has one part: its claims and its signature are missing".to_owned(),
        count => format!("the token has {count} parts, expected three: header, claims, signature"),
    };
    Fault::new(0, message).help(ON_ONE_LINE)
}

/// A part that holds a JSON object.
fn part(name: &str, encoded: &str, limits: &Limits) -> Result<Value, Fault> {
    if encoded.is_empty() {
        return Err(Fault::new(0, format!("the token's {name} part is empty")));
    }
    let bytes = decode(name, encoded)?;
    let no_json = |offset: usize, reason: &str| {
        let character = offset + 1;
        let message =
            format!("the token's {name} part is no JSON: {reason} (decoded, byte {character})");
        // Four characters stand for three bytes.
        Fault::new((offset * 4 / 3).min(encoded.len()), message)
    };
    let text = std::str::from_utf8(&bytes)
        .map_err(|error| no_json(error.valid_up_to(), "malformed UTF-8"))?;
    let value = json::parse_strict(text, limits)
        .map_err(Fault::from)
        .map_err(|fault| no_json(fault.offset, &fault.message))?;
    if !value.is_object() {
        return Err(Fault::new(
            0,
            format!("the token's {name} part is no JSON object"),
        ));
    }
    Ok(value)
}

/// Strict base64url: no padding, no other alphabet, no bits that mean nothing.
fn decode(name: &str, encoded: &str) -> Result<Vec<u8>, Fault> {
    BASE64_URL_SAFE_NO_PAD
        .decode(encoded)
        .map_err(|error| encoding_fault(name, encoded, error))
}

fn encoding_fault(name: &str, encoded: &str, error: DecodeError) -> Fault {
    match error {
        DecodeError::InvalidByte(offset, _) => {
            let rest = encoded.get(encoded.floor_char_boundary(offset)..);
            let character = rest
                .and_then(|rest| rest.chars().next())
                .unwrap_or_default();
            let why = match character {
                '=' => ": padding is not allowed in tokens",
                '+' | '/' => ": it belongs to plain base64",
                _ => "",
            };
            let message = format!(
                "the token's {name} part holds `{}`, which is no character of base64url{why}",
                character.escape_debug()
            );
            Fault::new(offset, message)
        }
        DecodeError::InvalidLastSymbol { offset, .. } => Fault::new(
            offset,
            format!(
                "the last character of the token's {name} part has bits that mean nothing: it was altered or cut"
            ),
        ),
        _ => Fault::new(
            encoded.len(),
            format!(
                "the token's {name} part was cut: {} characters are no whole base64url",
                encoded.len()
            ),
        ),
    }
}

#[cfg(test)]
mod tests;
