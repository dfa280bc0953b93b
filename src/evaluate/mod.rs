//! Rules judge subjects. Nothing here knows a format.
//!
//! Bundled rules run by their plans, or on the register VM where a plan is not sure; custom ones on the interpreter. A
//! rule is not run where a fact that it cannot judge without is not known; a rule that fails is an error.

mod custom;
mod facts;
mod needs;
mod result;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use serde_json::Map;

use self::custom::Custom;
use self::facts::{FactIndex, Knowledge};
use self::needs::{Lack, Need, Readiness};
pub(crate) use self::result::subject_ref;
use crate::finding::{Finding, Status};
use crate::normalize::input::Input;
use crate::normalize::{Kind, Subject};
use crate::policy::{EntryPoint, Origin, PolicySet, Rule};
use crate::rego::{Answer, Arena, Budget, Compiled, Machine, OnInput, Value, value, view};

/// The selected rules, ready to run.
pub(crate) struct Evaluator {
    rules: Vec<Arc<Prepared>>,
    /// Those for each kind of subject.
    by_kind: BTreeMap<Kind, Vec<Arc<Prepared>>>,
    facts: FactIndex,
    bundled: Option<Compiled>,
    custom: Option<custom::Prepared>,
    data: Value,
    /// What is known of the facts that ztvet.yaml tells.
    told: Vec<Knowledge>,
    /// Whether any rule reads the document as it was given.
    reads_raw: bool,
}

/// What policies read as `data`.
#[derive(Serialize)]
struct Data<'a> {
    ztvet: &'a serde_json::Value,
    facts: &'a Map<String, serde_json::Value>,
}

/// A rule and what is needed to run it.
struct Prepared {
    rule: Arc<Rule>,
    needs: Vec<Need>,
    entry_points: Vec<Reports>,
}

struct Reports {
    entry_point: EntryPoint,
    /// `data.<package>.<name>`
    path: String,
    /// Its number among those of the bundled rules; none of a custom one.
    number: Option<usize>,
}

/// What came of judging one subject.
#[derive(Debug, Default)]
pub(crate) struct Judgement {
    pub(crate) findings: Vec<Finding>,
    /// Ids of rules that could not judge, and the facts that they missed.
    pub(crate) inconclusive: Vec<(String, Vec<String>)>,
    /// Ids of rules that wait for words of the organisation, and for which.
    pub(crate) not_configured: Vec<(String, Vec<String>)>,
    /// Ids of rules that failed, and why.
    pub(crate) errors: Vec<(String, String)>,
}

impl Evaluator {
    /// Compiles the rules of a set that `selected` lets through. `ztvet` becomes `data.ztvet`.
    pub(crate) fn new(
        policies: &PolicySet,
        ztvet: &serde_json::Value,
        selected: impl Fn(&Rule) -> bool,
    ) -> Result<Self, String> {
        let mut facts = FactIndex::default();
        let mut rules: Vec<Prepared> = policies
            .shared_rules()
            .iter()
            .filter(|rule| selected(rule))
            .map(|rule| prepare(rule, &mut facts))
            .collect();
        let data = value(&Data {
            ztvet,
            facts: policies.facts(),
        })?;
        let bundled = compile(policies, &mut rules, &data)?;
        let section = |name| value(ztvet.get(name).unwrap_or(&serde_json::Value::Null));
        let told = facts.told(&section("organization")?, &section("tokens")?);
        let rules: Vec<Arc<Prepared>> = rules.into_iter().map(Arc::new).collect();
        let of_kind = |kind: Kind| {
            let rules = rules.iter();
            let rules = rules.filter(|one| one.rule.applies_to.contains(&kind));
            rules.cloned().collect()
        };
        let by_kind = Kind::ALL.map(|kind| (kind, of_kind(kind))).into();
        let first = rules.iter().find(|one| one.rule.origin == Origin::Custom);
        let first = first.and_then(|prepared| prepared.entry_points.first());
        let custom = match first {
            Some(first) => Some(custom::Prepared::new(policies, ztvet, &first.path)?),
            None => None,
        };
        Ok(Self {
            reads_raw: rules.iter().any(|prepared| prepared.rule.raw),
            rules,
            by_kind,
            facts,
            bundled,
            custom,
            data,
            told,
        })
    }

