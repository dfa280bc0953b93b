//! How a text is made: values one after another, or one list with something around it.

use std::io::Read;
use std::sync::Arc;

use serde_json::Value;

use super::super::error::{DocumentError, Fault};
use super::super::json;
use super::super::read::syntax_of;
use super::super::text::{SourceText, Start};
use super::super::{Document, Limits, Syntax};
use super::scan::{Mark, Scanner};
use super::text::{Broken, TextReader, malformed};

/// How the text of a source is made.
#[derive(Debug, Clone)]
pub(crate) enum Layout {
    /// JSON values, one a line or one after another: each is a document.
    Values,
    /// One JSON list, alone or as a member of an object.
    List(Arc<List>),
    /// Anything else, which is read as a whole.
    Whole,
}

/// A list, and what stands around it.
#[derive(Debug)]
pub(crate) struct List {
    /// The document without the list's elements.
    pub(crate) around: Document,
    /// JSON Pointer of the list.
    pub(crate) pointer: String,
    /// Bytes of text before the first element.
    pub(super) before: usize,
    /// Where the first element may start.
    pub(super) start: Start,
    /// Why what stands behind the list cannot be read. What is wrong with an element comes first.
    pub(super) fault: Option<DocumentError>,
}

impl List {
    /// Why what stands behind the list cannot be read.
    pub(crate) fn fault(&self) -> Option<DocumentError> {
        self.fault.clone()
    }

    /// Within how many values its elements' list stands.
    pub(super) fn depth(&self) -> usize {
        usize::from(!self.pointer.is_empty())
    }
}

/// Finds the layout of a text, and reads it to its end for that. `key` is the name of the member of an object, in any
/// case, that may be a list, and `is_list` says of the document without the elements, and of the list's pointer, whether it
/// stands for these.
///
/// # Errors
/// The source cannot be read or decoded, or what stands before its list is wrong.
pub(crate) fn layout(
    path: &str,
    reader: impl Read,
    limits: &Limits,
    key: &str,
    is_list: impl Fn(&Value, &str) -> bool,
) -> Result<Layout, DocumentError> {
    let syntax = syntax_of(path);
    let mut search = Search::new(key, limits);
    let mut text = TextReader::new(path, reader);
    let mut piece = String::new();
    loop {
        piece.clear();
        let more = text.read(&mut piece);
        search.piece(&piece);
        match more {
            Ok(true) => {}
            Ok(false) => break,
            Err(Broken::Whole(error)) => return Err(error),
            Err(Broken::Malformed(offset, encoding)) => {
                return Err(malformed(path, search.end, offset, encoding));
            }
        }
    }
    match syntax {
        // Nothing but blanks is no value.
        Some(Syntax::Ndjson) if search.place != Place::Begin => Ok(Layout::Values),
        Some(Syntax::Json | Syntax::Ndjson) | None => search.layout(path, limits, is_list),
        Some(_) => Ok(Layout::Whole),
    }
}

/// Where the search stands in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Before the first value.
    Begin,
    /// Within an object, before any list.
    Members,
    /// Within the list.
    List,
    /// After the list.
    After,
    /// After the first value, where only blanks may stand.
    End,
    /// After a first value that is none.
    Broken,
    /// Nothing more is worth knowing.
    Known(Kind),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Values,
    Whole,
}

struct Search<'a> {
    key: &'a str,
    most: usize,
    scanner: Scanner,
    place: Place,
    /// The text before the list's first element.
    before: String,
    /// The text from the end of the list on.
    after: String,
    /// The member that was named last, with its quotes.
    name: String,
    is_name: bool,
    depth: usize,
    has_elements: bool,
    found_list: bool,
    /// Where the text that was read ends.
    end: Start,
    start: Start,
    list_end: Start,
}

impl<'a> Search<'a> {
    fn new(key: &'a str, limits: &Limits) -> Self {
        Self {
            key,
            most: usize::try_from(limits.max_bytes).unwrap_or(usize::MAX),
            scanner: Scanner::new(true),
            place: Place::Begin,
            before: String::new(),
            after: String::new(),
            name: String::new(),
            is_name: false,
            depth: 0,
            has_elements: false,
            found_list: false,
            end: Start::default(),
            start: Start::default(),
            list_end: Start::default(),
        }
    }

    fn piece(&mut self, piece: &str) {
        // Where text is kept, it is kept from here on.
        let mut kept = 0;
        let mut next = 0;
        while !matches!(self.place, Place::Known(_)) {
            let was = self.place;
            let rest = piece.as_bytes().get(next..).unwrap_or_default();
            // Elsewhere, names are looked at.
            let skipped = match was {
                Place::List => self.scanner.to_skip(rest),
                _ => 0,
            };
            let Some(&byte) = rest.get(skipped) else {
                break;
            };
            let at = next + skipped;
            next = at + 1;
            let mark = self.scanner.mark(byte);
            self.step(mark, byte);
            if was != Place::List && self.place == Place::List {
                let opened = piece.get(kept..=at).unwrap_or_default();
                self.before.push_str(opened);
                self.start = self.end.after(piece.get(..at).unwrap_or_default());
            } else if was == Place::List && self.place != Place::List {
                kept = at;
                self.list_end = self.end.after(piece.get(..at).unwrap_or_default());
            }
        }
        let rest = piece.get(kept..).unwrap_or_default();
        match self.place {
            Place::Begin | Place::Members => self.before.push_str(rest),
            Place::After | Place::End | Place::Broken if self.found_list => {
                self.after.push_str(rest)
            }
            _ => {}
        }
        if self.before.len() + self.after.len() > self.most {
            self.place = Place::Known(Kind::Whole);
        }
        self.end = self.end.after(piece);
    }

