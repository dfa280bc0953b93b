//! `--write-baseline` and `--baseline`: only what is new counts.

use serde_json::{Value, json};

use crate::sandbox::{Ran, SHOP, Sandbox, texts};

const WRITE: &str = "check shop.json --select AB-101,AB-201 --write-baseline base.json";
const CHECK: &str = "check shop.json --select AB-101,AB-201 --baseline base.json";

fn json_of(sandbox: &Sandbox) -> Ran {
    sandbox.run(&format!("{CHECK} --format json"))
}

fn statuses(report: &Value) -> Vec<&str> {
    texts(report, "/findings", "/status")
}

/// [`SHOP`] with another redirect URI over plain HTTP.
fn more(uri: &str) -> String {
    let plain = "\"http://shop.contoso.com/auth\"";
    SHOP.replace(plain, &format!("\"{uri}\", {plain}"))
}

fn with_baseline() -> Sandbox {
    let sandbox = Sandbox::shop();
    sandbox.run(WRITE).ends_with(0);
    sandbox
}

#[test]
fn what_is_written_does_not_count_again() {
    let sandbox = Sandbox::shop();
    let ran = sandbox.run(WRITE);
    ran.ends_with(0);
    insta::assert_snapshot!(ran.stdout, @r"
    posture: 1 of 2 checks passed (50 %); 1 failed

    no new findings
    judged 1 application by 2 rules
    0 critical, 0 high, 0 medium, 0 low, 0 info; 0 waived; 1 in the baseline; 0 inconclusive; 0 errors
    ");
    insta::assert_snapshot!(sandbox.read("base.json"), @r#"
    {
      "schema": "ztvet/baseline/v1",
      "findings": [
        {"rule":"AB-101","subject":{"kind":"application","id":"1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9","name":"Shop"},"fingerprint":"bd9a7913917e2e87a2e644ce4dc73128","severity":"high","message":"redirect URI `http://shop.contoso.com/auth` uses plain HTTP"}
      ]
    }
    "#);
    let ran = json_of(&sandbox);
    ran.ends_with(0);
    let report = ran.json();
    assert_eq!(statuses(&report), ["baseline"]);
    assert_eq!(report["summary"]["baseline"], 1);
    assert_eq!(
        report["baseline"],
        json!({"path": "base.json", "findings": 1, "gone": 0})
    );
    assert_eq!(ran.stderr, "");
    sandbox.run("check shop.json --select AB-101").ends_with(1);
}

#[test]
fn only_what_is_new_fails() {
    let sandbox = with_baseline();
    sandbox.write("shop.json", more("http://new.contoso.com/auth").as_bytes());
    let ran = json_of(&sandbox);
    ran.ends_with(1);
    assert_eq!(statuses(&ran.json()), ["open", "baseline"]);
    let sarif = sandbox.run(&format!("{CHECK} --format sarif")).json();
    let states = texts(&sarif, "/runs/0/results", "/baselineState");
    assert_eq!(states, ["new", "unchanged"]);
    assert_eq!(sarif["runs"][0]["results"][1]["suppressions"], json!([]));
}

#[test]
fn the_same_value_twice_is_new_once() {
    let sandbox = with_baseline();
    sandbox.write("shop.json", more("http://shop.contoso.com/auth").as_bytes());
    let ran = json_of(&sandbox);
    ran.ends_with(1);
    assert_eq!(statuses(&ran.json()), ["baseline", "open"]);
}

#[test]
fn lines_order_and_format_may_change() {
    let sandbox = Sandbox::new(&[("shop.json", &more("http://new.contoso.com/auth"))]);
    sandbox.run(WRITE).ends_with(0);
    let turned = r#"
        {"web": {"redirectUris": ["http://shop.contoso.com/auth",
            "http://new.contoso.com/auth"]}, "publicClient": {"redirectUris": []},
        "spa": {"redirectUris": []}, "signInAudience": "AzureADMyOrg",
        "displayName": "Shop", "appId": "1F0E2D3C-4B5A-4978-8695-A4B3C2D1E0F9"}"#;
    let legacy = r#"{"id": "5c6d7e8f-0000-4000-8000-000000000001", "appId": "1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9",
        "name": "Shop", "signInAudience": "AzureADMyOrg", "oauth2AllowImplicitFlow": false, "replyUrlsWithType": [
        {"url": "http://shop.contoso.com/auth", "type": "Web"}, {"url": "http://new.contoso.com/auth", "type": "Web"}]}"#;
    for app in [turned, legacy] {
        sandbox.write("shop.json", app.as_bytes());
        let ran = json_of(&sandbox);
        assert_eq!(
            statuses(&ran.json()),
            ["baseline", "baseline"],
            "{}",
            ran.all()
        );
        ran.ends_with(0);
    }
}

#[test]
fn days_that_pass_make_nothing_new() {
    let app = SHOP.replace(
        "\"web\"",
        r#""keyCredentials": [], "passwordCredentials": [{"displayName": "ci", "keyId": "1",
            "startDateTime": "2026-06-01T00:00:00Z", "endDateTime": "2026-12-01T00:00:00Z"}], "web""#,
    );
    let sandbox = Sandbox::new(&[("shop.json", &app)]);
    let at = |now: &str, more: &str| {
        sandbox.run(&format!(
            "check shop.json --select AB-407 --format json --now {now} {more}"
        ))
    };
    let before = at("2026-11-20", "--write-baseline base.json").json();
    let after = at("2026-11-23", "--baseline base.json").json();
    assert_ne!(
        before["findings"][0]["message"],
        after["findings"][0]["message"]
    );
    assert_eq!(statuses(&after), ["baseline"]);
}

