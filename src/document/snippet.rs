//! One line of a source for display, without its secrets.

use std::ops::Range;

use super::{Document, Span, Syntax, jwt};
use crate::finding::Snippet;

/// The most characters of a line that are shown.
const WIDTH: usize = 160;
/// The least characters before a place that are shown where the line has them.
const CONTEXT: usize = 40;
const MASK: &str = "***";
const CUT: char = '…';

impl Document {
    /// The first line of a span, with the bytes of `secrets` masked; a window around the span where
    /// the line is longer than 160 characters.
    ///
    /// Tabs become spaces, and characters that would steer a terminal become `U+FFFD`. Of a compact token only the dots
    /// are shown.
    #[must_use]
    pub fn snippet(&self, span: &Span, secrets: &[Range<usize>]) -> Snippet {
        if self.source.syntax() == Syntax::Jwt {
            return self.masked_token(span);
        }
        let text = self.source.text();
        // Only of this document is it known which bytes are secrets.
        let line = self.source.line_at(span.bytes.start);
        let line = line.start.max(self.range.start)..line.end.min(self.range.end);
        let end = span.bytes.end.min(line.end);
        let place = span.bytes.start.min(end)..end;
        let window = window(text, &line, &place);
        let mut shown = Shown {
            text: String::new(),
            place,
            start: None,
            end: None,
        };
        if window.start > line.start {
            shown.text.push(CUT);
        }
        shown.push(text, window.clone(), secrets);
        let highlight = shown.highlight();
        if window.end < line.end {
            shown.text.push(CUT);
        }
        Snippet {
            text: shown.text,
            highlight,
        }
    }

    fn masked_token(&self, span: &Span) -> Snippet {
        let text = format!("{MASK}.{MASK}.{MASK}");
        let token = self.source.text().get(self.range()).unwrap_or_default();
        let is_at = |part: &Range<usize>| self.range.start + part.start == span.bytes.start;
        let highlight = match jwt::parts(token) {
            Some((_, claims)) if is_at(&claims) => MASK.len() + 1..2 * MASK.len() + 1,
            Some((header, _)) if header.len() == span.bytes.len() => 0..MASK.len(),
            _ => 0..text.len(),
        };
        Snippet { text, highlight }
    }
}

/// The part of a line that is shown: all of it, or as much as fits with the place in the middle.
fn window(text: &str, line: &Range<usize>, place: &Range<usize>) -> Range<usize> {
    let part = |range: Range<usize>| text.get(range).unwrap_or_default();
    let length = |range: Range<usize>| part(range).chars().take(WIDTH + 1).count();
    if length(line.clone()) <= WIDTH {
        return line.clone();
    }
    let spare = WIDTH.saturating_sub(length(place.clone()));
    let unused = spare.saturating_sub(length(place.end..line.end));
    let before = (spare / 2).max(unused).max(CONTEXT);
    let start = part(line.start..place.start)
        .char_indices()
        .rev()
        .take(before)
        .last()
        .map_or(place.start, |(index, _)| line.start + index);
    let end = part(start..line.end)
        .char_indices()
        .nth(WIDTH)
        .map_or(line.end, |(index, _)| start + index);
    start..end
}

/// A line as it is shown, and where the place stands in it.
struct Shown {
    text: String,
    place: Range<usize>,
    start: Option<usize>,
    end: Option<usize>,
}

impl Shown {
    fn push(&mut self, text: &str, window: Range<usize>, secrets: &[Range<usize>]) {
        let rest = text.get(window.clone()).unwrap_or_default();
        let is_near =
            |secret: &&Range<usize>| secret.start < window.end && window.start < secret.end;
        let secrets: Vec<&Range<usize>> = secrets.iter().filter(is_near).collect();
        if secrets.is_empty() && rest.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            return self.push_plain(rest, window);
        }
        let mut masked = window.start;
        for (index, character) in rest.char_indices() {
            let at = window.start + index;
            let before = self.text.len();
            if at < masked {
                continue;
            }
            let next = match secrets.iter().find(|secret| secret.contains(&at)) {
                Some(secret) => {
                    self.text.push_str(MASK);
                    masked = secret.end;
                    secret.end
                }
                None => {
                    self.text.push(harmless(character));
                    at + character.len_utf8()
                }
            };
            self.note(before, at..next);
        }
    }

    /// Pushes text in which each byte is shown as it is, as most is.
    fn push_plain(&mut self, plain: &str, window: Range<usize>) {
        let before = self.text.len();
        let shown = |at: usize| before + at.clamp(window.start, window.end) - window.start;
        self.start = (self.place.start < window.end).then(|| shown(self.place.start));
        self.end = (self.place.end <= window.end).then(|| shown(self.place.end));
        self.text.push_str(plain);
    }

    /// Notes where the place starts and ends, given the bytes that the last piece stands for and
    /// where it was pushed. A place that starts or ends within a mask takes in the mask.
    fn note(&mut self, before: usize, piece: Range<usize>) {
        if self.place.start < piece.end {
            self.start.get_or_insert(before);
        }
        if self.place.end <= piece.start {
            self.end.get_or_insert(before);
        } else if self.place.end <= piece.end {
            self.end.get_or_insert(self.text.len());
        }
    }

    fn highlight(&self) -> Range<usize> {
        let end = self.end.unwrap_or(self.text.len());
        self.start.unwrap_or(end)..end
    }
}

