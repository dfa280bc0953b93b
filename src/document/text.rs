//! The text of a source, its lines and columns.

use std::fmt;
use std::ops::Range;
use std::sync::OnceLock;

use super::Syntax;

/// The decoded text of a source, without its byte order mark.
pub struct SourceText {
    /// The path as it was given; `-` for standard input.
    pub path: String,
    text: String,
    syntax: Syntax,
    /// Where its parts stand in the source, in rising order; the first is at 0.
    starts: Vec<Start>,
    line_starts: OnceLock<Vec<usize>>,
}

/// Where the text from a byte on stands in its source: line and column, from 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Start {
    pub(super) at: usize,
    pub(super) line: usize,
    pub(super) column: usize,
}

impl Start {
    /// Where text goes on that follows a text which begins here. A carriage return and its line feed must not be parted.
    pub(super) fn after(self, text: &str) -> Self {
        let starts = line_starts(text);
        let last = starts.last().copied().unwrap_or(0);
        let columns = count(text, last..text.len());
        let lines = starts.len().saturating_sub(1);
        Self {
            at: 0,
            line: self.line + lines,
            column: if lines == 0 {
                self.column + columns
            } else {
                columns
            },
        }
    }
}

/// A place between two characters, from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Position {
    pub(super) line: u32,
    pub(super) column: u32,
}

impl Position {
    pub(super) fn of(start: Start) -> Self {
        Self {
            line: one_based(start.line),
            column: one_based(start.column),
        }
    }
}

impl SourceText {
    pub(super) fn new(path: &str, text: String, syntax: Syntax) -> Self {
        Self::parts(path, text, syntax, vec![Start::default()])
    }

    /// Parts of a source, each with its place in it.
    pub(super) fn parts(path: &str, text: String, syntax: Syntax, starts: Vec<Start>) -> Self {
        Self {
            path: path.to_owned(),
            text,
            syntax,
            starts,
            line_starts: OnceLock::new(),
        }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The syntax that it was read as.
    #[must_use]
    pub fn syntax(&self) -> Syntax {
        self.syntax
    }

    /// The bytes of the line that holds a byte, without its line end.
    pub(super) fn line_at(&self, offset: usize) -> Range<usize> {
        let (line, start) = self.line_of(offset);
        let starts = self.line_starts();
        let end = starts.get(line + 1).copied().unwrap_or(self.text.len());
        let text = self.text.get(start..end).unwrap_or_default();
        start..start + text.trim_end_matches(['\r', '\n']).len()
    }

    /// The positions of byte offsets that come in rising order, in one pass: a minified file is one
    /// line, and counting its characters anew for every offset would take too long.
    pub(super) fn positions(&self, offsets: &[usize]) -> Vec<Position> {
        let mut last = None;
        let mut position = |offset: usize| {
            let (line, line_start) = self.line_of(offset);
            let start = self.start_of(offset);
            let first_line = self.line_of(start.at).0;
            let (from, before) = match last {
                Some((known, at, from, before)) if known == line && at == start.at => {
                    (from, before)
                }
                _ if line == first_line => (start.at, start.column),
                _ => (line_start, 0),
            };
            let columns = before + count(&self.text, from..offset);
            last = Some((line, start.at, offset, columns));
            Position {
                line: one_based(start.line + line - first_line),
                column: one_based(columns),
            }
        };
        offsets.iter().map(|offset| position(*offset)).collect()
    }

    /// The position of one byte offset; one within a character counts as its start.
    pub(super) fn position(&self, offset: usize) -> Position {
        let offset = self.text.floor_char_boundary(offset);
        let position = self.positions(&[offset]).pop();
        position.unwrap_or(Position { line: 1, column: 1 })
    }

    /// The part that holds a byte.
    fn start_of(&self, offset: usize) -> Start {
        let after = self.starts.partition_point(|start| start.at <= offset);
        let start = self.starts.get(after.saturating_sub(1));
        start.copied().unwrap_or_default()
    }

    /// The index and the first byte of the line that holds a byte.
    fn line_of(&self, offset: usize) -> (usize, usize) {
        let starts = self.line_starts();
        let line = starts.partition_point(|start| *start <= offset);
        let line = line.saturating_sub(1);
        (line, starts.get(line).copied().unwrap_or(0))
    }

    fn line_starts(&self) -> &[usize] {
        self.line_starts.get_or_init(|| line_starts(&self.text))
    }
}

// The text may hold secrets, so it stays out of logs.
impl fmt::Debug for SourceText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SourceText")
            .field("path", &self.path)
            .field("syntax", &self.syntax)
            .finish_non_exhaustive()
    }
}

/// The position of one byte offset; one within a character counts as its start.
pub(super) fn position(text: &str, offset: usize) -> Position {
    let before = text.get(..text.floor_char_boundary(offset)).unwrap_or(text);
    let starts = line_starts(before);
    let start = starts.last().copied().unwrap_or(0);
    Position {
        line: one_based(starts.len().saturating_sub(1)),
        column: one_based(count(before, start..before.len())),
    }
}

/// A line ends with a line feed, a carriage return, or both, as YAML has it and editors do.
fn line_starts(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let is_end =
        |index: &usize| bytes.get(*index) == Some(&b'\n') || bytes.get(index + 1) != Some(&b'\n');
    let ends = memchr::memchr2_iter(b'\n', b'\r', bytes).filter(is_end);
    std::iter::once(0)
        .chain(ends.map(|index| index + 1))
        .collect()
}

fn count(text: &str, range: Range<usize>) -> usize {
    text.get(range).map_or(0, |part| part.chars().count())
}

fn one_based(index: usize) -> u32 {
    u32::try_from(index + 1).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, offset: usize) -> (u32, u32) {
        let Position { line, column } = position(text, offset);
        (line, column)
    }

    #[test]
    fn columns_count_characters() {
        assert_eq!(at("é😀x", 6), (1, 3));
        assert_eq!(at("a\né", 3), (2, 1), "within a character");
        assert_eq!(at("ab", 9), (1, 3), "past the end");
    }

    #[test]
    fn every_kind_of_line_end_counts_once() {
        assert_eq!(at("a\r\nb\rc\nd", 7), (4, 1));
        assert_eq!(at("a\r\n", 2), (2, 1));
    }

    #[test]
    fn positions_agree_with_position() {
        let text = "é: 1\r\n\r\n\tü: x\rlast ß.";
        let source = SourceText::new("-", text.to_owned(), Syntax::Yaml);
        let offsets: Vec<usize> = text.char_indices().map(|(offset, _)| offset).collect();
        for (offset, position) in offsets.iter().zip(source.positions(&offsets)) {
            if text.as_bytes()[*offset] != b'\n' {
                assert_eq!(position, super::position(text, *offset), "{offset}");
            }
        }
    }

    #[test]
    fn a_line_has_no_line_end() {
        let source = SourceText::new("-", "ab\r\n\r\nc".to_owned(), Syntax::Yaml);
        assert_eq!(source.line_at(1), 0..2);
        assert_eq!(source.line_at(4), 4..4);
        assert_eq!(source.line_at(7), 6..7);
    }
}