    /// The selected rules.
    pub(crate) fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.rules.iter().map(|prepared| prepared.rule.as_ref())
    }

    /// What policies read as `data`.
    pub(crate) const fn data(&self) -> &Value {
        &self.data
    }

    /// Whether any of them reads the document as it was given.
    pub(crate) const fn reads_raw(&self) -> bool {
        self.reads_raw
    }

    /// Whether any of them judges subjects of that kind.
    pub(crate) fn judges(&self, kind: Kind) -> bool {
        !self.rules_for(kind).is_empty()
    }

    /// The rules that judge subjects of that kind.
    fn rules_for(&self, kind: Kind) -> &[Arc<Prepared>] {
        self.by_kind.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// A worker for one thread.
    pub(crate) fn worker(&self) -> Worker<'_> {
        let bundled = self.bundled.as_ref();
        Worker {
            evaluator: self,
            machine: bundled.map(|bundled| bundled.machine(Budget::default())),
            custom: self.custom.as_ref().map(Custom::new),
            arena: Arena::new(),
        }
    }
}

/// Compiles the bundled rules; none where there are none.
fn compile(
    policies: &PolicySet,
    rules: &mut [Prepared],
    data: &Value,
) -> Result<Option<Compiled>, String> {
    let mut paths = Vec::new();
    for prepared in rules {
        if prepared.rule.origin == Origin::Bundled {
            for reports in &mut prepared.entry_points {
                reports.number = Some(paths.len());
                paths.push(reports.path.clone());
            }
        }
    }
    let has_any = !paths.is_empty();
    has_any
        .then(|| policies.compile_bundled(paths, data.clone()))
        .transpose()
}

fn prepare(rule: &Arc<Rule>, facts: &mut FactIndex) -> Prepared {
    let entry_points = rule.entry_points.iter().map(|entry_point| Reports {
        entry_point: entry_point.clone(),
        path: format!("data.{}.{}", rule.package, entry_point.name),
        number: None,
    });
    Prepared {
        entry_points: entry_points.collect(),
        rule: Arc::clone(rule),
        needs: Need::of(rule, facts),
    }
}

/// Judges subjects on one thread.
pub(crate) struct Worker<'e> {
    evaluator: &'e Evaluator,
    machine: Option<Machine<'e>>,
    custom: Option<Custom<'e>>,
    /// Where the values of an input stand, used again for the next.
    arena: Arena,
}

impl Worker<'_> {
    /// Runs every rule for the subject's kind.
    pub(crate) fn judge(&mut self, subject: &Subject, input: &Input) -> Judgement {
        let mut arena = std::mem::take(&mut self.arena);
        let judgement = self.judge_in(&arena, subject, input);
        arena.reset();
        self.arena = arena;
        judgement
    }

    fn judge_in(&mut self, arena: &Arena, subject: &Subject, input: &Input) -> Judgement {
        let input = match view(arena, input) {
            Ok(input) => input,
            Err(error) => {
                return Judgement {
                    errors: vec![("input".to_owned(), error)],
                    ..Judgement::default()
                };
            }
        };
        if let Some(custom) = &mut self.custom {
            custom.set_input(input.to_value());
        }
        let evaluator = self.evaluator;
        let mut asking = Asking {
            evaluator,
            subject,
            known: evaluator
                .facts
                .examine(input, &evaluator.told, &subject.gaps),
            bundled: self
                .machine
                .as_mut()
                .map(|machine| machine.on(arena, input)),
            custom: self.custom.as_mut(),
        };
        let rules = evaluator.rules_for(subject.kind()).iter();
        // All are asked before anything is put into words: the code of each part stays in the processor's cache.
        let outcomes: Vec<_> = rules.map(|one| (one, asking.ask(one))).collect();
        let mut judgement = Judgement::default();
        for (prepared, outcome) in outcomes {
            judgement.add(subject, prepared, outcome);
        }
        judgement
    }
}

