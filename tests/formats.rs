//! Every spelling of an application gives the same facts, as far as it can say them.
//!
//! The fixtures are as the tools write them, those of PowerShell in UTF-16.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

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
    let path = format!("tests/fixtures/{name}");
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
    graph_portal: "graph/shop.json",
    graph_cli: "graph-cli/shop.json",
    graph_page: "graph-page/apps.json",
    graph_list: "graph-list/apps.json",
    graph_expanded: "graph-expanded/deployer.json",
    powershell: "powershell/shop.json",
    powershell_cut: "powershell/cut.json",
    aad_graph: "aad-graph/shop.json",
    aad_graph_older: "aad-graph-older/shop.json",
    teams: "teams/aad.manifest.json",
    yaml: "yaml/shop.yaml",
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

/// Each finding with the text that its place leads to, on the line that it names.
fn places(path: &str) -> String {
    let bytes = fs::read(path).unwrap();
    let (text, _, _) = encoding_rs::UTF_8.decode(&bytes);
    let lines: Vec<&str> = text.lines().collect();
    let mut places = String::new();
    for finding in report(path).findings {
        let line = usize::try_from(finding.location.line.unwrap()).unwrap();
        let column = usize::try_from(finding.location.column.unwrap()).unwrap();
        let text: String = lines[line - 1].chars().skip(column - 1).collect();
        writeln!(
            places,
            "{} {line}: {}",
            finding.rule,
            text.trim_end_matches(',')
        )
        .unwrap();
    }
    places
}

#[test]
fn findings_lead_to_their_lines_in_graph() {
    insta::assert_snapshot!(places(GRAPH), @r#"
    AB-207 13: "https://shop.contoso.com/api"
    VE-104 16: true
    AB-201 21: "AzureADMultipleOrgs"
    VE-114 32: true
    VE-111 36: null
    LP-208 38: {
    LP-206 48: {
    LP-208 48: {
    LP-210 60: {
    LP-209 69: {
    AB-117 85: "http://shop.contoso.com/privacy"
    AB-205 87: null
    VE-118 102: "accessToken": [
    AB-401 125: {
    AB-408 125: {
    VE-107 125: {
    AB-111 138: "contoso-shop://auth"
    LP-101 149: {
    LP-112 149: {
    AB-203 165: "verifiedPublisher": {
    AB-116 172: "http://shop.contoso.com/signout"
    AB-120 173: "redirectUris": [
    AB-120 173: "redirectUris": [
    AB-101 175: "http://shop.contoso.com/signin-oidc"
    AB-104 176: "https://contoso-shop.azurewebsites.net/signin-oidc"
    VE-102 180: true
    AB-204 184: "servicePrincipalLockConfiguration": {
    "#);
}

#[test]
fn findings_lead_to_their_lines_in_powershell_s_json() {
    insta::assert_snapshot!(places(POWERSHELL), @r#"
    VE-114 5: true
    VE-111 9: null
    LP-208 11: {
    LP-206 21: {
    LP-208 21: {
    LP-210 33: {
    LP-209 44: {
    AB-207 76: "https://shop.contoso.com/api"
    AB-117 81: "http://shop.contoso.com/privacy"
    AB-205 83: null
    VE-104 86: true
    VE-118 123: "AccessToken":  [
    AB-401 147: {
    AB-408 147: {
    VE-107 147: {
    AB-111 160: "contoso-shop://auth"
    LP-101 176: {
    LP-112 176: {
    AB-204 194: "ServicePrincipalLockConfiguration":  {
    AB-201 202: "AzureADMultipleOrgs"
    AB-203 215: "VerifiedPublisher":  {
    AB-116 222: "http://shop.contoso.com/signout"
    AB-120 223: "RedirectUris":  [
    AB-120 223: "RedirectUris":  [
    AB-101 225: "http://shop.contoso.com/signin-oidc"
    AB-104 226: "https://contoso-shop.azurewebsites.net/signin-oidc"
    VE-102 230: true
    "#);
}

#[test]
fn findings_lead_to_their_lines_in_the_older_manifest() {
    insta::assert_snapshot!(places(AAD_GRAPH), @r#"
    VE-114 3: true
    VE-111 4: null
    VE-104 6: true
    LP-209 9: {
    AB-207 31: "https://shop.contoso.com/api"
    AB-205 34: null
    AB-117 36: "http://shop.contoso.com/privacy"
    AB-116 55: "http://shop.contoso.com/signout"
    VE-102 58: true
    LP-208 61: {
    LP-206 73: {
    LP-208 73: {
    VE-118 96: "accessToken": [
    AB-401 112: {
    AB-408 112: {
    VE-107 112: {
    LP-210 124: {
    AB-120 132: "replyUrlsWithType": [
    AB-120 132: "replyUrlsWithType": [
    AB-101 138: "http://shop.contoso.com/signin-oidc"
    AB-104 142: "https://contoso-shop.azurewebsites.net/signin-oidc"
    AB-111 154: "contoso-shop://auth"
    LP-101 166: {
    LP-112 166: {
    AB-201 184: "AzureADMultipleOrgs"
    "#);
}

#[test]
fn findings_lead_to_their_lines_in_yaml() {
    insta::assert_snapshot!(places("tests/fixtures/yaml/shop.yaml"), @r#"
    AB-101 15: "http://shop.contoso.com/signin-oidc"
    VE-102 16: true}
    AB-401 21: displayName: deploy
    VE-107 21: displayName: deploy
    "#);
}
