//! One application in every format: the same facts, as far as the format can say them, and the same findings in the places
//! where the elements stand.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod app;
mod element;
mod facts;
mod formats;
mod near_miss;
mod write;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use serde_json::Value;
use ztvet::document::{Document, Limits, parse};
use ztvet::finding::Finding;
use ztvet::normalize::{Subject, normalize};
use ztvet::report::Inconclusive;
use ztvet::{Config, Engine};

use crate::app::{APP_ID, App, app};
use crate::formats::{Format, GRAPH, OTHERS};

/// Applications that are drawn: each is written, read and judged some twenty times.
const CASES: u32 = 32;

const CONFIG: &str = "
version: 1
organization:
  domains: [contoso.com, contoso.co.uk]
  repositories: [contoso]
applications:
  - {name: Shop, type: web, multitenant: false, personal_accounts: false, access: read}
";

static ENGINE: LazyLock<Engine> = LazyLock::new(|| {
    let builder = Engine::builder().bundled().unwrap();
    let config = Config::parse("ztvet.yaml", CONFIG).unwrap();
    let builder = builder.config("ztvet.yaml", config);
    builder
        .now("2026-11-23T06:00:00Z".parse().unwrap())
        .build()
        .unwrap()
});

/// An application that was written in a format, and read again.
struct Read {
    text: String,
    subject: Subject,
    facts: Value,
}

/// What was found of it.
struct Judged {
    findings: Vec<Finding>,
    inconclusive: Vec<Inconclusive>,
}

fn read(format: &Format, app: &App) -> Read {
    let bytes = (format.write)(app);
    let documents = parse(format.file, &bytes, &Limits::default()).unwrap();
    let normalized = documents.iter().map(|document| normalize(document, None));
    let mut subjects = Vec::new();
    for normalized in normalized {
        assert_eq!(normalized.problems, [], "{}", format.name);
        assert_eq!(normalized.notes, [], "{}", format.name);
        subjects.extend(normalized.subjects);
    }
    let is_other = |subject: &Subject| subject.app_id() != Some(APP_ID);
    let only_one = subjects.len() == 1;
    subjects.retain(|subject| only_one || !is_other(subject));
    assert_eq!(subjects.len(), 1, "{}", format.name);
    let subject = subjects.remove(0);
    Read {
        text: subject.document.source.text().to_owned(),
        facts: serde_json::to_value(ENGINE.input(&subject).application).unwrap(),
        subject,
    }
}

impl Read {
    fn judge(&self) -> Judged {
        let evaluation = ENGINE.evaluate(&self.subject).unwrap();
        Judged {
            findings: evaluation.findings,
            inconclusive: evaluation.inconclusive,
        }
    }

    fn document(&self) -> &Document {
        &self.subject.document
    }
}

/// Microsoft Graph's facts, null where the format has no words for them.
fn expected(format: &Format, graph: &Read) -> Value {
    let mut facts = graph.facts.clone();
    for path in format.unsaid {
        facts::forget(&mut facts, path);
    }
    for path in format.unsaid_when_empty {
        facts::forget_empty(&mut facts, path);
    }
    facts::comparable(&facts)
}

/// Whether a rule uses a fact that the format may not say. Its messages then tell less, and it says that it lacks the fact
/// only when it finds nothing else.
fn makes_do(format: &Format, rule: &str) -> bool {
    let mut rules = ENGINE.rules().filter(|other| other.id == rule);
    rules.any(|rule| rule.uses.iter().any(|fact| may_miss(format, fact.as_str())))
}

/// Rule, message, and the element that it is about.
fn told<'a>(
    format: &Format,
    read: &'a Read,
    judged: &'a Judged,
) -> Vec<(&'a str, &'a str, Option<String>)> {
    let findings = judged.findings.iter();
    let mut all: Vec<_> = findings
        .map(|finding| {
            let about = facts::identity(&read.facts, &finding.location.pointer);
            let message = if makes_do(format, &finding.rule) {
                ""
            } else {
                &finding.message
            };
            (finding.rule.as_str(), message, about.map(str::to_lowercase))
        })
        .collect();
    all.sort();
    all
}

/// Rules that find something unless a fact excuses it, and find it as well where that fact is not collected.
const PRESUMES: [(&str, &str); 4] = [
    // A public client, unless it has a credential.
    ("AB-208", "application.credentials"),
    ("AB-208", "application.federated_credentials"),
    // An owner who is a person, unless it is an application.
    ("AB-307", "application.owners[].type"),
    // An application that keeps what new ones have lost, unless it is new.
    ("VE-113", "application.created"),
];

fn presumes(format: &Format, rule: &str) -> bool {
    let mut facts = PRESUMES.iter().filter(|(other, _)| *other == rule);
    facts.any(|(_, fact)| may_miss(format, fact))
}

