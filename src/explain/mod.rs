//! Why a rule has no result: the first expression of each body that does not hold, and the values in it.
//!
//! The evaluator does not tell. So a body is tried again, one expression more each time, until nothing is left that holds;
//! then the parts of that expression are evaluated by themselves. An expression that reads a variable comes after the one
//! that gives the variable its value, as the evaluator has it too.

mod explainer;
#[cfg(test)]
mod tests;

use std::fmt::Write as _;

use serde::Serialize;

use crate::rego::as_written;

pub(crate) use self::explainer::{Explainer, Step, in_order};

/// The expression at which a body stopped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stop {
    /// The file.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// The expression, on one line.
    pub expression: String,
    /// What came of it.
    pub outcome: Outcome,
    /// Why it failed, where it did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// How many sets of values its parts took; `values` are the first of them.
    pub reached: usize,
    /// What its parts are.
    pub values: Vec<Part>,
}

/// What came of an expression that does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// It is false.
    False,
    /// It has no value.
    Undefined,
    /// It could not be evaluated.
    Error,
}

impl Outcome {
    /// The word for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::False => "false",
            Self::Undefined => "undefined",
            Self::Error => "an error",
        }
    }
}

/// A part of an expression and its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// The part, on one line.
    pub expression: String,
    /// Its value, as Rego writes it; `undefined` where it has none.
    pub value: String,
}

impl Stop {
    /// What it says, for people: the expression and what came of it, then its parts, one a line.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let place = format!("{}:{}:{}", self.path, self.line, self.column);
        let expression = shortened(&self.expression);
        let mut first = format!("{place}: `{expression}` is {}", self.outcome.as_str());
        if let Some(error) = &self.error {
            let _ = write!(first, ": {error}");
        }
        if self.reached > 1 {
            let _ = write!(
                first,
                " for each of {} sets of values; the first:",
                self.reached
            );
        }
        let names: Vec<String> = self
            .values
            .iter()
            .map(|part| shortened(&part.expression))
            .collect();
        let width = names
            .iter()
            .map(|name| name.chars().count())
            .max()
            .unwrap_or(0);
        let parts = names.iter().zip(&self.values);
        let parts = parts.map(|(name, part)| format!("  {name:width$} = {}", part.value));
        std::iter::once(first).chain(parts).collect()
    }
}

/// The start of an expression that is long.
fn shortened(expression: &str) -> String {
    const MOST: usize = 72;
    if expression.chars().count() <= MOST {
        return expression.to_owned();
    }
    let start: String = expression.chars().take(MOST - 1).collect();
    format!("{start}…")
}

/// A text of a policy, without line breaks.
pub(crate) fn one_line(text: &str) -> String {
    let text = as_written(text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
