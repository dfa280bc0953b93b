//! The plans, with the register VM behind them, and the interpreter say the same of a tenant of made-up registrations, and of
//! subjects of every other kind.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    missing_docs,
    reason = "a test fails by panicking"
)]

#[path = "../benches/tenant/mod.rs"]
mod tenant;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;
use tenant::{NOW, Spelling, Tenant};
use ztvet::document::{Limits, parse};
use ztvet::normalize::input::Input;
use ztvet::normalize::part::{self, Entry};
use ztvet::normalize::{Subject, normalize};
use ztvet::policy::{FactPath, Rule};
use ztvet::query::Console;
use ztvet::{Config, Engine, Evaluation};

const SEED: u64 = 1;
const APPLICATIONS: u64 = 300;

/// What finds nothing in the tenant: the rule that needs DNS.
const SILENT: [&str; 1] = ["AB-123"];

fn engine(configuration: &str) -> Engine {
    let config = Config::parse("ztvet.yaml", configuration).unwrap();
    let builder = Engine::builder()
        .bundled()
        .unwrap()
        .now(NOW.parse().unwrap())
        .show_personal_data(true);
    builder.config("ztvet.yaml", config).build().unwrap()
}

fn registration(index: u64) -> Subject {
    let text = Tenant::new(SEED)
        .application(index, Spelling::Mixed)
        .to_string();
    let name = format!("{index}.json");
    let documents = parse(&name, text.as_bytes(), &Limits::default()).unwrap();
    normalize(&documents[0], None).subjects.remove(0)
}

/// What the rules find, by rule.
type Findings = BTreeMap<String, BTreeSet<Found>>;

/// Pointer and facts of a finding.
type Found = (String, String);

/// Asks the interpreter for what all rules of the subject's kind say, in one query.
struct Interpreter {
    console: Console,
    rules: Vec<Rule>,
}

impl Interpreter {
    fn new(engine: &Engine) -> Self {
        Self {
            console: engine.console().unwrap(),
            rules: engine.rules().cloned().collect(),
        }
    }

    /// The rules that were run for the subject.
    fn run(&self, subject: &Subject, input: &Input, evaluation: &Evaluation) -> Vec<Rule> {
        let waits = |rule: &Rule| {
            let mut waiting = evaluation.not_configured.iter();
            waiting.any(|one| one.rule == rule.id)
        };
        let found = |rule: &Rule| evaluation.findings.iter().any(|one| one.rule == rule.id);
        // Where all of a fact is needed, a part is none.
        let lacks = |rule: &Rule| {
            let needed: Vec<String> = rule
                .requires_complete
                .iter()
                .map(FactPath::to_string)
                .collect();
            let mut inconclusive = evaluation.inconclusive.iter();
            let missing = inconclusive.find(|one| one.rule == rule.id);
            missing.is_some_and(|one| {
                self.console.not_run(&path(rule), input).is_some()
                    || one.missing.iter().any(|fact| needed.contains(fact))
            })
        };
        let judging = self
            .rules
            .iter()
            .filter(|rule| rule.applies_to.contains(&subject.kind()));
        judging
            .filter(|rule| found(rule) || !waits(rule) && !lacks(rule))
            .cloned()
            .collect()
    }

    /// What the rules find that were run for the subject.
    fn findings(&mut self, subject: &Subject, input: &Input, evaluation: &Evaluation) -> Findings {
        let rules = self.run(subject, input, evaluation);
        let paths: Vec<String> = rules.iter().map(path).collect();
        let query = format!("[{}]", paths.join(", "));
        let input = serde_json::to_value(input).unwrap();
        let answers = self.console.ask(&query, Some(&input)).unwrap();
        let values = answers[0].expressions[0].value.as_array().unwrap();
        assert_eq!(values.len(), rules.len());
        let said = rules.iter().zip(values).filter_map(|(rule, value)| {
            let elements = value.as_array().unwrap().iter();
            let found: BTreeSet<Found> = elements.map(|element| found(subject, element)).collect();
            (!found.is_empty()).then(|| (rule.id.clone(), found))
        });
        said.collect()
    }
}

