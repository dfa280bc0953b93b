//! Text for a terminal: cleaned of what would steer it, wrapped, and cut to its width.

use std::ops::Range;

use annotate_snippets::normalize_untrusted_str;

use crate::finding::{Location, Snippet, SubjectRef};

/// Columns that annotate-snippets keeps free around a mark when it trims a line.
const TRIM_MARGIN: usize = 12;

/// The line and the marked range in it; where the line does not fit, a mark that leaves no room
/// beside it is cut short.
pub(in crate::report) fn fit(snippet: &Snippet, columns: usize) -> (String, Range<usize>) {
    let text = &snippet.text;
    let Range { start, end } = snippet.highlight;
    let parts = text
        .get(..start)
        .zip(text.get(start..end))
        .zip(text.get(end..));
    let ((before, marked), after) = parts.unwrap_or((("", text), ""));
    let (before, marked, mut after) = (clean(before), clean(marked), clean(after));
    let length = [&before, &marked, &after].map(|t| t.chars().count());
    let room = columns.saturating_sub(TRIM_MARGIN);
    let marked = match marked.char_indices().nth(room) {
        Some((cut, _)) if length.iter().sum::<usize>() > columns => {
            after = "…".to_owned();
            marked.get(..cut).unwrap_or_default()
        }
        _ => &marked,
    };
    let range = before.len()..before.len() + marked.len();
    (before + marked + &after, range)
}

/// Words in lines of at most `width` characters; a longer word stands alone and whole.
pub(in crate::report) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in clean(text).split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// The text without characters that would steer a terminal or turn the reading direction.
#[must_use]
pub fn clean(text: &str) -> String {
    let visible = |c| match c {
        '\n' | '\r' => ' ',
        '\u{80}'..='\u{9f}' | '\u{61c}' | '\u{200e}' | '\u{200f}' => char::REPLACEMENT_CHARACTER,
        c => c,
    };
    let text: String = text.chars().map(visible).collect();
    normalize_untrusted_str(&text)
}

pub(in crate::report) fn show_place(location: &Location) -> String {
    let path = show_path(&location.path);
    match (location.line, location.column) {
        (Some(line), Some(column)) => format!("{path}:{line}:{column}"),
        (Some(line), None) => format!("{path}:{line}"),
        _ if location.pointer.is_empty() => path,
        _ => format!("{path} ({})", clean(&location.pointer)),
    }
}

pub(in crate::report) fn show_path(path: &str) -> String {
    if path == "-" {
        "<stdin>".to_owned()
    } else {
        clean(path)
    }
}

pub(in crate::report) fn show_subject(subject: &SubjectRef) -> String {
    let kind = subject.kind.replace('_', " ");
    match (&subject.name, &subject.id) {
        (Some(name), Some(id)) => format!("{kind} {name} ({id})"),
        (Some(one), None) | (None, Some(one)) => format!("{kind} {one}"),
        (None, None) => kind,
    }
}

pub(in crate::report) fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

/// The number of subjects of a kind. A project is judged file by file.
pub(in crate::report) fn count_kind(number: usize, kind: &str) -> String {
    match kind {
        "project" => count(number, "project file"),
        kind => count(number, &kind.replace('_', " ")),
    }
}

pub(in crate::report) fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().collect::<Vec<_>>().join(", ")
}
