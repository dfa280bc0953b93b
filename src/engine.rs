//! The engine: rules and configuration, ready to judge.

use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::config::{Config, ConfigError};
use crate::document::Limits;
use crate::evaluate::{Evaluator, Judgement, Worker};
use crate::finding::{Finding, Principle};
use crate::normalize::input::{Context, Input};
use crate::normalize::{Format, Subject};
use crate::policy::{PolicyError, PolicySet, Rule};
use crate::report::{Inconclusive, NotConfigured};

/// Judges subjects by rules. Cheap to clone, and to share between threads.
///
/// ```
/// use ztvet::{Engine, document, normalize};
///
/// let engine = Engine::builder().bundled()?.build()?;
/// let manifest = br#"{"appId": "1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9", "signInAudience": "AzureADMyOrg",
///     "web": {"redirectUris": ["http://shop.contoso.com/auth"]}}"#;
/// let documents = document::parse("shop.json", manifest, &document::Limits::default())?;
/// for subject in normalize::normalize(&documents[0], None).subjects {
///     let evaluation = engine.evaluate(&subject)?;
///     assert!(evaluation.findings.iter().any(|finding| finding.rule == "AB-101"));
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Engine {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) evaluator: Evaluator,
    pub(crate) config: Config,
    pub(crate) limits: Limits,
    pub(crate) format: Option<Format>,
    pub(crate) jobs: Option<usize>,
    pub(crate) allow_empty: bool,
    clock: Clock,
}

type Clock = Box<dyn Fn() -> Timestamp + Send + Sync>;

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
    /// The selection leaves nothing to evaluate, or names what is not there.
    #[error("{0}")]
    Selection(String),
    /// The rules do not compile together.
    #[error("the rules cannot be compiled: {0}")]
    Compile(String),
}

/// Why a subject cannot be judged: some rules failed, so that nothing can be said of what they check.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{} failed: {}", self.rule, self.message)]
pub struct EvaluationError {
    /// A rule that failed.
    pub rule: String,
    /// Why.
    pub message: String,
}

/// What came of judging one subject.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Evaluation {
    /// Violations. Their locations have JSON Pointers, and no lines: the engine does not see the text.
    pub findings: Vec<Finding>,
    /// Rules that could not judge the subject. They did not pass.
    pub inconclusive: Vec<Inconclusive>,
    /// Rules that wait for words of the organisation.
    pub not_configured: Vec<NotConfigured>,
}

/// Collects what an [`Engine`] needs.
pub struct EngineBuilder {
    policies: PolicySet,
    config: Config,
    config_path: String,
    select: Vec<String>,
    ignore: Vec<String>,
    limits: Limits,
    format: Option<Format>,
    jobs: Option<usize>,
    allow_empty: bool,
    clock: Clock,
}

impl Engine {
    /// Starts an engine without rules. Its clock is the system's unless [`EngineBuilder::now`] or
    /// [`EngineBuilder::clock`] says otherwise.
    #[must_use]
    pub fn builder() -> EngineBuilder {
        EngineBuilder {
            policies: PolicySet::empty(),
            config: Config::default(),
            config_path: crate::config::FILE_NAME.to_owned(),
            select: Vec::new(),
            ignore: Vec::new(),
            limits: Limits::default(),
            format: None,
            jobs: None,
            allow_empty: false,
            clock: Box::new(Timestamp::now),
        }
    }

    /// The rules that are evaluated.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.inner.evaluator.rules()
    }

    /// The input that policies see for a subject, at the clock's time.
    #[must_use]
    pub fn input(&self, subject: &Subject) -> Input {
        self.inner.input(subject, self.now())
    }

    /// The evaluation's time.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        (self.inner.clock)()
    }

    /// Judges one subject.
    ///
    /// # Errors
    /// When a rule fails, exceeds its budget, or returns what is no finding.
    pub fn evaluate(&self, subject: &Subject) -> Result<Evaluation, EvaluationError> {
        self.judge().evaluate(subject)
    }

    /// A judge for many subjects on one thread.
    #[must_use]
    pub fn judge(&self) -> Judge<'_> {
        Judge {
            engine: self,
            worker: self.inner.evaluator.worker(),
        }
    }
}

/// Judges many subjects on one thread, and keeps its machine warm.
pub struct Judge<'e> {
    engine: &'e Engine,
    worker: Result<Worker<'e>, String>,
}

impl Judge<'_> {
    /// Judges one subject.
    ///
    /// # Errors
    /// As [`Engine::evaluate`].
    pub fn evaluate(&mut self, subject: &Subject) -> Result<Evaluation, EvaluationError> {
        let worker = self.worker.as_mut().map_err(|message| EvaluationError {
            rule: "the engine".to_owned(),
            message: message.clone(),
        })?;
        let mut judgement = worker.judge(subject, &self.engine.input(subject));
        match judgement.errors.pop() {
            Some((rule, message)) => Err(EvaluationError { rule, message }),
            None => Ok(self.engine.inner.evaluation(subject, judgement)),
        }
    }
}

