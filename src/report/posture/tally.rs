//! Counts what came of the checks of a run.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Outcome, Outcomes, Posture, PracticePosture, PrinciplePosture};
use crate::engine::Evaluation;
use crate::finding::{Principle, Status};
use crate::normalize::Kind;
use crate::policy::Rule;
use crate::practice;

/// What came of judging subjects, by their kind.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Tally(BTreeMap<Kind, Judged>);

/// The subjects of one kind.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Judged {
    subjects: usize,
    /// The checks of each rule that did not pass.
    rules: BTreeMap<String, Outcomes>,
}

impl Tally {
    /// Counts one subject; `failures` are what could not be run: rules, or what all of them need.
    pub(crate) fn add(&mut self, kind: Kind, evaluation: &Evaluation, failures: &[String]) {
        let judged = self.0.entry(kind).or_default();
        judged.subjects += 1;
        for (rule, outcome) in outcomes(evaluation, failures) {
            match judged.rules.get_mut(rule) {
                Some(outcomes) => outcomes.add(outcome, 1),
                None => judged.first(rule, outcome),
            }
        }
    }

    /// Counts what another one counted.
    pub(crate) fn append(&mut self, other: Self) {
        for (kind, judged) in other.0 {
            let own = self.0.entry(kind).or_default();
            own.subjects += judged.subjects;
            for (rule, outcomes) in judged.rules {
                own.rules.entry(rule).or_default().add_all(&outcomes);
            }
        }
    }

    /// The posture, by the rules that were to judge the subjects.
    pub(crate) fn posture<'a>(&self, rules: impl Iterator<Item = &'a Rule>) -> Posture {
        let rules: BTreeMap<&str, &Rule> = rules.map(|rule| (rule.id.as_str(), rule)).collect();
        let failed = self.failed_before(&rules);
        let mut groups: Groups<'_> = BTreeMap::new();
        for rule in rules.values() {
            let practices = groups
                .entry((rule.principle.is_none(), rule.principle))
                .or_default();
            let practice = practices.entry(rule.practice.as_deref()).or_default();
            practice.push((&rule.id, self.checks(rule, &failed)));
        }
        let mut posture = Posture::default();
        for ((_, principle), practices) in groups {
            let principle = of_principle(principle, practices);
            posture.checks.add_all(&principle.checks);
            posture.rules.add_all(&principle.rules);
            posture.principles.push(principle);
        }
        posture
    }

    /// How many subjects of each kind failed before any rule was run: what is counted under no rule's id.
    fn failed_before(&self, rules: &BTreeMap<&str, &Rule>) -> BTreeMap<Kind, usize> {
        let of_kind = |(kind, judged): (&Kind, &Judged)| {
            let others = judged.rules.iter();
            let others = others.filter(|(id, _)| !rules.contains_key(id.as_str()));
            (*kind, others.map(|(_, outcomes)| outcomes.error).sum())
        };
        self.0.iter().map(of_kind).collect()
    }

    /// The checks of one rule.
    fn checks(&self, rule: &Rule, failed: &BTreeMap<Kind, usize>) -> Outcomes {
        let mut checks = Outcomes::default();
        let kinds = self.0.iter();
        for (kind, judged) in kinds.filter(|(kind, _)| rule.applies_to.contains(kind)) {
            let mut own = judged.rules.get(&rule.id).copied().unwrap_or_default();
            own.error += failed.get(kind).copied().unwrap_or_default();
            own.passed = judged.subjects.saturating_sub(own.total());
            checks.add_all(&own);
        }
        checks
    }
}

impl Judged {
    fn first(&mut self, rule: &str, outcome: Outcome) {
        let outcomes = self.rules.entry(rule.to_owned()).or_default();
        outcomes.add(outcome, 1);
    }
}

/// The rules that did not pass on a subject, and the worst that came of each.
fn outcomes<'a>(evaluation: &'a Evaluation, failures: &'a [String]) -> BTreeMap<&'a str, Outcome> {
    let found = evaluation.findings.iter().map(|finding| {
        let outcome = match finding.status {
            Status::Waived => Outcome::Waived,
            Status::Open | Status::Baseline => Outcome::Failed,
        };
        (finding.rule.as_str(), outcome)
    });
    let failures = failures.iter().map(|rule| (rule.as_str(), Outcome::Error));
    let missing = evaluation.inconclusive.iter();
    let missing = missing.map(|item| (item.rule.as_str(), Outcome::Inconclusive));
    let waiting = evaluation.not_configured.iter();
    let waiting = waiting.map(|item| (item.rule.as_str(), Outcome::NotConfigured));
    let mut worst = BTreeMap::new();
    for (rule, outcome) in found.chain(failures).chain(missing).chain(waiting) {
        let before = worst.entry(rule).or_insert(outcome);
        *before = outcome.min(*before);
    }
    worst
}

/// The checks of each rule by principle, those without one last, and by practice.
type Groups<'a> = BTreeMap<(bool, Option<Principle>), Practices<'a>>;
type Practices<'a> = BTreeMap<Option<&'a str>, Vec<(&'a str, Outcomes)>>;

fn of_principle(principle: Option<Principle>, practices: Practices<'_>) -> PrinciplePosture {
    let mut posture = PrinciplePosture {
        principle,
        checks: Outcomes::default(),
        rules: Outcomes::default(),
        practices: Vec::new(),
    };
    for (id, rules) in practices {
        let mut practice = PracticePosture {
            practice: id.map(str::to_owned),
            title: id.and_then(practice::title).map(str::to_owned),
            checks: Outcomes::default(),
            rules: BTreeMap::new(),
        };
        for (rule, checks) in rules {
            let worst = checks.worst();
            practice.checks.add_all(&checks);
            posture.rules.add(worst, 1);
            let ids = practice.rules.entry(worst).or_default();
            ids.push(rule.to_owned());
        }
        posture.checks.add_all(&practice.checks);
        posture.practices.push(practice);
    }
    posture
}
