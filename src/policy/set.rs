//! Policy sets: rules from one origin or several, loaded and checked.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::bundle::BundleKey;
use super::bundled;
use super::data::RESERVED_ROOTS;
use super::error::PolicyError;
use super::load::{Loader, Purpose};
use super::metadata::{self, Custom, Metadata};
use super::now::may_read_now;
use super::package::Package;
use super::prepared::Prepared;
use super::rule::{InputForm, Origin, Rule};
use super::source::PolicySource;
use crate::digest::Digest;
use crate::document::display_path;
use crate::rego::{self, Builtins, Compiled, LazyModules, Modules, Plans, Syntax, Version};

/// How a module is to be read.
#[derive(Debug, Clone, Copy)]
struct Reading {
    origin: Origin,
    input: Option<InputForm>,
    version: Version,
}

impl Reading {
    const BUNDLED: Self = Self {
        origin: Origin::Bundled,
        input: None,
        version: Version::V1,
    };

    const CUSTOM: Self = Self {
        origin: Origin::Custom,
        ..Self::BUNDLED
    };
}

/// Rules that are evaluated together.
#[derive(Debug, Clone)]
pub struct PolicySet {
    rules: Vec<Arc<Rule>>,
    facts: Map<String, Value>,
    bundled: Arc<LazyModules>,
    /// Of the bundled modules; none where they are to be made of the text.
    plans: Option<Arc<Plans>>,
    custom: Modules,
    builtins: Builtins,
    packages: BTreeMap<String, Package>,
    ids: BTreeMap<String, String>,
    loader: Loader,
    /// Changes with every module that is added.
    digest: Digest,
    /// Whether a custom module may read `input.now`.
    may_read_now: bool,
}

impl PolicySet {
    /// A set without rules.
    #[must_use]
    pub fn empty() -> Self {
        Self {
            rules: Vec::new(),
            facts: Map::new(),
            bundled: Arc::default(),
            plans: None,
            custom: Modules::new(),
            builtins: Builtins::default(),
            packages: BTreeMap::new(),
            ids: BTreeMap::new(),
            loader: Loader::new(Purpose::Check),
            digest: Digest::default(),
            may_read_now: false,
        }
    }

    /// Refuses bundles that are not signed with one of these keys, by id. Where there is none, signatures are not asked for.
    ///
    /// # Errors
    /// When a key cannot be used, or a bundle was added before that was not checked. No bundle can be added then.
    pub fn require_signatures(&mut self, keys: &BTreeMap<String, BundleKey>) -> Result<(), String> {
        self.loader.require_signatures(keys)
    }

    /// Lets the policies that are added from here on call these functions, which are refused otherwise.
    ///
    /// # Errors
    /// When one of them cannot be allowed.
    pub fn allow_builtins(&mut self, names: &[String]) -> Result<(), String> {
        self.builtins = Builtins::allow(names)?;
        Ok(())
    }

    /// Adds the bundled rules.
    ///
    /// # Errors
    /// When a bundled file is broken; the tests keep that from happening.
    pub fn add_bundled(&mut self) -> Result<(), PolicyError> {
        self.digest = Digest::of(&[self.digest.bytes(), b"bundled"]);
        match Prepared::read() {
            Some(prepared) => self.add_prepared(prepared),
            None => self.add_bundled_text(),
        }
    }

    /// Adds the bundled rules from what was made of their text before.
    fn add_prepared(&mut self, prepared: Prepared) -> Result<(), PolicyError> {
        self.facts = prepared.facts;
        self.plans = Some(Arc::new(prepared.plans));
        self.bundled = Arc::new(LazyModules::new(bundled::modules().collect()));
        if !self.packages.is_empty() {
            for rule in &prepared.rules {
                self.check_package(Origin::Bundled, &rule.path, &rule.package)?;
            }
        }
        for package in prepared.packages {
            let module = Package::new(Origin::Bundled, None);
            self.packages.insert(package, module);
        }
        prepared
            .rules
            .into_iter()
            .try_for_each(|rule| self.add_rule(rule))
    }

    /// Adds the bundled rules from their text.
    pub(super) fn add_bundled_text(&mut self) -> Result<(), PolicyError> {
        let mut modules = Modules::new();
        for (path, text) in bundled::modules() {
            let syntax = modules.add(path, text)?;
            self.add_read(Reading::BUNDLED, path, text, &syntax)?;
        }
        self.bundled = Arc::new(modules.into());
        for (path, text) in bundled::tables() {
            self.add_facts(path, text)?;
        }
        Ok(())
    }

    /// Adds one custom module; `path` is what errors call it.
    ///
    /// # Errors
    /// When the module cannot be used.
    pub fn add_text(&mut self, path: &str, text: &str) -> Result<(), PolicyError> {
        self.add_module(Reading::CUSTOM, path, text).map(drop)
    }

