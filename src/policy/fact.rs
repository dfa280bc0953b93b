//! The path of a fact in the input: `application.redirect_uris`, `declared.type`, `application.owners[].guest` for a
//! member of every element of a list or of a map, `application.credentials[secret].end` for one of every element of a kind.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::normalize::Kind;

/// A parsed path.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FactPath {
    text: String,
    segments: Vec<Segment>,
}

/// A step of a path.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Segment {
    /// The member of that name.
    Member(String),
    /// Every element of a list or of a map, or every one whose `kind` is this.
    Each(Option<String>),
}

/// Where a fact comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Root {
    /// The subject.
    Subject,
    /// What ztvet.yaml says of the subject.
    Declared,
    /// What ztvet.yaml says of the organisation.
    Organization,
    /// What ztvet.yaml says of the tokens that are accepted.
    Tokens,
}

impl FactPath {
    /// Parses a path; the error says what is wrong with it.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut segments = Vec::new();
        for part in text.split('.') {
            let (name, kind) = match part.strip_suffix(']').and_then(|part| part.split_once('[')) {
                Some((name, kind)) => (name, Some(kind)),
                None => (part, None),
            };
            let is_word = |word: &str| word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
            if name.is_empty() || !is_word(name) || !kind.is_none_or(is_word) {
                return Err(format!("`{text}` is not the path of a fact"));
            }
            segments.push(Segment::Member(name.to_owned()));
            if let Some(kind) = kind {
                segments.push(Segment::Each((!kind.is_empty()).then(|| kind.to_owned())));
            }
        }
        let path = Self {
            text: text.to_owned(),
            segments,
        };
        match path.root_name() {
            "declared" | "organization" | "tokens" => Ok(path),
            root if Kind::parse(root).is_some() => Ok(path),
            root => Err(format!(
                "`{text}` starts with `{root}`, expected a kind of subject, `declared`, `organization` or `tokens`"
            )),
        }
    }

    /// The path as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    pub(crate) fn root(&self) -> Root {
        match self.root_name() {
            "declared" => Root::Declared,
            "organization" => Root::Organization,
            "tokens" => Root::Tokens,
            _ => Root::Subject,
        }
    }

    /// The kind of subject that has the fact; none for words of ztvet.yaml.
    pub(crate) fn kind(&self) -> Option<Kind> {
        Kind::parse(self.root_name())
    }

    pub(crate) fn segments(&self) -> &[Segment] {
        &self.segments
    }

    fn root_name(&self) -> &str {
        match self.segments.first() {
            Some(Segment::Member(name)) => name,
            _ => "",
        }
    }

    /// Whether a gap in `fact` is a gap in this one: the same fact, a part of it, or what it is a part of.
    pub(crate) fn overlaps(&self, fact: &str) -> bool {
        let is_under = |path: &str, above: &str| {
            path.strip_prefix(above)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        is_under(&self.text, fact) || is_under(fact, &self.text)
    }
}

impl TryFrom<String> for FactPath {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text)
    }
}

impl From<FactPath> for String {
    fn from(path: FactPath) -> Self {
        path.text
    }
}

impl fmt::Display for FactPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_overlap_with_what_is_above_and_below() {
        let path = FactPath::parse("application.api.scopes").unwrap();
        assert!(path.overlaps("application.api"));
        assert!(path.overlaps("application.api.scopes"));
        assert!(path.overlaps("application.api.scopes[].value"));
        assert!(!path.overlaps("application.api.scope"));
        assert!(!path.overlaps("application.app_roles"));
    }

    #[test]
    fn malformed_paths_are_refused() {
        for text in [
            "",
            "application..x",
            "input.application",
            "application.x y",
            "[]",
            "application.x[a b]",
        ] {
            assert!(FactPath::parse(text).is_err(), "{text}");
        }
    }
}
