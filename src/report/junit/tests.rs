use super::*;
use crate::report::fixture;

fn rendered(report: &Report) -> String {
    let mut out = Vec::new();
    render(report, &fixture::rules(), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn snapshot(name: &str, text: String) {
    insta::with_settings!({snapshot_path => "../snapshots", prepend_module_to_snapshot => false}, {
        insta::assert_snapshot!(format!("junit_{name}"), text);
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
fn errors_only() {
    snapshot("errors_only", rendered(&fixture::errors_only()));
}

#[test]
fn a_rule_that_found_nothing_passes_only_where_all_was_judged() {
    let passed = r#"name="AB-103 Redirect URI leaves the organisation" time="0.000000"/>"#;
    let mut report = fixture::clean();
    assert!(rendered(&report).contains(passed));
    report.errors = fixture::errors_only().errors;
    assert!(!rendered(&report).contains(passed));
    report.errors.clear();
    report.summary.kinds.remove("application");
    assert!(!rendered(&report).contains("AB-103"));
}

#[test]
fn several_findings_of_one_rule_and_subject_are_one_case() {
    let mut report = fixture::rich();
    let http = report.findings.iter().position(|f| f.rule == "AB-101");
    let again = report.findings[http.unwrap()].clone();
    report.findings.push(again);
    let xml = rendered(&report);
    assert_eq!(
        xml.matches(r#"classname="assume_breach.AB-101""#).count(),
        1
    );
    assert!(xml.contains("uses plain HTTP (and 1 more)\""), "{xml}");
}

#[test]
fn there_is_always_a_case() {
    let mut out = Vec::new();
    let mut report = fixture::clean();
    report.summary.subjects = 0;
    render(&report, &[], &mut out).unwrap();
    let xml = String::from_utf8(out).unwrap();
    assert!(xml.contains("there was nothing to judge"), "{xml}");
}
