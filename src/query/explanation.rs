//! Why a rule has its value: every body of it, and where those that do not hold stopped.

use serde::Serialize;
use serde_json::Value;

use super::{Console, QueryError};
use crate::explain::{Explainer, Step, Stop, in_order, one_line};
use crate::rego::{Failure, Outline, RuleOutline, Shape, Trouble, show};

/// Why a rule has its value.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation {
    /// `data.<package>.<rule>`
    pub rule: String,
    /// Its bodies, in the order in which they stand.
    pub bodies: Vec<BodyExplanation>,
}

/// What came of one body of a rule.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BodyExplanation {
    /// The file.
    pub path: String,
    /// The line of the rule's head, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    /// Whether it holds.
    pub holds: Holds,
    /// What it gives where it holds: the values, or the elements of the set.
    pub gives: Vec<String>,
    /// The expression at which it stopped.
    pub stop: Option<Stop>,
}

/// Whether a body holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Holds {
    /// It does.
    Yes,
    /// An expression of it does not.
    No,
    /// It is a default, or an `else` that was not reached.
    NotTried,
    /// Each expression by itself says nothing: it could not be found out.
    Unknown,
}

impl BodyExplanation {
    /// Whether it stopped at an error.
    pub(super) fn has_failed(&self) -> bool {
        self.stop.as_ref().is_some_and(|stop| stop.error.is_some())
    }
}

impl Console {
    /// Tries every body of a rule, `data.<package>.<name>`, and says where it stopped.
    ///
    /// # Errors
    /// When there is no such rule, or it is a function, whose bodies depend on its arguments.
    pub fn explain(
        &mut self,
        rule: &str,
        input: Option<&Value>,
    ) -> Result<Explanation, QueryError> {
        self.set_input(input)?;
        let mut bodies = Vec::new();
        for outline in &self.outlines {
            let Some(name) = name_in(outline, rule) else {
                continue;
            };
            let explainer = Explainer {
                session: &self.session,
                module: outline,
            };
            for definition in outline.rules.iter().filter(|rule| rule.name() == name) {
                if definition.shape == Shape::Function {
                    let message = format!(
                        "`{rule}` is a function: its bodies depend on what it is called with"
                    );
                    return Err(Failure::new(message).into());
                }
                explain(&explainer, definition, &mut bodies);
            }
        }
        if bodies.is_empty() {
            let nearest = self
                .nearest(rule)
                .map(|name| format!(", did you mean `{name}`?"));
            let message = format!(
                "`{rule}` is no rule that can be explained{}",
                nearest.unwrap_or_else(|| ", expected `data.<package>.<rule>`".to_owned())
            );
            return Err(Failure::new(message).into());
        }
        Ok(Explanation {
            rule: rule.to_owned(),
            bodies,
        })
    }
}

/// The name of a rule in a module, where its path leads into the module's package.
fn name_in<'a>(outline: &Outline, rule: &'a str) -> Option<&'a str> {
    let rest = rule.strip_prefix("data.")?.strip_prefix(&outline.package)?;
    rest.strip_prefix('.')
}

fn explain(explainer: &Explainer<'_>, definition: &RuleOutline, bodies: &mut Vec<BodyExplanation>) {
    let mut explanation = BodyExplanation {
        path: explainer.module.path.clone(),
        line: definition.at.line,
        column: definition.at.column,
        holds: Holds::Yes,
        gives: Vec::new(),
        stop: None,
    };
    if definition.bodies.is_empty() {
        if definition.shape == Shape::Default {
            explanation.holds = Holds::NotTried;
        }
        explanation.gives = gives(explainer, definition, &[]).unwrap_or_default();
        return bodies.push(explanation);
    }
    let mut held = false;
    for body in &definition.bodies {
        let mut explanation = explanation.clone();
        explanation.line = if body.is_else {
            body.at.line
        } else {
            explanation.line
        };
        if held {
            explanation.holds = Holds::NotTried;
            bodies.push(explanation);
            continue;
        }
        let steps: Vec<Step<'_>> = in_order(&body.statements)
            .into_iter()
            .map(Step::Tried)
            .collect();
        explanation.stop = explainer.stop(&steps);
        if explanation.stop.is_some() {
            explanation.holds = Holds::No;
        } else {
            let texts: Vec<String> = body.statements.iter().map(|s| s.text.clone()).collect();
            match gives(explainer, definition, &texts) {
                Some(values) => {
                    held = definition.shape == Shape::Value;
                    explanation.gives = if body.is_else { Vec::new() } else { values };
                }
                None => explanation.holds = Holds::Unknown,
            }
        }
        bodies.push(explanation);
    }
}

/// The values of the head where a body holds; none when that cannot be told.
fn gives(
    explainer: &Explainer<'_>,
    definition: &RuleOutline,
    body: &[String],
) -> Option<Vec<String>> {
    let head = definition.value.as_deref().unwrap_or("true");
    match explainer.values(body, head) {
        Ok(values) => Some(values.iter().map(|value| one_line(&show(value))).collect()),
        Err(Trouble::Unfit | Trouble::Failure(_)) => None,
    }
}