fn path(rule: &Rule) -> String {
    format!("data.{}.deny", rule.package)
}

/// A finding as a rule returns it, in the words of [`ztvet::finding::Finding`].
fn found(subject: &Subject, element: &Value) -> Found {
    let mut facts = element.as_object().unwrap().clone();
    let at = facts.remove("at");
    for name in ["message", "severity", "remediation"] {
        facts.remove(name);
    }
    let (_, place) = subject.location_of(at.as_ref().and_then(Value::as_str));
    (place.pointer, Value::Object(facts).to_string())
}

/// Compares the two, and gives the rules that found something.
fn compare(engine: &Engine, subjects: impl Iterator<Item = Subject>) -> BTreeSet<String> {
    let mut interpreter = Interpreter::new(engine);
    let mut judge = engine.judge();
    let mut fired = BTreeSet::new();
    for subject in subjects {
        let evaluation = judge.evaluate(&subject).unwrap();
        let said = interpreter.findings(&subject, &engine.input(&subject), &evaluation);
        let mut expected = Findings::new();
        for finding in evaluation.findings {
            let facts = Value::Object(finding.details).to_string();
            let found = (finding.location.pointer, facts);
            expected.entry(finding.rule).or_default().insert(found);
        }
        assert_eq!(expected, said, "{:?} {}", subject.kind(), subject.path());
        fired.extend(expected.into_keys());
    }
    fired
}

#[test]
fn the_tenant_is_the_same_for_the_same_seed() {
    let tenant =
        |seed| (0..20).map(move |index| Tenant::new(seed).application(index, Spelling::Mixed));
    assert!(tenant(SEED).eq(tenant(SEED)));
    assert!(
        tenant(SEED)
            .zip(tenant(SEED + 1))
            .all(|(one, other)| one != other)
    );
    let ids: BTreeSet<String> = tenant(SEED).map(|one| one["appId"].to_string()).collect();
    assert_eq!(ids.len(), 20);
}

#[test]
fn the_tenant_is_judged_alike_by_both_evaluators() {
    let engine = engine(&Tenant::new(SEED).configuration());
    let fired = compare(&engine, (0..APPLICATIONS).map(registration));
    let of_applications = engine.rules().filter(|rule| {
        rule.applies_to
            .iter()
            .any(|kind| kind.as_str() == "application")
    });
    let silent: Vec<&str> = of_applications
        .map(|rule| rule.id.as_str())
        .filter(|id| !fired.contains(*id))
        .collect();
    assert_eq!(
        silent, SILENT,
        "the tenant gives each other rule something to find"
    );
}

/// Subjects of files that other tests read, and what is known of all of them together.
#[test]
fn subjects_of_every_kind_are_judged_alike_by_both_evaluators() {
    let engine = engine(&Tenant::new(SEED).configuration());
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let paths = ["tests/fixtures", "tests/tenant", "tests/infra", "examples"];
    let paths = paths.map(|path| root.join(path));
    let subjects = subjects(&paths);
    let kinds: BTreeSet<&str> = subjects.iter().map(|one| one.kind().as_str()).collect();
    let all = [
        "application",
        "inventory",
        "project",
        "service_principal",
        "tenant",
        "token",
    ];
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), all);
    compare(&engine, subjects.into_iter());
}

fn subjects(paths: &[std::path::PathBuf]) -> Vec<Subject> {
    let (mut subjects, mut parts) = (Vec::new(), Vec::new());
    for source in ztvet::document::find(paths).sources {
        for document in source.read(&Limits::default()).unwrap_or_default() {
            let normalized = normalize(&document, None);
            subjects.extend(normalized.subjects);
            parts.extend(normalized.parts);
        }
    }
    let entries: Vec<Entry> = subjects.iter().filter_map(Entry::of).collect();
    let (waiting, mut ready): (Vec<_>, Vec<_>) = subjects.into_iter().partition(part::waits);
    ready.extend(part::join(waiting, parts, &entries));
    ready
}
