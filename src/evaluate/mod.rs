//! Rules judge subjects. Nothing here knows a format.
//!
//! Bundled rules run on the register VM, custom ones on the interpreter. A rule is not run where a fact that it cannot
//! judge without is not known; a rule that fails is an error.

mod batch;
mod custom;
mod facts;
mod result;

use self::batch::{Batches, Member, Results};
use self::custom::Custom;
use self::facts::{FactIndex, Knowledge, Words};
pub(crate) use self::result::subject_ref;
use crate::finding::{Finding, Status};
use crate::normalize::input::Input;
use crate::normalize::{Kind, Subject};
use crate::policy::{EntryPoint, FactPath, Origin, PolicySet, Root, Rule};
use crate::rego::{Budget, Program, Value, Vm, value};

/// The selected rules, ready to run.
pub(crate) struct Evaluator {
    rules: Vec<Prepared>,
    facts: FactIndex,
    program: Option<Program>,
    batches: Batches,
    custom: Option<custom::Prepared>,
    data: Value,
    words: Words,
}

/// A rule and what is needed to run it.
struct Prepared {
    rule: Rule,
    needs: Vec<Need>,
    entry_points: Vec<Compiled>,
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

struct Compiled {
    entry_point: EntryPoint,
    /// `data.<package>.<name>`
    path: String,
    /// In the program of the bundled rules.
    index: usize,
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
        let mut paths = Vec::new();
        let rules: Vec<Prepared> = policies
            .rules()
            .iter()
            .filter(|rule| selected(rule))
            .map(|rule| prepare(rule, &mut facts, &mut paths))
            .collect();
        let data = value(&serde_json::json!({"ztvet": ztvet, "facts": policies.facts()}))?;
        let section = |name| value(ztvet.get(name).unwrap_or(&serde_json::Value::Null));
        let words = Words {
            organization: section("organization")?,
            tokens: section("tokens")?,
        };
        let has = |origin| rules.iter().any(|prepared| prepared.rule.origin == origin);
        let mut batches = Batches::default();
        let program = if has(Origin::Bundled) {
            batches = Batches::new(|kind| members(&rules, kind));
            batches.add_entry_points(&mut paths);
            Some(compile(policies, &batches, &paths)?)
        } else {
            None
        };
        let first = rules.iter().find(|one| one.rule.origin == Origin::Custom);
        let first = first.and_then(|prepared| prepared.entry_points.first());
        let custom = match first {
            Some(first) => Some(custom::Prepared::new(policies, ztvet, &first.path)?),
            None => None,
        };
        Ok(Self {
            rules,
            facts,
            program,
            batches,
            custom,
            data,
            words,
        })
    }

    /// The selected rules.
    pub(crate) fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.rules.iter().map(|prepared| &prepared.rule)
    }

    /// What policies read as `data`.
    pub(crate) const fn data(&self) -> &Value {
        &self.data
    }

    /// Whether any of them judges subjects of that kind.
    pub(crate) fn judges(&self, kind: Kind) -> bool {
        self.rules().any(|rule| rule.applies_to.contains(&kind))
    }

    /// A worker for one thread.
    pub(crate) fn worker(&self) -> Result<Worker<'_>, String> {
        let machine = match &self.program {
            Some(program) => Some(program.machine(self.data.clone(), Budget::default())?),
            None => None,
        };
        Ok(Worker {
            evaluator: self,
            machine,
            custom: self.custom.as_ref().map(Custom::new),
        })
    }
}

/// The bundled rules for a kind of subject.
fn members(rules: &[Prepared], kind: Kind) -> Vec<Member> {
    let judging = rules.iter().filter(|prepared| {
        let rule = &prepared.rule;
        rule.origin == Origin::Bundled && rule.applies_to.contains(&kind)
    });
    let entry_points = judging.flat_map(|prepared| &prepared.entry_points);
    let member = |entry_point: &Compiled| Member {
        path: entry_point.path.clone(),
        entry_point: entry_point.index,
    };
    entry_points.map(member).collect()
}

fn compile(policies: &PolicySet, batches: &Batches, paths: &[String]) -> Result<Program, String> {
    let mut modules = policies.bundled_modules().clone();
    modules
        .add("batches.rego", &batches.module())
        .map_err(|error| error.message)?;
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    modules.program(&paths)
}

fn prepare(rule: &Rule, facts: &mut FactIndex, paths: &mut Vec<String>) -> Prepared {
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
    let entry_points = rule.entry_points.iter().map(|entry_point| {
        let path = format!("data.{}.{}", rule.package, entry_point.name);
        let index = paths.len();
        if rule.origin == Origin::Bundled {
            paths.push(path.clone());
        }
        Compiled {
            entry_point: entry_point.clone(),
            path,
            index,
        }
    });
    Prepared {
        entry_points: entry_points.collect(),
        rule: rule.clone(),
        needs,
    }
}

/// Judges subjects on one thread.
pub(crate) struct Worker<'e> {
    evaluator: &'e Evaluator,
    machine: Option<Vm>,
    custom: Option<Custom<'e>>,
}

/// Whether a rule can be run.
enum Readiness {
    Ready,
    NotConfigured(Vec<String>),
    Missing(Vec<String>),
}

