use super::*;
use crate::report::fixture;

fn rendered(report: &Report) -> String {
    let mut out = Vec::new();
    render(report, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn snapshot(name: &str, text: String) {
    insta::with_settings!({snapshot_path => "../snapshots", prepend_module_to_snapshot => false}, {
        insta::assert_snapshot!(format!("ndjson_{name}"), text);
    });
}

#[test]
fn rich() {
    snapshot("rich", rendered(&fixture::rich()));
}

#[test]
fn clean_run() {
    snapshot("clean", rendered(&fixture::clean()));
}

#[test]
fn each_line_is_an_object_and_the_last_has_the_counts() {
    let text = rendered(&fixture::rich());
    let lines: Vec<serde_json::Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let types: Vec<&str> = lines.iter().map(|l| l["type"].as_str().unwrap()).collect();
    assert_eq!(types.first(), Some(&"run"));
    assert_eq!(types.last(), Some(&"summary"));
    let last = &lines[lines.len() - 1];
    assert_eq!(last["findings"]["critical"], 1);
    assert_eq!(last["compared"]["gone"], 2);
    let findings = types.iter().filter(|one| **one == "finding").count();
    assert_eq!(findings, fixture::rich().findings.len());
}

#[test]
fn a_finding_is_the_one_of_the_report() {
    let report = fixture::rich();
    let text = rendered(&report);
    let line = text.lines().find(|line| line.contains("\"finding\""));
    let mut line: serde_json::Value = serde_json::from_str(line.unwrap()).unwrap();
    line.as_object_mut().unwrap().remove("type");
    assert_eq!(line, serde_json::to_value(&report.findings[0]).unwrap());
}
