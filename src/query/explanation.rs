//! Why a rule has its value: every body of it, and where those that do not hold stopped.

use serde::Serialize;
use serde_json::Value;

use super::{Console, QueryError};
use crate::explain::{Explainer, Step, Stop, in_order, one_line};
use crate::rego::{Body, Failure, Outline, RuleOutline, Shape, Trouble, show};

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
    /// The line of the rule's head, or of the first expression of an `else`, from 1.
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
            return Err(self.no_rule(rule).into());
        }
        Ok(Explanation {
            rule: rule.to_owned(),
            bodies,
        })
    }

    fn no_rule(&self, rule: &str) -> Failure {
        let help = match self.nearest(rule) {
            Some(name) => format!("did you mean `{name}`?"),
            None => "expected `data.<package>.<rule>`".to_owned(),
        };
        Failure::new(format!("`{rule}` is no rule that can be explained, {help}"))
    }
}

/// The name of a rule in a module, where its path leads into the module's package.
fn name_in<'a>(outline: &Outline, rule: &'a str) -> Option<&'a str> {
    let rest = rule.strip_prefix("data.")?.strip_prefix(&outline.package)?;
    rest.strip_prefix('.')
}

fn explain(explainer: &Explainer<'_>, definition: &RuleOutline, bodies: &mut Vec<BodyExplanation>) {
    let untried = BodyExplanation {
        path: explainer.module.path.clone(),
        line: definition.at.line,
        column: definition.at.column,
        holds: Holds::NotTried,
        gives: Vec::new(),
        stop: None,
    };
    if definition.bodies.is_empty() {
        let is_default = definition.shape == Shape::Default;
        return bodies.push(BodyExplanation {
            holds: if is_default {
                Holds::NotTried
            } else {
                Holds::Yes
            },
            gives: gives(explainer, definition, &[]).unwrap_or_default(),
            ..untried
        });
    }
    // An `else` is reached when none before it holds.
    let mut held = false;
    for body in &definition.bodies {
        let mut explanation = untried.clone();
        if body.is_else {
            explanation.line = body.at.line;
            explanation.column = body.at.column;
        }
        if !(held && body.is_else) {
            explain_body(explainer, definition, body, &mut explanation);
            held |= explanation.holds == Holds::Yes;
        }
        bodies.push(explanation);
    }
}

fn explain_body(
    explainer: &Explainer<'_>,
    definition: &RuleOutline,
    body: &Body,
    explanation: &mut BodyExplanation,
) {
    let statements = in_order(&body.statements);
    let steps: Vec<Step<'_>> = statements.into_iter().map(Step::Tried).collect();
    explanation.stop = explainer.stop(&steps);
    if explanation.stop.is_some() {
        explanation.holds = Holds::No;
        return;
    }
    let texts: Vec<String> = body.statements.iter().map(|s| s.text.clone()).collect();
    match gives(explainer, definition, &texts) {
        None => explanation.holds = Holds::Unknown,
        Some(values) => {
            explanation.holds = Holds::Yes;
            // An `else` has a value of its own, which the head does not tell.
            if !body.is_else {
                explanation.gives = values;
            }
        }
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
