//! The text of a source in chunks of whole values or elements.

use std::io::Read;
use std::ops::Range;
use std::sync::Arc;

use serde_json::Value;

use super::super::error::{DocumentError, Fault};
use super::super::text::{SourceText, Start};
use super::super::{Document, Limits, Syntax, json};
use super::layout::{Layout, List};
use super::scan::{Mark, Scanner};
use super::text::{Broken, TextReader, malformed};

/// How long a chunk is at least, but for the last: some applications.
const CHUNK: usize = 32 << 10;

/// Some whole values, or some whole elements of a list, with the delimiters around them.
#[derive(Debug)]
pub(crate) struct Chunk {
    path: String,
    text: String,
    start: Start,
    /// The number of the first value or element.
    first: usize,
    list: Option<Arc<List>>,
    /// Whether the comma that begins the next chunk was added to it.
    goes_on: bool,
    /// Where an element begins that is cut off at the limit.
    cut_off: Option<usize>,
}

/// The list that a document holds a part of.
#[derive(Debug, Clone)]
pub(in crate::document) struct Part {
    pub(in crate::document) list: Arc<List>,
    /// The index of the first element that is here.
    pub(in crate::document) first: usize,
}

/// Reads a source chunk by chunk.
pub(crate) struct Stream<R> {
    path: String,
    text: TextReader<R>,
    list: Option<Arc<List>>,
    scanner: Scanner,
    least: usize,
    most: usize,
    /// The text that is read and not given yet, and how much of it was looked at.
    buffer: String,
    looked_at: usize,
    /// Where the buffer stands.
    start: Start,
    /// Where the chunk may end, and how many values or elements it has until there.
    cut: Option<(usize, usize)>,
    /// The number of the first value or element of the chunk.
    first: usize,
    /// How many have begun in the chunk, of a list: have ended.
    begun: usize,
    /// Where the last one begins, or the comma before it.
    last: usize,
    was_text: bool,
    /// Whether anything stands behind the last comma.
    has_element: bool,
    state: Reading,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// What stands before the list is left out.
    Before(usize),
    Elements,
    Done,
}

impl<R: Read> Stream<R> {
    pub(crate) fn new(path: &str, reader: R, layout: &Layout, limits: &Limits) -> Self {
        let list = match layout {
            Layout::List(list) => Some(Arc::clone(list)),
            Layout::Values | Layout::Whole => None,
        };
        // The list's own bracket begins its first chunk.
        let before = list
            .as_ref()
            .map_or(0, |list| list.before.saturating_sub(1));
        Self {
            path: path.to_owned(),
            text: TextReader::new(path, reader),
            scanner: Scanner::new(list.is_some()),
            least: CHUNK,
            most: usize::try_from(limits.max_bytes).unwrap_or(usize::MAX),
            buffer: String::new(),
            looked_at: 0,
            start: list.as_ref().map_or_else(Start::default, |list| list.start),
            cut: None,
            first: 0,
            begun: 0,
            last: 0,
            was_text: false,
            has_element: false,
            state: Reading::Before(before),
            list,
        }
    }

    /// The same, with chunks of at least so many bytes.
    #[cfg(test)]
    pub(super) fn least(mut self, bytes: usize) -> Self {
        self.least = bytes;
        self
    }

    /// How many bytes of the source were read.
    #[cfg(test)]
    pub(super) const fn read(&self) -> usize {
        self.text.decoded()
    }

    fn next_chunk(&mut self) -> Result<Option<Chunk>, DocumentError> {
        loop {
            if let Some(chunk) = self.look() {
                return Ok(Some(chunk));
            }
            if self.state == Reading::Done {
                return Ok(None);
            }
            if self.buffer.len() > self.most.saturating_add(self.least) {
                self.state = Reading::Done;
                let cut_off = Some(self.last);
                let chunk = self.take(self.buffer.len());
                return Ok(Some(Chunk { cut_off, ..chunk }));
            }
            match self.text.read(&mut self.buffer) {
                Ok(true) => {}
                Ok(false) => return Ok(self.rest()),
                Err(broken) => {
                    self.state = Reading::Done;
                    return Err(self.broken(broken));
                }
            }
        }
    }

    fn broken(&self, broken: Broken) -> DocumentError {
        match broken {
            Broken::Whole(error) => error,
            Broken::Malformed(offset, encoding) => {
                malformed(&self.path, self.start.after(&self.buffer), offset, encoding)
            }
        }
    }

