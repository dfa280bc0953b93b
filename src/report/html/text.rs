//! Text of documents and policies as the text of a page.

use std::fmt::{self, Display, Formatter, Write as _};

use url::Url;

use crate::finding::SubjectRef;
use crate::report::table::clean;
use crate::report::table::text::{show_path, show_subject};

/// The text, for the content of an element or for an attribute in quotes.
pub(super) fn escaped(text: &str) -> Escaped {
    Escaped(clean(text))
}

/// See [`escaped`].
pub(super) struct Escaped(String);

impl Display for Escaped {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        escape(&self.0, f)
    }
}

fn escape(text: &str, f: &mut Formatter<'_>) -> fmt::Result {
    for character in text.chars() {
        match character {
            '&' => f.write_str("&amp;")?,
            '<' => f.write_str("&lt;")?,
            '>' => f.write_str("&gt;")?,
            '"' => f.write_str("&quot;")?,
            '\'' => f.write_str("&#39;")?,
            other => f.write_char(other)?,
        }
    }
    Ok(())
}

/// A sentence, where what stands between backticks is code.
pub(super) fn prose(text: &str) -> Prose {
    Prose(clean(text))
}

/// See [`prose`].
pub(super) struct Prose(String);

impl Display for Prose {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut rest = self.0.as_str();
        while let Some((before, code, after)) = next_code(rest) {
            escape(before, f)?;
            f.write_str("<code>")?;
            escape(code, f)?;
            f.write_str("</code>")?;
            rest = after;
        }
        escape(rest, f)
    }
}

fn next_code(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('`')?;
    let (code, after) = rest.split_once('`')?;
    Some((before, code, after))
}

/// A reference: a link where it is a page of the web, else its text.
pub(super) fn link(reference: &str) -> String {
    let shown = escaped(reference);
    let url = Url::parse(reference).ok();
    let url = url.filter(|url| matches!(url.scheme(), "http" | "https"));
    match url {
        Some(url) => format!(
            r#"<a href="{}" rel="noopener noreferrer">{shown}</a>"#,
            escaped(url.as_str())
        ),
        None => shown.to_string(),
    }
}

/// A subject by which findings can be told apart: with the path where it has neither a name nor an id.
pub(super) fn subject(subject: &SubjectRef, path: &str) -> String {
    let shown = show_subject(subject);
    if subject.name.is_none() && subject.id.is_none() {
        return format!("{shown} in {}", show_path(path));
    }
    shown
}
