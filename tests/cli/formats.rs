//! The formats of build servers, from a manifest of somebody who means no good, and of a run that has something of
//! everything.

use crate::sandbox::{SHOP, Sandbox};

const HOSTILE: &str = include_str!("hostile.json");

fn hostile(format: &str) -> String {
    let sandbox = Sandbox::new(&[("hostile.json", HOSTILE), ("broken.json", "{")]);
    let ran = sandbox.run(&format!(
        "check hostile.json broken.json --now 2026-11-23 --format {format}"
    ));
    ran.ends_with(2);
    ran.stdout
}

#[test]
fn a_manifest_gives_no_command_to_a_build_server() {
    for format in [
        "table", "json", "ndjson", "sarif", "junit", "gitlab", "markdown", "csv",
    ] {
        let text = hostile(format);
        assert!(
            !text.contains("##[") && !text.contains("##vso["),
            "{format}: {text}"
        );
        let first = text
            .lines()
            .find(|line| line.trim_start().starts_with("::"));
        assert_eq!(first, None, "{format}");
    }
    for line in hostile("github").lines() {
        assert!(!line.contains("##[") && !line.contains("##vso["), "{line}");
        if line.trim_start().starts_with("::") {
            let names = [
                "::error ",
                "::warning ",
                "::notice ",
                "::group::",
                "::endgroup::",
            ];
            assert!(names.iter().any(|name| line.starts_with(name)), "{line}");
        }
    }
    for line in hostile("azure").lines().filter(|line| line.contains("##")) {
        let starts = ["##vso[task.", "##[group]", "##[endgroup]"];
        assert!(starts.iter().any(|start| line.starts_with(start)), "{line}");
        assert_eq!(line.matches("##").count(), 1, "{line}");
    }
}

#[test]
fn a_manifest_steers_no_terminal() {
    let formats = [
        "table", "json", "ndjson", "sarif", "junit", "github", "gitlab", "azure",
    ];
    for format in formats.into_iter().chain(["markdown", "csv"]) {
        let text = hostile(format);
        let steers = |c: char| c.is_control() && !matches!(c, '\n' | '\r') || c == '\u{202e}';
        assert_eq!(text.chars().find(|c| steers(*c)), None, "{format}");
    }
}

#[test]
fn a_run_that_could_not_complete_is_never_green() {
    for (format, said) in [
        ("github", "::error file=broken.json,line=1"),
        (
            "azure",
            "##vso[task.complete result=Failed]not everything was judged",
        ),
        ("gitlab", "\"severity\": \"blocker\""),
        ("junit", "<error message=\"broken.json: "),
        ("markdown", "## ❌ ztvet could not complete: 1 error\n"),
        ("csv", "\r\nerror,"),
        ("ndjson", "\n{\"type\":\"error\",\"kind\":\"document\""),
    ] {
        let text = hostile(format);
        assert!(text.contains(said), "{format}: {text}");
    }
}

#[test]
fn what_is_accepted_is_told_apart() {
    let sandbox = Sandbox::shop();
    let more = SHOP.replace(
        "\"http://shop",
        "\"http://new.contoso.com/a\", \"http://old.contoso.com/b\", \"http://shop",
    );
    let old = SHOP.replace(
        "\"http://shop",
        "\"http://old.contoso.com/b\", \"http://shop",
    );
    sandbox.write("shop.json", old.as_bytes());
    sandbox
        .run("check shop.json --select AB-101 --write-baseline base.json")
        .ends_with(0);
    sandbox.write("shop.json", more.as_bytes());
    let waiver = "waivers: [{rule: AB-101, subject: 1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9, at: /web/redirectUris/2, \
        reason: moves, approved_by: sec, expires: 2026-12-31}]";
    sandbox.write("ztvet.yaml", waiver.as_bytes());
    for (format, waived, known) in [
        (
            "github",
            "waived: AB-101 for application Shop",
            "in the baseline: high AB-101 at",
        ),
        (
            "azure",
            "waived: AB-101 for application Shop",
            "in the baseline: high AB-101 at",
        ),
        (
            "gitlab",
            "waived until 2026-12-31: AB-101: ",
            "in the baseline: AB-101: ",
        ),
        (
            "junit",
            "waived until 2026-12-31 by sec (moves): high",
            "in the baseline: high",
        ),
        (
            "markdown",
            "<summary>Waived (1)</summary>",
            "<summary>In the baseline (1)</summary>",
        ),
        (
            "csv",
            "finding,waived,high,AB-101",
            "finding,baseline,high,AB-101",
        ),
        ("ndjson", "\"status\":\"waived\"", "\"status\":\"baseline\""),
    ] {
        let ran = sandbox.run(&format!(
            "check shop.json --select AB-101 --baseline base.json --now 2026-11-23 --format {format}"
        ));
        ran.ends_with(1);
        assert!(ran.stdout.contains(waived), "{format}: {}", ran.all());
        assert!(ran.stdout.contains(known), "{format}: {}", ran.all());
    }
}

#[test]
fn code_scanning_sees_the_severity_that_the_configuration_gives() {
    let sandbox = Sandbox::new(&[
        ("shop.json", SHOP),
        ("ztvet.yaml", "severity: {AB-101: low}"),
    ]);
    let sarif = sandbox
        .run("check shop.json --select AB-101 --format sarif")
        .json();
    let run = &sarif["runs"][0];
    let rule = &run["tool"]["driver"]["rules"][0];
    assert_eq!(rule["properties"]["security-severity"], "3.0");
    assert_eq!(rule["defaultConfiguration"]["level"], "note");
    assert_eq!(run["results"][0]["level"], "note");
}

#[test]
fn gitlab_gets_paths_of_the_repository() {
    let sandbox = Sandbox::shop();
    let shop = std::fs::canonicalize(sandbox.path("shop.json")).unwrap();
    let issues = sandbox
        .run(&format!(
            "check {} --select AB-101 --format gitlab",
            shop.display()
        ))
        .json();
    assert_eq!(issues[0]["location"]["path"], "shop.json");
}
