//! `waivers` of ztvet.yaml: each failure of a waiver is told, and none waives.

use serde_json::{Value, json};

use crate::sandbox::{Ran, SHOP, Sandbox, found, texts};

const ID: &str = "1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9";

/// A waiver of the finding of [`SHOP`], with lines in the place of others, or none in the place of a field.
fn waiver(changes: &[(&str, &str)]) -> String {
    let mut fields = vec![
        ("rule", "AB-101"),
        ("subject", ID),
        ("reason", "partner callback, contract 4711"),
        ("approved_by", "security@contoso.com"),
        ("expires", "2026-11-30"),
    ];
    for (name, value) in changes {
        fields.retain(|(field, _)| field != name);
        if !value.is_empty() {
            fields.push((name, value));
        }
    }
    let lines = fields
        .iter()
        .map(|(name, value)| format!("    {name}: {value}\n"));
    let text: String = lines.collect();
    format!("waivers:\n  -{}", &text[3..])
}

fn sandbox(config: &str) -> Sandbox {
    Sandbox::new(&[("shop.json", SHOP), ("ztvet.yaml", config)])
}

const CHECK: &str = "check shop.json --select AB-101 --now 2026-11-23T06:00:00Z";

fn run(config: &str) -> Ran {
    sandbox(config).run(&format!("{CHECK} --format json"))
}

fn statuses(report: &Value) -> Vec<&str> {
    texts(report, "/findings", "/status")
}

fn states(report: &Value) -> Vec<&str> {
    texts(report, "/waivers", "/state")
}

fn notes(report: &Value) -> Vec<&str> {
    texts(report, "/notes", "/message")
}

