//! Runs the tests of a suite, each by itself.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use rayon::prelude::*;
use serde::Serialize;

use super::coverage::Coverage;
use super::suite::{Options, Suite, Test};
use crate::explain::{Explainer, Step, Stop, in_order};
use crate::rego::{Failure, Outline, RuleOutline, Session, Shape, Value, show};

/// What came of a suite.
#[derive(Debug, Clone)]
pub struct TestReport {
    /// In the order of the files.
    pub tests: Vec<TestResult>,
    /// Which lines were evaluated, where that was asked for.
    pub coverage: Option<Coverage>,
    /// How long all of it took.
    pub duration: Duration,
}

/// What came of one test.
#[derive(Debug, Clone)]
pub struct TestResult {
    /// Without `data.`.
    pub package: String,
    /// The name of the rule.
    pub name: String,
    /// Its file.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    /// How it ended. A test with cases fails when one of them does.
    pub status: Status,
    /// How long it took, without the time to find out why it failed.
    pub duration: Duration,
    /// What it printed: file, line and text.
    pub output: Vec<String>,
    /// Why it failed, where no expression tells.
    pub message: Option<String>,
    /// Where each of its bodies stopped.
    pub stops: Vec<Stop>,
    /// The cases of a test such as `test_concat[note]`.
    pub cases: Vec<Case>,
}

/// A case of a test.
#[derive(Debug, Clone)]
pub struct Case {
    /// The value of each variable of the head.
    pub name: Vec<String>,
    /// How it ended.
    pub status: Status,
    /// Where it stopped.
    pub stops: Vec<Stop>,
}

/// How a test ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Its value is `true`.
    Passed,
    /// It has no value, or another one.
    Failed,
    /// It could not be evaluated.
    Error,
    /// Its name starts with `todo_test_`: it was not run.
    Todo,
}

impl Suite {
    /// Runs the tests.
    #[must_use]
    pub fn run(&self, options: &Options) -> TestReport {
        let started = Instant::now();
        let tests: Vec<&Test> = match &options.only {
            None => self.tests.iter().collect(),
            Some(only) => only
                .iter()
                .filter_map(|index| self.tests.get(*index))
                .collect(),
        };
        // Each thread takes a few tests at a time, on a session of its own.
        let size = tests
            .len()
            .div_ceil(rayon::current_num_threads() * 4)
            .max(1);
        let parts: Vec<_> = tests
            .par_chunks(size)
            .map(|tests| self.run_some(tests, options.coverage))
            .collect();
        let mut results = Vec::with_capacity(tests.len());
        let mut lines: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for (some, of) in parts {
            results.extend(some);
            for (path, covered) in of {
                lines.entry(path).or_default().extend(covered);
            }
        }
        TestReport {
            tests: results,
            coverage: options.coverage.then(|| self.coverage(&lines)),
            duration: started.elapsed(),
        }
    }

    fn run_some(
        &self,
        tests: &[&Test],
        coverage: bool,
    ) -> (Vec<TestResult>, BTreeMap<String, BTreeSet<usize>>) {
        let mut session = self.session.clone();
        if coverage {
            session.note_lines();
        }
        let results = tests.iter().filter_map(|test| {
            let outline = self.outlines.get(test.module)?;
            let rule = outline.rules.get(test.rule)?;
            Some(self.run_test(&mut session, test, outline, rule))
        });
        (results.collect(), session.lines())
    }