/// A character as it may be shown: none that moves the cursor or turns the reading direction.
fn harmless(character: char) -> char {
    match character {
        '\t' => ' ',
        '\u{061c}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}' => char::REPLACEMENT_CHARACTER,
        other if other.is_control() => char::REPLACEMENT_CHARACTER,
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use std::slice;

    use super::super::{Limits, parse};
    use super::*;

    fn snippet(text: &str, pointer: &str, secrets: &[Range<usize>]) -> (String, String) {
        let document = &parse("a.json", text.as_bytes(), &Limits::default()).unwrap()[0];
        let span = document.locate(&[pointer])[0].clone().unwrap();
        let Snippet { text, highlight } = document.snippet(&span, secrets);
        let highlighted = text[highlight].to_owned();
        (text, highlighted)
    }

    fn pair(text: &str, highlighted: &str) -> (String, String) {
        (text.to_owned(), highlighted.to_owned())
    }

    #[test]
    fn a_short_line_is_whole() {
        let text = "{\r\n\t\"é\": \"ü\", \"b\": 1\r\n}";
        assert_eq!(
            snippet(text, "/é", &[]),
            pair(" \"é\": \"ü\", \"b\": 1", "\"ü\"")
        );
    }

    #[test]
    fn a_place_of_several_lines_shows_its_first() {
        let text = "{\n  \"web\": {\n    \"a\": 1\n  }\n}";
        assert_eq!(
            snippet(text, "/web", &[]),
            pair("  \"web\": {", "\"web\": {")
        );
    }

    #[test]
    fn secrets_are_masked() {
        let text = "{\"a\": \"hunter2\", \"b\": \"hunter3\"}";
        let a = text.find("hunter2").unwrap();
        let b = text.find("hunter3").unwrap();
        let secrets = [a..a + 7, b..b + 7];
        let masked = "{\"a\": \"***\", \"b\": \"***\"}";
        assert_eq!(snippet(text, "/a", &secrets), pair(masked, "\"***\""));
        let quoted = [a - 1..a + 8, b - 1..b + 8];
        let masked = "{\"a\": ***, \"b\": ***}";
        assert_eq!(snippet(text, "/b", &quoted), pair(masked, "***"));
        let around = 0..b + 2;
        assert_eq!(
            snippet(text, "/b", slice::from_ref(&around)),
            pair("***nter3\"}", "***nter3\"")
        );
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let long = "ö".repeat(500);
        let text = format!("{{\"a\": \"{long}\", \"b\": 12345, \"c\": \"{long}\"}}");
        let (shown, highlighted) = snippet(&text, "/b", &[]);
        assert_eq!(highlighted, "12345");
        assert_eq!(shown.chars().count(), WIDTH + 2);
        assert!(shown.starts_with("…ö") && shown.ends_with("ö…"), "{shown}");
    }

    #[test]
    fn the_ends_of_a_long_line_have_one_cut() {
        let long = "x".repeat(500);
        let text = format!("{{\"a\": 1, \"b\": \"{long}\", \"c\": 2}}");
        let (shown, highlighted) = snippet(&text, "/a", &[]);
        assert!(
            shown.starts_with("{\"a\": 1") && shown.ends_with('…'),
            "{shown}"
        );
        assert_eq!(highlighted, "1");
        let (shown, highlighted) = snippet(&text, "/c", &[]);
        assert!(
            shown.starts_with('…') && shown.ends_with("\"c\": 2}"),
            "{shown}"
        );
        assert_eq!(
            (highlighted.as_str(), shown.chars().count()),
            ("2", WIDTH + 1)
        );
    }

    #[test]
    fn a_long_secret_leaves_no_trace_and_keeps_its_key() {
        let text = format!(
            "{{\"pad\": {}1, \"key\": \"{}\"}}",
            " ".repeat(50),
            "s".repeat(900)
        );
        let start = text.find("ss").unwrap();
        let secret = start..start + 900;
        let (shown, highlighted) = snippet(&text, "/key", slice::from_ref(&secret));
        assert!(shown.ends_with("1, \"key\": \"***…"), "{shown}");
        assert_eq!(highlighted, "\"***");
    }

    #[test]
    fn nothing_steers_the_terminal() {
        let text = "{\"a\": \"x\u{202e}\u{9b}y\u{7f}\"}";
        let shown = "{\"a\": \"x\u{fffd}\u{fffd}y\u{fffd}\"}";
        assert_eq!(snippet(text, "", &[]).0, shown);
    }
}