/// What came of asking a rule.
enum Outcome<'j, 'e> {
    NotConfigured(Vec<String>),
    Missing(Vec<String>),
    Failed(String),
    Answered {
        /// One for each entry point.
        answers: Vec<Answer<'j>>,
        /// The names of entry points whose findings are accepted.
        excepted: Vec<String>,
        lacks: Vec<Lack<'e>>,
    },
}

/// One subject and all rules.
struct Asking<'j, 'e> {
    evaluator: &'e Evaluator,
    subject: &'j Subject,
    /// What is known of each fact.
    known: Vec<Knowledge>,
    bundled: Option<OnInput<'j, 'e>>,
    custom: Option<&'j mut Custom<'e>>,
}

impl<'j, 'e> Asking<'j, 'e> {
    fn ask(&mut self, prepared: &'e Prepared) -> Outcome<'j, 'e> {
        let kind = self.subject.kind();
        let lacks = needs::lacks(&prepared.needs, kind, &self.evaluator.facts, &self.known);
        match needs::readiness(&lacks) {
            Readiness::NotConfigured(needs) => return Outcome::NotConfigured(needs),
            Readiness::Missing(missing) => return Outcome::Missing(missing),
            Readiness::Ready => {}
        }
        match self.run(prepared) {
            Ok((answers, excepted)) => Outcome::Answered {
                answers,
                excepted,
                lacks,
            },
            Err(error) => Outcome::Failed(error),
        }
    }

    /// What the entry points of a rule give, and the names of those whose findings are accepted.
    fn run(&mut self, prepared: &Prepared) -> Result<(Vec<Answer<'j>>, Vec<String>), String> {
        let rule = &prepared.rule;
        let excepted = match &mut self.custom {
            Some(custom) if rule.has_exceptions => custom.exceptions(rule, self.subject)?,
            _ => Vec::new(),
        };
        let mut answers = Vec::with_capacity(prepared.entry_points.len());
        for reports in &prepared.entry_points {
            answers.push(self.answer(rule, reports)?);
        }
        Ok((answers, excepted))
    }

    fn answer(&mut self, rule: &Rule, reports: &Reports) -> Result<Answer<'j>, String> {
        match (reports.number, &mut self.bundled, &mut self.custom) {
            (Some(number), Some(bundled), _) => bundled.evaluate(number),
            (None, _, Some(custom)) => {
                let value = custom.evaluate(rule, &reports.path, self.subject)?;
                Ok(Answer::Value(value))
            }
            _ => Err("the rule was not compiled".to_owned()),
        }
    }
}

impl Judgement {
    fn add(&mut self, subject: &Subject, prepared: &Prepared, outcome: Outcome<'_, '_>) {
        let id = &prepared.rule.id;
        let (answers, excepted, lacks) = match outcome {
            Outcome::NotConfigured(needs) => {
                return self.not_configured.push((id.clone(), needs));
            }
            Outcome::Missing(missing) => return self.inconclusive.push((id.clone(), missing)),
            Outcome::Failed(error) => return self.errors.push((id.clone(), error)),
            Outcome::Answered {
                answers,
                excepted,
                lacks,
            } => (answers, excepted, lacks),
        };
        let before = self.findings.len();
        for (reports, answer) in prepared.entry_points.iter().zip(&answers) {
            let is_excepted = excepted
                .iter()
                .any(|name| name == reports.entry_point.suffix());
            if let Err(error) = self.add_findings(subject, prepared, reports, answer, is_excepted) {
                self.findings.truncate(before);
                return self.errors.push((id.clone(), error));
            }
        }
        let missing = needs::gaps(&lacks, self.findings.len() == before);
        if !missing.is_empty() {
            self.inconclusive.push((id.clone(), missing));
        }
    }

    /// Adds what an entry point of a rule found.
    fn add_findings(
        &mut self,
        subject: &Subject,
        prepared: &Prepared,
        reports: &Reports,
        answer: &Answer<'_>,
        is_excepted: bool,
    ) -> Result<(), String> {
        let found = &mut self.findings;
        let before = found.len();
        result::add_findings(
            &prepared.rule,
            &reports.entry_point,
            subject,
            answer.view(),
            found,
        )?;
        if is_excepted {
            for finding in found.iter_mut().skip(before) {
                finding.status = Status::Waived;
            }
        }
        Ok(())
    }
}