impl Worker<'_> {
    /// Runs every rule for the subject's kind.
    pub(crate) fn judge(&mut self, subject: &Subject, input: &Input) -> Judgement {
        let mut judgement = Judgement::default();
        let input = match value(input) {
            Ok(input) => input,
            Err(error) => {
                judgement.errors.push(("input".to_owned(), error));
                return judgement;
            }
        };
        let evaluator = self.evaluator;
        let known = evaluator
            .facts
            .examine(&input, &evaluator.words, &subject.gaps);
        let mut results = Results::default();
        if let Some(machine) = &mut self.machine {
            machine.set_input(input.clone());
            results = evaluator.batches.run(subject.kind(), machine);
        }
        if let Some(custom) = &mut self.custom {
            custom.set_input(input);
        }
        for prepared in &evaluator.rules {
            if prepared.rule.applies_to.contains(&subject.kind()) {
                self.judge_by(prepared, subject, &known, &mut results, &mut judgement);
            }
        }
        judgement
    }

    fn judge_by(
        &mut self,
        prepared: &Prepared,
        subject: &Subject,
        known: &[Knowledge],
        results: &mut Results,
        judgement: &mut Judgement,
    ) {
        let id = &prepared.rule.id;
        match self.readiness(prepared, subject.kind(), known) {
            Readiness::NotConfigured(needs) => {
                judgement.not_configured.push((id.clone(), needs));
                return;
            }
            Readiness::Missing(missing) => {
                judgement.inconclusive.push((id.clone(), missing));
                return;
            }
            Readiness::Ready => {}
        }
        match self.run(prepared, subject, results) {
            Ok(findings) => {
                let missing = self.gaps(prepared, subject.kind(), known, findings.is_empty());
                if !missing.is_empty() {
                    judgement.inconclusive.push((id.clone(), missing));
                }
                judgement.findings.extend(findings);
            }
            Err(error) => judgement.errors.push((id.clone(), error)),
        }
    }

    fn readiness(&self, prepared: &Prepared, kind: Kind, known: &[Knowledge]) -> Readiness {
        let mut words = Vec::new();
        let mut missing = Vec::new();
        for (path, purpose, knowledge) in self.needs(prepared, kind, known) {
            let lacks = match purpose {
                Purpose::Requires => knowledge == Knowledge::None,
                Purpose::RequiresComplete => knowledge != Knowledge::Whole,
                Purpose::Uses => false,
            };
            match path.root() {
                _ if !lacks => {}
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
    fn gaps(
        &self,
        prepared: &Prepared,
        kind: Kind,
        known: &[Knowledge],
        passed: bool,
    ) -> Vec<String> {
        let gaps = self
            .needs(prepared, kind, known)
            .filter(|(path, purpose, knowledge)| {
                path.root() == Root::Subject
                    && *knowledge != Knowledge::Whole
                    && (*purpose != Purpose::Uses || passed)
            })
            .map(|(path, ..)| path.to_string());
        outermost(gaps.collect())
    }

    /// What a rule needs of a subject of that kind. A rule for several kinds names the facts of each.
    fn needs<'a>(
        &'a self,
        prepared: &'a Prepared,
        kind: Kind,
        known: &'a [Knowledge],
    ) -> impl Iterator<Item = (&'a FactPath, Purpose, Knowledge)> {
        let of_kind = move |need: &&Need| need.kind.is_none_or(|of| of == kind);
        prepared.needs.iter().filter(of_kind).filter_map(|need| {
            let path = self.evaluator.facts.path(need.fact)?;
            let knowledge = known.get(need.fact).copied()?;
            Some((path, need.purpose, knowledge))
        })
    }

    fn run(
        &mut self,
        prepared: &Prepared,
        subject: &Subject,
        results: &mut Results,
    ) -> Result<Vec<Finding>, String> {
        let rule = &prepared.rule;
        let excepted = match (&mut self.custom, rule.has_exceptions) {
            (Some(custom), true) => custom.exceptions(rule, subject)?,
            _ => Vec::new(),
        };
        let mut findings = Vec::new();
        for Compiled {
            entry_point,
            path,
            index,
        } in &prepared.entry_points
        {
            let result = match (rule.origin, &mut self.machine, &mut self.custom) {
                (Origin::Bundled, Some(machine), _) => match results.take(*index) {
                    Some(result) => result,
                    None => machine.evaluate(*index)?,
                },
                (Origin::Custom, _, Some(custom)) => custom.evaluate(rule, path, subject)?,
                _ => return Err("the rule was not compiled".to_owned()),
            };
            let mut found = result::findings(rule, entry_point, subject, &result)?;
            if excepted.iter().any(|name| name == entry_point.suffix()) {
                for finding in &mut found {
                    finding.status = Status::Waived;
                }
            }
            findings.extend(found);
        }
        Ok(findings)
    }
}

/// Without the members of elements of a list that is missing itself.
fn outermost(mut missing: Vec<String>) -> Vec<String> {
    let lists = missing.clone();
    missing.retain(|path| match path.split_once('[') {
        Some((list, _)) => !lists.iter().any(|other| other == list),
        None => true,
    });
    missing
}
