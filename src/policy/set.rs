//! Policy sets: rules from one origin or several, loaded and checked.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Map, Value};

use super::bundled;
use super::rule::{Origin, Rule, Verb};
use crate::rego::{Modules, Syntax};

/// Rules that are evaluated together.
#[derive(Debug, Clone)]
pub struct PolicySet {
    rules: Vec<Rule>,
    facts: Map<String, Value>,
    data: Map<String, Value>,
    bundled: Modules,
    custom: Modules,
    packages: BTreeMap<String, Origin>,
    ids: BTreeMap<String, String>,
}

/// Why a policy cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.text())]
pub struct PolicyError {
    /// The file.
    pub path: String,
    /// Line, from 1; 0 where the path itself is wrong.
    pub line: usize,
    /// Column, from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

impl PolicyError {
    fn new(path: &str, line: usize, message: impl Into<String>) -> Self {
        Self {
            path: path.to_owned(),
            line,
            column: 1,
            message: message.into(),
            help: None,
        }
    }

    fn text(&self) -> String {
        let place = match self.line {
            0 => self.path.clone(),
            line => format!("{}:{line}:{}", self.path, self.column),
        };
        let help = self.help.as_ref().map(|help| format!(" ({help})"));
        format!("{place}: {}{}", self.message, help.unwrap_or_default())
    }
}

/// Roots of `data` that ztvet itself fills.
const RESERVED_ROOTS: [&str; 2] = ["ztvet", "facts"];

impl PolicySet {
    /// A set without rules.
    #[must_use]
    pub fn empty() -> Self {
        Self {
            rules: Vec::new(),
            facts: Map::new(),
            data: Map::new(),
            bundled: Modules::new(),
            custom: Modules::new(),
            packages: BTreeMap::new(),
            ids: BTreeMap::new(),
        }
    }

    /// Adds the bundled rules.
    ///
    /// # Errors
    /// When a bundled file is broken; the tests keep that from happening.
    pub fn add_bundled(&mut self) -> Result<(), PolicyError> {
        for (path, text) in bundled::FILES {
            if path.ends_with(".rego") {
                self.add_module(Origin::Bundled, path, text)?;
            } else {
                self.add_facts(path, text)?;
            }
        }
        Ok(())
    }

    /// Adds a file, or every policy of a directory. Files that end in `_test.rego` are left out.
    ///
    /// # Errors
    /// When nothing is there, or a policy cannot be used.
    pub fn add_path(&mut self, path: &Path) -> Result<(), PolicyError> {
        let name = path.display().to_string();
        let failed = |error: String| PolicyError::new(&name, 0, error);
        let metadata = path
            .metadata()
            .map_err(|error| failed(format!("cannot be read: {error}")))?;
        if metadata.is_file() {
            return self.add_file(path);
        }
        if !path.is_dir() {
            return Err(failed("there is no such file or directory".to_owned()));
        }
        let mut files = Vec::new();
        for entry in ignore::WalkBuilder::new(path)
            .sort_by_file_path(Path::cmp)
            .build()
        {
            let entry = entry.map_err(|error| failed(error.to_string()))?;
            let is_rego = entry
                .path()
                .extension()
                .is_some_and(|extension| extension == "rego");
            let is_test = entry.path().to_string_lossy().ends_with("_test.rego");
            if is_rego && !is_test {
                files.push(entry.into_path());
            }
        }
        let before = self.rules.len();
        for file in files {
            self.add_file(&file)?;
        }
        self.data.append(&mut crate::testing::data_in(path)?);
        if self.rules.len() == before {
            return Err(failed("no rule was found here".to_owned()));
        }
        Ok(())
    }

    fn add_file(&mut self, path: &Path) -> Result<(), PolicyError> {
        let name = path.display().to_string();
        let text = std::fs::read_to_string(path)
            .map_err(|error| PolicyError::new(&name, 0, format!("cannot be read: {error}")))?;
        self.add_module(Origin::Custom, &name, &text)
    }

    /// Adds one custom module; `path` is what errors call it.
    ///
    /// # Errors
    /// When the module cannot be used.
    pub fn add_text(&mut self, path: &str, text: &str) -> Result<(), PolicyError> {
        self.add_module(Origin::Custom, path, text)
    }