    /// Adds a file, or every policy of a directory. Files that end in `_test.rego` are left out.
    ///
    /// # Errors
    /// When nothing is there, or a policy cannot be used.
    pub fn add_path(&mut self, path: &Path) -> Result<(), PolicyError> {
        self.add_source(&path.to_owned().into())
    }

    /// The same, with what is said of how to read it.
    ///
    /// # Errors
    /// When there is no rule, or a policy or its data cannot be used.
    pub fn add_source(&mut self, source: &PolicySource) -> Result<(), PolicyError> {
        let before = self.entry_points();
        let loaded = self.loader.policies(source);
        if let Some(problem) = loaded.problems.into_iter().next() {
            return Err(problem);
        }
        for module in &loaded.modules {
            let reading = Reading {
                input: source.input,
                version: module.version,
                ..Reading::CUSTOM
            };
            let package = self.add_module(reading, &module.path, &module.text)?;
            module.check_package(&package)?;
        }
        if self.entry_points() == before && !loaded.may_lack_rules {
            let message = "no rule was found here";
            let help = "a rule is a set named `deny`, `violation` or `warn`";
            return Err(PolicyError::new(&display_path(&source.path), 0, message).help(help));
        }
        Ok(())
    }

    /// Adds the JSON and YAML files of a path as data, and nothing else.
    ///
    /// # Errors
    /// When there are none, or one cannot be used.
    pub fn add_data(&mut self, path: &Path) -> Result<(), PolicyError> {
        self.loader.read_data(path)
    }

    /// Adds a custom module, and gives its package back.
    fn add_module(
        &mut self,
        reading: Reading,
        path: &str,
        text: &str,
    ) -> Result<String, PolicyError> {
        let Reading { version, .. } = reading;
        self.note(reading, path, text);
        let syntax = self
            .custom
            .add_untrusted(path, text, version, &self.builtins)?;
        self.add_read(reading, path, text, &syntax)?;
        Ok(syntax.package)
    }

    /// Notes what tells a custom module from others.
    fn note(&mut self, reading: Reading, path: &str, text: &str) {
        let reading = format!("{reading:?}");
        let module = [reading.as_bytes(), path.as_bytes(), text.as_bytes()];
        self.digest = Digest::of(&[self.digest.bytes(), Digest::of(&module).bytes()]);
        self.may_read_now |= may_read_now(text);
    }

    /// Adds what was read in a module.
    fn add_read(
        &mut self,
        reading: Reading,
        path: &str,
        text: &str,
        syntax: &Syntax,
    ) -> Result<(), PolicyError> {
        let metadata = metadata(path, text)?;
        self.check_package(reading.origin, path, &syntax.package)?;
        let package = self
            .packages
            .entry(syntax.package.clone())
            .or_insert_with(|| Package::new(reading.origin, reading.input));
        package.add(path, text, syntax, metadata, reading.input)?;
        match package.rule(&syntax.package)? {
            Some(rule) => self.add_rule(rule),
            None => Ok(()),
        }
    }

    /// Adds a rule, or puts it in the place of what the first files of its package made.
    fn add_rule(&mut self, rule: Rule) -> Result<(), PolicyError> {
        let Some(package) = self.packages.get_mut(&rule.package) else {
            return Ok(());
        };
        if let Some(old) = package.rule.and_then(|index| self.rules.get(index)) {
            self.ids.remove(&old.id);
        }
        if let Some(other) = self.ids.insert(rule.id.clone(), rule.path.clone()) {
            let message = format!("the id `{}` is taken by {other}", rule.id);
            return Err(PolicyError::new(&rule.path, 1, message));
        }
        match package.rule.and_then(|index| self.rules.get_mut(index)) {
            Some(old) => *old = Arc::new(rule),
            None => {
                package.rule = Some(self.rules.len());
                self.rules.push(Arc::new(rule));
            }
        }
        Ok(())
    }

