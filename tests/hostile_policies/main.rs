//! Policies that mean harm, or that are written in ignorance. Each ends in the findings that OPA has, or in a clear error,
//! and within its time.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod growth;
mod meaning;
mod reach;
mod text;

use std::time::{Duration, Instant};

use ztvet::normalize::{Subject, normalize};
use ztvet::{Engine, document};

/// What becomes of a policy.
enum End<'a> {
    /// The messages of its findings, as OPA has them.
    Finds(&'a [&'a str]),
    /// It is refused when it is loaded; what the error says.
    Refused(&'a str),
    /// It fails when it is run; what the error says.
    Fails(&'a str),
}

use End::{Fails, Finds, Refused};

/// Longer than any policy may take, on a machine that is busy.
const PATIENCE: Duration = Duration::from_secs(60);

fn subject() -> Subject {
    let manifest = br#"{"appId": "1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9", "displayName": "Shop",
        "signInAudience": "AzureADMyOrg", "tags": ["a", "b"]}"#;
    let documents = document::parse("shop.json", manifest, &document::Limits::default()).unwrap();
    normalize(&documents[0], None).subjects.remove(0)
}

/// Loads policies, and builds an engine of them.
fn load(policies: &[(&str, &str)]) -> Result<Engine, String> {
    let mut builder = Engine::builder();
    for (path, text) in policies {
        builder = builder.policy(path, text).map_err(|e| e.to_string())?;
    }
    builder.build().map_err(|e| e.to_string())
}

fn evaluate(engine: &Engine) -> Result<Vec<String>, String> {
    let evaluation = engine.evaluate(&subject()).map_err(|e| e.to_string())?;
    let mut messages: Vec<String> = evaluation
        .findings
        .into_iter()
        .map(|finding| finding.message)
        .collect();
    messages.sort();
    Ok(messages)
}

/// Runs a policy and holds what becomes of it against what is expected.
#[track_caller]
fn ends(name: &str, policies: &[(&str, &str)], end: &End<'_>) {
    let begin = Instant::now();
    let loaded = load(policies);
    let result = loaded.as_ref().map(evaluate);
    let took = begin.elapsed();
    match (end, result) {
        (Finds(expected), Ok(Ok(found))) => assert_eq!(found, *expected, "{name}"),
        (Refused(expected), Err(error)) => {
            assert!(error.contains(expected), "{name}: {error}");
            assert!(has_place(error), "{name}: no place in {error}");
        }
        (Fails(expected), Ok(Err(error))) => assert!(error.contains(expected), "{name}: {error}"),
        (Finds(_), other) => panic!("{name}: expected findings, got {other:?}"),
        (Refused(_), other) => panic!("{name}: expected a refusal, got {other:?}"),
        (Fails(_), other) => panic!("{name}: expected a failure, got {other:?}"),
    }
    assert!(took < PATIENCE, "{name} took {took:?}");
}

/// Whether an error names a line and a column of a policy.
fn has_place(error: &str) -> bool {
    let mut after = error.split(".rego:").skip(1);
    after.any(|text| {
        let mut parts = text.split(':');
        let mut number = || {
            parts
                .next()
                .is_some_and(|part| part.parse::<usize>().is_ok())
        };
        number() && number()
    })
}

/// One policy in the package `own`, without its first line.
#[track_caller]
fn each(cases: &[(&str, &str, End<'_>)]) {
    for (name, rules, end) in cases {
        let policy = format!("package own\n{rules}");
        ends(name, &[("own.rego", &policy)], end);
    }
}