/// Nothing is found but what is found in Microsoft Graph's object, and what is not found cannot be judged.
fn compare_findings(format: &Format, one: (&Read, &Judged), graph: (&Read, &Judged)) {
    let found = told(format, one.0, one.1);
    let mut lost = told(format, graph.0, graph.1);
    let mut more = Vec::new();
    for finding in &found {
        match lost.iter().position(|other| other == finding) {
            Some(index) => drop(lost.swap_remove(index)),
            None => more.push(finding),
        }
    }
    more.retain(|(rule, ..)| !presumes(format, rule));
    assert_eq!(more, Vec::<&_>::new(), "{}: only here", format.name);
    let inconclusive: BTreeSet<&str> = one.1.inconclusive.iter().map(|i| i.rule.as_str()).collect();
    lost.retain(|(rule, ..)| {
        let finds_more = found.iter().any(|(other, ..)| other == rule);
        let is_told = inconclusive.contains(rule) || makes_do(format, rule) && finds_more;
        !is_told
    });
    assert_eq!(lost, [], "{}: lost in silence", format.name);
}

/// Whether the format's table says that a fact may be missing, or a part of it, or what it is a part of.
fn may_miss(format: &Format, fact: &str) -> bool {
    let whole = |path: &str| path.split('[').next().unwrap_or_default().to_owned();
    let fact = whole(fact.strip_prefix("application.").unwrap_or(fact));
    let holds = |one: &str, other: &str| {
        let rest = other.strip_prefix(one);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    [format.unsaid, format.unsaid_when_empty, format.never_whole]
        .into_iter()
        .flatten()
        .map(|path| whole(path))
        .any(|path| holds(&path, &fact) || holds(&fact, &path))
}

/// What a format says is judged.
fn compare_inconclusive(format: &Format, one: &Judged, graph: &Judged) {
    for item in &one.inconclusive {
        if graph
            .inconclusive
            .iter()
            .any(|other| other.rule == item.rule)
        {
            continue;
        }
        let unexplained: Vec<_> = item
            .missing
            .iter()
            .filter(|fact| !may_miss(format, fact))
            .collect();
        assert_eq!(
            unexplained,
            Vec::<&String>::new(),
            "{}: {} needs what is there",
            format.name,
            item.rule
        );
    }
}

/// Each finding that is about an element stands where the text has that element.
fn check_places(format: &Format, read: &Read, judged: &Judged) {
    let pointers: Vec<&str> = judged
        .findings
        .iter()
        .map(|f| f.location.pointer.as_str())
        .collect();
    let spans = read.document().locate(&pointers);
    for (finding, span) in judged.findings.iter().zip(spans) {
        let span = span.unwrap();
        let Some(about) = facts::identity(&read.facts, &finding.location.pointer) else {
            continue;
        };
        let about = about.to_lowercase();
        let (line, column) = (span.start_line, span.start_column);
        let is_there = if format.file.ends_with(".yaml") {
            let lines = element::yaml_lines(&read.text, line, column).to_lowercase();
            lines.replace("''", "'").contains(&about)
        } else {
            let strings = element::json_strings(&read.text, line, column);
            strings
                .iter()
                .any(|text| text.to_lowercase().contains(&about))
        };
        assert!(
            is_there,
            "{}: {} at {line}:{column} is not about `{about}`",
            format.name, finding.rule
        );
    }
}

/// Compares an application in a format with the same in Microsoft Graph's.
fn compare(format: &Format, app: &App, graph: (&Read, &Judged)) {
    let one = read(format, app);
    let facts = facts::comparable(&one.facts);
    let differences = facts::differences(&facts, &expected(format, graph.0), "");
    assert_eq!(differences, Vec::<String>::new(), "{}", format.name);
    let judged = one.judge();
    compare_findings(format, (&one, &judged), graph);
    compare_inconclusive(format, &judged, graph.1);
    check_places(format, &one, &judged);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: CASES, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_format_gives_the_same_facts_and_findings(app in app()) {
        let graph = read(&GRAPH, &app);
        let judged = graph.judge();
        check_places(&GRAPH, &graph, &judged);
        for format in &OTHERS {
            let Some(coarsen) = format.coarsen else {
                compare(format, &app, (&graph, &judged));
                continue;
            };
            let mut coarse = app.clone();
            coarsen(&mut coarse);
            let graph = read(&GRAPH, &coarse);
            compare(format, &coarse, (&graph, &graph.judge()));
        }
    }
}

#[test]
fn the_applications_break_most_rules() {
    let mut runner = TestRunner::deterministic();
    let mut found = BTreeSet::new();
    for _ in 0..CASES {
        let app = app().new_tree(&mut runner).unwrap().current();
        let findings = read(&GRAPH, &app).judge().findings;
        found.extend(findings.into_iter().map(|finding| finding.rule));
    }
    assert!(found.len() > 60, "{found:?}");
}

#[test]
fn near_misses_are_not_found_in_any_format() {
    let judged = read(&GRAPH, &near_miss::app()).judge();
    let inconclusive = judged.inconclusive.iter().map(|item| item.rule.as_str());
    // They ask DNS, and for the settings of the application proxy.
    assert_eq!(inconclusive.collect::<Vec<_>>(), ["AB-123", "VE-123"]);
    for format in [&GRAPH].into_iter().chain(&OTHERS) {
        let mut app = near_miss::app();
        if let Some(coarsen) = format.coarsen {
            coarsen(&mut app);
        }
        let read = read(format, &app);
        let judged = read.judge();
        assert_eq!(told(format, &read, &judged), [], "{}", format.name);
    }
}
