use super::*;
use crate::report::{fixture, runner};

fn rendered(report: &Report) -> String {
    let mut out = Vec::new();
    render(report, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn snapshot(name: &str, text: String) {
    insta::with_settings!({snapshot_path => "../snapshots", prepend_module_to_snapshot => false}, {
        insta::assert_snapshot!(format!("github_{name}"), text);
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
fn the_runner_reads_what_was_written() {
    for text in [
        "a::b,c=d",
        "%0A%25%3A%2C",
        "100 %",
        "a\nb\r%",
        "::x::",
        "%2525",
    ] {
        let mut out = Vec::new();
        command("error", &[("file", text.to_owned())], text, &mut out).unwrap();
        let line = String::from_utf8(out).unwrap();
        let command = runner::github(line.trim_end()).unwrap();
        assert_eq!(command.name, "error");
        assert_eq!(command.properties["file"], text);
        assert_eq!(command.data, text);
    }
}

#[test]
fn columns_are_of_one_line() {
    let mut location = Location {
        path: "./a.json".to_owned(),
        line: Some(3),
        column: Some(5),
        end_line: Some(4),
        end_column: Some(2),
        ..Location::default()
    };
    let keys = |location: &Location| -> Vec<&'static str> {
        place(location).iter().map(|(key, _)| *key).collect()
    };
    assert_eq!(keys(&location), ["file", "line", "endLine"]);
    assert_eq!(place(&location)[0].1, "a.json");
    location.end_line = Some(3);
    assert_eq!(
        keys(&location),
        ["file", "line", "endLine", "col", "endColumn"]
    );
    location.path = "-".to_owned();
    assert!(keys(&location).is_empty());
}

#[test]
fn what_github_hides_is_told() {
    let mut report = fixture::rich();
    assert!(!rendered(&report).contains("GitHub shows"));
    let http = report.findings.iter().find(|f| f.rule == "AB-101");
    let http = http.unwrap().clone();
    report.findings.extend(vec![http; 10]);
    let text = rendered(&report);
    assert!(text.starts_with("::notice title=ztvet::"), "{text}");
    assert!(
        text.contains("so 4 of 14 errors are in the log alone."),
        "{text}"
    );
}
