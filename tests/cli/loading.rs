//! The same paths mean the same to `check`, `eval` and `test`.

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::sandbox::{Sandbox, found};

/// Reports every application; `data.limits.days` is in its message.
const V1: &str = "package own

deny contains msg if {
	input.application
	msg := sprintf(\"%d days\", [data.limits.days])
}
";

const V0: &str = "package own

deny[msg] {
	input.application
	msg := sprintf(\"%d days\", [data.limits.days])
}
";

const TEST: &str = "package own_test

import data.own

test_days if own.deny == {\"90 days\"} with input.application as {}
";

const TEST_V0: &str = "package own_test

import data.own

test_days { own.deny == {\"90 days\"} with input.application as {} }

test_fails { own.deny == {\"91 days\"} with input.application as {} }
";

fn with(files: &[(&str, &str)]) -> Sandbox {
    let sandbox = Sandbox::shop();
    for (name, text) in files {
        sandbox.write(name, text.as_bytes());
    }
    sandbox
}

/// An OPA bundle.
fn bundle(files: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
    for (name, text) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        header.set_mode(0o644);
        archive
            .append_data(&mut header, name, text.as_bytes())
            .unwrap();
    }
    archive.into_inner().unwrap().finish().unwrap()
}

/// All three commands load the paths, and find and pass the same.
#[track_caller]
fn agrees(sandbox: &Sandbox, paths: &str, data: &str) {
    let policies: String = paths
        .split(' ')
        .map(|path| format!("--policy {path} "))
        .collect();
    let report = sandbox.report(&format!("shop.json {policies} {data} --select own"));
    assert_eq!(found(&report), ["own"], "{report}");
    assert_eq!(report["findings"][0]["message"], "90 days");
    let asked = sandbox.run(&format!(
        "eval data.own.deny -i shop.json --format value {policies} {data}"
    ));
    assert_eq!(asked.stdout, "[\"90 days\"]\n", "{}", asked.all());
    let tested = sandbox.run(&format!("test {paths} {data}"));
    tested.ends_with(0);
    assert!(tested.stdout.contains("1 passed"), "{}", tested.all());
}

/// All three commands refuse the paths, for the same reason.
#[track_caller]
fn refuses(sandbox: &Sandbox, paths: &str, reason: &str) {
    for command in [
        format!("check shop.json --policy {paths}"),
        format!("eval 1 --policy {paths}"),
        format!("test {paths}"),
    ] {
        sandbox.run(&command).fails_with(reason);
    }
}

#[test]
fn directories_with_data_of_any_name() {
    let files = [
        ("policies/own.rego", V1),
        ("policies/own_test.rego", TEST),
        ("policies/limits/all.yml", "days: 90"),
        ("policies/limits/more.json", "{\"hours\": 1}"),
        // What git ignores is a policy all the same.
        ("policies/.gitignore", "*.yml"),
        ("policies/.hidden/broken.rego", "package"),
    ];
    agrees(&with(&files), "policies", "");
    agrees(
        &with(&files),
        "policies policies/own_test.rego policies/own.rego",
        "",
    );
}

#[test]
fn data_of_its_own() {
    let files = [
        ("policies/own.rego", V1),
        ("policies/own_test.rego", TEST),
        ("data/limits/all.yaml", "days: 90"),
        ("limits.json", "{\"limits\": {\"days\": 90}}"),
    ];
    let sandbox = with(&files);
    agrees(&sandbox, "policies", "--data data");
    agrees(&sandbox, "policies", "--data limits.json");
    sandbox
        .run("test policies --data missing.json")
        .fails_with("missing.json: cannot be read");
    sandbox
        .run("test policies --data policies")
        .fails_with("policies: no data was found here");

    // As ztvet.yaml says it.
    sandbox.write("ztvet.yaml", b"policies: [policies]\ndata: [data]\n");
    sandbox.run("test").ends_with(0);
    sandbox.write("ztvet.yaml", b"policies: [policies]\n");
    sandbox.run("test").ends_with(1);
}

#[test]
fn bundles_with_their_tests() {
    let files = [
        ("own.rego", V1),
        ("own_test.rego", TEST),
        ("limits/data.json", "{\"days\": 90}"),
        (
            ".manifest",
            "{\"roots\": [\"own\", \"own_test\", \"limits\"]}",
        ),
    ];
    let sandbox = with(&[]);
    sandbox.write("own.tar.gz", &bundle(&files));
    agrees(&sandbox, "own.tar.gz", "");

    let outside = [files[0], ("data.json", "{\"other\": 1}"), files[3]];
    sandbox.write("outside.tar.gz", &bundle(&outside));
    refuses(
        &sandbox,
        "outside.tar.gz",
        "outside.tar.gz:data.json: `other` is outside the manifest's roots",
    );
    sandbox.write(
        "signed.tar.gz",
        &bundle(&[files[0], (".signatures.json", "{}")]),
    );
    refuses(
        &sandbox,
        "signed.tar.gz",
        "signed.tar.gz: the bundle is signed, and no key is known",
    );
    sandbox.write(
        "ztvet.yaml",
        b"bundle_keys: {k: {algorithm: HS256, key: secret}}",
    );
    refuses(&sandbox, "own.tar.gz", "own.tar.gz: ");
}

#[test]
fn rego_of_before_opa_1() {
    let sandbox = with(&[
        ("policies/own.rego", V0),
        ("policies/own_test.rego", TEST_V0),
        ("policies/limits/all.yaml", "days: 90"),
        (
            "ztvet.yaml",
            "policies: [{path: policies, rego_version: 0}]",
        ),
    ]);
    let report = sandbox.report("shop.json --select own");
    assert_eq!(report["findings"][0]["message"], "90 days");
    let asked = sandbox.run("eval data.own.deny -i shop.json --format value");
    assert_eq!(asked.stdout, "[\"90 days\"]\n", "{}", asked.all());
    // A path is read as ztvet.yaml says where it names it.
    for command in [
        "test",
        "test policies",
        "test policies/own.rego policies/own_test.rego policies",
    ] {
        let tested = sandbox.run(command);
        tested.ends_with(1);
        let told = "policies/own_test.rego:7:14: `own.deny == {\"91 days\"} with input.application as {}` is false";
        assert!(tested.stdout.contains(told), "{}", tested.all());
        assert!(
            tested.stdout.contains("FAILED: 1 passed, 1 failed"),
            "{}",
            tested.all()
        );
    }
    sandbox.write("ztvet.yaml", b"version: 1\n");
    sandbox
        .run("test policies")
        .fails_with("policies/own.rego:3:11: ");
}

#[test]
fn data_is_left_out_where_ztvet_yaml_says_so() {
    let sandbox = with(&[
        (
            "policies/own_test.rego",
            "package own_test\n\ntest_none if not data.limits\n",
        ),
        ("policies/limits/all.yaml", "a: 1\n---\nb: 1\n"),
        ("ztvet.yaml", "policies: [{path: policies, data: false}]"),
    ]);
    sandbox.run("test").ends_with(0);
    sandbox.run("test policies").ends_with(0);
    sandbox.write("ztvet.yaml", b"version: 1\n");
    refuses(
        &sandbox,
        "policies",
        "policies/limits/all.yaml: 2 documents, expected one (`data: false` beside the path",
    );
}

#[test]
fn what_cannot_be_read() {
    let sandbox = with(&[
        ("two/a.json", "{\"x\": 1}"),
        ("two/b.json", "{\"x\": 2}"),
        ("list/data.json", "[1]"),
        ("broken/a.rego", "package a\n\nx := {\n"),
        ("readme.md", "x"),
    ]);
    refuses(&sandbox, "missing", "missing: cannot be read");
    refuses(
        &sandbox,
        "readme.md",
        "readme.md: neither a `.rego`, `.json` or `.yaml` file nor a bundle",
    );
    refuses(
        &sandbox,
        "two",
        "two/b.json: `data.x` is there already, from two/a.json (`data: false`",
    );
    refuses(&sandbox, "./broken", "broken/a.rego:4:1: ");
    refuses(
        &sandbox,
        "list/data.json",
        "list/data.json: data at the top must be an object",
    );
}

#[test]
fn a_hidden_policy_is_noted() {
    let sandbox = with(&[
        (
            "policies/own_test.rego",
            "package own_test\n\ntest_x if true\n",
        ),
        (
            "policies/.hidden_test.rego",
            "package own_test\n\ntest_y if false\n",
        ),
    ]);
    let ran = sandbox.run("test policies");
    ran.ends_with(0);
    assert_eq!(
        ran.stderr,
        "note: policies/.hidden_test.rego: a hidden file, which is not loaded\n"
    );
}
