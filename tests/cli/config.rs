//! `ztvet.yaml`, and policies of one's own.

use std::path::Path;

use crate::sandbox::{SHOP, Sandbox, found, texts};

fn with_config(config: &str) -> Sandbox {
    let app = SHOP.replace("AzureADMyOrg", "AzureADMultipleOrgs");
    Sandbox::new(&[("shop.json", &app), ("ztvet.yaml", config)])
}

/// An error in a configuration is told before anything is judged.
#[track_caller]
fn refused(config: &str, message: &str) {
    let ran = with_config(config).run("check shop.json");
    ran.fails_with(message);
    assert_eq!(ran.stdout, "");
}

#[test]
fn it_is_found_in_the_working_directory() {
    let sandbox = with_config("fail_on: never\n");
    sandbox.run("check shop.json").ends_with(0);
    sandbox.run("check shop.json --fail-on high").ends_with(1);
    sandbox.write("other.yaml", b"fail_on: high");
    sandbox
        .run("check shop.json --config other.yaml")
        .ends_with(1);
    sandbox
        .run("check shop.json --config missing.yaml")
        .fails_with("missing.yaml: cannot be read");
}

#[test]
fn it_is_not_taken_for_a_registration() {
    let report = with_config("applications:\n- app_id: 1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9\n")
        .report(". --select AB-101");
    assert_eq!(found(&report), ["AB-101"]);
    assert_eq!(texts(&report, "/skipped", "/path"), ["ztvet.yaml"]);
}

#[test]
fn an_unknown_key_is_told_with_its_line_and_the_nearest_key() {
    refused(
        "version: 1\nfail_onn: low\n",
        "ztvet.yaml:2:1: unknown field `fail_onn`",
    );
    refused("fail_onn: low\n", "(did you mean `fail_on`?)");
    refused(
        "organization:\n  domain: [contoso.com]\n",
        "ztvet.yaml:2:3: organization: unknown field `domain`",
    );
    refused(
        "applications:\n- name: Shop\n  multi_tenant: true\n",
        "(did you mean `multitenant`?)",
    );
}

#[test]
fn wrong_values_are_told_with_the_key() {
    for (config, message) in [
        (
            "fail_on: often",
            "ztvet.yaml:1:10: fail_on: unknown variant `often`",
        ),
        (
            "severity: {AB-101: terrible}",
            "severity.AB-101: unknown variant `terrible`",
        ),
        (
            "applications: 3",
            "applications: invalid type: integer `3`, expected a sequence",
        ),
        (
            "[1]",
            "ztvet.yaml:1:1: invalid type: sequence, expected a mapping",
        ),
        ("version: 2", "version `2` is not known, expected 1"),
        (
            "applications: [{multitenant: true}]",
            "`applications[0]` must be selected by exactly one of `app_id`, `name` and `path`",
        ),
        ("fail_on: low\nfail_on: high", "duplicate field `fail_on`"),
        ("fail_on: [", "ztvet.yaml:"),
    ] {
        refused(config, message);
    }
}

#[test]
fn rules_that_are_not_there_are_told() {
    for (config, message) in [
        (
            "severity: {AB-999: low}",
            "ztvet.yaml: `severity` names the rule `AB-999`, which is not loaded",
        ),
        (
            "parameters: {AB-999: {a: 1}}",
            "ztvet.yaml: `parameters` names the rule `AB-999`",
        ),
        (
            "ignore: [AB-999]",
            "ztvet.yaml: `ignore` names `AB-999`, which is neither the id of a rule nor a principle with rules",
        ),
        (
            "parameters: {AB-401: {max_days: 1}}",
            "the rule `AB-401` has no parameter `max_days`",
        ),
        (
            "parameters: {AB-401: {max_secret_days: soon}}",
            "the parameter `max_secret_days` of `AB-401` is `\"soon\"`, expected integer",
        ),
        (
            "policies: [missing.rego]",
            "missing.rego: cannot be read: No such file or directory",
        ),
    ] {
        refused(config, message);
    }
}

#[test]
fn what_is_declared_is_not_reported() {
    let undeclared = with_config("").report("shop.json --select AB-201");
    assert_eq!(found(&undeclared), ["AB-201"]);
    for selector in [
        "app_id: 1F0E2D3C-4B5A-4978-8695-A4B3C2D1E0F9",
        "name: Shop",
        "path: shop.json",
        "path: ./shop.json",
    ] {
        let config = format!("applications:\n- {selector}\n  multitenant: true\n");
        let declared = with_config(&config).report("shop.json --select AB-201");
        assert_eq!(found(&declared), Vec::<&str>::new(), "{selector}");
    }
    let other = with_config("applications:\n- name: Orders\n  multitenant: true\n");
    assert_eq!(
        found(&other.report("shop.json --select AB-201")),
        ["AB-201"]
    );
}