    fn add_module(&mut self, origin: Origin, path: &str, text: &str) -> Result<(), PolicyError> {
        let added = match origin {
            Origin::Bundled => self.bundled.add(path, text),
            Origin::Custom => self.custom.add_untrusted(path, text),
        };
        let syntax = added.map_err(|error| PolicyError {
            column: error.column,
            ..PolicyError::new(path, error.line, error.message)
        })?;
        self.check_heads(path, &syntax)?;
        self.claim_package(origin, path, &syntax.package)?;
        self.add_rule(origin, path, text, &syntax)
    }

    fn add_rule(
        &mut self,
        origin: Origin,
        path: &str,
        text: &str,
        syntax: &Syntax,
    ) -> Result<(), PolicyError> {
        let is_set = |verb: &Verb| syntax.partial_sets.contains(verb.as_str());
        let verbs: Vec<Verb> = Verb::ALL.into_iter().filter(is_set).collect();
        for verb in Verb::ALL {
            if let Some(place) = syntax.others.get(verb.as_str()) {
                let message = format!("`{verb}` is {}, expected a set of findings", place.what);
                return Err(PolicyError {
                    column: place.column,
                    help: Some(format!("write `{verb} contains finding if {{ … }}`")),
                    ..PolicyError::new(path, place.line, message)
                });
            }
        }
        if verbs.is_empty() {
            return Ok(());
        }
        let rule = Rule::read(origin, path, text, &syntax.package, verbs)
            .map_err(|error| PolicyError::new(path, error.line, error.message))?;
        if let Some(other) = self.ids.insert(rule.id.clone(), path.to_owned()) {
            let message = format!("the id `{}` is taken by {other}", rule.id);
            return Err(PolicyError::new(path, 1, message));
        }
        self.rules.push(rule);
        Ok(())
    }

    /// On the interpreter, a partial rule whose head is undefined once can lose everything it found.
    fn check_heads(&self, path: &str, syntax: &Syntax) -> Result<(), PolicyError> {
        match syntax.lossy_heads.first() {
            None => Ok(()),
            Some(head) => Err(PolicyError {
                column: head.column,
                help: Some(
                    "bind it in the body: `deny contains finding if { …; finding := … }`"
                        .to_owned(),
                ),
                ..PolicyError::new(
                    path,
                    head.line,
                    "the head is computed: where it is undefined, findings would be lost",
                )
            }),
        }
    }

    /// No custom module may stand in the place of a bundled one, or of ztvet's own data.
    fn claim_package(
        &mut self,
        origin: Origin,
        path: &str,
        package: &str,
    ) -> Result<(), PolicyError> {
        let is_over = |one: &str, other: &str| {
            other
                .strip_prefix(one)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        let is_foreign = self.packages.iter().any(|(other, of)| {
            *of != origin && (is_over(package, other) || is_over(other, package))
        });
        let root = package.split('.').next().unwrap_or_default();
        if is_foreign || (origin == Origin::Custom && RESERVED_ROOTS.contains(&root)) {
            return Err(PolicyError {
                help: Some("give the policy a package of its own".to_owned()),
                ..PolicyError::new(path, 1, format!("the package `{package}` belongs to ztvet"))
            });
        }
        self.packages.entry(package.to_owned()).or_insert(origin);
        Ok(())
    }

    /// A table: `policies/facts/<name>/data.yaml` is `data.facts.<name>`.
    fn add_facts(&mut self, path: &str, text: &str) -> Result<(), PolicyError> {
        let value: Value = serde_yaml::from_str(text)
            .map_err(|error| PolicyError::new(path, 1, error.to_string()))?;
        let name = path
            .strip_prefix("policies/facts/")
            .and_then(|rest| rest.strip_suffix("/data.yaml"))
            .ok_or_else(|| PolicyError::new(path, 1, "a table outside `policies/facts/`"))?;
        self.facts.insert(name.to_owned(), value);
        Ok(())
    }

    /// The rules, in the order in which they were added.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// Tables that rules may look facts up in: `data.facts`.
    #[must_use]
    pub const fn facts(&self) -> &Map<String, Value> {
        &self.facts
    }

    /// The data files of policies.
    #[must_use]
    pub const fn data(&self) -> &Map<String, Value> {
        &self.data
    }

    /// The bundled modules.
    pub(crate) const fn bundled_modules(&self) -> &Modules {
        &self.bundled
    }

    /// The custom modules, with what the bundled ones share.
    pub(crate) fn custom_modules(&self) -> Result<Modules, String> {
        let mut modules = self.custom.clone();
        for (path, text) in bundled::FILES {
            if path.starts_with("policies/lib/") {
                modules.add(path, text).map_err(|error| error.message)?;
            }
        }
        Ok(modules)
    }
}
