//! A package: several files together make one rule.

use super::error::PolicyError;
use super::metadata::{Custom, Metadata};
use super::rule::{EntryPoint, InputForm, Origin, Rule, Verb};
use crate::rego::Syntax;

/// The files of a package.
#[derive(Debug, Clone)]
pub(super) struct Package {
    pub(super) origin: Origin,
    /// The position among the rules; none while no file has an entry point.
    pub(super) rule: Option<usize>,
    input: Option<InputForm>,
    parts: Vec<Part>,
}

/// What one file adds to its package.
#[derive(Debug, Clone)]
struct Part {
    path: String,
    text: String,
    entry_points: Vec<EntryPoint>,
    has_exceptions: bool,
    metadata: Option<(Metadata, Custom)>,
}

/// Conftest's name for what a policy lets pass.
const EXCEPTION: &str = "exception";

impl Package {
    pub(super) const fn new(origin: Origin, input: Option<InputForm>) -> Self {
        Self {
            origin,
            rule: None,
            input,
            parts: Vec::new(),
        }
    }

    /// Adds a file.
    ///
    /// # Errors
    /// When it defines an entry point that is no set, or METADATA that another file has as well.
    pub(super) fn add(
        &mut self,
        path: &str,
        text: &str,
        syntax: &Syntax,
        metadata: Option<(Metadata, Custom)>,
        input: Option<InputForm>,
    ) -> Result<(), PolicyError> {
        if self.input != input {
            let message = "the files of this package are loaded with different settings of `input`";
            return Err(PolicyError::new(path, 1, message));
        }
        refuse_others(path, syntax)?;
        let other = self.parts.iter().find(|part| part.metadata.is_some());
        if let (true, Some(other)) = (metadata.is_some(), other) {
            let message = format!("the METADATA of this package stands in {}", other.path);
            let help =
                "keep it above one of the `package` lines, or give each rule its own package";
            return Err(PolicyError::new(path, 1, message).help(help));
        }
        self.parts.push(Part {
            path: path.to_owned(),
            text: text.to_owned(),
            entry_points: entry_points(syntax),
            has_exceptions: syntax.partial_sets.contains(EXCEPTION),
            metadata,
        });
        Ok(())
    }

    /// The rule that the files make; none when they are a library.
    ///
    /// # Errors
    /// When its METADATA is wrong.
    pub(super) fn rule(&self, name: &str) -> Result<Option<Rule>, PolicyError> {
        let mut entry_points: Vec<EntryPoint> = self
            .parts
            .iter()
            .flat_map(|part| part.entry_points.clone())
            .collect();
        entry_points.sort();
        entry_points.dedup();
        let reports = |part: &&Part| !part.entry_points.is_empty();
        let described = self.parts.iter().find(|part| part.metadata.is_some());
        let Some(reporting) = self.parts.iter().find(reports) else {
            return Ok(None);
        };
        let part = described.unwrap_or(reporting);
        let (path, text) = (&part.path, &part.text);
        let described = part.metadata.clone().unwrap_or_default();
        let mut rule = Rule::read(self.origin, path, text, name, described, self.input)
            .map_err(|error| PolicyError::new(path, error.line, error.message))?;
        rule.entry_points = entry_points;
        rule.has_exceptions = self.parts.iter().any(|part| part.has_exceptions);
        Ok(Some(rule))
    }
}

fn entry_points(syntax: &Syntax) -> Vec<EntryPoint> {
    let named = |name: &String| Verb::of(name).map(|verb| (verb, name.clone()));
    let found = syntax.partial_sets.iter().filter_map(named);
    found
        .map(|(verb, name)| EntryPoint { verb, name })
        .collect()
}

/// Refuses `deny := true`, `default deny := false`, and the like: they would report nothing.
fn refuse_others(path: &str, syntax: &Syntax) -> Result<(), PolicyError> {
    for (name, place) in &syntax.others {
        let is_verb = Verb::of(name).is_some();
        // `deny_of(x) := …` may be a helper, `deny(x) := …` is none.
        let is_helper =
            place.what == Syntax::FUNCTION && Verb::ALL.iter().all(|v| v.as_str() != name);
        if (is_verb && !is_helper) || name == EXCEPTION {
            let message = format!("`{name}` is {}, expected a set", place.what);
            let of = if is_verb { " of findings" } else { "" };
            let help = format!("write `{name} contains … if {{ … }}`");
            return Err(PolicyError {
                column: place.column,
                ..PolicyError::new(path, place.line, message + of).help(help)
            });
        }
    }
    Ok(())
}
