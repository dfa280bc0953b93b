//! A suite: policies, their tests, and the data that they read, loaded and checked.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use serde_json::{Map, Value};

use crate::config::{Config, FILE_NAME};
use crate::policy::{Loader, Module, PolicyError, PolicySet, Purpose};
use crate::rego::{Budget, Builtins, Failure, Modules, Outline, RuleOutline, Session, value};

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
    notes: Vec<PolicyError>,
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
    /// Loads policies, tests and data from files, directories and OPA bundles, as a check loads them.
    ///
    /// # Errors
    /// As [`Suite::configured`].
    pub fn load<P: AsRef<Path>>(paths: &[P]) -> Result<Self, SuiteError> {
        let paths = paths.iter().map(|path| path.as_ref().to_owned().into());
        Self::configured(&Config {
            policies: paths.collect(),
            ..Config::default()
        })
    }

    /// Loads the policies and data of a configuration, with the tests beside them. The bundled library and tables can be
    /// read as well; parameters and words of the configuration cannot, so that a test passes here and in OPA alike, or in
    /// neither.
    ///
    /// # Errors
    /// When a file cannot be read or is no Rego, or the modules do not fit together.
    pub fn configured(config: &Config) -> Result<Self, SuiteError> {
        let mut loader = Loader::new(Purpose::Test);
        let builtins = trust(config, &mut loader)?;
        let mut modules = Modules::new();
        let mut problems = Vec::new();
        for source in &config.policies {
            let loaded = loader.policies(source);
            problems.extend(loaded.problems);
            for module in &loaded.modules {
                problems.extend(add(&mut modules, module, &builtins).err());
            }
        }
        for path in &config.data {
            problems.extend(loader.read_data(path).err());
        }
        if !problems.is_empty() {
            return Err(SuiteError { problems });
        }
        let own = modules.outlines();
        let data = add_bundled(&mut modules, &own, loader.data().root().clone())?;
        let data = value(&data).map_err(Failure::new)?;
        Ok(Self {
            session: modules.session(data, Budget::default())?,
            outlines: modules.outlines(),
            tests: tests(&own),
            own: own.len(),
            notes: loader.notes().to_vec(),
        })
    }

    /// What is worth saying of what was loaded: files that are left out.
    #[must_use]
    pub fn notes(&self) -> &[PolicyError] {
        &self.notes
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

/// What a configuration lets bundles and policies do.
fn trust(config: &Config, loader: &mut Loader) -> Result<Builtins, SuiteError> {
    let failed = |key: &str, error: String| SuiteError {
        problems: vec![PolicyError {
            path: FILE_NAME.to_owned(),
            line: 0,
            column: 1,
            message: format!("`{key}`: {error}"),
            help: None,
        }],
    };
    loader
        .require_signatures(&config.bundle_keys)
        .map_err(|error| failed("bundle_keys", error))?;
    Builtins::allow(&config.allow_builtins).map_err(|error| failed("allow_builtins", error))
}

fn add(modules: &mut Modules, module: &Module, builtins: &Builtins) -> Result<(), PolicyError> {
    let syntax = modules.add_untrusted(&module.path, &module.text, module.version, builtins)?;
    module.check_package(&syntax.package)?;
    match syntax.lossy_heads.first() {
        None => Ok(()),
        Some(head) => Err(PolicyError {
            path: module.path.clone(),
            line: head.line,
            column: head.column,
            message: "the head is computed: where it is undefined, elements would be lost"
                .to_owned(),
            help: Some("bind it in the body: `names contains name if { …; name := … }`".to_owned()),
        }),
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
