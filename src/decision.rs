//! Whether a token is let through, and what to answer where it is not.

use crate::challenge::{COMMON_AUTHORIZATION_URI, Challenge, ClaimsChallenge};
use crate::check::Run;
use crate::denial::Denial;
use crate::document::{self, Limits};
use crate::engine::{Engine, Evaluation, Inner, Judge};
use crate::finding::{Finding, Severity, Status};
use crate::normalize::token::Token;
use crate::normalize::{Format, Subject, normalize};
use crate::policy::Rule;
use crate::report::{Inconclusive, NotConfigured};

/// What was decided of a token.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// Whether the request may go on.
    pub allow: bool,
    /// The token's facts, where it is let through.
    pub token: Option<Box<Token>>,
    /// Violations, those below the threshold included.
    pub findings: Vec<Finding>,
    /// Rules that could not judge the token. They did not pass.
    pub inconclusive: Vec<Inconclusive>,
    /// Rules that wait for words of the organisation.
    pub not_configured: Vec<NotConfigured>,
    /// What else holds the token back: it cannot be read, its signature does not hold, or a rule failed.
    pub errors: Vec<String>,
    /// How the request is refused; none where it may go on.
    pub denial: Option<Denial>,
    /// The value of the `WWW-Authenticate` header by which the client learns what it must ask the user for. Only for
    /// clients that declared that they understand it (`xms_cc`).
    pub challenge: Option<String>,
}

impl Decision {
    /// The value of the `WWW-Authenticate` header of the answer; none where the request may go on.
    #[must_use]
    pub fn www_authenticate(&self) -> Option<String> {
        let denial = self.denial?;
        let plain = || {
            Challenge::new("Bearer")
                .with("realm", "")
                .with("error", denial.error())
        };
        let challenge = self.challenge.clone();
        Some(challenge.unwrap_or_else(|| plain().to_string()))
    }

    fn refused(error: impl Into<String>) -> Self {
        Self {
            allow: false,
            token: None,
            findings: Vec::new(),
            inconclusive: Vec::new(),
            not_configured: Vec::new(),
            errors: vec![error.into()],
            denial: Some(Denial::InvalidToken),
            challenge: None,
        }
    }
}

/// The `WWW-Authenticate` header for a request that has no token.
#[must_use]
pub fn authenticate() -> String {
    Challenge::new("Bearer")
        .with("realm", "")
        .with("authorization_uri", COMMON_AUTHORIZATION_URI)
        .to_string()
}

/// A request carries one token, which is far smaller.
const LIMITS: Limits = Limits {
    max_bytes: 1 << 20,
    max_depth: 32,
    max_documents: 1,
};

impl Engine {
    /// Decides whether a token is let through. Nothing is let through that was not judged:
    ///
    /// - a finding that is not waived, or a rule that could not judge, at or above the severity of `fail_on` (`high` where nothing is said,
    ///   `critical` where it says `never`, and `info` where it says `new`) denies;
    /// - so does a rule that failed;
    /// - so does a signature that was not verified, unless `tokens.claims_only` says that there is none on purpose;
    /// - so does a configuration without `tokens.audiences`: tokens for any other API would be let through.
    #[must_use]
    pub fn decide(&self, token: &Subject) -> Decision {
        self.judge().decide(token)
    }

    /// The same of a compact token, as a request carries it, with or without `Bearer`.
    ///
    /// ```
    /// let engine = ztvet::Engine::builder().bundled()?.build()?;
    /// let decision = engine.decide_jwt("Bearer eyJhbGciOiJub25lIn0.e30.");
    /// assert!(!decision.allow);
    /// assert_eq!(decision.denial.map(ztvet::Denial::status), Some(401));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn decide_jwt(&self, token: &str) -> Decision {
        self.judge().decide_jwt(token)
    }
}

impl Judge<'_> {
    /// As [`Engine::decide_jwt`].
    #[must_use]
    pub fn decide_jwt(&mut self, token: &str) -> Decision {
        let token = token.trim();
        // The name makes it a token whatever it looks like.
        let mut documents = match document::parse("token.jwt", token.as_bytes(), &LIMITS) {
            Ok(documents) => documents,
            Err(error) => return Decision::refused(error.message),
        };
        let Some(document) = documents.pop() else {
            return Decision::refused("there is no token");
        };
        let normalized = normalize(&document, None);
        if let Some(problem) = normalized.problems.first() {
            return Decision::refused(problem.message.clone());
        }
        match normalized.subjects.first() {
            Some(subject) => self.decide(subject),
            None => Decision::refused("there is no token"),
        }
    }

    /// As [`Engine::decide`].
    #[must_use]
    pub fn decide(&mut self, token: &Subject) -> Decision {
        let inner = &self.engine.inner;
        let run = Run::at(self.engine.now());
        let input = inner.input(token, &run);
        let Some(facts) = &input.token else {
            return Decision::refused("not a token");
        };
        let mut judgement = self.worker.judge(token, &input);
        let mut errors = inner.unmet(token, facts);
        for (rule, error) in std::mem::take(&mut judgement.errors) {
            let mut error = format!("{rule} failed: {error}");
            inner.masking.mask_error(token, &mut error);
            errors.push(error);
        }
        // Decided before anything that a rule said is masked.
        let mut evaluation = inner.evaluation(token, judgement, run.now);
        let (denial, challenge) = inner.denial(facts, &evaluation, !errors.is_empty());
        inner.masking.mask_findings(token, &mut evaluation.findings);
        Decision {
            allow: denial.is_none(),
            token: input.token.filter(|_| denial.is_none()).map(Box::new),
            findings: evaluation.findings,
            inconclusive: evaluation.inconclusive,
            not_configured: evaluation.not_configured,
            errors,
            denial,
            challenge,
        }
    }
}

