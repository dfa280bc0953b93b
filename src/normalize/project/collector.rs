//! What reading a file of a project brings up, and the places that it is read from.

use serde_json::Value;

use super::Dependency;
use crate::document::pointer::escaped;
use crate::normalize::reader::Notes;
use crate::normalize::{FieldProblem, Gap, GapReason};

const DEPENDENCIES: &str = "project.dependencies";

/// A value and its JSON Pointer.
#[derive(Debug, Clone)]
pub(super) struct Place<'a> {
    pub(super) value: &'a Value,
    pub(super) pointer: String,
}

impl<'a> Place<'a> {
    pub(super) fn root(value: &'a Value) -> Self {
        let pointer = String::new();
        Self { value, pointer }
    }

    /// The member of exactly that name, where it is not null.
    pub(super) fn get(&self, name: &str) -> Option<Self> {
        let value = self.value.get(name).filter(|value| !value.is_null())?;
        Some(self.below(name, value))
    }

    /// The member at the end of a path of names.
    pub(super) fn at(&self, names: &[&str]) -> Option<Self> {
        let mut place = self.clone();
        for name in names {
            place = place.get(name)?;
        }
        Some(place)
    }

    /// The members of an object, with their names; nothing where it is none.
    pub(super) fn members(&self) -> Vec<(&'a str, Self)> {
        let members = self.value.as_object().into_iter().flatten();
        members
            .map(|(name, value)| (name.as_str(), self.below(name, value)))
            .collect()
    }

    /// The elements of a list; nothing where it is none.
    pub(super) fn items(&self) -> Vec<Self> {
        let items = self.value.as_array().into_iter().flatten();
        items
            .enumerate()
            .map(|(index, value)| self.below(&index.to_string(), value))
            .collect()
    }

    pub(super) fn text(&self) -> Option<&'a str> {
        self.value.as_str()
    }

    fn below(&self, name: &str, value: &'a Value) -> Self {
        Self {
            value,
            pointer: format!("{}/{}", self.pointer, escaped(name)),
        }
    }
}

/// The lines of a text, with their pointers.
pub(super) fn text_lines(value: &Value) -> impl Iterator<Item = (&str, String)> {
    let lines = value.as_array().into_iter().flatten();
    lines
        .enumerate()
        .map(|(index, line)| (line.as_str().unwrap_or_default(), format!("/{index}")))
}

/// A name that a package has, as its registry compares it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ecosystem {
    Npm,
    NuGet,
    PyPi,
    Maven,
    Gradle,
    Go,
    CocoaPods,
    Swift,
    Cargo,
}

impl Ecosystem {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Npm => "npm",
            Self::NuGet => "nuget",
            Self::PyPi => "pypi",
            Self::Maven => "maven",
            Self::Gradle => "gradle",
            Self::Go => "go",
            Self::CocoaPods => "cocoapods",
            Self::Swift => "swift",
            Self::Cargo => "cargo",
        }
    }

    fn normalize(self, name: &str) -> String {
        match self {
            Self::Npm | Self::Maven | Self::Gradle | Self::Go | Self::CocoaPods => name.to_owned(),
            Self::NuGet => name.to_ascii_lowercase(),
            Self::PyPi => pep_503(name),
            Self::Cargo => name.to_ascii_lowercase().replace('_', "-"),
            Self::Swift => repository(name),
        }
    }
}

/// Runs of `-`, `_` and `.` are one `-`, and case does not count.
fn pep_503(name: &str) -> String {
    let mut normal = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            '-' | '_' | '.' if normal.ends_with('-') => {}
            '-' | '_' | '.' => normal.push('-'),
            c => normal.push(c.to_ascii_lowercase()),
        }
    }
    normal
}

/// `host/path` of a repository: `https://github.com/A/B.git` and `git@github.com:A/B` are the same.
fn repository(url: &str) -> String {
    let url = url.trim().to_ascii_lowercase();
    let rest = match url.split_once("://") {
        Some((_, rest)) => rest.to_owned(),
        None => url.replacen(':', "/", 1),
    };
    let host_at = rest.find('/').unwrap_or(rest.len());
    let (authority, path) = rest.split_at_checked(host_at).unwrap_or((&rest, ""));
    let host = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    let path = path.trim_end_matches('/');
    format!("{host}{}", path.strip_suffix(".git").unwrap_or(path))
}

/// Gathers what a reader finds.
#[derive(Debug, Default)]
pub(super) struct Collector {
    pub(super) dependencies: Vec<Dependency>,
    problems: Vec<FieldProblem>,
    gaps: Vec<Gap>,
    secrets: Vec<String>,
}

impl Collector {
    pub(super) fn into_notes(self) -> Notes {
        Notes {
            problems: self.problems,
            gaps: self.gaps,
            secrets: self.secrets,
            ..Notes::default()
        }
    }

