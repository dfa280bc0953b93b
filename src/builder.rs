//! Builds an engine: policies and configuration, checked against each other.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::check::Cache;
use crate::config::{Config, ConfigError};
use crate::document::Limits;
use crate::engine::{Clock, Engine, Inner};
use crate::evaluate::Evaluator;
use crate::finding::{Location, Principle};
use crate::normalize::Format;
use crate::online::Dns;
use crate::personal::Masking;
use crate::policy::{PolicyError, PolicySet, PolicySource, Rule};
use crate::report::{Problem, ProblemKind};
use crate::signature::{Fetcher, KeySource, Keys, KeysError, Schedule, Transport};
use crate::waiver::Waiver;

/// How many bytes of inputs are held at once.
const STREAM_ABOVE: u64 = 8 << 20;

/// Why an engine cannot be built.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// A policy cannot be used.
    #[error(transparent)]
    Policy(#[from] PolicyError),
    /// The configuration does not fit the rules.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The keys that tokens are signed with cannot be used.
    #[error(transparent)]
    Keys(#[from] KeysError),
    /// The selection leaves nothing to evaluate, or names what is not there.
    #[error("{0}")]
    Selection(String),
    /// The rules do not compile together.
    #[error("the rules cannot be compiled: {0}")]
    Compile(String),
}

/// Collects what an [`Engine`] needs.
pub struct EngineBuilder {
    policies: PolicySet,
    config: Config,
    config_path: String,
    select: Vec<String>,
    ignore: Vec<String>,
    limits: Limits,
    stream_above: u64,
    format: Option<Format>,
    jobs: Option<usize>,
    allow_empty: bool,
    dns: Option<Dns>,
    clock: Clock,
    keys: Option<Keys>,
    transport: Option<(Box<dyn Transport>, Schedule)>,
    show_personal_data: bool,
    cache: Option<PathBuf>,
}

impl Default for EngineBuilder {
    /// No rules, and the system's clock.
    fn default() -> Self {
        Self {
            policies: PolicySet::empty(),
            config: Config::default(),
            config_path: crate::config::FILE_NAME.to_owned(),
            select: Vec::new(),
            ignore: Vec::new(),
            limits: Limits::default(),
            stream_above: STREAM_ABOVE,
            format: None,
            jobs: None,
            allow_empty: false,
            dns: None,
            clock: Box::new(Timestamp::now),
            keys: None,
            transport: None,
            show_personal_data: false,
            cache: None,
        }
    }
}

impl EngineBuilder {
    /// Adds the bundled rules.
    ///
    /// # Errors
    /// When a custom rule was added before that has the id of a bundled one.
    pub fn bundled(mut self) -> Result<Self, PolicyError> {
        self.policies.add_bundled()?;
        Ok(self)
    }

    /// Adds a policy file, or all policies of a directory.
    ///
    /// # Errors
    /// When there is no rule, or one cannot be used.
    pub fn policy_dir(mut self, path: impl AsRef<Path>) -> Result<Self, PolicyError> {
        self.policies.add_path(path.as_ref())?;
        Ok(self)
    }

    /// Adds policies with what is said of how to read them.
    ///
    /// # Errors
    /// When there is no rule, or one cannot be used.
    pub fn policy_source(mut self, source: &PolicySource) -> Result<Self, PolicyError> {
        self.policies.add_source(source)?;
        Ok(self)
    }

    /// Adds a JSON or YAML file, or all of a directory, as data for policies.
    ///
    /// # Errors
    /// When there is none, or one cannot be used.
    pub fn data(mut self, path: impl AsRef<Path>) -> Result<Self, PolicyError> {
        self.policies.add_data(path.as_ref())?;
        Ok(self)
    }

    /// Adds the text of a policy; `name` is what errors call it.
    ///
    /// # Errors
    /// When it cannot be used.
    pub fn policy(mut self, name: &str, text: &str) -> Result<Self, PolicyError> {
        self.policies.add_text(name, text)?;
        Ok(self)
    }

    /// Sets the configuration; `path` is what errors call it. Its `policies` and `data` are added by
    /// [`EngineBuilder::build`]. What it allows holds for policies that are added later.
    #[must_use]
    pub fn config(mut self, path: &str, config: Config) -> Self {
        // What is wrong with these is told when the engine is built.
        let _ = self.policies.allow_builtins(&config.allow_builtins);
        let _ = self.policies.require_signatures(&config.bundle_keys);
        self.config = config;
        path.clone_into(&mut self.config_path);
        self
    }

    /// Evaluates only these rules: ids or principles.
    #[must_use]
    pub fn select(mut self, names: impl IntoIterator<Item = String>) -> Self {
        self.select.extend(names);
        self
    }

    /// Leaves these rules out: ids or principles.
    #[must_use]
    pub fn ignore(mut self, names: impl IntoIterator<Item = String>) -> Self {
        self.ignore.extend(names);
        self
    }

    /// Sets the evaluation's time.
    #[must_use]
    pub fn now(self, now: Timestamp) -> Self {
        self.clock(move || now)
    }

    /// Sets the clock.
    #[must_use]
    pub fn clock(mut self, clock: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        self.clock = Box::new(clock);
        self
    }

    /// Reads inputs of more than so many bytes together some elements at a time, and twice: 8 MiB. See
    /// [`Engine::check_into`].
    #[must_use]
    pub fn stream_above(mut self, bytes: u64) -> Self {
        self.stream_above = bytes;
        self
    }

    /// Sets the limits of reading.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Takes every document for one of this format.
    #[must_use]
    pub fn format(mut self, format: Option<Format>) -> Self {
        self.format = format;
        self
    }

    /// Sets the number of threads; all cores when it is not set.
    #[must_use]
    pub fn jobs(mut self, jobs: Option<usize>) -> Self {
        self.jobs = jobs;
        self
    }

    /// Lets a check pass that finds nothing to judge.
    #[must_use]
    pub fn allow_empty(mut self, allow: bool) -> Self {
        self.allow_empty = allow;
        self
    }

    /// Asks DNS for the redirect hosts of applications when paths are checked or normalized. Without it nothing leaves
    /// the machine; subjects that are evaluated one by one are not asked for in any case.
    #[must_use]
    pub fn dns(mut self, dns: Option<Dns>) -> Self {
        self.dns = dns;
        self
    }

    /// Sets the keys that signatures of tokens are checked with, in place of those of the configuration.
    #[must_use]
    pub fn keys(mut self, keys: Keys) -> Self {
        self.keys = Some(keys);
        self
    }

    /// Fetches the keys from where the issuers of tokens publish them, in place of those of the configuration. Judging a
    /// token may then wait for an answer.
    #[must_use]
    pub fn fetch_keys(mut self, transport: impl Transport + 'static, schedule: Schedule) -> Self {
        self.transport = Some((Box::new(transport), schedule));
        self
    }

    /// Shows names, addresses and other personal data of tokens, which are masked where they are shown. Rules always see
    /// them.
    #[must_use]
    pub fn show_personal_data(mut self, show: bool) -> Self {
        self.show_personal_data = show;
        self
    }

    /// Keeps what comes of files in this directory, so that those that did not change are not judged again when paths are
    /// checked. Inputs that are read some elements at a time, tokens, and answers of DNS are not kept.
    ///
    /// Reports are the same, as long as nobody else writes to the directory. A program that is built with other versions of
    /// what ztvet depends on needs a directory of its own.
    #[must_use]
    pub fn cache(mut self, directory: Option<PathBuf>) -> Self {
        self.cache = directory;
        self
    }

    /// Checks the configuration against the rules, and compiles them.
    ///
    /// # Errors
    /// When the configuration names a rule or parameter that is not there, or a policy cannot be used.
    pub fn build(mut self) -> Result<Engine, BuildError> {
        self.check_trust()?;
        for source in &self.config.policies {
            self.policies.add_source(source)?;
        }
        for path in &self.config.data {
            self.policies.add_data(path)?;
        }
        let notes = self.policies.check()?;
        self.check_config()?;
        let waivers = self.waivers()?;
        let ignored: Vec<String> = self
            .config
            .ignore
            .iter()
            .chain(&self.ignore)
            .cloned()
            .collect();
        for name in self.select.iter().chain(&self.ignore) {
            if !self.is_known(name) {
                return Err(BuildError::Selection(format!("`{name}` {UNKNOWN_NAME}")));
            }
        }
        let selected = |rule: &Rule| {
            (self.select.is_empty() || self.select.iter().any(|name| is_named(rule, name)))
                && !ignored.iter().any(|name| is_named(rule, name))
        };
        if !self.policies.rules().any(selected) {
            return Err(BuildError::Selection(
                "no rule is left to evaluate".to_owned(),
            ));
        }
        let ztvet = json!({
            "parameters": self.parameters(),
            "organization": self.config.organization,
            "tokens": self.config.tokens.with_implied(),
        });
        let evaluator =
            Evaluator::new(&self.policies, &ztvet, selected).map_err(BuildError::Compile)?;
        let keys = self.key_source()?;
        let personal = self.config.tokens.personal_claims.as_deref();
        let masking = Masking::new(self.show_personal_data, personal);
        Ok(Engine {
            inner: Arc::new(Inner {
                evaluator,
                policies: self.policies,
                notes: notes.into_iter().map(note).collect(),
                config: self.config,
                waivers,
                limits: self.limits,
                stream_above: self.stream_above.min(self.limits.max_bytes),
                format: self.format,
                jobs: self.jobs,
                allow_empty: self.allow_empty,
                dns: self.dns,
                clock: self.clock,
                keys,
                masking,
                cache: self.cache.map(Cache::new),
            }),
        })
    }

    /// Where keys come from: what was set in code, else the configuration.
    fn key_source(&mut self) -> Result<KeySource, BuildError> {
        let tokens = &self.config.tokens;
        if let Some((transport, schedule)) = self.transport.take() {
            let tenants = self.config.organization.tenants.as_deref();
            let metadata = tokens.metadata_url.as_deref();
            let fetcher = Fetcher::new(transport, schedule, metadata, tenants.unwrap_or_default());
            let fetcher = fetcher.map_err(|message| self.config_error(message))?;
            return Ok(KeySource::Fetched(Box::new(fetcher)));
        }
        let keys = match (self.keys.take(), &tokens.jwks) {
            (Some(keys), _) => keys,
            (None, Some(path)) => Keys::load(path)?,
            (None, None) => return Ok(KeySource::None),
        };
        let keys = match &tokens.openid_configuration {
            Some(path) => keys.of_issuer_in(path)?,
            None => keys,
        };
        Ok(KeySource::Given(keys))
    }

    /// The parameters of all rules, by rule id: defaults, replaced by the configuration.
    fn parameters(&self) -> Map<String, Value> {
        let mut all = Map::new();
        for rule in self
            .policies
            .rules()
            .filter(|rule| !rule.parameters.is_empty())
        {
            let set = self.config.parameters.get(&rule.id);
            let values = rule.parameters.iter().map(|(name, parameter)| {
                let value = set
                    .and_then(|set| set.get(name))
                    .unwrap_or(&parameter.default);
                (name.clone(), value.clone())
            });
            all.insert(rule.id.clone(), Value::Object(values.collect()));
        }
        all
    }

    fn check_trust(&mut self) -> Result<(), ConfigError> {
        let allowed = PolicySet::empty().allow_builtins(&self.config.allow_builtins);
        allowed.map_err(|error| self.config_error(format!("`allow_builtins`: {error}")))?;
        let keys = self.policies.require_signatures(&self.config.bundle_keys);
        keys.map_err(|error| self.config_error(format!("`bundle_keys`: {error}")))
    }

    fn check_config(&self) -> Result<(), ConfigError> {
        let fail = |message: String| self.config_error(message);
        for id in self.config.severity.keys() {
            if self.rule(id).is_none() {
                return Err(fail(format!(
                    "`severity` names the rule `{id}`, which is not loaded"
                )));
            }
        }
        if let Some(name) = self.config.ignore.iter().find(|name| !self.is_known(name)) {
            return Err(fail(format!(
                "`ignore` names `{name}`, which {UNKNOWN_NAME}"
            )));
        }
        for (id, values) in &self.config.parameters {
            let rule = self.rule(id).ok_or_else(|| {
                fail(format!(
                    "`parameters` names the rule `{id}`, which is not loaded"
                ))
            })?;
            for (name, value) in values {
                let parameter = rule
                    .parameters
                    .get(name)
                    .ok_or_else(|| fail(format!("the rule `{id}` has no parameter `{name}`")))?;
                if !parameter.accepts(value) {
                    let expected = &parameter.value_type;
                    return Err(fail(format!(
                        "the parameter `{name}` of `{id}` is `{value}`, expected {expected}"
                    )));
                }
            }
        }
        Ok(())
    }

    fn waivers(&self) -> Result<Vec<Waiver>, ConfigError> {
        let is_rule = |id: &str| self.rule(id).is_some();
        let declared = self.config.waivers.iter();
        declared
            .map(|waiver| waiver.validate(&self.config_path, is_rule))
            .collect()
    }

    fn config_error(&self, message: String) -> ConfigError {
        ConfigError {
            path: self.config_path.clone(),
            position: None,
            message,
            help: None,
        }
    }

    fn rule(&self, id: &str) -> Option<&Rule> {
        self.policies.rules().find(|rule| rule.id == id)
    }

    fn is_known(&self, name: &str) -> bool {
        self.policies.rules().any(|rule| is_named(rule, name))
    }
}

/// What is worth saying of a policy and is no error.
fn note(error: PolicyError) -> Problem {
    Problem {
        kind: ProblemKind::Policy,
        message: error.message,
        help: error.help,
        location: Some(Location {
            path: error.path,
            ..Location::default()
        }),
    }
}

const UNKNOWN_NAME: &str = "is neither the id of a rule nor a principle with rules";

fn is_named(rule: &Rule, name: &str) -> bool {
    rule.id == name || rule.principle.map(Principle::as_str) == Some(name)
}
