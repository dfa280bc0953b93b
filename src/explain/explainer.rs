//! Tries the expressions of a body, one more each time.

use std::collections::BTreeSet;

use super::{Outcome, Part, Stop, one_line};
use crate::rego::{
    Every, Failure, Form, Outline, Position, RESULT, Session, Statement, Trouble, Value, show,
};

/// A step of a body.
pub(crate) enum Step<'a> {
    /// Known to hold, or put there to narrow what is tried.
    Given(String),
    /// To be tried.
    Tried(&'a Statement),
}

/// The statements of a body in an order in which each can be tried: that in which they stand, but for those that read
/// what is bound further down.
pub(crate) fn in_order(statements: &[Statement]) -> Vec<&Statement> {
    let mut rest: Vec<&Statement> = statements.iter().collect();
    let mut ordered: Vec<&Statement> = Vec::with_capacity(rest.len());
    while !rest.is_empty() {
        let is_bound = |statement: &Statement, name: &String| {
            let binds = |other: &&Statement| other.bindable.contains(name);
            binds(&statement) || ordered.iter().any(binds) || !rest.iter().any(binds)
        };
        let next = rest.iter().position(|statement| {
            statement
                .variables
                .iter()
                .all(|name| is_bound(statement, name))
        });
        // Where each waits for another, the evaluator has refused the module.
        ordered.push(rest.remove(next.unwrap_or(0)));
    }
    ordered
}

/// Tries bodies as if they stood in a module.
pub(crate) struct Explainer<'a> {
    pub(crate) session: &'a Session,
    pub(crate) module: &'a Outline,
}

