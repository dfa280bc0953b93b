//! A session: modules and data that rules, queries and trial bodies are evaluated against, one at a time.

use std::collections::{BTreeMap, BTreeSet};

use regorus::{Engine, Value};

use super::failure::Failure;
use super::outline::Outline;
use super::{Budget, Modules};

/// What the trial rule is called, and its file.
const TRIAL: &str = "__ztvet_trial";

/// The variable that a trial body may leave its value in.
pub(crate) const RESULT: &str = "__ztvet_result";

/// Modules with their data and input.
#[derive(Clone)]
pub(crate) struct Session {
    engine: Engine,
}

/// One result of a query.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    /// The text of each expression, and its value.
    pub(crate) expressions: Vec<(String, Value)>,
    /// The variables.
    pub(crate) bindings: BTreeMap<String, Value>,
}

/// Why a trial has no answer.
#[derive(Debug, Clone)]
pub(crate) enum Trouble {
    /// The body makes no sense by itself: it reads a variable that is bound later.
    Unfit,
    /// It failed.
    Failure(Failure),
}

impl Modules {
    /// The outlines of all modules, in the order in which they were added.
    pub(crate) fn outlines(&self) -> Vec<Outline> {
        // regorus lends the modules to who may change them.
        let mut engine = self.engine.clone();
        let modules = engine.get_modules();
        modules.iter().map(|module| Outline::of(module)).collect()
    }

    /// Adds the modules of another set that are not in this one: the bundled ones.
    pub(crate) fn join(&mut self, other: &Self) -> Result<(), Failure> {
        let known = self.outlines();
        for outline in other.outlines() {
            if known
                .iter()
                .any(|known| known.path == outline.path && known.text == outline.text)
            {
                continue;
            }
            self.add(&outline.path, &outline.text)?;
        }
        Ok(())
    }

    /// A session with this data. What `print` prints is gathered.
    pub(crate) fn session(&self, data: Value, budget: Budget) -> Result<Session, Failure> {
        check_data(&self.outlines(), &data)?;
        let mut engine = self.engine.clone();
        self.metadata.install(&mut engine)?;
        // Queries and trial bodies are of today's Rego, whatever the last module is.
        engine.set_rego_v0(false);
        let failure = |engine: &Engine, error: &anyhow::Error| failure(engine, error);
        let added = super::builtins::install(&mut engine).and_then(|()| engine.add_data(data));
        if let Err(error) = added {
            return Err(failure(&engine, &error));
        }
        engine.set_strict_builtin_errors(true);
        engine.set_execution_timer_config(budget.timer());
        engine.set_gather_prints(true);
        // Finds what is wrong between modules now, and not in each evaluation.
        match engine.eval_query("true".to_owned(), false) {
            Ok(_) => Ok(Session { engine }),
            Err(error) => Err(failure(&engine, &error)),
        }
    }
}

impl Session {
    pub(crate) fn set_input(&mut self, input: Value) {
        self.engine.set_input(input);
    }