    fn run_test(
        &self,
        session: &mut Session,
        test: &Test,
        outline: &Outline,
        rule: &RuleOutline,
    ) -> TestResult {
        let mut result = TestResult::of(test, outline, rule);
        if test.is_todo {
            return result;
        }
        let names: Vec<&str> = rule.names().take(test.depth).collect();
        let path = outline.package.split('.').chain(names);
        let started = Instant::now();
        let value = session.run(test.module, test.rule, path);
        result.duration = started.elapsed();
        result.output = session.take_prints();
        let explainer = Explainer {
            session: &self.session,
            module: outline,
        };
        match value {
            Err(failure) => result.fail_by(&explainer, rule, &failure),
            Ok(_) if rule.shape == Shape::Function => {
                result.refuse("a function is no test: `opa test` calls none either");
            }
            Ok(_) if rule.shape == Shape::Set => {
                result.refuse(
                    "a set is no test: write `test_x if { … }`, or `test_x[case] if { … }`",
                );
            }
            Ok(value) if rule.head.len() > test.depth => {
                result.judge_cases(&explainer, rule, test.depth, &value);
            }
            Ok(Value::Bool(true)) => result.status = Status::Passed,
            Ok(value) => result.fail(&explainer, rule, &value),
        }
        result
    }
}

impl TestResult {
    /// The result of a test that has not been run.
    fn of(test: &Test, outline: &Outline, rule: &RuleOutline) -> Self {
        Self {
            package: outline.package.clone(),
            name: test.name.clone(),
            path: outline.path.clone(),
            line: rule.at.line,
            column: rule.at.column,
            status: Status::Todo,
            duration: Duration::ZERO,
            output: Vec::new(),
            message: None,
            stops: Vec::new(),
            cases: Vec::new(),
        }
    }

    fn refuse(&mut self, message: &str) {
        self.status = Status::Failed;
        self.message = Some(message.to_owned());
    }

    fn fail(&mut self, explainer: &Explainer<'_>, rule: &RuleOutline, value: &Value) {
        self.status = Status::Failed;
        if *value != Value::Undefined {
            self.message = Some(format!("its value is `{}`, expected `true`", show(value)));
            return;
        }
        self.stops = stops(explainer, rule);
        if self.stops.is_empty() {
            self.message = Some("it has no value".to_owned());
        }
    }

    fn fail_by(&mut self, explainer: &Explainer<'_>, rule: &RuleOutline, failure: &Failure) {
        self.status = Status::Error;
        self.message = Some(failure.to_string());
        self.stops = stops(explainer, rule);
        // What is no error is not what went wrong, and the message says it already.
        self.stops.retain_mut(|stop| stop.error.take().is_some());
    }

    /// Tests that passed, failed, and so on: one a case where there are cases.
    pub fn leaves(&self) -> impl Iterator<Item = Status> {
        let of_itself = self.cases.is_empty().then_some(self.status);
        let of_cases = self.cases.iter().map(|case| case.status);
        of_itself.into_iter().chain(of_cases)
    }

    /// `data.<package>.<name>`
    #[must_use]
    pub fn full_name(&self) -> String {
        format!("data.{}.{}", self.package, self.name)
    }
}

fn stops(explainer: &Explainer<'_>, rule: &RuleOutline) -> Vec<Stop> {
    let bodies = rule.bodies.iter();
    bodies
        .filter_map(|body| {
            let steps: Vec<Step<'_>> = in_order(&body.statements)
                .into_iter()
                .map(Step::Tried)
                .collect();
            explainer.stop(&steps)
        })
        .collect()
}

impl TestReport {
    /// How many tests ended so; a test with cases counts once for each.
    #[must_use]
    pub fn count(&self, status: Status) -> usize {
        let leaves = self.tests.iter().flat_map(TestResult::leaves);
        leaves.filter(|leaf| *leaf == status).count()
    }

    /// Whether there were tests to run, and none failed.
    #[must_use]
    pub fn has_passed(&self) -> bool {
        let is_fine = |status| matches!(status, Status::Passed | Status::Todo);
        !self.tests.is_empty() && self.tests.iter().all(|test| is_fine(test.status))
    }

    /// The tests that took longest, those first.
    #[must_use]
    pub fn slowest(&self, count: usize) -> Vec<&TestResult> {
        let mut tests: Vec<&TestResult> = self.tests.iter().collect();
        tests.sort_by_key(|test| std::cmp::Reverse(test.duration));
        tests.truncate(count);
        tests
    }
}
