//! Sources become documents.

use std::fs::File;
use std::io::Read;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use serde_json::Value;

use super::error::{DocumentError, Fault};
use super::walk::display_path;
use super::{
    Document, Limits, Manifest, SourceText, Syntax, encoding, json, jwt, lines, toml, xml, yaml,
};

/// All documents of a file; none where it is YAML and holds comments alone.
///
/// # Errors
/// The file cannot be read, is too large or empty, or is not what its name says.
pub fn read_file(path: &Path, limits: &Limits) -> Result<Vec<Document>, DocumentError> {
    let bytes = bytes_of_file(path, limits)?;
    from_bytes(&display_path(path), bytes, limits)
}

/// All documents that a reader gives: standard input, by the path `-`.
///
/// # Errors
/// As [`read_file`].
pub fn read_reader(
    path: &str,
    reader: impl Read,
    limits: &Limits,
) -> Result<Vec<Document>, DocumentError> {
    from_bytes(path, bytes_of(path, reader, 0, limits)?, limits)
}

pub(super) fn bytes_of_file(path: &Path, limits: &Limits) -> Result<Vec<u8>, DocumentError> {
    let name = display_path(path);
    let file = File::open(path).map_err(|error| DocumentError::io(&name, &error))?;
    let size = file.metadata().map_or(0, |metadata| metadata.len());
    bytes_of(&name, file, size, limits)
}

/// All bytes that a reader gives, of which there may be `about` so many; or one more than are allowed.
pub(super) fn bytes_of(
    path: &str,
    reader: impl Read,
    about: u64,
    limits: &Limits,
) -> Result<Vec<u8>, DocumentError> {
    let about = usize::try_from(about.min(limits.max_bytes)).unwrap_or_default();
    let mut bytes = Vec::with_capacity(about);
    reader
        .take(limits.max_bytes.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|error| DocumentError::io(path, &error))?;
    Ok(bytes)
}

/// All documents in the bytes of a source. Its syntax is told by the path's extension, or else by
/// the text.
///
/// # Errors
/// The bytes are too many, none, or not what the path says.
pub fn parse(path: &str, bytes: &[u8], limits: &Limits) -> Result<Vec<Document>, DocumentError> {
    from_bytes(path, bytes.to_vec(), limits)
}

fn from_bytes(path: &str, bytes: Vec<u8>, limits: &Limits) -> Result<Vec<Document>, DocumentError> {
    if bytes.len() as u64 > limits.max_bytes {
        let message = format!("larger than {} bytes", limits.max_bytes);
        return Err(DocumentError::whole(path, message));
    }
    let text = encoding::decode(path, bytes)?;
    let syntax = syntax_of(path).unwrap_or_else(|| syntax_of_text(&text));
    // A list of nothing is whole.
    let may_be_empty = matches!(syntax, Syntax::Lines | Syntax::Toml);
    if text.trim().is_empty() && !may_be_empty {
        return Err(DocumentError::whole(path, "the file is empty"));
    }
    let (syntax, parsed) = match from_text(syntax, &text, limits) {
        Ok(parsed) => parsed,
        Err(fault) if is_template(path) => {
            let fault = fault.help("a template is read as it is, so render it first");
            return Err(DocumentError::at(path, &text, fault));
        }
        Err(fault) => return Err(DocumentError::at(path, &text, fault)),
    };
    let source = Arc::new(SourceText::new(path, text, syntax));
    let documents = parsed.into_iter().enumerate();
    let documents = documents.map(|(number, (value, range))| Document {
        value: Arc::new(value),
        source: Arc::clone(&source),
        number,
        range,
        list: None,
    });
    Ok(documents.collect())
}

type Parsed = Vec<(Value, Range<usize>)>;

fn from_text(syntax: Syntax, text: &str, limits: &Limits) -> Result<(Syntax, Parsed), Fault> {
    let whole = |value| Ok((syntax, vec![(value, 0..text.len())]));
    match syntax {
        Syntax::Toml => whole(toml::parse(text, limits)?),
        Syntax::Xml => whole(xml::parse(text, limits)?),
        Syntax::Lines => whole(lines::parse(text)),
        Syntax::Jwt => Ok((syntax, jwt::parse(text, limits)?)),
        Syntax::Yaml => Ok((syntax, yaml::parse(text, limits)?)),
        Syntax::Ndjson => Ok((syntax, json::parse_stream(text, limits)?)),
        Syntax::Json => match json::parse(text, limits) {
            Ok(value) => Ok((syntax, vec![(value, 0..text.len())])),
            Err(json::Failure::MoreText(_)) => {
                Ok((Syntax::Ndjson, json::parse_stream(text, limits)?))
            }
            Err(failure) => Err(failure.into()),
        },
    }
}

/// The syntax that a file's name promises; templates (`.json.tpl`) count as what they become.
pub(super) fn syntax_of(path: &str) -> Option<Syntax> {
    if let Some(manifest) = Manifest::of(path) {
        return Some(manifest.syntax());
    }
    let path = path.to_ascii_lowercase();
    let path = TEMPLATES
        .iter()
        .find_map(|suffix| path.strip_suffix(suffix))
        .unwrap_or(&path);
    match path.rsplit_once('.')?.1 {
        "json" | "jsonc" | "json5" => Some(Syntax::Json),
        "ndjson" | "jsonl" => Some(Syntax::Ndjson),
        "yaml" | "yml" => Some(Syntax::Yaml),
        "jwt" => Some(Syntax::Jwt),
        _ => None,
    }
}

const TEMPLATES: [&str; 3] = [".tpl", ".tmpl", ".template"];

fn is_template(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    TEMPLATES.iter().any(|suffix| path.ends_with(suffix))
}

fn syntax_of_text(text: &str) -> Syntax {
    match text.trim_start().as_bytes().first() {
        // A slash starts a comment before a JSON value; YAML's comments start with `#`.
        Some(b'{' | b'[' | b'/') => Syntax::Json,
        _ if jwt::looks_like(text) => Syntax::Jwt,
        _ => Syntax::Yaml,
    }
}