impl Inner {
    pub(crate) fn input(&self, subject: &Subject, now: Timestamp) -> Input {
        let declared = self.config.declared(subject);
        let mut input = Input::new(
            subject,
            &Context {
                now,
                declared: declared.as_ref(),
                domains: self.config.organization.domains.as_deref(),
                tenants: self.config.organization.tenants.as_deref(),
            },
        );
        if self.evaluator.rules().any(|rule| rule.raw) {
            input.raw = subject.raw().cloned();
        }
        input
    }

    /// Applies the configuration to what the rules found. The only place that does.
    pub(crate) fn evaluation(&self, subject: &Subject, judgement: Judgement) -> Evaluation {
        let mut findings = judgement.findings;
        for finding in &mut findings {
            if let Some(severity) = self.config.severity.get(&finding.rule) {
                finding.severity = *severity;
            }
        }
        let subject_ref = crate::evaluate::subject_ref(subject);
        let inconclusive = judgement
            .inconclusive
            .into_iter()
            .map(|(rule, missing)| Inconclusive {
                rule,
                subject: subject_ref.clone(),
                path: subject.path().to_owned(),
                missing,
            });
        let not_configured = judgement
            .not_configured
            .into_iter()
            .map(|(rule, needs)| NotConfigured { rule, needs });
        Evaluation {
            findings,
            inconclusive: inconclusive.collect(),
            not_configured: not_configured.collect(),
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

    /// Adds the text of a policy; `name` is what errors call it.
    ///
    /// # Errors
    /// When it cannot be used.
    pub fn policy(mut self, name: &str, text: &str) -> Result<Self, PolicyError> {
        self.policies.add_text(name, text)?;
        Ok(self)
    }

    /// Sets the configuration; `path` is what errors call it. Its `policies` are added by [`EngineBuilder::build`].
    #[must_use]
    pub fn config(mut self, path: &str, config: Config) -> Self {
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

    /// Checks the configuration against the rules, and compiles them.
    ///
    /// # Errors
    /// When the configuration names a rule or parameter that is not there, or a policy cannot be used.
    pub fn build(mut self) -> Result<Engine, BuildError> {
        for path in &self.config.policies {
            self.policies.add_path(path)?;
        }
        self.check_config()?;
        let ignored: Vec<String> = self
            .config
            .ignore
            .iter()
            .chain(&self.ignore)
            .cloned()
            .collect();
        self.check_names(&self.select)?;
        self.check_names(&ignored)?;
        let selected = |rule: &Rule| {
            (self.select.is_empty() || self.select.iter().any(|name| is_named(rule, name)))
                && !ignored.iter().any(|name| is_named(rule, name))
        };
        if !self.policies.rules().iter().any(selected) {
            return Err(BuildError::Selection(
                "no rule is left to evaluate".to_owned(),
            ));
        }
        let ztvet = json!({
            "parameters": self.parameters(),
            "organization": self.config.organization,
        });
        let evaluator =
            Evaluator::new(&self.policies, &ztvet, selected).map_err(BuildError::Compile)?;
        Ok(Engine {
            inner: Arc::new(Inner {
                evaluator,
                config: self.config,
                limits: self.limits,
                format: self.format,
                jobs: self.jobs,
                allow_empty: self.allow_empty,
                clock: self.clock,
            }),
        })
    }

    /// The parameters of all rules, by rule id: defaults, replaced by the configuration.
    fn parameters(&self) -> Map<String, Value> {
        let mut all = Map::new();
        for rule in self
            .policies
            .rules()
            .iter()
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

    fn check_config(&self) -> Result<(), ConfigError> {
        let fail = |message: String| ConfigError {
            path: self.config_path.clone(),
            position: None,
            message,
            help: None,
        };
        for id in self.config.severity.keys() {
            if self.rule(id).is_none() {
                return Err(fail(format!(
                    "`severity` names the rule `{id}`, which is not loaded"
                )));
            }
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

    fn rule(&self, id: &str) -> Option<&Rule> {
        self.policies.rules().iter().find(|rule| rule.id == id)
    }

    fn check_names(&self, names: &[String]) -> Result<(), BuildError> {
        let is_known = |name: &String| {
            self.policies
                .rules()
                .iter()
                .any(|rule| is_named(rule, name))
        };
        match names.iter().find(|name| !is_known(name)) {
            None => Ok(()),
            Some(name) => Err(BuildError::Selection(format!(
                "`{name}` is neither the id of a rule nor a principle with rules"
            ))),
        }
    }
}

fn is_named(rule: &Rule, name: &str) -> bool {
    rule.id == name || rule.principle.map(Principle::as_str) == Some(name)
}