    /// What is left where the text ends before its list does, or where it is no list.
    fn rest(&mut self) -> Option<Chunk> {
        self.state = Reading::Done;
        let is_blank = self.list.is_none() && self.buffer.trim().is_empty();
        (!is_blank).then(|| self.take(self.buffer.len()))
    }

    /// Looks at what was read since, until a chunk is whole.
    fn look(&mut self) -> Option<Chunk> {
        if let Reading::Before(bytes) = self.state {
            let gone = bytes.min(self.buffer.len());
            self.buffer.drain(..gone);
            self.state = Reading::Before(bytes - gone);
            if gone < bytes {
                return None;
            }
            self.state = Reading::Elements;
        }
        while self.state == Reading::Elements {
            let rest = self.buffer.as_bytes().get(self.looked_at..)?;
            let skipped = self.scanner.to_skip(rest);
            self.looked_at += skipped;
            let byte = *rest.get(skipped)?;
            let at = self.looked_at;
            self.looked_at += 1;
            let mark = self.scanner.mark(byte);
            let end = match self.list {
                Some(_) => self.element(mark, at),
                None => self.value(mark, byte, at),
            };
            if let Some(end) = end {
                return Some(self.take(end));
            }
        }
        None
    }

    /// A list is cut at a comma, when it is known that another element follows, and ends at its bracket.
    fn element(&mut self, mark: Mark, at: usize) -> Option<usize> {
        let depth = self.scanner.depth();
        if mark == Mark::Close && depth == 0 {
            self.state = Reading::Done;
            return Some(at + 1);
        }
        if let Some((cut, begun)) = self.cut.filter(|_| mark != Mark::Blank) {
            self.begun = begun;
            self.has_element = mark != Mark::Comma;
            return Some(cut);
        }
        if mark == Mark::Comma && depth == 1 {
            self.begun += 1;
            self.last = at;
            // Two commas in a row are left to the parser.
            self.cut = (at >= self.least && self.has_element).then_some((at, self.begun));
            self.has_element = false;
        } else if mark != Mark::Blank && at > 0 {
            self.has_element = true;
        }
        None
    }

    /// Values are cut where one has ended that has an end of its own, or its line has.
    fn value(&mut self, mark: Mark, byte: u8, at: usize) -> Option<usize> {
        let is_outside = self.scanner.depth() == 0 && !self.scanner.is_within();
        let begins = match mark {
            Mark::Open => self.scanner.depth() == 1,
            Mark::Quote => self.scanner.depth() == 0,
            Mark::Text => is_outside && !self.was_text,
            _ => false,
        };
        if begins {
            self.begun += 1;
            self.last = at;
        }
        self.was_text = is_outside && mark == Mark::Text;
        let ends = is_outside && (mark == Mark::Close || byte == b'\n');
        (ends && at >= self.least).then_some(at + 1)
    }

    /// Takes a chunk from the buffer. The comma after it begins the next one, too.
    fn take(&mut self, end: usize) -> Chunk {
        let rest = self.buffer.split_off(end);
        let mut text = std::mem::replace(&mut self.buffer, rest);
        let start = self.start;
        self.start = start.after(&text);
        let goes_on = self.list.is_some() && self.state == Reading::Elements;
        if goes_on {
            text.push(',');
        }
        let first = self.first;
        self.first += std::mem::take(&mut self.begun);
        self.looked_at = self.looked_at.saturating_sub(end);
        self.last = 0;
        self.cut = None;
        Chunk {
            path: self.path.clone(),
            text,
            start,
            first,
            list: self.list.clone(),
            goes_on,
            cut_off: None,
        }
    }
}

impl<R: Read> Iterator for Stream<R> {
    type Item = Result<Chunk, DocumentError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_chunk().transpose()
    }
}