#[test]
fn a_waived_finding_does_not_count_and_says_why() {
    let ran = run(&waiver(&[]));
    ran.ends_with(0);
    assert_eq!(ran.stderr, "");
    let report = ran.json();
    assert_eq!(found(&report), ["AB-101"]);
    assert_eq!(report["findings"][0]["status"], "waived");
    assert_eq!(
        report["findings"][0]["waiver"],
        json!({"reason": "partner callback, contract 4711", "approved_by": "security@contoso.com", "expires": "2026-11-30"})
    );
    assert_eq!(report["summary"]["waived"], 1);
    assert_eq!(report["summary"]["findings"]["high"], 0);
    assert_eq!(states(&report), ["used"]);
    let location = &report["waivers"][0]["location"];
    assert_eq!(
        (&location["line"], &location["column"]),
        (&json!(2), &json!(5))
    );

    let ran = sandbox(&waiver(&[])).run(&format!("{CHECK} --fail-on info"));
    ran.ends_with(0);
    insta::assert_snapshot!(ran.stdout, @r"
    waived: 1 finding
      AB-101 for application Shop (1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9): partner callback, contract
      4711; approved by security@contoso.com, until 2026-11-30

    posture: 0 of 1 checks passed (0 %); 1 waived

    no open findings
    judged 1 application by 1 rule
    0 critical, 0 high, 0 medium, 0 low, 0 info; 1 waived; 0 inconclusive; 0 errors
    ");
}

#[test]
fn sarif_keeps_it_and_says_that_it_is_accepted() {
    let sarif = sandbox(&waiver(&[]))
        .run(&format!("{CHECK} --format sarif"))
        .json();
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!(
        result["suppressions"],
        json!([{"kind": "external", "status": "accepted",
            "justification": "partner callback, contract 4711 (approved by security@contoso.com, until 2026-11-30)"}])
    );
    assert_eq!(result.get("baselineState"), None);
}

#[test]
fn it_holds_until_its_last_day_is_over_in_utc() {
    let at = |time: &str| {
        let check = format!("check shop.json --select AB-101 --format json --now {time}");
        sandbox(&waiver(&[])).run(&check)
    };
    at("2026-11-30T23:59:59Z").ends_with(0);
    at("2026-12-01T00:30:00+01:00").ends_with(0);
    let ran = at("2026-12-01T00:00:00Z");
    ran.ends_with(1);
    assert_eq!(statuses(&ran.json()), ["open"]);
    assert_eq!(ran.json()["findings"][0]["waiver"], Value::Null);
    assert_eq!(states(&ran.json()), ["expired"]);
    let note = format!(
        "note: ztvet.yaml:2:5: waiver of AB-101 for `{ID}` expired on 2026-11-30 and waives nothing"
    );
    assert!(ran.stderr.contains(&note), "{}", ran.all());
}

#[test]
fn a_malformed_waiver_is_an_error_at_its_line_and_nothing_is_judged() {
    for (changes, message) in [
        (
            ("expires", "30.11.2026"),
            "ztvet.yaml:6:14: waiver of `AB-101`: `expires` is `30.11.2026`, expected a day like 2027-01-31",
        ),
        (
            ("expires", "2026-11-31"),
            "ztvet.yaml:6:14: waiver of `AB-101`: `expires` is `2026-11-31`",
        ),
        (
            ("expires", ""),
            "ztvet.yaml:2:5: waivers[0]: missing field `expires`",
        ),
        (
            ("reason", "''"),
            "ztvet.yaml:6:13: waiver of `AB-101`: `reason` is empty",
        ),
        (("reason", ""), "waivers[0]: missing field `reason`"),
        (
            ("approved_by", "' '"),
            "ztvet.yaml:6:18: waiver of `AB-101`: `approved_by` is empty",
        ),
        (
            ("approved_by", ""),
            "waivers[0]: missing field `approved_by`",
        ),
        (
            ("rule", "AB-999"),
            "waiver of `AB-999`: no rule of that id is loaded",
        ),
        (("rule", ""), "waivers[0]: missing field `rule`"),
        (
            ("subject", ""),
            "ztvet.yaml:2:5: waiver of `AB-101`: `subject` or `fingerprint` is missing",
        ),
        (
            ("at", "web.redirectUris"),
            "ztvet.yaml:7:9: waiver of `AB-101`: `at` is `web.redirectUris`, expected a JSON Pointer",
        ),
        (
            ("fingerprint", "abc"),
            "ztvet.yaml:7:18: waiver of `AB-101`: `fingerprint` is `abc`",
        ),
        (
            ("approvedby", "me"),
            "ztvet.yaml:7:5: waivers[0]: unknown field `approvedby`",
        ),
    ] {
        let ran = run(&waiver(&[changes]));
        ran.fails_with(message);
        assert_eq!(ran.stdout, "");
    }
}

#[test]
fn a_waiver_for_something_else_waives_nothing_and_is_told() {
    for (changes, what) in [
        (
            vec![("at", "/web/redirectUris/1")],
            "at `/web/redirectUris/1`",
        ),
        (
            vec![("fingerprint", "0123456789abcdef0123456789abcdef")],
            "with fingerprint `0123456789abcdef0123456789abcdef`",
        ),
    ] {
        let ran = run(&waiver(&changes));
        ran.ends_with(1);
        assert_eq!(statuses(&ran.json()), ["open"]);
        assert_eq!(states(&ran.json()), ["unused"]);
        let message = format!("waiver of AB-101 for `{ID}` {what} matches no finding");
        assert_eq!(notes(&ran.json()), [message]);
    }
}

#[test]
fn waivers_of_what_was_not_judged_are_told_together() {
    let other = waiver(&[("subject", "Shop")]);
    let ran = run(&(other + &waiver(&[("rule", "AB-102")])[9..]));
    ran.ends_with(1);
    assert_eq!(statuses(&ran.json()), ["open"]);
    assert_eq!(states(&ran.json()), ["not_judged", "not_judged"]);
    assert_eq!(
        notes(&ran.json()),
        ["2 waivers are for rules or subjects that this run did not judge"]
    );
}

#[test]
fn a_fingerprint_follows_its_value_and_a_place_does_not() {
    let plain = "\"http://shop.contoso.com/auth\"";
    let first = SHOP.replace(plain, &format!("{plain}, \"http://evil.example/cb\""));
    let second = SHOP.replace(plain, &format!("\"http://evil.example/cb\", {plain}"));
    let print = run("").json()["findings"][0]["fingerprint"].clone();
    let by_print = waiver(&[("fingerprint", print.as_str().unwrap()), ("subject", "")]);
    let by_place = waiver(&[("at", "/web/redirectUris/0")]);
    let open = |app: &str, config: &str| {
        let sandbox = Sandbox::new(&[("shop.json", app), ("ztvet.yaml", config)]);
        let report = sandbox.run(&format!("{CHECK} --format json")).json();
        let findings = report["findings"].as_array().unwrap().clone();
        let open = findings.iter().filter(|f| f["status"] == "open");
        let uris: Vec<String> = open.map(|f| f["details"]["uri"].to_string()).collect();
        uris.join(" ")
    };
    let evil = "\"http://evil.example/cb\"";
    assert_eq!(
        (open(&first, &by_print), open(&second, &by_print)),
        (evil.into(), evil.into())
    );
    assert_eq!(
        (open(&first, &by_place), open(&second, &by_place)),
        (evil.into(), plain.into())
    );
}

#[test]
fn errors_and_what_is_inconclusive_cannot_be_waived() {
    let fails = "# METADATA\n# custom:\n#   id: OWN-1\npackage own\n\
        deny contains finding if finding := {\"severity\": \"terrible\"}\n";
    let config = waiver(&[("rule", "OWN-1")]) + &waiver(&[("rule", "AB-301")])[9..];
    let sandbox = sandbox(&format!("policies: [own.rego]\n{config}"));
    sandbox.write("own.rego", fails.as_bytes());
    let check = "check shop.json --select OWN-1,AB-301 --format json --now 2026-11-23";
    let ran = sandbox.run(check);
    ran.fails_with("the rule OWN-1 failed");
    let report = ran.json();
    assert_eq!(report["summary"]["waived"], 0);
    assert_eq!(texts(&report, "/inconclusive", "/rule"), ["AB-301"]);
}

#[test]
fn a_waiver_of_a_custom_rule_works_as_any_other() {
    let own = "package own\ndeny contains \"always\" if true\n";
    let sandbox = sandbox(&waiver(&[("rule", "own")]));
    sandbox.write("own.rego", own.as_bytes());
    let check = "check shop.json --policy own.rego --select own --format json --now 2026-11-23";
    assert_eq!(statuses(&sandbox.run(check).json()), ["waived"]);
    // Without the policy, nobody knows what is waived.
    sandbox
        .run(CHECK)
        .fails_with("waiver of `own`: no rule of that id is loaded");
}