    /// What one definition of a rule gives, and no other definition of the same name: undefined where it does not hold.
    ///
    /// `module` and `rule` are indices of [`Modules::outlines`], `path` leads to the rule from the root of `data`.
    pub(crate) fn run<'a>(
        &mut self,
        module: usize,
        rule: usize,
        path: impl IntoIterator<Item = &'a str>,
    ) -> Result<Value, Failure> {
        let module = self.engine.get_modules().get(module).cloned();
        let found = module.and_then(|module| {
            let rule = module.policy.get(rule)?.clone();
            Some((module, rule))
        });
        let Some((module, rule)) = found else {
            return Err(Failure::new("there is no such rule"));
        };
        super::builtins::renew();
        match self.engine.eval_rule_in_module(&module, &rule, false) {
            Ok(data) => Ok(path
                .into_iter()
                .fold(data, |value, name| member(&value, name))),
            Err(error) => Err(failure(&self.engine, &error)),
        }
    }

    /// The results of a query. Columns of failures in it count from 1.
    pub(crate) fn query(&mut self, query: &str) -> Result<Vec<Row>, Failure> {
        super::builtins::renew();
        match self.engine.eval_query(query.to_owned(), false) {
            Ok(results) => Ok(results.result.into_iter().map(row).collect()),
            Err(error) => Err(failure(&self.engine, &error)),
        }
    }

    /// Tries a body as if it stood in a module, and gives the values that [`RESULT`] has where it holds.
    ///
    /// `module` gives package and imports. What is printed, and which lines are evaluated, is forgotten.
    pub(crate) fn attempt(&self, module: &Outline, body: &[&str]) -> Result<Vec<Value>, Trouble> {
        let mut engine = self.engine.clone();
        let text = format!(
            "package {}\n\n{}\n\n{TRIAL} contains {RESULT} if {{\n{}\n}}\n",
            module.package,
            module.imports.join("\n"),
            body.join("\n"),
        );
        let parsed = engine.add_policy(TRIAL.to_owned(), text);
        if parsed.is_err() || engine.eval_query("true".to_owned(), false).is_err() {
            return Err(Trouble::Unfit);
        }
        super::builtins::renew();
        match engine.eval_rule(format!("data.{}.{TRIAL}", module.package)) {
            Ok(Value::Set(values)) => Ok(values.iter().cloned().collect()),
            Ok(_) => Ok(Vec::new()),
            Err(error) => Err(Trouble::Failure(failure(&engine, &error))),
        }
    }

    /// What was printed since the last call, each with file and line.
    pub(crate) fn take_prints(&mut self) -> Vec<String> {
        self.engine.take_prints().unwrap_or_default()
    }

    /// Notes from here on which lines are evaluated.
    pub(crate) fn note_lines(&mut self) {
        self.engine.set_enable_coverage(true);
    }

    /// The lines that were evaluated, by file.
    pub(crate) fn lines(&self) -> BTreeMap<String, BTreeSet<usize>> {
        let report = self.engine.get_coverage_report().unwrap_or_default();
        let files = report.files.into_iter().map(|file| {
            let lines = file.covered.into_iter().map(|line| line as usize);
            (file.path, lines.collect())
        });
        files.collect()
    }
}

impl Failure {
    /// Whether it stands in what [`Session::attempt`] tried, not in what that called.
    pub(crate) fn is_in_trial(&self) -> bool {
        self.path.as_deref() == Some(TRIAL)
    }
}

/// Data in the place of a rule would silently replace it.
fn check_data(outlines: &[Outline], data: &Value) -> Result<(), Failure> {
    for outline in outlines {
        let package = outline
            .package
            .split('.')
            .fold(data.clone(), |value, name| member(&value, name));
        for rule in &outline.rules {
            let name = rule.names().next().unwrap_or_default();
            if member(&package, name) != Value::Undefined {
                return Err(Failure {
                    path: Some(outline.path.clone()),
                    line: rule.at.line,
                    column: rule.at.column,
                    message: format!(
                        "a data file holds `data.{}.{name}`, which is this rule",
                        outline.package
                    ),
                });
            }
        }
    }
    Ok(())
}

fn failure(engine: &Engine, error: &anyhow::Error) -> Failure {
    Failure::from_regorus(error, |path| {
        let sources = engine.get_policies().ok()?;
        let source = sources
            .into_iter()
            .find(|source| source.get_path() == path)?;
        Some(source.get_contents().clone())
    })
}

/// A member of an object; undefined where there is none.
fn member(value: &Value, name: &str) -> Value {
    match value {
        Value::Object(members) => members
            .get(&Value::from(name))
            .cloned()
            .unwrap_or(Value::Undefined),
        _ => Value::Undefined,
    }
}

fn row(result: regorus::QueryResult) -> Row {
    let expressions = result.expressions.into_iter();
    let bindings = match &result.bindings {
        Value::Object(bindings) => bindings
            .iter()
            .map(|(name, value)| {
                let name = name.as_string().map(|name| name.to_string());
                (name.unwrap_or_default(), value.clone())
            })
            .collect(),
        _ => BTreeMap::new(),
    };
    Row {
        expressions: expressions
            .map(|expression| (expression.text.to_string(), expression.value))
            .collect(),
        bindings,
    }
}