impl Explainer<'_> {
    /// The first of the steps that does not hold; none when all do.
    pub(crate) fn stop(&self, steps: &[Step<'_>]) -> Option<Stop> {
        let mut body: Vec<String> = Vec::new();
        let mut bound: BTreeSet<&String> = BTreeSet::new();
        for step in steps {
            let statement = match step {
                Step::Given(text) => {
                    body.push(text.clone());
                    continue;
                }
                Step::Tried(statement) => *statement,
            };
            body.push(statement.text.clone());
            match self.holds(&body) {
                Ok(true) | Err(Trouble::Unfit) => {}
                Ok(false) => {
                    body.pop();
                    return Some(self.unmet(&body, &statement.telling(&bound)));
                }
                Err(Trouble::Failure(failure)) => {
                    body.pop();
                    return Some(self.failed(&body, &statement.telling(&bound), &failure));
                }
            }
            bound.extend(&statement.bindable);
        }
        None
    }

    /// Whether a body holds for any variables.
    fn holds(&self, body: &[String]) -> Result<bool, Trouble> {
        Ok(!self.values(body, "true")?.is_empty())
    }

    /// The values that an expression has where a body holds.
    pub(crate) fn values(&self, body: &[String], expression: &str) -> Result<Vec<Value>, Trouble> {
        let result = format!("{RESULT} := {expression}");
        let mut lines: Vec<&str> = body.iter().map(String::as_str).collect();
        lines.push(&result);
        self.session.attempt(self.module, &lines)
    }

    fn unmet(&self, before: &[String], statement: &Statement) -> Stop {
        if let Form::Every(every) = &statement.form
            && let Some(stop) = self.unmet_element(before, statement, every)
        {
            return stop;
        }
        let (reached, mut values) = self.parts(before, statement);
        if let Form::Comparison(Some((left, right))) = &statement.form
            && reached == 1
        {
            values.extend(self.difference(before, statement, left, right));
        }
        let outcome = self.outcome(before, statement, &values);
        self.stopped(statement, outcome, reached, values)
    }

    fn failed(&self, before: &[String], statement: &Statement, failure: &Failure) -> Stop {
        let (reached, values) = self.parts(before, statement);
        // The place of a failure in what was tried says nothing; the statement's own place does.
        let message = if failure.is_in_trial() {
            failure.message.clone()
        } else {
            failure.to_string()
        };
        Stop {
            error: Some(message),
            ..self.stopped(statement, Outcome::Error, reached, values)
        }
    }

    fn stopped(
        &self,
        statement: &Statement,
        outcome: Outcome,
        reached: usize,
        values: Vec<Part>,
    ) -> Stop {
        let Position { line, column } = statement.at;
        Stop {
            path: self.module.path.clone(),
            line,
            column,
            expression: one_line(&statement.text),
            outcome,
            error: None,
            reached,
            values,
        }
    }

    fn outcome(&self, before: &[String], statement: &Statement, values: &[Part]) -> Outcome {
        let is_undefined = match &statement.form {
            Form::Binding => true,
            Form::Negation | Form::Every(_) => false,
            Form::Comparison(_) => values.iter().any(|part| part.value == "undefined"),
            Form::Condition(text) => {
                let text = format!("{text} {}", statement.modifiers);
                let values = self.values(before, &text).unwrap_or_default();
                !values.contains(&Value::from(false))
            }
        };
        if is_undefined {
            Outcome::Undefined
        } else {
            Outcome::False
        }
    }

    /// The values of the parts of a statement, all of the same moment, and how many such moments there are.
    fn parts(&self, before: &[String], statement: &Statement) -> (usize, Vec<Part>) {
        let mut defined = Vec::new();
        let mut parts = Vec::new();
        for operand in &statement.operands {
            // All that a policy can see says nothing.
            if operand == "input" || operand == "data" {
                continue;
            }
            let with = format!("{operand} {}", statement.modifiers);
            let value = match self.values(before, &with) {
                Err(Trouble::Unfit) => continue,
                Err(Trouble::Failure(_)) => "an error".to_owned(),
                Ok(values) if values.is_empty() => "undefined".to_owned(),
                Ok(_) => {
                    defined.push((parts.len(), operand));
                    String::new()
                }
            };
            parts.push(Part {
                expression: one_line(operand),
                value,
            });
        }
        let list: Vec<&str> = defined
            .iter()
            .map(|(_, operand)| operand.as_str())
            .collect();
        let together = format!("[{}] {}", list.join(", "), statement.modifiers);
        let moments = self.values(before, &together).unwrap_or_default();
        if let Some(Value::Array(values)) = moments.first() {
            for ((index, _), value) in defined.iter().zip(values.iter()) {
                if let Some(part) = parts.get_mut(*index) {
                    part.value = limited(show(value));
                }
            }
        }
        // A literal needs no explanation, and neither does what could not be told.
        parts.retain(|part| !part.value.is_empty() && part.value != part.expression);
        (moments.len().max(1), parts)
    }

    /// What only one of two sets that are not equal holds.
    fn difference(
        &self,
        before: &[String],
        statement: &Statement,
        left: &str,
        right: &str,
    ) -> Vec<Part> {
        let side = |text: &str| {
            let text = format!("{text} {}", statement.modifiers);
            self.values(before, &text).ok()?.into_iter().next()
        };
        let (Some(Value::Set(one)), Some(Value::Set(other))) = (side(left), side(right)) else {
            return Vec::new();
        };
        let only = |side: &str, own: Vec<&Value>| {
            (!own.is_empty()).then(|| Part {
                expression: format!("only {side}"),
                value: limited(own.into_iter().map(show).collect::<Vec<_>>().join(", ")),
            })
        };
        [
            only(
                "on the left",
                one.iter().filter(|item| !other.contains(item)).collect(),
            ),
            only(
                "on the right",
                other.iter().filter(|item| !one.contains(item)).collect(),
            ),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// Where the first element stopped for which the body of `every` does not hold.
    fn unmet_element(
        &self,
        before: &[String],
        statement: &Statement,
        every: &Every,
    ) -> Option<Stop> {
        let key = every.key.as_deref().unwrap_or("__ztvet_key");
        let element = format!(
            "some {key}, {} in {} {}",
            every.value, every.domain, statement.modifiers
        );
        let mut body = before.to_vec();
        body.push(element.clone());
        let all = self.values(&body, key).ok()?;
        let inner: Vec<Statement> = every
            .statements
            .iter()
            .map(|inner| inner.under(&statement.modifiers))
            .collect();
        body.extend(inner.iter().map(|inner| inner.text.clone()));
        let met = self.values(&body, key).unwrap_or_default();
        let unmet = all.iter().find(|key| !met.contains(key))?;
        let given = before.iter().cloned();
        let narrowed = [element, format!("{key} == {}", show(unmet))];
        let mut steps: Vec<Step<'_>> = given.chain(narrowed).map(Step::Given).collect();
        steps.extend(in_order(&inner).into_iter().map(Step::Tried));
        self.stop(&steps)
    }
}

impl Statement {
    /// The same without the operands that have no value before it: the variables that it binds itself.
    fn telling(&self, bound: &BTreeSet<&String>) -> Self {
        let has_value = |name: &&String| bound.contains(name) || !self.bindable.contains(*name);
        Self {
            operands: self.operands.iter().filter(has_value).cloned().collect(),
            ..self.clone()
        }
    }

    /// The same where these modifiers hold too.
    fn under(&self, modifiers: &str) -> Self {
        Self {
            text: format!("{} {modifiers}", self.text),
            modifiers: format!("{} {modifiers}", self.modifiers),
            ..self.clone()
        }
    }
}

/// The start of a value that is long.
fn limited(value: String) -> String {
    const MOST: usize = 4000;
    match value.char_indices().nth(MOST) {
        None => value,
        Some((end, _)) => format!("{}… ({} bytes)", &value[..end], value.len()),
    }
}