    fn step(&mut self, mark: Mark, byte: u8) {
        match self.place {
            Place::Begin => self.begin(mark, byte),
            Place::Members => self.member(mark, byte),
            Place::List if self.scanner.depth() < self.depth => {
                self.place = Place::After;
                if self.scanner.depth() == 0 {
                    self.end(byte);
                }
            }
            Place::List => self.has_elements |= mark != Mark::Blank,
            Place::After if mark == Mark::Close && self.scanner.depth() == 0 => self.end(byte),
            Place::End if mark != Mark::Blank => self.place = Place::Known(Kind::Values),
            Place::After | Place::End | Place::Broken | Place::Known(_) => {}
        }
    }

    fn begin(&mut self, mark: Mark, byte: u8) {
        match (mark, byte) {
            (Mark::Blank, _) => {}
            (Mark::Open, b'[') => self.open(),
            (Mark::Open, _) => {
                self.place = Place::Members;
                self.is_name = true;
            }
            _ => self.place = Place::Known(Kind::Whole),
        }
    }

    /// What follows a whole value makes it one of several. After one that ends with the other bracket, nothing does.
    fn end(&mut self, byte: u8) {
        let is_list = self.found_list && self.depth == 1;
        let is_whole = byte == if is_list { b']' } else { b'}' };
        self.place = if is_whole { Place::End } else { Place::Broken };
    }

    fn open(&mut self) {
        self.found_list = true;
        self.depth = self.scanner.depth();
        self.place = Place::List;
    }

    /// Notes the names of the object's own members.
    fn member(&mut self, mark: Mark, byte: u8) {
        const LONGEST: usize = 256;
        match (mark, self.scanner.depth()) {
            (Mark::Close, 0) => self.end(byte),
            (Mark::Open, 2) if byte == b'[' && !self.is_name && self.is_key() => self.open(),
            (Mark::Comma, 1) => {
                self.is_name = true;
                self.name.clear();
            }
            (Mark::Quote | Mark::Inside | Mark::EndQuote, 1) if self.is_name => {
                if self.name.len() < LONGEST {
                    // A name that is not ASCII is another one, however it is put together here.
                    self.name.push(char::from(byte));
                }
                self.is_name = mark != Mark::EndQuote;
            }
            _ => {}
        }
    }

    fn is_key(&self) -> bool {
        serde_json::from_str::<String>(&self.name)
            .is_ok_and(|name| name.eq_ignore_ascii_case(self.key))
    }

    fn layout(
        self,
        path: &str,
        limits: &Limits,
        is_list: impl Fn(&Value, &str) -> bool,
    ) -> Result<Layout, DocumentError> {
        match self.place {
            Place::Known(Kind::Values) => return Ok(Layout::Values),
            _ if !self.found_list || !self.has_elements => return Ok(Layout::Whole),
            Place::Known(Kind::Whole) => return Ok(Layout::Whole),
            _ => {}
        }
        let pointer = self.pointer();
        let list = self.list(path, pointer, limits)?;
        let is_whole = list.fault.is_none() && !is_list(&list.around.value, &list.pointer);
        Ok(if is_whole {
            Layout::Whole
        } else {
            Layout::List(Arc::new(list))
        })
    }

    fn pointer(&self) -> String {
        if self.depth == 1 {
            return String::new();
        }
        let name: String = serde_json::from_str(&self.name).unwrap_or_default();
        format!("/{name}")
    }

    fn list(self, path: &str, pointer: String, limits: &Limits) -> Result<List, DocumentError> {
        let before = self.before.len();
        let text = self.before + &self.after;
        let parsed = json::parse(&text, limits);
        let starts = vec![
            Start::default(),
            Start {
                at: before,
                ..self.list_end
            },
        ];
        let range = 0..text.len();
        let source = Arc::new(SourceText::parts(path, text, Syntax::Json, starts));
        let (value, fault) = match parsed {
            Ok(value) => (value, None),
            Err(failure) => {
                let fault = Fault::from(failure);
                let is_before = fault.offset < before;
                let error = DocumentError::within(&source, fault);
                if is_before {
                    return Err(error);
                }
                (Value::Null, Some(error))
            }
        };
        let around = Document {
            value: Arc::new(value),
            source,
            number: 0,
            range,
            list: None,
        };
        Ok(List {
            around,
            pointer,
            before,
            start: self.start,
            fault,
        })
    }
}
