//! Bytes become documents.
//!
//! [`find`] lists the sources behind paths, directories and globs. [`read_file`], [`read_reader`]
//! and [`parse`] turn bytes into [`Document`]s. [`Document::locate`] leads from JSON Pointers back
//! to lines and columns.
//!
//! This stage knows encodings, JSON, NDJSON, YAML, compact tokens and limits, and the names and syntaxes of
//! dependency manifests. Nothing here knows the Microsoft identity platform.

mod encoding;
mod error;
pub mod git;
mod held;
mod json;
mod jwt;
mod lines;
mod manifest;
pub(crate) mod pointer;
mod read;
mod snippet;
mod span;
pub(crate) mod stream;
mod strict;
mod text;
mod toml;
mod walk;
mod xml;
mod yaml;

#[cfg(test)]
mod tests;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use serde_json::Value;

pub use error::DocumentError;
pub use held::Held;
pub use jwt::is_token;
pub use manifest::Manifest;
pub use read::{parse, read_file, read_reader};
pub use span::Span;
pub use text::SourceText;
pub use walk::{Found, Origin, Source, display_path, find};

/// How much one source may ask of this program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Size of a source, and of all that YAML aliases copy within it, in bytes: 64 MiB. Of one that is read some elements
    /// at a time, it is that of an element.
    pub max_bytes: u64,
    /// Levels of arrays and objects within each other: 64. More than 100 are never allowed.
    pub max_depth: usize,
    /// Documents in one source that is held: 1,000,000.
    pub max_documents: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_bytes: 64 * 1024 * 1024,
            max_depth: 64,
            max_documents: 1_000_000,
        }
    }
}

impl Limits {
    /// The depth that holds: far from the end of any stack, and from `serde_json`'s own limit.
    fn depth(&self) -> usize {
        self.max_depth.min(100)
    }

    /// The same for as many documents as there are: they are not held.
    fn of_any_number(self) -> Self {
        Self {
            max_documents: usize::MAX,
            ..self
        }
    }
}

/// The syntax that a source is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    /// One JSON value, with or without comments and trailing commas.
    Json,
    /// Several JSON values, most often one a line.
    Ndjson,
    /// YAML 1.2, one document or several.
    Yaml,
    /// TOML 1.1.
    Toml,
    /// XML without a document type. An element's value is its `name`, `attributes` and `children`; a child that is
    /// text is a string.
    Xml,
    /// Compact tokens, one a line: the value of each is its `header` and its `claims`, decoded.
    Jwt,
    /// A text in a language of its own: its value is the list of its lines.
    Lines,
}

/// One parsed value, with the way back to its place in the source.
#[derive(Clone)]
pub struct Document {
    /// The value.
    pub value: Arc<Value>,
    /// The text that it was read from, shared by all documents of the source.
    pub source: Arc<SourceText>,
    number: usize,
    range: Range<usize>,
    /// The list of which it holds a part.
    list: Option<stream::Part>,
}

impl Document {
    /// Its number among the documents of its source, from 0.
    #[must_use]
    pub fn number(&self) -> usize {
        self.number
    }

    /// The value that a JSON Pointer leads to. Of a document of which only a part is held, that is none for the others.
    #[must_use]
    pub fn at(&self, pointer: &str) -> Option<&Value> {
        match &self.list {
            Some(part) if !part.is_around(pointer) => self.value.pointer(&part.pointer(pointer)?),
            _ => self.value.pointer(pointer),
        }
    }

    /// The index that the first element has which is held of a list.
    pub(crate) fn first(&self) -> usize {
        self.list.as_ref().map_or(0, |part| part.first)
    }

    /// JSON Pointer of the first place of which it holds anything.
    pub(crate) fn first_place(&self) -> String {
        let list = self.list.as_ref();
        list.map_or_else(String::new, |part| part.first_place())
    }

    /// Whether it holds the element of a list that a pointer leads to or into. A document that is whole holds all.
    pub(crate) fn holds_element_of(&self, pointer: &str) -> bool {
        self.list.as_ref().is_none_or(|part| {
            let element = part.element_of(pointer);
            element.is_some_and(|element| self.value.pointer(&element).is_some())
        })
    }

    /// Where it ends in its source: line and column.
    pub(crate) fn end(&self) -> (u32, u32) {
        let end = self.source.position(self.range.end);
        (end.line, end.column)
    }

    /// The bytes of the source's text that hold this document.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        self.range.clone()
    }
}

// Values may be secrets, so they stay out of logs and of the messages of failed tests.
impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Document")
            .field("source", &self.source)
            .field("range", &self.range)
            .finish_non_exhaustive()
    }
}
