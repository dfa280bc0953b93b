//! Events become nodes.

use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span, StrInput};

use super::{Content, Node, Scalar, Tag};
use crate::document::error::Fault;

/// The first document's node in a text that has been parsed before.
pub(in crate::document) fn first_node(text: &str) -> Option<Node<'_>> {
    let document = Stream::new(text, usize::MAX).next_document();
    document.ok().flatten().map(|(node, _)| node)
}

/// The documents of a text, one after another.
pub(super) struct Stream<'a> {
    text: &'a str,
    parser: Parser<'a, StrInput<'a>>,
    bytes: Bytes<'a>,
    max_depth: usize,
    end: usize,
}

/// What a block scalar ends with and is not seen. Other white space is content.
const BLANKS: [char; 4] = [' ', '\t', '\r', '\n'];

type Marked<'a> = (Event<'a>, Range<usize>);

impl<'a> Stream<'a> {
    pub(super) fn new(text: &'a str, max_depth: usize) -> Self {
        Self {
            text,
            parser: Parser::new_from_str(text),
            bytes: Bytes::new(text),
            max_depth,
            end: 0,
        }
    }

    /// The next document with its bytes: from the end of the one before, directives included.
    pub(super) fn next_document(&mut self) -> Result<Option<(Node<'a>, Range<usize>)>, Fault> {
        let start = self.end;
        while let Some((event, _)) = self.next_event()? {
            if let Event::DocumentStart(_) = event {
                let first = self.expect_event()?;
                let node = self.node(first, 0)?;
                let (_, mark) = self.expect_event()?;
                self.end = match self.text.get(mark.clone()) {
                    Some("...") => mark.end,
                    _ => mark.start,
                };
                return Ok(Some((node, start..self.end)));
            }
        }
        Ok(None)
    }

    fn node(&mut self, (event, mut range): Marked<'a>, depth: usize) -> Result<Node<'a>, Fault> {
        let (anchor, content) = match event {
            Event::Alias(id) => (0, Content::Alias(id)),
            Event::Scalar(text, style, anchor, tag) => {
                let written = self.written(&range);
                range.end = range.start + written.trim_end_matches(BLANKS).len();
                let scalar = Scalar {
                    text,
                    plain: style == ScalarStyle::Plain,
                    tag: tag.map_or(Tag::None, |tag| Tag::new(&tag)),
                };
                (anchor, Content::Scalar(scalar))
            }
            Event::SequenceStart(anchor, _) => {
                self.check_depth(&range, depth)?;
                let (items, end) = self.sequence(&range, depth + 1)?;
                range.end = end;
                (anchor, Content::Sequence(items))
            }
            Event::MappingStart(anchor, _) => {
                self.check_depth(&range, depth)?;
                let (members, end) = self.mapping(&range, depth + 1)?;
                range.end = end;
                (anchor, Content::Mapping(members))
            }
            _ => return Err(Fault::new(range.start, "expected a value")),
        };
        Ok(Node {
            range,
            anchor,
            content,
        })
    }

    fn sequence(
        &mut self,
        start: &Range<usize>,
        depth: usize,
    ) -> Result<(Vec<Node<'a>>, usize), Fault> {
        let mut items: Vec<Node<'a>> = Vec::new();
        loop {
            let (event, range) = self.expect_event()?;
            if event == Event::SequenceEnd {
                let last = items.last().map_or(start.end, |item| item.range.end);
                let end = self.end_of_collection(&range, last);
                return Ok((items, end));
            }
            items.push(self.node((event, range), depth)?);
        }
    }

    fn mapping(
        &mut self,
        start: &Range<usize>,
        depth: usize,
    ) -> Result<(Vec<(Node<'a>, Node<'a>)>, usize), Fault> {
        let mut members: Vec<(Node<'a>, Node<'a>)> = Vec::new();
        loop {
            let (event, range) = self.expect_event()?;
            if event == Event::MappingEnd {
                let last = members
                    .last()
                    .map_or(start.end, |(key, value)| value.range.end.max(key.range.end));
                let end = self.end_of_collection(&range, last);
                return Ok((members, end));
            }
            let key = self.node((event, range), depth)?;
            let value = self.expect_event()?;
            let value = self.node(value, depth)?;
            members.push((key, value));
        }
    }

    /// A flow collection ends with its bracket, a block with what it holds last: its own mark
    /// stands after blank lines and comments.
    fn end_of_collection(&self, mark: &Range<usize>, last: usize) -> usize {
        match self.written(mark) {
            "]" | "}" => mark.end,
            _ => last,
        }
    }

    fn check_depth(&self, range: &Range<usize>, depth: usize) -> Result<(), Fault> {
        if depth >= self.max_depth {
            return Err(Fault::too_deep(range.start, self.max_depth));
        }
        Ok(())
    }

    fn expect_event(&mut self) -> Result<Marked<'a>, Fault> {
        self.next_event()?
            .ok_or_else(|| Fault::new(self.text.len(), "the text ends within a document"))
    }

    fn next_event(&mut self) -> Result<Option<Marked<'a>>, Fault> {
        match self.parser.next_event() {
            None => Ok(None),
            Some(Ok((event, span))) => Ok(Some((event, self.bytes.range(span)))),
            Some(Err(error)) => Err(self.fault(&error)),
        }
    }

    fn fault(&mut self, error: &ScanError) -> Fault {
        let offset = self.bytes.offset(error.marker().index());
        match error.info() {
            // The scanner looks ahead, and so may meet its own limit before ours.
            "recursion limit exceeded" => Fault::too_deep(offset, self.max_depth),
            info => Fault::new(offset, info),
        }
    }

    fn written(&self, range: &Range<usize>) -> &'a str {
        self.text.get(range.clone()).unwrap_or_default()
    }
}

impl Tag {
    fn new(tag: &saphyr_parser::Tag) -> Self {
        let name = format!("{}{}", tag.handle, tag.suffix);
        match name.strip_prefix("tag:yaml.org,2002:") {
            Some("str" | "binary" | "timestamp") => Self::String,
            Some("null") => Self::Null,
            Some("bool") => Self::Bool,
            Some("int") => Self::Int,
            Some("float") => Self::Float,
            Some("merge") => Self::Merge,
            None if name == "!" => Self::String,
            _ => Self::None,
        }
    }
}

/// Character indexes, which the parser gives, become byte offsets. The parser's marks rise but for
/// a few, so one step forward is short.
struct Bytes<'a> {
    text: &'a str,
    ascii: bool,
    index: usize,
    offset: usize,
}

impl<'a> Bytes<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            ascii: text.is_ascii(),
            index: 0,
            offset: 0,
        }
    }

    fn range(&mut self, span: Span) -> Range<usize> {
        let start = self.offset(span.start.index());
        let end = match span.len() {
            0 => start,
            length => start + self.length_from(start, length),
        };
        start..end
    }

    fn offset(&mut self, index: usize) -> usize {
        if self.ascii {
            return index.min(self.text.len());
        }
        if index < self.index {
            (self.index, self.offset) = (0, 0);
        }
        self.offset += self.length_from(self.offset, index - self.index);
        self.index = index;
        self.offset
    }

    /// The bytes of as many characters from an offset.
    fn length_from(&self, offset: usize, characters: usize) -> usize {
        let rest = self.text.get(offset..).unwrap_or_default();
        if self.ascii {
            return characters.min(rest.len());
        }
        let end = rest.char_indices().nth(characters);
        end.map_or(rest.len(), |(length, _)| length)
    }
}
