//! What is wrong with a module, and where.

use std::fmt;

use regorus::unstable::Span;

/// Something that is wrong, and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The module's path.
    pub(crate) path: String,
    /// From 1.
    pub(crate) line: usize,
    /// From 1.
    pub(crate) column: usize,
    pub(crate) message: String,
}

impl Fault {
    pub(super) fn at_start(path: &str, message: &str) -> Self {
        Self {
            path: path.to_owned(),
            line: 1,
            column: 1,
            message: message.to_owned(),
        }
    }

    pub(super) fn at(span: &Span, message: impl Into<String>) -> Self {
        let line = span.source.line(span.line.saturating_sub(1));
        Self {
            path: span.source.file().clone(),
            line: span.line as usize,
            column: column(line, span.col as usize),
            message: message.into(),
        }
    }

    /// Reads an error of a module's text; `path` is where it stands when the error does not say.
    pub(super) fn from_regorus(path: &str, error: &anyhow::Error) -> Self {
        Self::read(&error.to_string())
            .unwrap_or_else(|| Self::at_start(path, &reason(&error.to_string())))
    }

    /// regorus gives the place in text alone: `--> path:line:column`, an empty line, and the line itself.
    fn read(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let place = lines.find_map(|line| line.strip_prefix("--> "))?;
        let shown = lines.nth(1).and_then(|line| line.split_once("| "));
        let mut parts = place.rsplitn(3, ':');
        let column = column(shown?.1, parts.next()?.parse().ok()?);
        let line = parts.next()?.parse().ok()?;
        Some(Self {
            path: parts.next()?.to_owned(),
            line,
            column,
            message: reason(text),
        })
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            path,
            line,
            column,
            message,
        } = self;
        write!(f, "{path}:{line}:{column}: {message}")
    }
}

/// The column in characters; regorus counts a tab for four.
pub(super) fn column(line: &str, counted: usize) -> usize {
    let mut reached = 1;
    let before = line.chars().take_while(|c| {
        let is_before = reached < counted;
        reached += if *c == '\t' { 4 } else { 1 };
        is_before
    });
    // A place beyond the end of the line stays as far beyond.
    let (count, width) = before.fold((0, 0), |(count, width), c| {
        (count + 1, width + if c == '\t' { 4 } else { 1 })
    });
    count + counted.saturating_sub(width).max(1)
}

/// An error of an evaluation, in one line.
pub(super) fn one_line(error: &anyhow::Error) -> String {
    let text = error.to_string();
    Fault::read(&text).map_or_else(|| reason(&text), |fault| fault.to_string())
}

/// The line of a regorus error that says what is wrong; the others show where.
pub(super) fn reason(text: &str) -> String {
    let says_error = |line: &&str| line.starts_with("error: ");
    let lines = || text.lines().map(str::trim);
    let line = lines()
        .find(says_error)
        .or_else(|| lines().rev().find(|line| !line.is_empty()));
    let line = line.unwrap_or(text);
    let line = line.strip_prefix("error: ").unwrap_or(line);
    line.trim_end_matches([':', ' ']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Fault, column};

    #[test]
    fn a_tab_is_one_character() {
        for (line, counted, expected) in [
            ("abc", 1, 1),
            ("abc", 3, 3),
            ("\tabc", 1, 1),
            ("\tabc", 5, 2),
            ("\t\tabc", 9, 3),
            ("ab", 3, 3),
            ("", 1, 1),
        ] {
            assert_eq!(column(line, counted), expected, "{line:?}, {counted}");
        }
    }

    #[test]
    fn the_place_is_read_from_the_text() {
        let text = "\n--> a:b.rego:12:9\n   |\n12 | \tx := [1 | 2]\n   |     ^\nerror: it is wrong";
        let fault = Fault::read(text).unwrap();
        assert_eq!(fault.to_string(), "a:b.rego:12:6: it is wrong");
    }
}