#[test]
fn what_became_worse_is_new() {
    let sandbox = Sandbox::new(&[
        ("shop.json", SHOP),
        ("ztvet.yaml", "severity: {AB-101: medium}"),
    ]);
    sandbox.run(WRITE).ends_with(0);
    sandbox.write("ztvet.yaml", b"");
    let ran = json_of(&sandbox);
    ran.ends_with(1);
    assert_eq!(statuses(&ran.json()), ["open"]);
    sandbox.write("ztvet.yaml", b"severity: {AB-101: low}");
    json_of(&sandbox).ends_with(0);
}

#[test]
fn what_is_gone_is_told() {
    let sandbox = with_baseline();
    sandbox.write("shop.json", SHOP.replace("http:", "https:").as_bytes());
    let ran = json_of(&sandbox);
    ran.ends_with(0);
    assert_eq!(ran.json()["baseline"]["gone"], 1);
    let note =
        "note: base.json: 1 of 1 finding in the baseline was not found\n  help: write it again";
    assert!(ran.stderr.contains(note), "{}", ran.all());
}

#[test]
fn a_baseline_that_cannot_be_used_is_2_and_nothing_is_judged() {
    let sandbox = with_baseline();
    let good = sandbox.read("base.json");
    for (text, message) in [
        (String::new(), "base.json:1:0: this is no baseline: "),
        (
            SHOP.to_owned(),
            "base.json:2:9: this is no baseline: unknown field `appId`",
        ),
        (
            good.replace("v1", "v2"),
            "base.json: this is no baseline: `schema` is `ztvet/baseline/v2`",
        ),
        (good.replace("\"message\"", "\"msg\""), "base.json:4:"),
    ] {
        sandbox.write("base.json", text.as_bytes());
        let ran = sandbox.run(CHECK);
        ran.fails_with(message);
        assert_eq!(ran.stdout, "");
    }
    sandbox.write("base.json", &[0xff, 0xfe, 0]);
    sandbox
        .run(CHECK)
        .fails_with("base.json: the baseline cannot be read");
    sandbox
        .run("check shop.json --baseline missing.json")
        .fails_with("missing.json: the baseline cannot be read: No such file or directory");
    sandbox
        .run("check shop.json --baseline a.json --write-baseline b.json")
        .fails_with("cannot be used with");
}

#[test]
fn errors_are_never_hidden_nor_is_a_baseline_with_holes_written() {
    let sandbox = with_baseline();
    let before = sandbox.read("base.json");
    sandbox.write("broken.json", b"{\"appId\": ");
    for arguments in [
        "check . --select AB-101 --baseline base.json",
        "check . --select AB-101 --write-baseline base.json",
    ] {
        let ran = sandbox.run(arguments);
        ran.ends_with(2);
        assert!(
            ran.stdout.contains("error: broken.json:1:"),
            "{}",
            ran.all()
        );
        assert_eq!(sandbox.read("base.json"), before);
    }
    let ran = sandbox.run("check . --select AB-101 --write-baseline new.json --format json");
    ran.fails_with("note: new.json: the baseline is not written, because this run has errors");
    assert!(!sandbox.names().contains(&"new.json".to_owned()));
    assert_eq!(statuses(&ran.json()), ["open"]);
}

#[test]
fn a_waived_finding_is_not_written() {
    let sandbox = with_baseline();
    let waiver = "waivers: [{rule: AB-101, subject: 1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9, reason: a, approved_by: b, \
        expires: 2026-11-30}]";
    sandbox.write("ztvet.yaml", waiver.as_bytes());
    let ran = sandbox.run(&format!("{CHECK} --now 2026-11-23 --format json"));
    assert_eq!(statuses(&ran.json()), ["waived"]);
    assert_eq!(ran.json()["baseline"]["gone"], 0);
    sandbox
        .run(&format!("{WRITE} --now 2026-11-23"))
        .ends_with(0);
    let ran = sandbox.run(&format!("{CHECK} --now 2026-12-01 --format json"));
    ran.ends_with(1);
    assert_eq!(statuses(&ran.json()), ["open"]);
}

#[test]
fn any_new_finding_fails_where_that_is_asked_for() {
    let low = |arguments: &str, files: &[(&str, &str)]| {
        let sandbox = with_baseline();
        sandbox.write("shop.json", more("http://new.contoso.com/auth").as_bytes());
        sandbox.write("ztvet.yaml", b"severity: {AB-101: info}");
        for (name, text) in files {
            sandbox.write(name, text.as_bytes());
        }
        sandbox.run(&format!("{CHECK} {arguments}"))
    };
    low("", &[]).ends_with(0);
    low("--fail-on new", &[]).ends_with(1);
    low("--fail-on new", &[("shop.json", SHOP)]).ends_with(0);
    let config = ("ztvet.yaml", "severity: {AB-101: info}\nfail_on: new");
    low("", &[config]).ends_with(1);
    low("--fail-on high", &[config]).ends_with(0);
}

#[test]
fn what_is_new_cannot_be_told_without_a_baseline() {
    let sandbox = Sandbox::shop();
    let ran = sandbox.run("check shop.json --fail-on new");
    ran.fails_with("error: `--fail-on new` needs a baseline to tell what is new: name one with");
    assert_eq!(ran.stdout, "");
    sandbox.write("ztvet.yaml", b"fail_on: new");
    sandbox
        .run("check shop.json")
        .fails_with("error: `fail_on: new` in the configuration needs a baseline");
    sandbox.run(WRITE).ends_with(0);
    sandbox.run(CHECK).ends_with(0);
}