    /// No custom module may stand in the place of a bundled one, or of ztvet's own data.
    fn check_package(&self, origin: Origin, path: &str, package: &str) -> Result<(), PolicyError> {
        if origin == Origin::Custom && !package.split('.').all(is_name) {
            let message = format!("the package `{package}` has a part that is no name");
            return Err(PolicyError::new(path, 1, message));
        }
        let is_over = |one: &str, other: &str| {
            other
                .strip_prefix(one)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        let is_foreign = self.packages.iter().any(|(other, known)| {
            known.origin != origin && (is_over(package, other) || is_over(other, package))
        });
        let root = package.split('.').next().unwrap_or_default();
        let is_reserved = (RESERVED_ROOTS.contains(&root) && root != "zerotrust")
            || is_over("zerotrust.lib", package);
        if is_foreign || (origin == Origin::Custom && is_reserved) {
            let message = format!("the package `{package}` belongs to ztvet");
            let help = "give the policy a package of its own";
            return Err(PolicyError::new(path, 1, message).help(help));
        }
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

    /// Checks what only all custom policies and their data tell together, and says what is worth saying of them:
    /// files that are not loaded, or that no rule uses.
    ///
    /// # Errors
    /// When rules use themselves, call what is no function, or data stands in the place of a rule.
    pub fn check(&self) -> Result<Vec<PolicyError>, PolicyError> {
        let mut packages = self.packages.values();
        if packages.all(|package| package.origin == Origin::Bundled) {
            return Ok(self.loader.notes().to_vec());
        }
        let modules = self
            .custom_modules()
            .map_err(|error| PolicyError::new("", 0, error))?;
        let custom = self
            .rules
            .iter()
            .filter(|rule| rule.origin == Origin::Custom);
        let entry_points = custom.flat_map(|rule| {
            let names = rule.entry_points.iter().map(|point| point.name.as_str());
            let exception = rule.has_exceptions.then_some("exception");
            names.chain(exception).map(|name| {
                let parts = rule.package.split('.').chain([name]);
                parts.map(str::to_owned).collect()
            })
        });
        let links = modules.link(&entry_points.collect())?;
        for (path, file, line) in &links.rules {
            if self.loader.data().conflicts_with(path) {
                let message = format!("data stands in the place of the rule `{}`", path.join("."));
                return Err(PolicyError::new(file, *line, message)
                    .help("data at that path would replace what the rule says"));
            }
        }
        let is_custom = |file: &&String| !bundled::modules().any(|(path, _)| path == *file);
        let unused = links.unused_files.iter().filter(is_custom);
        let unused = unused
            .map(|file| PolicyError::new(file, 0, "no rule uses anything of this policy file"));
        Ok(self.loader.notes().iter().cloned().chain(unused).collect())
    }

    /// How many sets of findings there are.
    fn entry_points(&self) -> usize {
        self.rules.iter().map(|rule| rule.entry_points.len()).sum()
    }

    /// The names of the packages.
    #[cfg(test)]
    pub(super) fn packages(&self) -> impl Iterator<Item = &str> {
        self.packages.keys().map(String::as_str)
    }

    /// The rules, in the order in which they were added.
    pub fn rules(&self) -> impl ExactSizeIterator<Item = &Rule> {
        self.rules.iter().map(Arc::as_ref)
    }

    /// The same, to be held by who evaluates them.
    pub(crate) fn shared_rules(&self) -> &[Arc<Rule>] {
        &self.rules
    }

    /// Tables that rules may look facts up in: `data.facts`.
    #[must_use]
    pub const fn facts(&self) -> &Map<String, Value> {
        &self.facts
    }

    /// Data that custom policies brought along.
    #[must_use]
    pub const fn data(&self) -> &Map<String, Value> {
        self.loader.data().root()
    }

    /// Tells the set from others with other modules, or with the same ones in another order.
    pub(crate) const fn digest(&self) -> &Digest {
        &self.digest
    }

    /// Whether a custom module may read `input.now`.
    pub(crate) const fn may_read_now(&self) -> bool {
        self.may_read_now
    }

    /// The bundled modules.
    pub(crate) fn bundled_modules(&self) -> Result<&Modules, String> {
        self.bundled.get()
    }

    /// Makes entry points of the bundled modules ready to run.
    pub(crate) fn compile_bundled(
        &self,
        entry_points: Vec<String>,
        data: rego::Value,
    ) -> Result<Compiled, String> {
        let plans = match &self.plans {
            Some(plans) => Arc::clone(plans),
            None => Arc::new(self.bundled.get()?.plans(&entry_points)),
        };
        Ok(Compiled::new(
            Arc::clone(&self.bundled),
            plans,
            entry_points,
            data,
        ))
    }

    /// The custom modules, with what the bundled ones share.
    pub(crate) fn custom_modules(&self) -> Result<Modules, String> {
        let mut modules = self.custom.clone();
        for (path, text) in bundled::modules() {
            if path.starts_with("policies/lib/") {
                modules.add(path, text).map_err(|error| error.message)?;
            }
        }
        Ok(modules)
    }
}

/// Reads the METADATA of a module.
fn metadata(path: &str, text: &str) -> Result<Option<(Metadata, Custom)>, PolicyError> {
    metadata::parse(text).map_err(|error| PolicyError::new(path, error.line, error.message))
}

/// Whether a part of a package can be written without quotes.
fn is_name(part: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_alphabetic() || c == '_';
    part.chars().next().is_some_and(is_letter)
        && part.chars().all(|c| is_letter(c) || c.is_ascii_digit())
}
