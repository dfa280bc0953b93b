//! Rules judge subjects. Nothing here knows a format.
//!
//! Bundled rules run by their plans, or on the register VM where a plan is not sure; custom ones on the interpreter. A
//! rule is not run where a fact that it cannot judge without is not known; a rule that fails is an error.

mod custom;
mod facts;
mod result;

use std::sync::Arc;

use serde::Serialize;
use serde_json::Map;

use self::custom::Custom;
use self::facts::{FactIndex, Knowledge, Words};
pub(crate) use self::result::subject_ref;
use crate::finding::{Finding, Status};
use crate::normalize::input::Input;
use crate::normalize::{Kind, Subject};
use crate::policy::{EntryPoint, FactPath, Origin, PolicySet, Root, Rule};
use crate::rego::{Arena, Budget, Compiled, Machine, OnInput, Value, View, value, view};

/// The selected rules, ready to run.
pub(crate) struct Evaluator {
    rules: Vec<Prepared>,
    facts: FactIndex,
    bundled: Option<Compiled>,
    custom: Option<custom::Prepared>,
    data: Value,
    words: Words,
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

/// A fact that a rule names, and what for.
struct Need {
    fact: usize,
    purpose: Purpose,
    /// The kind of subject that has the fact; none for words of ztvet.yaml.
    kind: Option<Kind>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// The rule judges what is known.
    Requires,
    /// The rule cannot judge a part.
    RequiresComplete,
    /// The rule can report without it, and not pass.
    Uses,
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
        let bundled = compile(policies, &mut rules)?;
        let data = value(&Data {
            ztvet,
            facts: policies.facts(),
        })?;
        let section = |name| value(ztvet.get(name).unwrap_or(&serde_json::Value::Null));
        let words = Words {
            organization: section("organization")?,
            tokens: section("tokens")?,
        };
        let first = rules.iter().find(|one| one.rule.origin == Origin::Custom);
        let first = first.and_then(|prepared| prepared.entry_points.first());
        let custom = match first {
            Some(first) => Some(custom::Prepared::new(policies, ztvet, &first.path)?),
            None => None,
        };
        Ok(Self {
            reads_raw: rules.iter().any(|prepared| prepared.rule.raw),
            rules,
            facts,
            bundled,
            custom,
            data,
            words,
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
        self.rules().any(|rule| rule.applies_to.contains(&kind))
    }

    /// A worker for one thread.
    pub(crate) fn worker(&self) -> Worker<'_> {
        let bundled = self.bundled.as_ref();
        Worker {
            evaluator: self,
            machine: bundled.map(|bundled| bundled.machine(&self.data, Budget::default())),
            custom: self.custom.as_ref().map(Custom::new),
            arena: Arena::new(),
        }
    }
}

/// Compiles the bundled rules; none where there are none.
fn compile(policies: &PolicySet, rules: &mut [Prepared]) -> Result<Option<Compiled>, String> {
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
    has_any.then(|| policies.compile_bundled(paths)).transpose()
}

fn prepare(rule: &Arc<Rule>, facts: &mut FactIndex) -> Prepared {
    let purposes = [
        (Purpose::Requires, &rule.requires),
        (Purpose::RequiresComplete, &rule.requires_complete),
        (Purpose::Uses, &rule.uses),
    ];
    let mut needs = Vec::new();
    for (purpose, named) in purposes {
        for path in named {
            needs.push(Need {
                fact: facts.add(path),
                purpose,
                kind: path.kind(),
            });
        }
    }
    let entry_points = rule.entry_points.iter().map(|entry_point| Reports {
        entry_point: entry_point.clone(),
        path: format!("data.{}.{}", rule.package, entry_point.name),
        number: None,
    });
    Prepared {
        entry_points: entry_points.collect(),
        rule: Arc::clone(rule),
        needs,
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
        let mut judging = Judging {
            evaluator,
            subject,
            known: evaluator
                .facts
                .examine(input, &evaluator.words, &subject.gaps),
            bundled: self
                .machine
                .as_mut()
                .map(|machine| machine.on(arena, input)),
            custom: self.custom.as_mut(),
            judgement: Judgement::default(),
        };
        for prepared in &evaluator.rules {
            if prepared.rule.applies_to.contains(&subject.kind()) {
                judging.judge_by(prepared);
            }
        }
        judging.judgement
    }
}

/// Whether a rule can be run.
enum Readiness {
    Ready,
    NotConfigured(Vec<String>),
    Missing(Vec<String>),
}

/// One subject and all rules.
struct Judging<'j, 'e> {
    evaluator: &'e Evaluator,
    subject: &'j Subject,
    /// What is known of each fact.
    known: Vec<Knowledge>,
    bundled: Option<OnInput<'j, 'e>>,
    custom: Option<&'j mut Custom<'e>>,
    judgement: Judgement,
}

impl<'e> Judging<'_, 'e> {
    fn judge_by(&mut self, prepared: &'e Prepared) {
        let id = &prepared.rule.id;
        match self.readiness(prepared) {
            Readiness::NotConfigured(needs) => {
                self.judgement.not_configured.push((id.clone(), needs));
                return;
            }
            Readiness::Missing(missing) => {
                self.judgement.inconclusive.push((id.clone(), missing));
                return;
            }
            Readiness::Ready => {}
        }
        let before = self.judgement.findings.len();
        match self.run(prepared) {
            Ok(()) => {
                let missing = self.gaps(prepared, self.judgement.findings.len() == before);
                if !missing.is_empty() {
                    self.judgement.inconclusive.push((id.clone(), missing));
                }
            }
            Err(error) => {
                self.judgement.findings.truncate(before);
                self.judgement.errors.push((id.clone(), error));
            }
        }
    }