#[test]
fn a_rule_waits_for_the_words_that_it_needs() {
    let app = SHOP.replace(
        "\"web\"",
        r#""requiredResourceAccess": [{"resourceAppId": "00000003-0000-0000-c000-000000000000", "resourceAccess": [
            {"id": "19dbc75e-c2e2-444c-a770-ec69d8559fc7", "type": "Role"}]}], "web""#,
    );
    let run = |config: &str| {
        let sandbox = Sandbox::new(&[("shop.json", &app), ("ztvet.yaml", config)]);
        let report = sandbox.report("shop.json --select LP-104,AB-103");
        let waiting = texts(&report, "/not_configured", "/rule");
        (found(&report).join(" "), waiting.join(" "))
    };
    let both = |found: &str, waiting: &str| (found.to_owned(), waiting.to_owned());
    assert_eq!(run(""), both("", "AB-103 LP-104"));
    let read = "applications: [{name: Shop, access: read}]\n";
    assert_eq!(run(read), both("LP-104", "AB-103"));
    let domains = "organization: {domains: [contoso.net]}\n";
    assert_eq!(run(domains), both("AB-103", "LP-104"));
    assert_eq!(
        run("organization: {domains: [contoso.com]}\n"),
        both("", "LP-104")
    );
}

#[test]
fn severities_and_ignored_rules_are_the_organisation_s() {
    let sandbox = with_config("severity: {AB-101: low}\n");
    let report = sandbox.report("shop.json --select AB-101");
    assert_eq!(texts(&report, "/findings", "/severity"), ["low"]);
    sandbox.run("check shop.json --select AB-101").ends_with(0);

    let report = with_config("ignore: [AB-101]\n").report("shop.json --select AB-101,AB-201");
    assert_eq!(found(&report), ["AB-201"]);
    with_config("ignore: [assume_breach]\n")
        .run("check shop.json --select AB-101")
        .fails_with("no rule is left to evaluate");
}

#[test]
fn parameters_reach_the_rules() {
    let app = SHOP.replace(
        "\"web\"",
        r#""passwordCredentials": [{"startDateTime": "2026-01-01T00:00:00Z", "endDateTime": "2026-03-01T00:00:00Z"}],
        "keyCredentials": [], "web""#,
    );
    let run = |config: &str| {
        let sandbox = Sandbox::new(&[("shop.json", &app), ("ztvet.yaml", config)]);
        sandbox
            .run("check shop.json --select AB-401 --fail-on low")
            .code
    };
    assert_eq!(run(""), 0);
    assert_eq!(run("parameters: {AB-401: {max_secret_days: 30}}"), 1);
}

/// The example of the policy reference, which is in the repository.
fn team_tag() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("examples/policies")
        .display()
        .to_string()
}

#[test]
fn policies_of_one_s_own_are_judged_by_as_well() {
    let app = SHOP.replace("\"web\"", "\"tags\": [\"shop\"], \"web\"");
    let sandbox = Sandbox::new(&[("shop.json", &app)]);
    let policies = team_tag();
    let check =
        format!("check shop.json --policy {policies} --select CONTOSO-001,AB-101 --format json");
    let report = sandbox.run(&check).json();
    assert_eq!(found(&report), ["CONTOSO-001", "AB-101"]);
    assert_eq!(
        report["findings"][0]["message"],
        "`Shop` has no tag that starts with `team:`"
    );
    let config = "parameters: {CONTOSO-001: {prefix: sho}}\nseverity: {CONTOSO-001: critical}\n";
    sandbox.write("ztvet.yaml", config.as_bytes());
    assert_eq!(found(&sandbox.run(&check).json()), ["AB-101"]);

    sandbox.write("ztvet.yaml", format!("policies: [{policies}]").as_bytes());
    assert_eq!(
        found(&sandbox.report("shop.json --select CONTOSO-001")),
        ["CONTOSO-001"]
    );
}

#[test]
fn policies_are_found_from_where_the_configuration_stands() {
    let policy = "package own\ndeny contains \"always\" if true\n";
    let sandbox = Sandbox::new(&[
        ("shop.json", SHOP),
        ("policies/own.rego", policy),
        ("conf/ztvet.yaml", "policies: [../policies]"),
    ]);
    let report = sandbox.report("shop.json --config conf/ztvet.yaml --select own");
    assert_eq!(found(&report), ["own"]);
    assert_eq!(texts(&report, "/findings", "/message"), ["always"]);
}

#[test]
fn a_policy_that_cannot_be_used_is_2() {
    let sandbox = Sandbox::new(&[
        ("shop.json", SHOP),
        ("broken.rego", "package own\n\ndeny contains finding if {\n"),
        (
            "fails.rego",
            "package own\ndeny contains finding if finding := {\"severity\": \"terrible\"}\n",
        ),
        ("none/a.txt", ""),
    ]);
    for (policy, message) in [
        ("broken.rego", "broken.rego:4:1: "),
        ("none", "none: "),
        (
            "missing.rego",
            "missing.rego: cannot be read: No such file or directory",
        ),
    ] {
        let ran = sandbox.run(&format!("check shop.json --policy {policy}"));
        ran.fails_with(message);
        assert_eq!(ran.stdout, "");
    }
    // It is found out when it is evaluated: what other rules found is there all the same.
    let ran = sandbox.run("check shop.json --policy fails.rego --select own,AB-101 --format json");
    ran.fails_with("the rule own failed: a finding's severity `terrible` is not known");
    assert_eq!(found(&ran.json()), ["AB-101"]);
}
