use super::*;
use crate::report::fixture;

fn rendered(report: &Report, fail_on: FailOn) -> String {
    let mut out = Vec::new();
    render(report, fail_on, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn snapshot(name: &str, text: String) {
    insta::with_settings!({snapshot_path => "../snapshots", prepend_module_to_snapshot => false}, {
        insta::assert_snapshot!(format!("markdown_{name}"), text);
    });
}

#[test]
fn rich() {
    snapshot("rich", rendered(&fixture::rich(), FailOn::High));
}

#[test]
fn clean_run() {
    snapshot("clean", rendered(&fixture::clean(), FailOn::High));
}

#[test]
fn errors_only() {
    snapshot(
        "errors_only",
        rendered(&fixture::errors_only(), FailOn::Never),
    );
}

#[test]
fn the_first_line_is_the_verdict() {
    let first = |report: &Report, fail_on| {
        let text = rendered(report, fail_on);
        text.lines().next().unwrap().to_owned()
    };
    let mut report = fixture::rich();
    report.errors.clear();
    assert_eq!(
        first(&report, FailOn::High),
        "## ❌ ztvet failed: 5 open findings"
    );
    assert_eq!(
        first(&report, FailOn::Never),
        "## ⚠️ ztvet passed, with 5 open findings"
    );
    report = fixture::clean();
    assert_eq!(first(&report, FailOn::New), "## ✅ ztvet passed");
    report.summary.inconclusive = 1;
    let passed = "## ⚠️ ztvet passed, but 1 check could not be made";
    assert_eq!(first(&report, FailOn::New), passed);
    report.summary.subjects = 0;
    let passed = "## ⚠️ ztvet passed, for there was nothing to judge";
    assert_eq!(first(&report, FailOn::New), passed);
}
