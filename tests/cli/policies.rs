//! Loading a team's own policies: files, directories, bundles, data, and what is said of them.

use crate::sandbox::{Sandbox, found, texts};

/// Reports every application by the value of `data.limits.name`.
const OWN: &str = r#"package own

deny contains finding if {
	finding := {"msg": sprintf("%v", [data.limits.name])}
}
"#;

fn messages(sandbox: &Sandbox, arguments: &str) -> Vec<String> {
    let report = sandbox.report(arguments);
    assert_eq!(report["errors"], serde_json::json!([]), "{report}");
    let messages = texts(&report, "/findings", "/message");
    messages.into_iter().map(str::to_owned).collect()
}

fn with(files: &[(&str, &str)]) -> Sandbox {
    let sandbox = Sandbox::shop();
    for (name, text) in files {
        sandbox.write(name, text.as_bytes());
    }
    sandbox
}

#[test]
fn what_holds_no_rule_is_told() {
    let sandbox = with(&[
        ("empty/readme.md", "x"),
        ("data/limits.json", "{}"),
        ("library/a.rego", "package a\nf(x) := x"),
        ("misspelt.rego", "package a\ndenny contains \"x\""),
        ("tests/a_test.rego", "package a_test\ntest_x if true"),
        (
            "allow.rego",
            "package a\ndefault allow := false\nallow if true",
        ),
    ]);
    for path in [
        "empty",
        "data",
        "library",
        "misspelt.rego",
        "tests",
        "allow.rego",
    ] {
        for command in ["check shop.json", "rules"] {
            let ran = sandbox.run(&format!("{command} --policy {path}"));
            ran.fails_with(&format!(
                "{path}: no rule was found here (a rule is a set named `deny`"
            ));
        }
    }
    sandbox
        .run("check shop.json --policy missing")
        .fails_with("missing: cannot be read");
    sandbox
        .run("check shop.json --policy shop.txt")
        .fails_with("shop.txt: cannot be read");
    sandbox
        .run("check shop.json --data empty")
        .fails_with("empty: no data was found here");
}

#[test]
fn a_file_that_no_rule_uses_is_noted() {
    let sandbox = with(&[
        (
            "policies/own.rego",
            "package own\nimport data.lib\ndeny contains lib.text if false",
        ),
        ("policies/lib.rego", "package lib\ntext := \"x\""),
        (
            "policies/misspelt.rego",
            "package other\ndenny contains \"x\"",
        ),
    ]);
    let ran = sandbox.run("check shop.json --policy policies --select own --format json");
    ran.ends_with(0);
    let note = "note: policies/misspelt.rego: no rule uses anything of this policy file";
    assert!(ran.stderr.contains(note), "{}", ran.all());
    assert!(!ran.stderr.contains("lib.rego"), "{}", ran.all());
}

#[test]
fn rules_that_judge_nothing_of_what_is_there_are_no_pass() {
    let sandbox = with(&[(
        "tenant.rego",
        "# METADATA\n# custom:\n#   applies_to: [tenant]\npackage own\ndeny contains \"x\"",
    )]);
    let arguments = "check shop.json --policy tenant.rego --select own";
    let ran = sandbox.run(arguments);
    ran.ends_with(2);
    let message = "no rule has judged anything: what was found is `application`";
    assert!(ran.stdout.contains(message), "{}", ran.all());
    assert!(
        ran.stdout.contains("the selected rules judge `tenant`"),
        "{}",
        ran.all()
    );
    sandbox
        .run(&format!("{arguments} --allow-empty"))
        .ends_with(0);
    sandbox
        .run("check shop.json --policy tenant.rego --fail-on never")
        .ends_with(0);
}

