//! Options: where the report goes, what is said beside it, the time, the format of the input.

use std::fs;

use crate::sandbox::{SHOP, Sandbox, found};

#[test]
fn a_report_goes_to_a_file_as_a_whole() {
    let sandbox = Sandbox::shop();
    for format in ["table", "json", "sarif"] {
        let check = format!("check shop.json --select AB-101 --format {format} --now 2026-11-23");
        let shown = sandbox.run(&check);
        let ran = sandbox.run(&format!("{check} --output report"));
        ran.ends_with(1);
        assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), ("", ""));
        assert_eq!(sandbox.read("report"), shown.stdout);
        assert_eq!(sandbox.names(), ["report", "shop.json"]);
    }
    let ran = sandbox.run("normalize shop.json --output report");
    ran.ends_with(0);
    assert_eq!(ran.stdout, "");
    assert!(sandbox.read("report").contains("ztvet/input/v1"));
}

#[test]
fn a_report_that_cannot_be_written_is_2() {
    let sandbox = Sandbox::shop();
    sandbox
        .run("check shop.json --output missing/report")
        .fails_with("cannot write `missing/report`: No such file or directory");
    fs::create_dir(sandbox.path("taken")).unwrap();
    sandbox
        .run("check shop.json --output taken")
        .fails_with("cannot write `taken`");
    assert_eq!(sandbox.names(), ["shop.json", "taken"]);
}

#[test]
fn errors_are_on_standard_error_unless_the_table_shows_them() {
    let sandbox = Sandbox::new(&[("broken.json", "{")]);
    let message = "broken.json:1:2: the text ends within an object";
    for format in ["json", "sarif"] {
        sandbox
            .run(&format!("check broken.json --format {format}"))
            .fails_with(message);
    }
    let table = sandbox.run("check broken.json");
    assert!(table.stdout.contains(message), "{}", table.all());
    assert_eq!(table.stderr, "");
    sandbox
        .run("check broken.json --output report")
        .fails_with(message);
}

#[test]
fn quiet_keeps_standard_error_empty() {
    let sandbox = Sandbox::new(&[("broken.json", "{")]);
    for arguments in [
        "-q --format json",
        "--quiet --format sarif",
        "-q --output report",
    ] {
        let ran = sandbox.run(&format!("check broken.json {arguments}"));
        ran.ends_with(2);
        assert_eq!(ran.stderr, "");
    }
}

#[test]
fn now_is_the_time_of_the_evaluation() {
    let app = SHOP.replace(
        "\"web\"",
        "\"keyCredentials\": [], \"passwordCredentials\": [{ \"endDateTime\": \"2027-01-01T00:00:00Z\" }], \"web\"",
    );
    let sandbox = Sandbox::new(&[("shop.json", &app)]);
    // An expired credential.
    let at = |now: &str| sandbox.report(&format!("shop.json --select AB-406 --now {now}"));
    assert_eq!(found(&at("2026-12-31T23:59:59Z")), Vec::<&str>::new());
    assert_eq!(found(&at("2027-01-01T00:00:01Z")), ["AB-406"]);
    assert_eq!(at("2027-01-01")["now"], "2027-01-01T00:00:00Z");
    assert_eq!(
        at("2027-01-01T02:00:00+02:00")["now"],
        "2027-01-01T00:00:00Z"
    );
    sandbox
        .run("check shop.json --now 11/23/2026")
        .fails_with("`--now 11/23/2026` is not a date, expected one like 2026-11-23T06:00:00Z");
}

#[test]
fn input_format_overrides_the_detection() {
    let sandbox = Sandbox::new(&[
        ("bare.json", r#"{"displayName": "Shop"}"#),
        (
            "mixed.json",
            r#"{"appId": "1", "spa": {"redirectUris": []}, "replyUrls": ["http://a.contoso.com"], "oauth2Permissions": []}"#,
        ),
    ]);
    sandbox.run("check bare.json").ends_with(2);
    sandbox
        .run("check bare.json --input-format msgraph")
        .ends_with(0);
    sandbox.run("check mixed.json").ends_with(2);
    let report = sandbox.report("mixed.json --input-format aadgraph --select AB-101");
    assert_eq!(found(&report), ["AB-101"]);
    sandbox
        .run("check bare.json --input-format yaml")
        .fails_with("[possible values: msgraph, ");
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let files: Vec<(String, String)> = (0..20)
        .map(|number| {
            (
                format!("{number}.json"),
                SHOP.replace("Shop", &format!("Shop {number}")),
            )
        })
        .collect();
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(n, t)| (n.as_str(), t.as_str()))
        .collect();
    let sandbox = Sandbox::new(&files);
    let one = sandbox
        .run("check --now 2026-11-23 --format json --jobs 1")
        .stdout;
    for jobs in [2, 7] {
        let many = sandbox.run(&format!(
            "check --now 2026-11-23 --format json --jobs {jobs}"
        ));
        assert_eq!(many.stdout, one);
    }
    sandbox.run("check --jobs 0").fails_with("--jobs");
}

#[test]
fn colours_are_for_terminals_unless_they_are_asked_for() {
    let sandbox = Sandbox::shop();
    for (arguments, colours) in [
        ("", false),
        ("--color never", false),
        ("--color always", true),
    ] {
        let ran = sandbox.run(&format!("check shop.json {arguments}"));
        assert_eq!(ran.stdout.contains('\u{1b}'), colours, "{arguments}");
    }
    sandbox.run("check shop.json --output report");
    assert!(!sandbox.read("report").contains('\u{1b}'));
    sandbox.run("check shop.json --output report --color always");
    assert!(sandbox.read("report").contains('\u{1b}'));
}

#[test]
fn wrong_usage_is_2() {
    let sandbox = Sandbox::shop();
    for arguments in [
        "check --nope",
        "nope",
        "check --format xml",
        "check --output",
    ] {
        let ran = sandbox.run(arguments);
        ran.ends_with(2);
        assert_eq!(ran.stdout, "");
    }
    let help = sandbox.run("--help");
    help.ends_with(0);
    assert!(
        help.stdout
            .contains("Exit codes: 0 nothing at or above the threshold")
    );
    sandbox.run("--version").ends_with(0);
}

#[test]
fn normalize_prints_one_input_or_a_list() {
    let sandbox = Sandbox::new(&[("a.json", SHOP), ("b.json", SHOP)]);
    assert_eq!(
        sandbox.run("normalize a.json").json()["source"]["path"],
        "a.json"
    );
    let both = sandbox.run("normalize .").json();
    // The inventory of both comes last.
    assert_eq!(both.as_array().map(Vec::len), Some(3));
    assert_eq!(both[2]["kind"], "inventory");
    let lines = sandbox.run("normalize --ndjson a.json b.json").stdout;
    assert_eq!(lines.lines().count(), 3);
    let ran = sandbox.run("normalize a.json missing.json");
    ran.fails_with("missing.json: no such file");
    assert_eq!(ran.json()["source"]["path"], "a.json");
}
