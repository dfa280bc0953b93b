//! A suite: policies, their tests, and the data that they read, loaded and checked.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use serde_json::{Map, Value};

use super::files::Files;
use crate::policy::{PolicyError, PolicySet};
use crate::rego::{
    Budget, Builtins, Failure, Modules, Outline, RuleOutline, Session, Version, value,
};

/// How a suite is run.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Only these tests, by index of [`Suite::names`]; all when it is not set.
    pub only: Option<Vec<usize>>,
    /// Whether to note which lines are evaluated.
    pub coverage: bool,
}

/// Policies and their tests.
pub struct Suite {
    pub(super) session: Session,
    pub(super) outlines: Vec<Outline>,
    pub(super) tests: Vec<Test>,
    /// How many of the outlines are of the given paths; the others are the bundled library.
    pub(super) own: usize,
}

/// One test: a definition of a rule whose name starts with `test_`.
#[derive(Debug, Clone)]
pub(super) struct Test {
    pub(super) module: usize,
    pub(super) rule: usize,
    /// `test_x`; a second definition of the same name is `test_x#01`, as OPA has it.
    pub(super) name: String,
    /// How many parts of the head lead to it; what follows are names of its cases.
    pub(super) depth: usize,
    pub(super) is_todo: bool,
}

/// Why a suite cannot be run: all that is wrong with its files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuiteError {
    /// What is wrong.
    pub problems: Vec<PolicyError>,
}

impl fmt::Display for SuiteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            let line_end = if index == 0 { "" } else { "\n" };
            write!(f, "{line_end}{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for SuiteError {}

impl From<Failure> for SuiteError {
    fn from(failure: Failure) -> Self {
        let (path, line) = match failure.path {
            Some(path) => (path, failure.line),
            None => ("the policies".to_owned(), 0),
        };
        Self {
            problems: vec![PolicyError {
                path,
                line,
                column: failure.column,
                message: failure.message,
                help: None,
            }],
        }
    }
}

impl Suite {
    /// Loads policies, tests and data: files, and of directories every `.rego` file and every `data.json` and
    /// `data.yaml`. The bundled library and tables can be read as well; parameters and words of ztvet.yaml cannot, so
    /// that a test passes here and in OPA alike, or in neither.
    ///
    /// # Errors
    /// When a file cannot be read or is no Rego, or the modules do not fit together.
    pub fn load<P: AsRef<Path>>(paths: &[P]) -> Result<Self, SuiteError> {
        let mut files = Files::read(paths);
        let mut modules = Modules::new();
        for (path, text) in &files.modules {
            if let Err(problem) = add(&mut modules, path, text) {
                files.problems.push(problem);
            }
        }
        if !files.problems.is_empty() {
            return Err(SuiteError {
                problems: files.problems,
            });
        }
        let own = modules.outlines();
        let data = add_bundled(&mut modules, &own, files.data)?;
        let data = value(&data).map_err(Failure::new)?;
        Ok(Self {
            session: modules.session(data, Budget::default())?,
            outlines: modules.outlines(),
            tests: tests(&own),
            own: own.len(),
        })
    }

    /// The full names of the tests, `data.<package>.<rule>`, in the order of the files.
    pub fn names(&self) -> impl Iterator<Item = String> {
        self.tests.iter().map(|test| {
            let package = self.outlines.get(test.module);
            let package = package.map_or("", |outline| &outline.package);
            format!("data.{package}.{}", test.name)
        })
    }
}

impl fmt::Debug for Suite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Suite")
            .field("tests", &self.tests)
            .finish_non_exhaustive()
    }
}

fn add(modules: &mut Modules, path: &str, text: &str) -> Result<(), PolicyError> {
    let problem = |line, column, message: String, help: Option<&str>| PolicyError {
        path: path.to_owned(),
        line,
        column,
        message,
        help: help.map(str::to_owned),
    };
    let syntax = modules
        .add_untrusted(path, text, Version::V1, &Builtins::default())
        .map_err(|error| problem(error.line, error.column, error.message, None))?;
    match syntax.lossy_heads.first() {
        None => Ok(()),
        Some(head) => Err(problem(
            head.line,
            head.column,
            "the head is computed: where it is undefined, elements would be lost".to_owned(),
            Some("bind it in the body: `names contains name if { …; name := … }`"),
        )),
    }
}

/// Adds what policies may read besides their own: the bundled library and tables, but for what the paths bring along.
fn add_bundled(
    modules: &mut Modules,
    own: &[Outline],
    mut data: Map<String, Value>,
) -> Result<Map<String, Value>, SuiteError> {
    let mut bundled = PolicySet::empty();
    bundled.add_bundled().map_err(|problem| SuiteError {
        problems: vec![problem],
    })?;
    let library = PolicySet::empty().custom_modules().map_err(Failure::new)?;
    for outline in library.outlines() {
        if own.iter().all(|own| own.package != outline.package) {
            modules
                .add(&outline.path, &outline.text)
                .map_err(Failure::from)?;
        }
    }
    let facts = || Value::Object(bundled.facts().clone());
    data.entry("facts").or_insert_with(facts);
    Ok(data)
}

fn tests(outlines: &[Outline]) -> Vec<Test> {
    let mut tests = Vec::new();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (module, outline) in outlines.iter().enumerate() {
        for (rule, definition) in outline.rules.iter().enumerate() {
            let Some((depth, is_todo)) = test_depth(definition) else {
                continue;
            };
            let names: Vec<&str> = definition.names().take(depth).collect();
            let name = names.join(".");
            let count = seen
                .entry(format!("{}.{name}", outline.package))
                .and_modify(|count| *count += 1)
                .or_insert(0);
            tests.push(Test {
                module,
                rule,
                name: match count {
                    0 => name,
                    count => format!("{name}#{count:02}"),
                },
                depth,
                is_todo,
            });
        }
    }
    tests
}

/// How many parts of a rule's head lead to the test that it is, and whether that is still to be done.
fn test_depth(rule: &RuleOutline) -> Option<(usize, bool)> {
    if rule.shape == crate::rego::Shape::Default {
        return None;
    }
    rule.names().enumerate().find_map(|(index, name)| {
        let is_todo = name.starts_with("todo_test_");
        (is_todo || name.starts_with("test_")).then_some((index + 1, is_todo))
    })
}
