//! Rules judge subjects. Nothing here knows a format.
//!
//! Bundled rules run on the register VM, custom ones on the interpreter. A rule is not run where a fact that it cannot
//! judge without is not known; a rule that fails is an error.

mod batch;
mod facts;
mod result;

use self::batch::{Batches, Member, Results};
use self::facts::{FactIndex, Knowledge, Words};
pub(crate) use self::result::subject_ref;
use crate::finding::Finding;
use crate::normalize::input::Input;
use crate::normalize::{Kind, Subject};
use crate::policy::{FactPath, Origin, PolicySet, Root, Rule, Verb};
use crate::rego::{Budget, Interpreter, Program, Value, Vm, value};

/// The selected rules, ready to run.
pub(crate) struct Evaluator {
    rules: Vec<Prepared>,
    facts: FactIndex,
    program: Option<Program>,
    batches: Batches,
    interpreter: Option<Interpreter>,
    data: Value,
    words: Words,
}

/// A rule and what is needed to run it.
struct Prepared {
    rule: Rule,
    needs: Vec<Need>,
    entry_points: Vec<EntryPoint>,
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

struct EntryPoint {
    verb: Verb,
    /// `data.<package>.<verb>`
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
        let interpreter = if has(Origin::Custom) {
            let modules = policies.custom_modules()?;
            let mut data = serde_json::json!({"ztvet": ztvet, "facts": policies.facts()});
            for (name, more) in policies.data() {
                data[name] = more.clone();
            }
            Some(modules.interpreter(value(&data)?, Budget::default())?)
        } else {
            None
        };
        Ok(Self {
            rules,
            facts,
            program,
            batches,
            interpreter,
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

    /// A worker for one thread.
    pub(crate) fn worker(&self) -> Result<Worker<'_>, String> {
        let machine = match &self.program {
            Some(program) => Some(program.machine(self.data.clone(), Budget::default())?),
            None => None,
        };
        Ok(Worker {
            evaluator: self,
            machine,
            interpreter: self.interpreter.clone(),
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
    let member = |entry_point: &EntryPoint| Member {
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
    let entry_points = rule.verbs.iter().map(|verb| {
        let path = format!("data.{}.{verb}", rule.package);
        let index = paths.len();
        if rule.origin == Origin::Bundled {
            paths.push(path.clone());
        }
        EntryPoint {
            verb: *verb,
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
    interpreter: Option<Interpreter>,
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
        if let Some(interpreter) = &mut self.interpreter {
            interpreter.set_input(input);
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
        let mut findings = Vec::new();
        for entry_point in &prepared.entry_points {
            let result = match (
                prepared.rule.origin,
                &mut self.machine,
                &mut self.interpreter,
            ) {
                (Origin::Bundled, Some(machine), _) => match results.take(entry_point.index) {
                    Some(result) => result,
                    None => machine.evaluate(entry_point.index)?,
                },
                (Origin::Custom, _, Some(interpreter)) => {
                    interpreter.evaluate(&entry_point.path)?
                }
                _ => return Err("the rule was not compiled".to_owned()),
            };
            findings.extend(result::findings(
                &prepared.rule,
                entry_point.verb,
                subject,
                &result,
            )?);
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