impl Chunk {
    /// The documents in it: of a list, one that holds these elements alone.
    ///
    /// # Errors
    /// The text is not JSON, or an element is larger than is allowed.
    pub(crate) fn documents(self, limits: &Limits) -> Result<Vec<Document>, DocumentError> {
        let parsed = match &self.list {
            Some(list) => part(&self.text, self.goes_on, list, limits),
            None => json::parse_stream(&self.text, &limits.of_any_number()),
        };
        let end = self.text.trim_end().len();
        let values = parsed.and_then(|values| self.within(values, limits));
        let values = match (values, self.cut_off) {
            // Of what was cut off, an error before the end is the better one to tell.
            (Err(fault), Some(at)) if fault.offset >= end => Err(too_large(at, limits)),
            (Ok(_), Some(at)) => Err(too_large(at, limits)),
            (values, _) => values,
        };
        let syntax = match &self.list {
            Some(_) => Syntax::Json,
            None => Syntax::Ndjson,
        };
        let source = SourceText::parts(&self.path, self.text, syntax, vec![self.start]);
        let values = values.map_err(|fault| DocumentError::within(&source, fault))?;
        let source = Arc::new(source);
        let documents = values
            .into_iter()
            .enumerate()
            .map(|(index, (value, range))| {
                let list = self.list.clone();
                Document {
                    value: Arc::new(value),
                    source: Arc::clone(&source),
                    number: if list.is_some() {
                        0
                    } else {
                        self.first + index
                    },
                    range,
                    list: list.map(|list| Part {
                        list,
                        first: self.first,
                    }),
                }
            });
        Ok(documents.collect())
    }

    /// The values, where each is as small as it must be.
    fn within(&self, values: Values, limits: &Limits) -> Result<Values, Fault> {
        let is_large = |range: &Range<usize>| range.len() as u64 > limits.max_bytes;
        let large = values.iter().find(|(_, range)| is_large(range));
        match large.filter(|_| self.list.is_none()) {
            Some((_, range)) => Err(too_large(range.start, limits)),
            None => Ok(values),
        }
    }
}

type Values = Vec<(Value, Range<usize>)>;

fn too_large(at: usize, limits: &Limits) -> Fault {
    let message = format!("an element is larger than {} bytes", limits.max_bytes);
    Fault::new(at, message)
}

/// What stands around the list, with these elements in it.
fn part(text: &str, goes_on: bool, list: &List, limits: &Limits) -> Result<Values, Fault> {
    let elements = json::parse_within(&bracketed(text, goes_on), limits, list.depth())?;
    let mut value = Value::clone(&list.around.value);
    if let Some(place) = value.pointer_mut(&list.pointer) {
        *place = elements;
    }
    Ok(vec![(value, 0..text.len())])
}

/// Elements with a delimiter before them, and one behind them where the list goes on, as a list.
fn bracketed(text: &str, goes_on: bool) -> String {
    let elements = text.strip_prefix([',', '[']).unwrap_or(text);
    match elements.strip_suffix(',') {
        Some(elements) if goes_on => format!("[{elements}]"),
        _ => format!("[{elements}"),
    }
}

impl Part {
    /// Whether a pointer leads to the list itself, or past it.
    pub(in crate::document) fn is_around(&self, pointer: &str) -> bool {
        let place = pointer.strip_prefix(&self.list.pointer);
        !place.is_some_and(|place| place.starts_with('/'))
    }

    /// The pointer to the first element that is here.
    pub(in crate::document) fn first_place(&self) -> String {
        format!("{}/{}", self.list.pointer, self.first)
    }

    /// The pointer to the same place in a document that holds no more than this.
    pub(in crate::document) fn pointer(&self, pointer: &str) -> Option<String> {
        let (index, rest) = self.element(pointer)?;
        let list = &self.list.pointer;
        Some(format!("{list}/{index}{rest}"))
    }

    /// The pointer to the element that it leads to or into, in such a document.
    pub(in crate::document) fn element_of(&self, pointer: &str) -> Option<String> {
        let (index, _) = self.element(pointer)?;
        Some(format!("{}/{index}", self.list.pointer))
    }

    /// The same in the list alone.
    pub(in crate::document) fn pointer_in_list(&self, pointer: &str) -> Option<String> {
        let (index, rest) = self.element(pointer)?;
        Some(format!("/{index}{rest}"))
    }

    fn element<'p>(&self, pointer: &'p str) -> Option<(usize, &'p str)> {
        let place = pointer
            .strip_prefix(&self.list.pointer)?
            .strip_prefix('/')?;
        let (index, _) = place.split_once('/').unwrap_or((place, ""));
        let rest = place.get(index.len()..)?;
        let index: usize = index.parse().ok()?;
        Some((index.checked_sub(self.first)?, rest))
    }

    /// The text of such elements as a list, byte for byte.
    pub(in crate::document) fn text(&self, text: &str) -> String {
        // It was read, so what does not end with the list's bracket goes on.
        let goes_on = !text.ends_with([']', '}']);
        bracketed(text, goes_on)
    }
}
