//! Questions to the policies: any query of Rego, asked of any input, and why a rule says what it says of it.

mod explanation;
mod raw;
pub mod render;

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;
use serde_json::Value;

pub use self::explanation::{BodyExplanation, Explanation, Holds};
pub use self::raw::{RawDocument, RawDocuments};
use crate::engine::Engine;
use crate::normalize::input::Input;
use crate::policy::{FactPath, Root, Rule, Segment};
use crate::rego::{Budget, Failure, Outline, Row, Session, value};

/// The bundled and the organisation's own policies, with their data, ready to be asked.
///
/// ```
/// let engine = ztvet::Engine::builder().bundled()?.build()?;
/// let mut console = engine.console()?;
/// let input = serde_json::json!({"application": {"tags": ["team:payments"]}});
/// let answer = console.ask("tag := input.application.tags[_]", Some(&input))?;
/// assert_eq!(answer[0].bindings["tag"], "team:payments");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Console {
    session: Session,
    outlines: Vec<Outline>,
    rules: Vec<Rule>,
}

/// One result of a query. A query without results is undefined.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answer {
    /// The expressions of the query and their values.
    pub expressions: Vec<Expression>,
    /// Its variables.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub bindings: BTreeMap<String, Value>,
}

/// An expression of a query.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Expression {
    /// Its value. A set is a list.
    pub value: Value,
    /// Its text.
    pub text: String,
}

/// Why a query has no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryError {
    /// The policy, or `query`; none where the place is not known.
    pub path: Option<String>,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    /// What went wrong.
    pub message: String,
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.path {
            Some(path) => write!(f, "{path}:{}:{}: {}", self.line, self.column, self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl std::error::Error for QueryError {}

impl From<Failure> for QueryError {
    fn from(failure: Failure) -> Self {
        let path = failure.path.map(|path| match path.as_str() {
            // What regorus calls a query.
            "<query.rego>" => "query".to_owned(),
            _ => path,
        });
        Self {
            path,
            line: failure.line,
            column: failure.column,
            message: failure.message,
        }
    }
}

impl Engine {
    /// A console for the engine's policies, all of them on the interpreter.
    ///
    /// # Errors
    /// When the policies do not fit together.
    pub fn console(&self) -> Result<Console, QueryError> {
        let policies = &self.inner.policies;
        let mut modules = policies.custom_modules().map_err(Failure::new)?;
        modules.join(policies.bundled_modules().map_err(Failure::new)?)?;
        let mut data = self.inner.evaluator.data().clone();
        for (name, more) in policies.data() {
            let members = data
                .as_object_mut()
                .map_err(|error| Failure::new(error.to_string()))?;
            let more = value(more).map_err(Failure::new)?;
            members.insert(name.as_str().into(), more);
        }
        Ok(Console {
            session: modules.session(data, Budget::default())?,
            outlines: modules.outlines(),
            rules: self.rules().cloned().collect(),
        })
    }
}

impl Console {
    /// Answers a query, with `input` as its input: none where there is none. No answer is undefined.
    ///
    /// # Errors
    /// When the query is no Rego, or something in it fails.
    pub fn ask(&mut self, query: &str, input: Option<&Value>) -> Result<Vec<Answer>, QueryError> {
        self.set_input(input)?;
        let rows = self.session.query(query)?;
        Ok(rows.into_iter().filter_map(answer).collect())
    }

    /// What was printed since the last call, each with file and line.
    pub fn take_prints(&mut self) -> Vec<String> {
        self.session.take_prints()
    }

    /// Why a check does not run the rule that a query names (`data.<package>.deny`) on an input, where it does not.
    #[must_use]
    pub fn not_run(&self, query: &str, input: &Input) -> Option<String> {
        let path = query.trim().strip_prefix("data.")?;
        let (package, verb) = path.rsplit_once('.')?;
        let is_asked = |rule: &&Rule| {
            rule.package == package && rule.entry_points.iter().any(|known| known.name == verb)
        };
        let rule = self.rules.iter().find(is_asked)?;
        if !rule
            .applies_to
            .iter()
            .any(|kind| kind.as_str() == input.kind)
        {
            let kind = input.kind.replace('_', " ");
            return Some(format!(
                "{} does not judge this kind of subject: {kind}",
                rule.id
            ));
        }
        let of_kind = &input.kind;
        let input = serde_json::to_value(input).ok()?;
        let needed = rule.requires.iter().chain(&rule.requires_complete);
        // A rule for several kinds names the facts of each.
        let is_of_kind = |fact: &&FactPath| fact.kind().is_none_or(|kind| kind.as_str() == of_kind);
        let missing = needed
            .filter(is_of_kind)
            .filter(|fact| is_missing(&input, fact));
        let missing: Vec<String> = missing.map(|fact| format!("`{fact}`")).collect();
        (!missing.is_empty())
            .then(|| format!("{} is not run, for want of {}", rule.id, missing.join(", ")))
    }

    /// The full names of rules that are nearest to what was asked for and is not there: `data.a.b.den` may be
    /// `data.a.b.deny`.
    #[must_use]
    pub fn nearest(&self, path: &str) -> Option<String> {
        let packages = self
            .outlines
            .iter()
            .map(|outline| format!("data.{}", outline.package));
        let rules = self.outlines.iter().flat_map(|outline| {
            let rules = outline.rules.iter();
            rules.map(|rule| format!("data.{}.{}", outline.package, rule.name()))
        });
        let known: Vec<String> = packages.chain(rules).collect();
        if known.iter().any(|name| name == path) {
            return None;
        }
        let near = known
            .into_iter()
            .map(|name| (strsim::damerau_levenshtein(path, &name), name));
        let (distance, name) = near.min()?;
        (distance <= 3).then_some(name)
    }

    fn set_input(&mut self, input: Option<&Value>) -> Result<(), QueryError> {
        let input = match input {
            Some(input) => value(input).map_err(Failure::new)?,
            None => crate::rego::Value::Undefined,
        };
        self.session.set_input(input);
        Ok(())
    }
}

/// Whether a fact of the input is known not to be there. What ztvet.yaml says of the organisation is not in the input.
fn is_missing(input: &Value, fact: &FactPath) -> bool {
    let mut value = input;
    for segment in fact.segments() {
        let Segment::Member(name) = segment else {
            return false;
        };
        match value.get(name) {
            Some(member) => value = member,
            None => return !matches!(fact.root(), Root::Organization | Root::Tokens),
        }
    }
    value.is_null()
}

/// A row as an answer; none when an expression of it is undefined.
fn answer(row: Row) -> Option<Answer> {
    let expressions = row.expressions.into_iter().map(|(text, value)| {
        let value = json(&value)?;
        Some(Expression { value, text })
    });
    let expressions: Option<Vec<_>> = expressions.collect();
    let bindings = row.bindings.into_iter();
    Some(Answer {
        expressions: expressions?,
        bindings: bindings
            .filter_map(|(name, value)| Some((name, json(&value)?)))
            .collect(),
    })
}

fn json(value: &crate::rego::Value) -> Option<Value> {
    match value {
        crate::rego::Value::Undefined => None,
        value => serde_json::to_value(value).ok(),
    }
}