    /// Adds a package. Credentials in the URL of its requirement or of its name are left out, and not shown.
    pub(super) fn dependency(
        &mut self,
        ecosystem: Ecosystem,
        name: &str,
        requirement: &str,
        scope: &str,
        at: String,
    ) {
        let (name, name_held) = without_credentials(name.trim());
        let (requirement, requirement_held) = without_credentials(requirement.trim());
        if name.is_empty() {
            return self.problem(at, "a dependency has no name".to_owned());
        }
        if name_held || requirement_held {
            self.secret(at.clone());
        }
        self.dependencies.push(Dependency {
            ecosystem: ecosystem.as_str().to_owned(),
            normalized_name: ecosystem.normalize(&name),
            name,
            requirement,
            scope: scope.to_owned(),
            at,
        });
    }

    /// Says that what this place asks for cannot be told.
    pub(super) fn cannot_tell(&mut self, at: String) {
        self.unknown(DEPENDENCIES, at);
    }

    /// Says that the value at this place is not known.
    pub(super) fn unknown(&mut self, fact: &'static str, at: String) {
        self.gaps.push(Gap {
            fact: fact.into(),
            pointer: Some(at),
            reason: GapReason::Unknown,
        });
    }

    /// Says that dependencies stand in a file that is not read.
    pub(super) fn elsewhere(&mut self) {
        self.gaps.push(Gap {
            fact: DEPENDENCIES.into(),
            pointer: None,
            reason: GapReason::NotCollected,
        });
    }

    /// Says that what stands here is wrong, and what it asks for is unknown.
    pub(super) fn problem(&mut self, at: String, message: String) {
        self.invalid(DEPENDENCIES, at, message);
    }

    pub(super) fn invalid(&mut self, fact: &'static str, at: String, message: String) {
        self.gaps.push(Gap {
            fact: fact.into(),
            pointer: Some(at.clone()),
            reason: GapReason::Invalid,
        });
        self.problems.push(FieldProblem {
            pointer: at,
            message,
            help: None,
        });
    }

    /// What must be a text.
    pub(super) fn text<'a>(&mut self, fact: &'static str, place: &Place<'a>) -> Option<&'a str> {
        let text = place.text();
        if text.is_none() {
            let message = format!("`{}` must be a string", place.pointer);
            self.invalid(fact, place.pointer.clone(), message);
        }
        text
    }

    /// Says that the text here must never be shown.
    pub(super) fn secret(&mut self, at: String) {
        self.secrets.push(at);
    }

    /// The members of what must be an object.
    pub(super) fn object<'a>(&mut self, place: Option<Place<'a>>) -> Vec<(&'a str, Place<'a>)> {
        match place {
            Some(place) if place.value.is_object() => place.members(),
            Some(place) => {
                let message = format!("`{}` must be a table of names", place.pointer);
                self.problem(place.pointer, message);
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    /// The elements of what must be a list.
    pub(super) fn list<'a>(&mut self, place: Option<Place<'a>>) -> Vec<Place<'a>> {
        match place {
            Some(place) if place.value.is_array() => place.items(),
            Some(place) => {
                let message = format!("`{}` must be a list", place.pointer);
                self.problem(place.pointer, message);
                Vec::new()
            }
            None => Vec::new(),
        }
    }
}

/// A text without the user information of the URLs in it, and whether it had any.
fn without_credentials(text: &str) -> (String, bool) {
    let mut safe = String::with_capacity(text.len());
    let mut rest = text;
    let mut held = false;
    while let Some((before, after)) = rest.split_once("://") {
        safe.push_str(before);
        safe.push_str("://");
        let end = after.find(['/', '?', '#', ' ', ';']).unwrap_or(after.len());
        let authority = after.get(..end).unwrap_or_default();
        rest = match authority.rfind('@') {
            Some(at) => {
                held = true;
                after.get(at + 1..).unwrap_or_default()
            }
            None => after,
        };
    }
    safe.push_str(rest);
    (safe, held)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_as_their_registries_do() {
        for (ecosystem, name, normal) in [
            (Ecosystem::PyPi, "Flask_ADAL..x", "flask-adal-x"),
            (
                Ecosystem::NuGet,
                "Microsoft.Identity.Web",
                "microsoft.identity.web",
            ),
            (Ecosystem::Cargo, "Serde_JSON", "serde-json"),
            (Ecosystem::Go, "github.com/Azure/x", "github.com/Azure/x"),
            (
                Ecosystem::Swift,
                "https://u:p@GitHub.com/A/B.git",
                "github.com/a/b",
            ),
            (Ecosystem::Swift, "git@github.com:A/B.git", "github.com/a/b"),
            (
                Ecosystem::Swift,
                "ssh://git@github.com/A/B/",
                "github.com/a/b",
            ),
        ] {
            assert_eq!(ecosystem.normalize(name), normal);
        }
    }

    #[test]
    fn credentials_are_left_out() {
        for (text, safe) in [
            ("git+https://u:p@h/x@1", "git+https://h/x@1"),
            ("a https://t@h b ftp://x:y@i/", "a https://h b ftp://i/"),
            ("https://h/@scope/x", "https://h/@scope/x"),
            ("^1.2.3", "^1.2.3"),
        ] {
            assert_eq!(without_credentials(text), (safe.to_owned(), safe != text));
        }
    }
}