/// The detail of a finding that names a missing authentication context.
const AUTH_CONTEXT: &str = "auth_context";
const CLAIMS_CHALLENGES: &str = "cp1";
const HEADER: &str = "token.header";

impl Inner {
    /// What no rule and no configuration can do without.
    fn unmet(&self, subject: &Subject, token: &Token) -> Vec<String> {
        let tokens = &self.config.tokens;
        let malformed = subject.gaps.iter().filter_map(|gap| gap.pointer.as_ref());
        let mut unmet: Vec<String> = malformed
            .map(|place| format!("the claim at `{place}` is malformed"))
            .collect();
        let signature = &token.signature;
        // A signature that was sent and not checked is never on purpose.
        let has_none = subject.format == Format::Claims && signature.status == "unchecked";
        let is_on_purpose = tokens.claims_only == Some(true) && has_none;
        if signature.status != "verified" && !is_on_purpose {
            let reason = signature.reason.as_deref().unwrap_or_default();
            unmet.push(format!("the signature is {}: {reason}", signature.status));
        }
        if tokens.audiences.is_none() {
            unmet.push(
                "`tokens.audiences` is not configured: tokens for any other API would be let through".to_owned(),
            );
        }
        unmet
    }

    /// How the request is refused, and the challenge that goes with it.
    fn denial(
        &self,
        token: &Token,
        evaluation: &Evaluation,
        has_errors: bool,
    ) -> (Option<Denial>, Option<String>) {
        let denials = self.denials(evaluation);
        let denies = |denial| denials.contains(&denial);
        if has_errors || denies(Denial::InvalidToken) {
            return (Some(Denial::InvalidToken), None);
        }
        if denies(Denial::InsufficientScope) || denials.is_empty() {
            let denial = denials.first().map(|_| Denial::InsufficientScope);
            return (denial, None);
        }
        let understands = token
            .capabilities
            .iter()
            .any(|name| name == CLAIMS_CHALLENGES);
        let context = self.denying(evaluation).find_map(auth_context);
        match context.filter(|_| understands) {
            Some(context) => {
                let challenge = ClaimsChallenge::auth_context(context);
                let uri = token.issuer.authorization_uri();
                let challenge = challenge.at(uri.as_deref().unwrap_or(COMMON_AUTHORIZATION_URI));
                (
                    Some(Denial::InsufficientClaims),
                    Some(challenge.to_string()),
                )
            }
            None => (Some(Denial::InsufficientScope), None),
        }
    }

    /// What each rule that denies asks for.
    fn denials(&self, evaluation: &Evaluation) -> Vec<Denial> {
        let threshold = self.threshold();
        let found = self
            .denying(evaluation)
            .map(|finding| match auth_context(finding) {
                Some(_) => Denial::InsufficientClaims,
                None => self
                    .rule(&finding.rule)
                    .map_or(Denial::InvalidToken, |rule| rule.denial),
            });
        let inconclusive = evaluation.inconclusive.iter().filter_map(|item| {
            let rule = self.rule(&item.rule)?;
            let severity = self.config.severity.get(&rule.id).copied();
            let denies = severity.unwrap_or(rule.severity) >= threshold;
            (denies && !self.is_left_out_on_purpose(item)).then_some(rule.denial)
        });
        found.chain(inconclusive).collect()
    }

    fn rule(&self, id: &str) -> Option<&Rule> {
        self.evaluator.rules().find(|rule| rule.id == id)
    }

    /// Findings that deny. What a waiver accepts does not.
    fn denying<'f>(&self, evaluation: &'f Evaluation) -> impl Iterator<Item = &'f Finding> {
        let threshold = self.threshold();
        let findings = evaluation.findings.iter();
        findings
            .filter(move |finding| finding.status == Status::Open && finding.severity >= threshold)
    }

    /// Whether a rule misses nothing but the header, which claims that are given alone do not have.
    fn is_left_out_on_purpose(&self, item: &Inconclusive) -> bool {
        let is_of_header =
            |fact: &String| fact == HEADER || fact.starts_with(&format!("{HEADER}."));
        self.config.tokens.claims_only == Some(true) && item.missing.iter().all(is_of_header)
    }

    fn threshold(&self) -> Severity {
        let fail_on = self.config.fail_on.unwrap_or_default();
        // `never` lets a pipeline go on. No token is to be let through by it.
        fail_on.threshold().unwrap_or(Severity::Critical)
    }
}

fn auth_context(finding: &Finding) -> Option<&str> {
    finding.details.get(AUTH_CONTEXT)?.as_str()
}
