use super::*;
use crate::config::FailOn;
use crate::report::{fixture, runner};

fn rendered(report: &Report, fail_on: FailOn) -> String {
    let mut out = Vec::new();
    render(report, report.verdict(fail_on), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn snapshot(name: &str, text: String) {
    insta::with_settings!({snapshot_path => "../snapshots", prepend_module_to_snapshot => false}, {
        insta::assert_snapshot!(format!("azure_{name}"), text);
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
fn the_agent_reads_what_was_written() {
    for text in ["a;b=c]d", "%3B%AZP25", "100 %", "a\nb\r%5D", "##vso[a.b]"] {
        let mut out = Vec::new();
        command(
            "task.logissue",
            &[("code", text.to_owned())],
            text,
            &mut out,
        )
        .unwrap();
        let line = String::from_utf8(out).unwrap();
        let command = runner::azure(line.trim_end()).unwrap();
        assert_eq!(command.name, "task.logissue");
        assert_eq!(command.properties["code"], text);
        assert_eq!(command.data, text);
    }
}

#[test]
fn the_task_ends_as_the_check_does() {
    let result = |report: &Report, fail_on| {
        let text = rendered(report, fail_on);
        let last = runner::azure(text.lines().last().unwrap()).unwrap();
        last.properties["result"].clone()
    };
    let mut report = fixture::rich();
    assert_eq!(result(&report, FailOn::Never), "Failed");
    report.errors.clear();
    assert_eq!(result(&report, FailOn::Never), "SucceededWithIssues");
    assert_eq!(result(&report, FailOn::Critical), "Failed");
    report = fixture::clean();
    assert_eq!(result(&report, FailOn::New), "Succeeded");
    report.summary.inconclusive = 1;
    assert_eq!(result(&report, FailOn::New), "SucceededWithIssues");
}
