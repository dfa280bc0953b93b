//! The engine: rules and configuration, ready to judge.

use std::sync::Arc;

use jiff::Timestamp;

use crate::builder::EngineBuilder;
use crate::check::{Cache, Run};
use crate::config::Config;
use crate::document::Limits;
use crate::evaluate::{Evaluator, Judgement, Worker};
use crate::finding::Finding;
use crate::normalize::input::{Context, Input};
use crate::normalize::{Format, Subject};
use crate::online::{Dns, HostTable};
use crate::personal::Masking;
use crate::policy::{PolicySet, Rule};
use crate::report::{Inconclusive, NotConfigured, Problem};
use crate::signature::KeySource;
use crate::waiver::{self, Waiver};

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
    pub(crate) policies: PolicySet,
    /// What is worth saying of the policies.
    pub(crate) notes: Vec<Problem>,
    pub(crate) config: Config,
    pub(crate) waivers: Vec<Waiver>,
    pub(crate) limits: Limits,
    /// How many bytes are read at once, whether from one source or from all.
    pub(crate) stream_above: u64,
    pub(crate) format: Option<Format>,
    pub(crate) jobs: Option<usize>,
    pub(crate) allow_empty: bool,
    pub(crate) dns: Option<Dns>,
    pub(crate) clock: Clock,
    pub(crate) keys: KeySource,
    pub(crate) masking: Masking,
    /// What earlier runs left; none where nothing is to be kept.
    pub(crate) cache: Option<Cache>,
}

pub(crate) type Clock = Box<dyn Fn() -> Timestamp + Send + Sync>;

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
    /// Violations, those that a waiver accepts among them. Their locations have JSON Pointers, and no lines: the engine does not see the text.
    pub findings: Vec<Finding>,
    /// Rules that could not judge the subject. They did not pass.
    pub inconclusive: Vec<Inconclusive>,
    /// Rules that wait for words of the organisation.
    pub not_configured: Vec<NotConfigured>,
}

impl Engine {
    /// Starts an engine without rules. Its clock is the system's unless [`EngineBuilder::now`] or
    /// [`EngineBuilder::clock`] says otherwise.
    #[must_use]
    pub fn builder() -> EngineBuilder {
        EngineBuilder::default()
    }

    /// The rules that are evaluated.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.inner.evaluator.rules()
    }

    /// The input that policies see for a subject, at the clock's time.
    #[must_use]
    pub fn input(&self, subject: &Subject) -> Input {
        self.inner.input(subject, &Run::at(self.now()))
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
    pub(crate) engine: &'e Engine,
    pub(crate) worker: Worker<'e>,
}

impl Judge<'_> {
    /// Judges one subject.
    ///
    /// # Errors
    /// As [`Engine::evaluate`].
    pub fn evaluate(&mut self, subject: &Subject) -> Result<Evaluation, EvaluationError> {
        let (inner, run) = (&self.engine.inner, Run::at(self.engine.now()));
        let mut judgement = self.worker.judge(subject, &inner.input(subject, &run));
        match judgement.errors.pop() {
            Some((rule, mut message)) => {
                inner.masking.mask_error(subject, &mut message);
                Err(EvaluationError { rule, message })
            }
            None => Ok(inner.masked_evaluation(subject, judgement, run.now)),
        }
    }
}

impl Inner {
    pub(crate) fn input(&self, subject: &Subject, run: &Run) -> Input {
        let declared = self.config.declared(subject);
        let mut input = Input::new(
            subject,
            &Context {
                now: run.now,
                declared: declared.as_ref(),
                domains: self.config.organization.domains.as_deref(),
                tenants: self.config.organization.tenants.as_deref(),
                dns: run.dns.as_ref().map(HostTable::hosts),
            },
        );
        if let Some(token) = &mut input.token {
            token.signature = self.keys.check(&subject.document, token);
        }
        if self.evaluator.reads_raw() {
            input.raw = subject.raw();
        }
        input
    }

    /// Applies the configuration to what the rules found. The only place that does.
    pub(crate) fn evaluation(
        &self,
        subject: &Subject,
        judgement: Judgement,
        now: Timestamp,
    ) -> Evaluation {
        let mut findings = judgement.findings;
        for finding in &mut findings {
            if let Some(severity) = self.config.severity.get(&finding.rule) {
                finding.severity = *severity;
            }
        }
        waiver::apply(&self.waivers, &mut findings, now);
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

    /// The same, for whoever is shown it.
    pub(crate) fn masked_evaluation(
        &self,
        subject: &Subject,
        judgement: Judgement,
        now: Timestamp,
    ) -> Evaluation {
        let mut evaluation = self.evaluation(subject, judgement, now);
        self.masking
            .mask_findings(subject, &mut evaluation.findings);
        evaluation
    }
}