    fn readiness(&self, prepared: &Prepared) -> Readiness {
        let mut words = Vec::new();
        let mut missing = Vec::new();
        for (path, purpose, knowledge) in self.needs(prepared) {
            let lacks = match purpose {
                Purpose::Requires => knowledge == Knowledge::None,
                Purpose::RequiresComplete => knowledge != Knowledge::Whole,
                Purpose::Uses => false,
            };
            if !lacks {
                continue;
            }
            match path.root() {
                Root::Subject => missing.push(path.to_string()),
                Root::Organization | Root::Tokens => words.push(path.to_string()),
                // Under the name that ztvet.yaml has for it.
                Root::Declared => {
                    words.push(path.as_str().replacen("declared", "applications[]", 1))
                }
            }
        }
        if !words.is_empty() {
            Readiness::NotConfigured(words)
        } else if !missing.is_empty() {
            Readiness::Missing(outermost(missing))
        } else {
            Readiness::Ready
        }
    }

    /// The facts of which a rule that was run could not see all.
    fn gaps(&self, prepared: &Prepared, passed: bool) -> Vec<String> {
        let gaps = self
            .needs(prepared)
            .filter(|(path, purpose, knowledge)| {
                *knowledge != Knowledge::Whole
                    && path.root() == Root::Subject
                    && (*purpose != Purpose::Uses || passed)
            })
            .map(|(path, ..)| path.to_string());
        outermost(gaps.collect())
    }

    /// What a rule needs of a subject of that kind. A rule for several kinds names the facts of each.
    fn needs<'a>(
        &'a self,
        prepared: &'a Prepared,
    ) -> impl Iterator<Item = (&'a FactPath, Purpose, Knowledge)> {
        let kind = self.subject.kind();
        let of_kind = move |need: &&Need| need.kind.is_none_or(|of| of == kind);
        prepared.needs.iter().filter(of_kind).filter_map(|need| {
            let path = self.evaluator.facts.path(need.fact)?;
            let knowledge = self.known.get(need.fact).copied()?;
            Some((path, need.purpose, knowledge))
        })
    }

    /// Adds what a rule finds to the judgement.
    fn run(&mut self, prepared: &Prepared) -> Result<(), String> {
        let rule = &prepared.rule;
        let excepted = match (&mut self.custom, rule.has_exceptions) {
            (Some(custom), true) => custom.exceptions(rule, self.subject)?,
            _ => Vec::new(),
        };
        for reports in &prepared.entry_points {
            let of_custom;
            let result = match (reports.number, &mut self.bundled, &mut self.custom) {
                (Some(number), Some(bundled), _) => bundled.evaluate(number)?,
                (None, _, Some(custom)) => {
                    of_custom = custom.evaluate(rule, &reports.path, self.subject)?;
                    View::from(&of_custom)
                }
                _ => return Err("the rule was not compiled".to_owned()),
            };
            let entry_point = &reports.entry_point;
            let found = &mut self.judgement.findings;
            let before = found.len();
            result::add_findings(rule, entry_point, self.subject, result, found)?;
            if excepted.iter().any(|name| name == entry_point.suffix()) {
                for finding in found.iter_mut().skip(before) {
                    finding.status = Status::Waived;
                }
            }
        }
        Ok(())
    }
}

/// Without the members of elements of a list that is missing itself.
fn outermost(mut missing: Vec<String>) -> Vec<String> {
    if missing.len() < 2 {
        return missing;
    }
    let lists = missing.clone();
    missing.retain(|path| match path.split_once('[') {
        Some((list, _)) => !lists.iter().any(|other| other == list),
        None => true,
    });
    missing
}
