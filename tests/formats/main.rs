//! Every spelling of an application gives the same facts, as far as it can say them.
//!
//! The fixtures are as the tools write them, those of PowerShell in UTF-16.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod places;

use std::collections::BTreeSet;

use serde_json::{Value, json};
use ztvet::report::{Problem, Report};
use ztvet::{Engine, normalize};

const NOW: &str = "2026-11-23T00:00:00Z";
/// One application, written in three formats.
const GRAPH: &str = "tests/fixtures/graph/shop.json";
const POWERSHELL: &str = "tests/fixtures/powershell/shop.json";
const AAD_GRAPH: &str = "tests/fixtures/aad-graph/shop.json";

fn engine() -> Engine {
    let builder = Engine::builder().bundled().unwrap();
    let now = normalize::parse_date(NOW).unwrap();
    builder.now(now).build().unwrap()
}

/// What `ztvet normalize` prints for a fixture.
fn normalized(name: &str) -> Value {
    let path = format!("tests/{name}");
    let read = engine().normalize_paths(&[path]);
    let told = |problems: &[Problem]| -> Vec<String> {
        problems
            .iter()
            .map(|problem| {
                let place = problem.location.as_ref().unwrap();
                let help = problem.help.as_deref().map(|help| format!(" ({help})"));
                format!(
                    "{}: {}{}",
                    place.line.unwrap(),
                    problem.message,
                    help.unwrap_or_default()
                )
            })
            .collect()
    };
    json!({"inputs": read.inputs, "errors": told(&read.errors), "notes": told(&read.notes)})
}

macro_rules! normalizes {
    ($($test:ident: $fixture:literal,)*) => {$(
        #[test]
        fn $test() {
            insta::assert_json_snapshot!(stringify!($test), normalized($fixture));
        }
    )*};
}

normalizes! {
    graph_portal: "fixtures/graph/shop.json",
    graph_cli: "fixtures/graph-cli/shop.json",
    graph_page: "fixtures/graph-page/apps.json",
    graph_list: "fixtures/graph-list/apps.json",
    graph_expanded: "fixtures/graph-expanded/deployer.json",
    powershell: "fixtures/powershell/shop.json",
    powershell_cut: "fixtures/powershell/cut.json",
    aad_graph: "fixtures/aad-graph/shop.json",
    aad_graph_older: "fixtures/aad-graph-older/shop.json",
    teams: "fixtures/teams/aad.manifest.json",
    yaml: "fixtures/yaml/shop.yaml",
    ndjson: "fixtures/ndjson/apps.ndjson",
    json_with_comments: "fixtures/jsonc/shop.jsonc",
    terraform_plan: "fixtures/terraform-plan/plan.json",
    terraform_state: "fixtures/terraform-state/state.json",
    arm_symbols: "fixtures/arm-symbols/template.json",
    arm_array: "fixtures/arm-array/template.json",
    service_principal: "fixtures/service-principal/shop.json",
    service_principal_page: "fixtures/service-principal-page/principals.json",
    service_principal_cli: "fixtures/service-principal-cli",
    tenant_lax: "tenant/lax",
    tenant_strict: "tenant/strict",
    projects: "fixtures/projects",
}

/// The application of a fixture, without the places in the document.
fn application(path: &str) -> Value {
    let read = engine().normalize_paths(&[path]);
    assert!(read.errors.is_empty(), "{:?}", read.errors);
    let mut application = serde_json::to_value(&read.inputs[0].application).unwrap();
    remove_places(&mut application);
    // The older format has one list for all platforms.
    application["redirect_uris"]
        .as_array_mut()
        .unwrap()
        .sort_by_key(|redirect| redirect["uri"].to_string());
    application
}

fn remove_places(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.remove("at");
            members.values_mut().for_each(remove_places);
        }
        Value::Array(items) => items.iter_mut().for_each(remove_places),
        _ => {}
    }
}

#[test]
fn powershell_gives_the_facts_of_graph() {
    assert_eq!(application(POWERSHELL), application(GRAPH));
}

#[test]
fn the_older_manifest_gives_the_facts_of_graph_or_none() {
    let mut graph = application(GRAPH);
    let manifest = application(AAD_GRAPH);
    let mut unsaid = Vec::new();
    for (name, fact) in graph.as_object_mut().unwrap() {
        if manifest[name].is_null() && !fact.is_null() {
            unsaid.push(name.clone());
            *fact = Value::Null;
        }
    }
    assert_eq!(
        unsaid,
        [
            "lock",
            "native_authentication",
            "request_signature",
            "service_management_reference",
        ]
    );
    assert_eq!(
        graph["publisher"].as_object_mut().unwrap()["verified"].take(),
        json!(false)
    );
    assert_eq!(manifest, graph);
}

fn report(path: &str) -> Report {
    let report = engine().check_path(path);
    assert!(report.errors.is_empty(), "{:?}", report.errors);
    report
}

/// Rules and messages of what was found, but for some rules.
fn found<'a>(report: &'a Report, without: &BTreeSet<&str>) -> BTreeSet<(&'a str, &'a str)> {
    report
        .findings
        .iter()
        .filter(|finding| !without.contains(finding.rule.as_str()))
        .map(|finding| (finding.rule.as_str(), finding.message.as_str()))
        .collect()
}

#[test]
fn the_same_application_has_the_same_findings_in_every_format() {
    let graph = report(GRAPH);
    for path in [POWERSHELL, AAD_GRAPH] {
        let other = report(path);
        let inconclusive: BTreeSet<&str> = graph
            .inconclusive
            .iter()
            .chain(&other.inconclusive)
            .map(|item| item.rule.as_str())
            .collect();
        assert_eq!(
            found(&other, &inconclusive),
            found(&graph, &inconclusive),
            "{path}"
        );
        // Where a format says less, a rule is inconclusive and never silent.
        let silent: Vec<_> = found(&graph, &BTreeSet::new())
            .difference(&found(&other, &BTreeSet::new()))
            .filter(|(rule, _)| other.inconclusive.iter().all(|item| item.rule != *rule))
            .map(|(rule, _)| *rule)
            .collect();
        assert_eq!(silent, Vec::<&str>::new(), "{path}");
    }
}
