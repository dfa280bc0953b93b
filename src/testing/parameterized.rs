//! Tests with cases: `test_concat[note] if { … }` is one test for every `note`.
//!
//! The rule's value names the cases that passed. To know those that did not, the body is tried up to where the variables
//! of the head are bound.

use super::run::{Case, Status, TestResult};
use crate::explain::{Explainer, Step, Stop, in_order};
use crate::rego::{Body, HeadPart, RuleOutline, Statement, Trouble, Value, show};

/// The body of a test up to where its cases are known, and how the head names a case.
struct Cases<'a> {
    statements: Vec<&'a Statement>,
    /// The expressions of the head that name a case.
    keys: Vec<&'a str>,
    /// How many statements bind what they read.
    bound: usize,
    values: Vec<Vec<Value>>,
}

impl TestResult {
    pub(super) fn judge_cases(
        &mut self,
        explainer: &Explainer<'_>,
        rule: &RuleOutline,
        depth: usize,
        passed: &Value,
    ) {
        let mut names = Vec::new();
        collect(passed, rule.head.len() - depth, &mut Vec::new(), &mut names);
        self.cases = names
            .into_iter()
            .map(|(name, value)| case(&name, &value))
            .collect();
        if let Some(body) = rule.bodies.first() {
            match Cases::find(explainer, rule, depth, body) {
                Some(cases) => self.add_failed(explainer, &cases),
                // Those that did not pass would go unseen.
                None => self.message = Some("which cases it has cannot be told".to_owned()),
            }
        }
        self.cases.sort_by(|one, other| one.name.cmp(&other.name));
        if self.cases.is_empty() && self.message.is_none() {
            self.message = Some("it has no case".to_owned());
        }
        let all_passed = self.cases.iter().all(|case| case.status == Status::Passed);
        self.status = if all_passed && self.message.is_none() {
            Status::Passed
        } else {
            Status::Failed
        };
    }

    fn add_failed(&mut self, explainer: &Explainer<'_>, cases: &Cases<'_>) {
        for key in &cases.values {
            let name: Vec<String> = key.iter().map(shown).collect();
            let known = self.cases.iter_mut().find(|case| case.name == name);
            match known {
                Some(case) if case.status == Status::Passed => {}
                Some(case) => case.stops = cases.stops(explainer, key),
                None => self.cases.push(Case {
                    name,
                    status: Status::Failed,
                    stops: cases.stops(explainer, key),
                }),
            }
        }
    }
}

impl<'a> Cases<'a> {
    /// Tries the body up to where the head is bound, and further where that is not enough.
    fn find(
        explainer: &Explainer<'_>,
        rule: &'a RuleOutline,
        depth: usize,
        body: &'a Body,
    ) -> Option<Self> {
        let parts = rule.head.get(depth..).unwrap_or_default();
        let keys: Vec<&str> = parts.iter().map(|part| part.text.as_str()).collect();
        let statements = in_order(&body.statements);
        let together = format!("[{}]", keys.join(", "));
        for bound in binding(parts, &statements)..=statements.len() {
            let before = statements.iter().take(bound);
            let before: Vec<String> = before.map(|statement| statement.text.clone()).collect();
            match explainer.values(&before, &together) {
                Err(Trouble::Unfit) => {}
                Err(Trouble::Failure(_)) => return None,
                Ok(values) => {
                    return Some(Self {
                        statements,
                        keys,
                        bound,
                        values: values.iter().filter_map(items).collect(),
                    });
                }
            }
        }
        None
    }

    /// Where the body stops for one case.
    fn stops(&self, explainer: &Explainer<'_>, key: &[Value]) -> Vec<Stop> {
        let (before, after) = self.statements.split_at(self.bound);
        let mut steps: Vec<Step<'_>> = before
            .iter()
            .map(|statement| Step::Given(statement.text.clone()))
            .collect();
        let pins = self.keys.iter().zip(key);
        steps.extend(pins.map(|(text, value)| Step::Given(format!("{text} == {}", show(value)))));
        steps.extend(after.iter().copied().map(Step::Tried));
        explainer.stop(&steps).into_iter().collect()
    }
}

/// How many of the statements give the variables of the head their values.
fn binding(head: &[HeadPart], statements: &[&Statement]) -> usize {
    let last = head
        .iter()
        .flat_map(|part| &part.variables)
        .filter_map(|name| {
            let mut statements = statements.iter();
            statements.position(|statement| statement.bindable.contains(name))
        });
    last.max().map_or(0, |last| last + 1)
}

fn items(value: &Value) -> Option<Vec<Value>> {
    match value {
        Value::Array(items) => Some(items.iter().cloned().collect()),
        _ => None,
    }
}

fn case(name: &[String], value: &Value) -> Case {
    let status = if *value == Value::from(true) {
        Status::Passed
    } else {
        Status::Failed
    };
    Case {
        name: name.to_vec(),
        status,
        stops: Vec::new(),
    }
}

/// The members of nested objects of that depth, with the keys that lead to them.
fn collect(
    value: &Value,
    depth: usize,
    path: &mut Vec<String>,
    found: &mut Vec<(Vec<String>, Value)>,
) {
    match value {
        Value::Object(members) if depth > 0 => {
            for (key, value) in members.iter() {
                path.push(shown(key));
                collect(value, depth - 1, path, found);
                path.pop();
            }
        }
        Value::Undefined => {}
        value => found.push((path.clone(), value.clone())),
    }
}

/// A string without quotes, anything else as Rego writes it.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.to_string(),
        other => show(other),
    }
}
