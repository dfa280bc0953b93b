//! `ztvet test`: what is run, what is said of it, and how it ends.

use std::path::Path;

use insta::assert_snapshot;
use serde_json::Value;

use crate::sandbox::{Ran, Sandbox, texts};

const POLICY: &str = "package own

deny contains finding if {
	some redirect in input.application.redirect_uris
	not startswith(redirect.uri, \"https:\")
	finding := {\"at\": redirect.at}
}

deny contains finding if {
	input.application.multitenant
	finding := \"it is multitenant\"
}
";

const PASSING: &str = "package own_test

import data.own

test_reports_http if {
	own.deny == {{\"at\": \"/a\"}} with input as {\"application\": {\"redirect_uris\": [{\"uri\": \"http://a\", \"at\": \"/a\"}]}}
}
";

/// One of each kind of test that does not pass, and one that does.
const FAILING: &str = "package own_test

import data.own

test_passes if true

test_compares_sets if {
	own.deny == {\"a\", \"b\"} with input as {\"application\": {\"multitenant\": true, \"redirect_uris\": []}}
}

test_prints if {
	x := [1, 2][_]
	print(\"x is\", x)
	x > 2
}

test_cases[name] if {
	some name, number in {\"one\": 1, \"two\": 2, \"three\": 3}
	number < 3
}

test_nested[x][y] if {
	some x in [1, 2]
	some y in [\"a\", \"b\"]
	[x, y] != [2, \"b\"]
}

test_every if {
	every name, number in {\"one\": 1, \"two\": 2} {
		is_number(name)
		number < 3
	}
}

test_number := 5

test_set contains \"x\"

test_type if {
	x := json.unmarshal(\"5\")
	count(x) == 1
}

test_unknown if graph.nope(1)

todo_test_later if false

test_twice if true

test_twice if 1 == 2

test_no_case[name] if {
	some name in []
	true
}
";

fn sandbox(test: &str) -> Sandbox {
    Sandbox::new(&[
        ("policies/own.rego", POLICY),
        ("policies/own_test.rego", test),
    ])
}

/// Without durations, which differ from run to run.
fn timeless(text: &str) -> String {
    let duration =
        regex::Regex::new(r#"[0-9.]+ m?s\b|(time=")[0-9.]+|(timestamp=")[0-9T:-]+"#).unwrap();
    duration.replace_all(text, "${1}${2}0").into_owned()
}

#[test]
fn all_tests_pass() {
    let ran = sandbox(PASSING).run("test policies");
    ran.ends_with(0);
    assert_eq!(
        timeless(&ran.stdout),
        "ok: 1 passed, 0 failed, 0 errors in 0\n"
    );
    let ran = sandbox(PASSING).run("test --verbose --slowest 3 policies");
    assert_snapshot!(timeless(&ran.stdout), @"
    policies/own_test.rego
      pass  test_reports_http (line 5, 0)

    slowest
        0  data.own_test.test_reports_http
    ok: 1 passed, 0 failed, 0 errors in 0
    ");
}

#[test]
fn failures_are_told_with_their_expression_and_its_values() {
    let ran = sandbox(FAILING).run("test policies");
    ran.ends_with(1);
    assert_snapshot!("failing_table", timeless(&ran.stdout));
    assert_eq!(ran.stderr, "");
}

#[test]
fn tests_are_selected_by_name() {
    let sandbox = sandbox(FAILING);
    for (run, code, count) in [
        ("test_passes", 0, "ok: 1 passed"),
        ("own_test.test_twice$", 0, "ok: 1 passed"),
        ("test_twice", 1, "FAILED: 1 passed, 1 failed"),
        ("todo_", 0, "ok: 0 passed, 0 failed, 0 errors, 1 to do"),
    ] {
        let ran = sandbox.run(&format!("test policies --run {run}"));
        ran.ends_with(code);
        assert!(ran.stdout.contains(count), "{run}: {}", ran.all());
    }
    sandbox
        .run("test policies --run nothing")
        .fails_with("none of the 14 tests has a name that matches `nothing`");
    sandbox.run("test policies --run (").ends_with(2);
}

#[test]
fn without_tests_nothing_passes() {
    let sandbox = Sandbox::new(&[("policies/own.rego", POLICY)]);
    sandbox.run("test policies").fails_with(
        "there is no test in `policies`: a test is a rule whose name starts with `test_`",
    );
    sandbox
        .run("test missing")
        .fails_with("missing: cannot be read");
}

#[test]
fn broken_files_are_all_told() {
    let sandbox = Sandbox::new(&[
        ("a.rego", "package a\n\nx := {\n"),
        (
            "b_test.rego",
            "package b\n\n\ttest_x if {\n\t\ty == 1\n\t}\n",
        ),
        ("c.rego", "package c\n\nx contains input.a if true\n"),
        ("data.json", "[1]"),
    ]);
    let ran = sandbox.run("test");
    ran.ends_with(2);
    let told: Vec<&str> = ran.stderr.lines().collect();
    assert!(
        told[0].starts_with("error: data.json: data at the top must be an object"),
        "{}",
        ran.all()
    );
    assert!(told[1].starts_with("error: a.rego:4:"), "{}", ran.all());
    assert!(told[2].starts_with("error: c.rego:3:"), "{}", ran.all());
    assert_eq!(told.len(), 3);

    let ran =
        Sandbox::new(&[("b_test.rego", "package b\n\ntest_x if {\n\ty == 1\n}\n")]).run("test");
    ran.fails_with("b_test.rego:4:2: use of undefined variable `y` is unsafe");
}

#[test]
fn data_files_stand_where_opa_has_them() {
    let test = "package own_test

test_data if {
	data.teams.names == [\"payments\"]
	data.root == 1
}
";
    let sandbox = Sandbox::new(&[
        ("policies/own_test.rego", test),
        ("policies/teams/data.yaml", "names: [payments]\n"),
        ("more.json", "{\"root\": 1}"),
    ]);
    sandbox.run("test policies more.json").ends_with(0);
    sandbox.run("test policies").ends_with(1);

    let sandbox = Sandbox::new(&[
        ("own_test.rego", PASSING),
        ("own.rego", POLICY),
        ("own/data.json", "{\"deny\": []}"),
    ]);
    sandbox
        .run("test .")
        .fails_with("own.rego:3:1: a data file holds `data.own.deny`, which is this rule");
}

#[test]
fn the_bundled_library_is_there() {
    let test = "package own_test

import data.zerotrust.lib.label

test_library if label

test_tables if count(data.facts.privileged_roles) > 0

test_no_parameters if not data.ztvet
";
    sandbox(test).run("test policies").ends_with(0);
}

#[test]
fn the_bundled_tests_pass() {
    let policies = Path::new(env!("CARGO_MANIFEST_DIR")).join("policies");
    let ran = Sandbox::new(&[]).run(&format!(
        "test --format json --coverage {}",
        policies.display()
    ));
    ran.ends_with(0);
    let report = ran.json();
    assert!(report["summary"]["passed"].as_u64() > Some(1000));
    assert!(
        report["coverage"]["coverage"].as_f64() > Some(95.0),
        "{}",
        report["coverage"]["coverage"]
    );
}

#[test]
fn the_paths_may_come_from_the_configuration() {
    let sandbox = sandbox(PASSING);
    sandbox.write("other_test.rego", b"package other\n\ntest_x if false\n");
    sandbox.write("ztvet.yaml", b"policies: [policies]\n");
    let ran = sandbox.run("test");
    ran.ends_with(0);
    assert!(ran.stdout.contains("1 passed"), "{}", ran.all());
    sandbox.write("ztvet.yaml", b"version: 1\n");
    sandbox.run("test").ends_with(1);
}

#[test]
fn results_are_written_for_machines() {
    let sandbox = sandbox(FAILING);
    let report = sandbox.run("test policies --format json").json();
    assert_eq!(report["schema"], "ztvet/test/v1");
    let summary = &report["summary"];
    let counts = ["passed", "failed", "errors", "todo"].map(|name| summary[name].as_u64().unwrap());
    assert_eq!(counts, [7, 9, 2, 1]);
    let names = texts(&report, "/tests", "/name");
    assert!(names.contains(&"test_twice#01"), "{names:?}");
    let cases = test(&report, "test_cases");
    assert_eq!(
        texts(cases, "/cases", "/status"),
        ["passed", "failed", "passed"]
    );
    let stop = &cases["cases"][1]["stops"][0];
    assert_eq!(stop["line"], 19);
    assert_eq!(stop["expression"], "number < 3");
    assert_eq!(stop["values"][0]["value"], "3");
    assert_eq!(
        test(&report, "test_prints")["output"][0],
        "policies/own_test.rego:13: x is 1"
    );
    assert_snapshot!(
        "failing_tap",
        sandbox.run("test policies --format tap").stdout
    );
}

fn test<'a>(report: &'a Value, name: &str) -> &'a Value {
    let tests = report["tests"].as_array().unwrap();
    tests.iter().find(|test| test["name"] == name).unwrap()
}

#[test]
fn junit_counts_what_it_holds() {
    let ran = sandbox(FAILING).run("test policies --format yaml");
    ran.ends_with(2);
    let sandbox = sandbox(FAILING);
    sandbox
        .run("test policies --format junit --output junit.xml")
        .ends_with(1);
    let xml = sandbox.read("junit.xml");
    let document = roxmltree::Document::parse(&xml).unwrap();
    let root = document.root_element();
    let count = |name: &str| {
        let elements = root.descendants().filter(|node| node.has_tag_name(name));
        elements.count().to_string()
    };
    let suite = root.first_element_child().unwrap();
    assert_eq!(suite.attribute("tests"), Some(count("testcase").as_str()));
    assert_eq!(suite.attribute("failures"), Some(count("failure").as_str()));
    assert_eq!(suite.attribute("errors"), Some(count("error").as_str()));
    assert_eq!(count("skipped"), "1");
    assert_snapshot!("failing_junit", timeless(&xml));
}

#[test]
fn coverage_is_of_the_policies_and_not_of_the_tests() {
    let sandbox = sandbox(PASSING);
    let ran = sandbox.run("test policies --coverage");
    ran.ends_with(0);
    assert_snapshot!(timeless(&ran.stdout), @"
    coverage
      policies/own.rego   71.4 %     5/7  not evaluated: 9, 11
      all                 71.4 %     5/7

    ok: 1 passed, 0 failed, 0 errors in 0
    ");
    let ran = sandbox.run("test policies --coverage-output lcov.info");
    ran.ends_with(0);
    assert!(!ran.stdout.contains("coverage"), "{}", ran.all());
    assert_snapshot!(sandbox.read("lcov.info"), @"
    TN:
    SF:policies/own.rego
    DA:3,1
    DA:4,1
    DA:5,1
    DA:6,1
    DA:9,0
    DA:10,1
    DA:11,0
    LF:7
    LH:5
    end_of_record
    ");
    sandbox
        .run("test policies --coverage-output cover.json --coverage-format json")
        .ends_with(0);
    let coverage: Value = serde_json::from_str(&sandbox.read("cover.json")).unwrap();
    let file = &coverage["files"]["policies/own.rego"];
    assert_eq!(file["not_covered"][1]["start"]["row"], 11);
    assert_eq!(coverage["coverage"], 71.43);
}

#[test]
fn too_little_coverage_fails() {
    let sandbox = sandbox(PASSING);
    sandbox.run("test policies --threshold 71").ends_with(0);
    let ran: Ran = sandbox.run("test policies --threshold 90");
    ran.ends_with(1);
    assert_eq!(
        ran.stderr,
        "error: the tests evaluate 71.4 % of the lines, less than 90 %\n"
    );
    let ran = sandbox.run("test policies --threshold 101");
    ran.ends_with(2);
    assert!(
        ran.stderr.contains("expected a number from 0 to 100"),
        "{}",
        ran.all()
    );
}
