use super::*;
use crate::report::fixture;

fn rendered(report: &Report, root: Option<&Path>) -> String {
    let mut out = Vec::new();
    render(report, root, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn parsed(report: &Report) -> Vec<Value> {
    serde_json::from_str(&rendered(report, None)).unwrap()
}

fn snapshot(name: &str, text: String) {
    insta::with_settings!({snapshot_path => "../snapshots", prepend_module_to_snapshot => false}, {
        insta::assert_snapshot!(format!("gitlab_{name}"), text);
    });
}

#[test]
fn rich() {
    snapshot("rich", rendered(&fixture::rich(), None));
}

#[test]
fn clean_run() {
    assert_eq!(rendered(&fixture::clean(), None), "[]\n");
}

#[test]
fn errors_are_blockers() {
    let issues = parsed(&fixture::errors_only());
    let severities: Vec<&Value> = issues.iter().map(|issue| &issue["severity"]).collect();
    assert_eq!(severities, ["blocker", "blocker"]);
    assert_eq!(issues[1]["location"]["path"], NO_FILE);
}

#[test]
fn no_fingerprint_is_used_twice() {
    let mut report = fixture::rich();
    let again = report.findings.clone();
    report.findings.extend(again);
    let issues = parsed(&report);
    let fingerprints = issues.iter().map(|issue| issue["fingerprint"].to_string());
    let apart: std::collections::BTreeSet<String> = fingerprints.collect();
    assert_eq!(apart.len(), issues.len());
}

#[test]
fn what_does_not_count_is_info() {
    let issues = parsed(&fixture::rich());
    let of = |name: &str, text: &str| {
        let mut named = issues.iter().filter(|issue| issue["check_name"] == name);
        let issue = named.find(|issue| issue["description"].as_str().unwrap().starts_with(text));
        issue.unwrap()["severity"].as_str().unwrap().to_owned()
    };
    assert_eq!(of("AB-103", "waived until 2027-01-31: AB-103: "), "info");
    assert_eq!(of("AB-406", "in the baseline: AB-406: "), "info");
    assert_eq!(of("AB-406", "AB-406: "), "minor");
}

#[test]
fn paths_are_those_of_the_repository() {
    let mut report = fixture::rich();
    let path = |report: &Report| {
        let text = rendered(report, Some(Path::new("/builds/shop")));
        let issues: Vec<Value> = serde_json::from_str(&text).unwrap();
        issues[2]["location"]["path"].as_str().unwrap().to_owned()
    };
    for (given, told) in [
        ("/builds/shop/apps/a.json", "apps/a.json"),
        ("./apps/a.json", "apps/a.json"),
        ("/builds/shopping/a.json", "/builds/shopping/a.json"),
    ] {
        given.clone_into(&mut report.findings[0].location.path);
        assert_eq!(path(&report), told);
    }
}
