//! What can go wrong with a source.

use std::io;

use super::text::{self, Position, SourceText};

/// Why a source could not be read.
///
/// One type for all reasons: a caller can only show it. Messages name keys of a document, never
/// its values, because these may be secrets.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {message}", self.place())]
pub struct DocumentError {
    /// The path as it was given; `-` for standard input.
    pub path: String,
    /// The line, from 1, where the error has a place in the text.
    pub line: Option<u32>,
    /// The column, from 1, in characters.
    pub column: Option<u32>,
    /// What is wrong, in one line.
    pub message: String,
    /// What to do about it, where that is known.
    pub help: Option<String>,
}

impl DocumentError {
    /// An error of the source as a whole.
    pub(super) fn whole(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            line: None,
            column: None,
            message: message.into(),
            help: None,
        }
    }

    /// An error of the operating system.
    pub(crate) fn io(path: impl Into<String>, error: &io::Error) -> Self {
        let message = match error.kind() {
            io::ErrorKind::NotFound => "no such file or directory".to_owned(),
            io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
            io::ErrorKind::IsADirectory => "is a directory, not a file".to_owned(),
            _ => error.to_string(),
        };
        Self::whole(path, message)
    }

    /// A fault with its place in the text.
    pub(super) fn at(path: impl Into<String>, text: &str, fault: Fault) -> Self {
        Self::placed(path, text::position(text, fault.offset), fault)
    }

    /// A fault in a text that may be a part of its source.
    pub(super) fn within(source: &SourceText, fault: Fault) -> Self {
        Self::placed(&source.path, source.position(fault.offset), fault)
    }

    /// A fault whose place is known.
    pub(super) fn placed(path: impl Into<String>, position: Position, fault: Fault) -> Self {
        Self {
            path: path.into(),
            line: Some(position.line),
            column: Some(position.column),
            message: fault.message,
            help: fault.help.map(str::to_owned),
        }
    }

    fn place(&self) -> String {
        match (self.line, self.column) {
            (Some(line), Some(column)) => format!("{}:{line}:{column}", self.path),
            _ => self.path.clone(),
        }
    }
}

/// Something wrong at a byte of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) offset: usize,
    pub(super) message: String,
    pub(super) help: Option<&'static str>,
}

impl Fault {
    pub(super) fn new(offset: usize, message: impl Into<String>) -> Self {
        Self {
            offset,
            message: message.into(),
            help: None,
        }
    }

    pub(super) fn help(mut self, help: &'static str) -> Self {
        self.help = Some(help);
        self
    }

    /// The same fault in a text that starts `base` bytes earlier.
    pub(super) fn shifted(mut self, base: usize) -> Self {
        self.offset += base;
        self
    }

    pub(super) fn too_deep(offset: usize, max_depth: usize) -> Self {
        Self::new(offset, too_deep(max_depth))
    }

    pub(super) fn duplicate_key(offset: usize, key: &str) -> Self {
        Self::new(offset, duplicate_key(key))
    }
}

pub(super) fn too_deep(max_depth: usize) -> String {
    format!("nested deeper than {max_depth} levels")
}

pub(super) fn duplicate_key(key: &str) -> String {
    format!("duplicate key `{}`", shown_key(key))
}

/// A key on one line of bearable length.
fn shown_key(key: &str) -> String {
    const LONGEST: usize = 80;
    let mut shown: String = key
        .chars()
        .take(LONGEST)
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect();
    if key.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    shown
}