#[test]
fn data_of_a_directory_stands_under_its_directories() {
    for (files, expected) in [
        (
            vec![("policies/limits/data.json", r#"{"name": "data.json"}"#)],
            "data.json",
        ),
        (
            vec![("policies/limits/any.yaml", "name: any.yaml")],
            "any.yaml",
        ),
        (
            vec![("policies/data.yml", "limits: {name: data.yml}")],
            "data.yml",
        ),
        (
            vec![
                ("policies/limits/one.json", r#"{"name": "merged"}"#),
                ("policies/limits/two.json", r#"{"other": 1}"#),
                ("policies/more.json", r#"{"limits": {"third": 2}}"#),
            ],
            "merged",
        ),
        (vec![("policies/limits/name/x.json", "[1, 2]")], "[1, 2]"),
    ] {
        let sandbox = with(&files);
        sandbox.write("policies/own.rego", OWN.as_bytes());
        assert_eq!(
            messages(&sandbox, "shop.json --policy policies --select own"),
            [expected]
        );
    }
}

#[test]
fn data_can_be_named_alone() {
    let sandbox = with(&[
        ("own.rego", OWN),
        ("data/limits/x.yaml", "name: directory"),
        ("x.json", r#"{"limits": {"name": "file"}}"#),
        ("ztvet.yaml", "policies: [own.rego]\ndata: [data]"),
        ("other.yaml", "policies: [own.rego]"),
    ]);
    let check =
        |arguments: &str| messages(&sandbox, &format!("shop.json --select own {arguments}"));
    assert_eq!(check(""), ["directory"]);
    assert_eq!(check("--config other.yaml --data x.json"), ["file"]);
    assert_eq!(check("--config other.yaml --policy x.json"), ["file"]);
}

#[test]
fn data_that_conflicts_is_refused() {
    let limits = r#"{"limits": {"name": "x"}}"#;
    for (files, message) in [
        (
            vec![("p/a.json", limits), ("p/b.json", limits)],
            "p/b.json: `data.limits.name` is there already, from p/a.json",
        ),
        (
            vec![("p/a.json", limits), ("p/limits/b.json", "1")],
            "`data.limits` is there already",
        ),
        (
            vec![("p/a.json", "[1]")],
            "p/a.json: data at the top must be an object",
        ),
        (
            vec![("p/a.json", r#"{"ztvet": {"parameters": {}}}"#)],
            "`data.ztvet` belongs to ztvet",
        ),
        (
            vec![("p/a.json", r#"{"facts": {}}"#)],
            "`data.facts` belongs to ztvet",
        ),
        (
            vec![("p/zerotrust/a.json", "{}")],
            "`data.zerotrust` belongs to ztvet",
        ),
        (
            vec![("p/a.json", r#"{"own": {"deny": []}}"#)],
            "data stands in the place of the rule `own.deny`",
        ),
        (
            vec![("p/own/deny/x/a.json", "{}")],
            "data stands in the place of the rule `own.deny`",
        ),
        (
            vec![("p/a.json", r#"{"own": 1}"#)],
            "data stands in the place of the rule `own.deny`",
        ),
        (
            vec![("p/a.json", "{\"a\": }")],
            "p/a.json:1:7: expected value",
        ),
        (
            vec![("p/a.json", "{\"a\": 1, \"a\": 2}")],
            "duplicate key `a`",
        ),
        (
            vec![("p/a.yaml", "a: 1\n---\nb: 2")],
            "p/a.yaml: 2 documents, expected one (`data: false`",
        ),
        (vec![("p/a.yaml", "a: [")], "p/a.yaml:1:"),
    ] {
        let sandbox = with(&files);
        sandbox.write("p/own.rego", OWN.as_bytes());
        sandbox
            .run("check shop.json --policy p")
            .fails_with(message);
    }
    // Beside a rule there is room for data.
    let sandbox = with(&[
        (
            "p/own.rego",
            "package own\ndeny contains data.own.limits.name",
        ),
        ("p/own/limits/data.json", r#"{"name": "beside"}"#),
    ]);
    assert_eq!(
        messages(&sandbox, "shop.json --policy p --select own"),
        ["beside"]
    );
}

#[test]
fn what_git_ignores_is_loaded_and_what_is_hidden_is_not() {
    let sandbox = with(&[
        ("p/.gitignore", "*.rego"),
        ("p/own.rego", "package own\ndeny contains \"ignored\""),
        ("p/.regal/config.yaml", "rules: {}"),
        ("p/.hidden.rego", "package own\ndeny contains \"hidden\""),
        ("p/own_test.rego", "package own\ndeny contains \"test\""),
    ]);
    assert_eq!(
        messages(&sandbox, "shop.json --policy p --select own"),
        ["ignored"]
    );
    let ran = sandbox.run("check shop.json --policy p --select own --format json");
    let note = "note: p/.hidden.rego: a hidden file, which is not loaded";
    assert!(ran.stderr.contains(note), "{}", ran.all());
}

#[cfg(unix)]
#[test]
fn links_are_followed() {
    let sandbox = with(&[(
        "elsewhere/own.rego",
        "package own\ndeny contains \"linked\"",
    )]);
    std::fs::create_dir(sandbox.path("p")).unwrap();
    std::os::unix::fs::symlink("../elsewhere", sandbox.path("p/inner")).unwrap();
    assert_eq!(
        messages(&sandbox, "shop.json --policy p --select own"),
        ["linked"]
    );
    std::os::unix::fs::symlink("..", sandbox.path("elsewhere/up")).unwrap();
    std::os::unix::fs::symlink("../p", sandbox.path("elsewhere/p")).unwrap();
    sandbox.run("check shop.json --policy p").fails_with("loop");
}

#[test]
fn the_same_file_twice_is_one() {
    let sandbox = with(&[("p/own.rego", "package own\ndeny contains \"x\"")]);
    let twice = "shop.json --policy p --policy p/own.rego --policy ./p --select own";
    assert_eq!(messages(&sandbox, twice), ["x"]);
}

#[test]
fn sources_are_described_in_the_configuration() {
    let old = "package old\ndeny[msg] { msg := input.displayName }";
    let sandbox = with(&[
        ("old/own.rego", old),
        ("old/fixture.yaml", "a: 1\n---\nb: 2"),
        (
            "ztvet.yaml",
            "policies: [{path: old, rego_version: 0, input: raw, data: false}]",
        ),
    ]);
    assert_eq!(messages(&sandbox, "shop.json --select old"), ["Shop"]);
    for (config, message) in [
        (
            "policies: [{path: old, data: false}]",
            "old/own.rego:2:11: `if` keyword is required",
        ),
        (
            "policies: [{path: old, rego_version: 2}]",
            "`rego_version: 2` is not known, expected 0 or 1",
        ),
        (
            "policies: [{path: old, input: cooked}]",
            "unknown variant `cooked`",
        ),
        (
            "policies: [{path: old, rego_verson: 0}]",
            "did you mean `rego_version`?",
        ),
        ("policies: [{input: raw}]", "missing field `path`"),
        ("policies: [1]", "a path, or a mapping with `path`"),
    ] {
        sandbox.write("ztvet.yaml", config.as_bytes());
        sandbox.run("check shop.json").fails_with(message);
    }
}

#[test]
fn raw_rules_see_the_object_and_point_into_it() {
    let list = format!(
        "[{}, {}]",
        crate::sandbox::SHOP,
        crate::sandbox::SHOP.replace("Shop", "Second")
    );
    let rule = "# METADATA\n# custom:\n#   input: raw\npackage own\n\ndeny contains {\"msg\": input.displayName, \"at\": \"/web/redirectUris/0\"}";
    let sandbox = with(&[("list.json", &list), ("own.rego", rule)]);
    let report = sandbox.report("list.json --policy own.rego --select own");
    assert_eq!(texts(&report, "/findings", "/message"), ["Shop", "Second"]);
    assert_eq!(
        texts(&report, "/findings", "/location/pointer"),
        ["/0/web/redirectUris/0", "/1/web/redirectUris/0"]
    );
    assert_eq!(report["findings"][0]["location"]["line"], 5);
}

#[test]
fn raw_rules_see_no_secret() {
    let secret = "very-secret-text";
    let app = format!(
        r#"{{"appId": "1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9", "signInAudience": "AzureADMyOrg", "passwordCredentials": [{{"keyId": "a", "secretText": "{secret}"}}]}}"#
    );
    let rule = "# METADATA\n# custom:\n#   input: raw\npackage own\n\ndeny contains input.passwordCredentials[_].secretText";
    let sandbox = with(&[("app.json", &app), ("own.rego", rule)]);
    let ran = sandbox.run("check app.json --policy own.rego --format json");
    assert!(!ran.all().contains(secret), "{}", ran.all());
    assert!(ran.stdout.contains("***"), "{}", ran.all());
}

#[test]
fn raw_is_said_once() {
    let rule =
        "# METADATA\n# custom:\n#   input: raw\n#   raw: true\npackage own\ndeny contains \"x\"";
    let sandbox = with(&[("own.rego", rule)]);
    sandbox.run("check shop.json --policy own.rego").fails_with(
        "own.rego:1:1: `raw` adds to the normalized input, and `input: raw` replaces it",
    );
}

#[test]
fn only_what_is_allowed_reads_the_clock() {
    let sandbox = with(&[
        (
            "own.rego",
            "package own\ndeny contains \"now\" if time.now_ns() > 0",
        ),
        (
            "ztvet.yaml",
            "policies: [own.rego]\nallow_builtins: [time.now_ns]",
        ),
        ("none.yaml", "policies: [own.rego]"),
        (
            "other.yaml",
            "policies: [own.rego]\nallow_builtins: [rand.intn]",
        ),
        ("wrong.yaml", "allow_builtins: [http.send]"),
    ]);
    assert_eq!(messages(&sandbox, "shop.json --select own"), ["now"]);
    for config in ["none.yaml", "other.yaml"] {
        let ran = sandbox.run(&format!("check shop.json --config {config}"));
        ran.fails_with(
            "own.rego:2:24: `time.now_ns` is not the evaluation's time: use `input.now`",
        );
    }
    sandbox
        .run("check shop.json --config wrong.yaml")
        .fails_with("wrong.yaml: `allow_builtins`: `http.send` cannot be allowed, expected one of time.now_ns, rand.intn");
}

fn bundle(name: &str) -> Vec<u8> {
    std::fs::read(format!(
        "{}/tests/bundles/{name}",
        env!("CARGO_MANIFEST_DIR")
    ))
    .unwrap()
}

#[test]
fn bundles_are_loaded_and_checked() {
    let sandbox = Sandbox::shop();
    for name in ["rs256.tar.gz", "unsigned.tar.gz", "rsa.pem"] {
        sandbox.write(name, &bundle(name));
    }
    sandbox.write("unsigned.yaml", b"policies: [unsigned.tar.gz]");
    let keys = "bundle_keys: {opa: {algorithm: RS256, file: rsa.pem}}";
    for (config, policies) in [
        ("signed.yaml", "rs256.tar.gz"),
        ("wrong.yaml", "unsigned.tar.gz"),
    ] {
        sandbox.write(config, format!("policies: [{policies}]\n{keys}").as_bytes());
    }
    let finding = ["1.1 a <b> & c"];
    let check =
        |arguments: &str| messages(&sandbox, &format!("shop.json --select own {arguments}"));
    assert_eq!(check("--config signed.yaml"), finding);
    assert_eq!(check("--config unsigned.yaml"), finding);
    assert_eq!(check("--policy unsigned.tar.gz"), finding);

    sandbox
        .run("check shop.json --config wrong.yaml")
        .fails_with("unsigned.tar.gz: the bundle is not signed");
    sandbox
        .run("check shop.json --policy rs256.tar.gz")
        .fails_with("rs256.tar.gz: the bundle is signed, and no key is known (configure its key");
    sandbox.write("ztvet.yaml", keys.as_bytes());
    sandbox
        .run("check shop.json --policy unsigned.tar.gz")
        .fails_with("unsigned.tar.gz: the bundle is not signed");
    sandbox.write("ztvet.yaml", b"bundle_keys: {opa: {file: missing.pem}}");
    sandbox
        .run("check shop.json --policy unsigned.tar.gz")
        .fails_with("the key `opa`: missing.pem cannot be read");
    let mut broken = bundle("rs256.tar.gz");
    broken.truncate(600);
    sandbox.write("rs256.tar.gz", &broken);
    sandbox
        .run("check shop.json --config signed.yaml")
        .fails_with("rs256.tar.gz: the archive cannot be read");
}

#[test]
fn custom_rules_are_ruled_by_id_as_the_bundled_ones() {
    let sandbox = with(&[
        ("own.rego", "package own\ndeny contains \"x\""),
        (
            "ztvet.yaml",
            "policies: [own.rego]\nseverity: {own: info}\nignore: [AB-101]",
        ),
    ]);
    let report = sandbox.report("shop.json");
    assert!(found(&report).contains(&"own") && !found(&report).contains(&"AB-101"));
    let own = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|finding| finding["rule"] == "own");
    assert_eq!(own.unwrap()["severity"], "info");
}

#[test]
fn errors_of_an_evaluation_name_the_line_of_the_policy() {
    let sandbox = with(&[(
        "own.rego",
        "package own\n\ndeny contains \"x\" if {\n\tstartswith(input.now, 1)\n}",
    )]);
    let ran = sandbox.run("check shop.json --policy own.rego --select own");
    ran.ends_with(2);
    assert!(
        ran.stdout.contains("the rule own failed: own.rego:4:"),
        "{}",
        ran.all()
    );
}
