//! Files and directories: pairs, findings of both versions, exit codes.

use serde_json::{Value, json};

use crate::sandbox::{Sandbox, texts};
use crate::{NOW, changes, diff, edited, example, examples, rules, shop, two};

fn states(diff: &Value) -> Vec<String> {
    let one = |state: &str, name: &str| format!("{state} {name}");
    let states = texts(diff, "/applications", "/state");
    let names = texts(diff, "/applications", "/subject/name");
    states
        .into_iter()
        .zip(names)
        .map(|(s, n)| one(s, n))
        .collect()
}

#[test]
fn applications_come_go_and_change() {
    let ran = diff(&examples(), "");
    ran.ends_with(1);
    let diff = ran.json();
    assert_eq!(
        states(&diff),
        [
            "changed Shop",
            "changed Orders API",
            "added Bookings",
            "removed Reports"
        ]
    );
    assert_eq!(
        diff["summary"]["applications"],
        json!({"changed": 2, "added": 1, "removed": 1, "unchanged": 0})
    );
    let new = diff["findings"]["new"].as_array().unwrap();
    let of = |id: &str| new.iter().filter(|one| one["subject"]["id"] == id).count();
    assert!(
        of("2a0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9") > 0,
        "all of an added one are new"
    );
    let gone = texts(&diff, "/findings/gone", "/subject/name");
    assert!(
        gone.contains(&"Reports"),
        "all of a removed one are gone: {gone:?}"
    );
    let paths = texts(&diff, "/findings/gone", "/location/path");
    assert!(
        paths.iter().all(|path| path.starts_with("old/")),
        "{paths:?}"
    );
}

#[test]
fn ids_are_stronger_than_names_of_files() {
    let mut renamed = shop();
    renamed["displayName"] = json!("Store");
    let sandbox = Sandbox::new(&[
        ("old/shop.json", &shop().to_string()),
        ("new/deep/er/store.json", &renamed.to_string()),
    ]);
    let diff = diff(&sandbox, "").json();
    assert_eq!(states(&diff), ["changed Store"]);
    assert_eq!(changes(&diff), ["changed name Shop Store"]);
    assert_eq!(diff["findings"]["new"], json!([]));
    assert_eq!(diff["findings"]["gone"], json!([]));
}

#[test]
fn without_ids_paths_below_the_directories_tell() {
    let mut app = shop();
    for key in ["id", "appId"] {
        app.as_object_mut().unwrap().remove(key);
    }
    app["web"]["redirectUris"] = json!(["http://shop.contoso.com/auth"]);
    let sandbox = Sandbox::new(&[
        ("old/a/shop.json", &app.to_string()),
        ("new/a/shop.json", &app.to_string()),
        (
            "old/package.json",
            r#"{"dependencies": {"adal-node": "0.2.4"}}"#,
        ),
        (
            "new/package.json",
            r#"{"dependencies": {"adal-node": "0.2.4"}}"#,
        ),
    ]);
    let diff = diff(&sandbox, "").json();
    assert_eq!(diff["applications"], json!([]));
    assert_eq!(diff["findings"]["new"], json!([]));
    assert_eq!(diff["findings"]["gone"], json!([]));
    let unchanged = texts(&diff, "/findings/unchanged", "/rule");
    assert!(
        unchanged.contains(&"AB-101") && unchanged.contains(&"VE-201"),
        "{unchanged:?}"
    );
}

#[test]
fn findings_are_new_gone_or_unchanged() {
    let (mut old, mut new) = (shop(), shop());
    old["web"]["redirectUris"] = json!(["http://shop.contoso.com/a", "http://shop.contoso.com/b"]);
    new["web"]["redirectUris"] = json!(["http://shop.contoso.com/b", "http://shop.contoso.com/c"]);
    let sandbox = two(&old, &new);
    let ran = diff(&sandbox, "--select AB-101");
    ran.ends_with(1);
    let diff_ = ran.json();
    let uris = |list: &str| texts(&diff_, &format!("/findings/{list}"), "/details/uri");
    assert_eq!(uris("new"), ["http://shop.contoso.com/c"]);
    assert_eq!(uris("gone"), ["http://shop.contoso.com/a"]);
    assert_eq!(uris("unchanged"), ["http://shop.contoso.com/b"]);
    diff(&sandbox, "--select AB-101 --fail-on critical").ends_with(0);
    let same = sandbox.run("diff old old --select AB-101");
    same.ends_with(0);
}

#[test]
fn a_finding_that_new_does_not_tell_is_not_gone() {
    let (mut old, mut new) = (shop(), shop());
    old["owners"] = json!([]);
    new.as_object_mut().unwrap().remove("owners");
    let diff = diff(&two(&old, &new), "--select AB-301").json();
    assert_eq!(diff["findings"]["gone"], json!([]));
    assert_eq!(texts(&diff, "/findings/unjudged", "/rule"), ["AB-301"]);
}

#[test]
fn a_finding_that_old_did_not_tell_is_new_and_said_to_be_unsure() {
    let (mut old, mut new) = (shop(), shop());
    old.as_object_mut().unwrap().remove("owners");
    new["owners"] = json!([]);
    let diff = diff(&two(&old, &new), "--select AB-301").json();
    assert_eq!(texts(&diff, "/findings/new", "/rule"), ["AB-301"]);
    let notes = texts(&diff, "/notes", "/message");
    assert!(
        notes[0].starts_with("1 new finding (AB-301) may have been there before"),
        "{notes:?}"
    );
}

#[test]
fn the_same_application_in_another_format_does_not_change() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures");
    let sandbox = Sandbox::new(&[]);
    let (graph, legacy) = ("graph/shop.json", "aad-graph/shop.json");
    for (old, new) in [(graph, legacy), (legacy, graph)] {
        let ran = sandbox.run(&format!(
            "diff {root}/{old} {root}/{new} {NOW} --format json"
        ));
        let diff = ran.json();
        assert_eq!(changes(&diff), [""; 0], "{old} {new}");
        assert_eq!(rules(&diff), [""; 0], "{old} {new}");
        assert_eq!(diff["errors"], json!([]), "{old} {new}");
    }
}

#[test]
fn syntaxes_may_differ() {
    let yaml = "appId: 1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9\ndisplayName: Shop\nsignInAudience: AzureADMultipleOrgs\n";
    let sandbox = Sandbox::new(&[("old.json", &shop().to_string()), ("new.yaml", yaml)]);
    let ran = sandbox.run(&format!("diff old.json new.yaml {NOW} --format json"));
    let diff = ran.json();
    assert_eq!(
        changes(&diff),
        ["changed audience AzureADMyOrg AzureADMultipleOrgs"]
    );
    assert_eq!(rules(&diff), ["LP-405"]);
}

#[test]
fn one_of_the_versions_may_come_from_standard_input() {
    let sandbox = Sandbox::new(&[("shop.json", &shop().to_string())]);
    let mut open = shop();
    open["signInAudience"] = json!("AzureADMultipleOrgs");
    let ran = sandbox.run_with(
        &open.to_string(),
        &format!("diff shop.json - {NOW} --format json"),
    );
    ran.ends_with(1);
    assert_eq!(rules(&ran.json()), ["LP-405"]);
    sandbox
        .run("diff - -")
        .fails_with("only one of OLD and NEW");
}

#[test]
fn waivers_and_the_configuration_hold() {
    let (old, mut new) = (shop(), shop());
    new["signInAudience"] = json!("AzureADMultipleOrgs");
    let sandbox = two(&old, &new);
    diff(&sandbox, "--select LP-405").ends_with(1);
    sandbox.write(
        "ztvet.yaml",
        b"version: 1\nwaivers:\n  - {rule: LP-405, subject: 1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9, reason: partners, \
          approved_by: security@contoso.com, expires: 2027-01-31}\n",
    );
    let ran = diff(&sandbox, "--select LP-405");
    ran.ends_with(0);
    assert_eq!(ran.json()["summary"]["waived"], 1);
    let checked = sandbox.run(&format!("check new {NOW} --format json --fail-on never"));
    assert_eq!(
        checked.json()["waivers"][0]["state"],
        "not_judged",
        "{}",
        checked.all()
    );
    sandbox.write(
        "ztvet.yaml",
        b"version: 1\napplications: [{name: Shop, multitenant: true}]\n",
    );
    diff(&sandbox, "--select LP-405").ends_with(0);
    sandbox.write("ztvet.yaml", b"version: 1\nseverity: {LP-405: low}\n");
    diff(&sandbox, "--select LP-405").ends_with(0);
}

#[test]
fn own_rules_judge_changes_that_they_ask_for() {
    let (old, mut new) = (shop(), shop());
    new["displayName"] = json!("Store");
    let sandbox = two(&old, &new);
    sandbox.write(
        "own.rego",
        b"# METADATA\n# custom:\n#   id: OWN-1\n#   applies_to: [change]\n#   severity: high\npackage own\n\n\
          deny contains finding if {\n\tsome setting in input.change.settings\n\tsetting.name == \"display_name\"\n\t\
          finding := {\"at\": setting.at, \"message\": sprintf(\"%s became %s\", [setting.old, setting.new])}\n}\n",
    );
    sandbox.write(
        "every.rego",
        b"package anything\n\ndeny contains \"no application\" if not input.application\n",
    );
    let ran = diff(
        &sandbox,
        "--policy own.rego --policy every.rego --select OWN-1,anything",
    );
    let diff = ran.json();
    assert_eq!(
        texts(&diff, "/findings/new", "/message"),
        ["Shop became Store"]
    );
    assert_eq!(
        diff["findings"]["new"][0]["location"]["line"],
        json!(12),
        "{}",
        ran.all()
    );
}

#[test]
fn what_cannot_be_read_fails_on_either_side() {
    let broken = &example("old/shop.json")[..400];
    let whole = example("old/shop.json");
    for (old, new, place) in [
        (broken, &*whole, "old/shop.json"),
        (&*whole, broken, "new/shop.json"),
    ] {
        let sandbox = Sandbox::new(&[("old/shop.json", old), ("new/shop.json", new)]);
        let ran = diff(&sandbox, "");
        ran.ends_with(2);
        assert_eq!(texts(&ran.json(), "/errors", "/location/path"), [place]);
        assert!(ran.stderr.contains(place), "{}", ran.all());
    }
    let sandbox = Sandbox::shop();
    sandbox
        .run("diff shop.json nowhere.json --format json")
        .ends_with(2);
    sandbox.run("diff nowhere.json shop.json").ends_with(2);
    sandbox
        .run("diff shop.json")
        .fails_with("give two paths, OLD and NEW");
    sandbox
        .run("diff")
        .fails_with("give two paths, OLD and NEW");
}

#[test]
fn nothing_to_compare_is_an_error_unless_it_may_be() {
    let sandbox = Sandbox::new(&[("old/readme.json", "{}"), ("new/readme.json", "{}")]);
    let ran = diff(&sandbox, "");
    ran.ends_with(2);
    let errors = ran.json();
    assert!(texts(&errors, "/errors", "/message")[0].contains("nothing to compare"));
    diff(&sandbox, "--allow-empty").ends_with(0);
    let first = Sandbox::new(&[
        ("old/readme.json", "{}"),
        ("new/shop.json", &example("old/shop.json")),
    ]);
    let ran = diff(&first, "--fail-on never");
    ran.ends_with(0);
    assert_eq!(states(&ran.json()), ["added Shop"]);
}

#[test]
fn secrets_of_neither_version_are_shown() {
    let secret = "hV~8Q~notarealsecretnotarealsecretnotreal";
    let (mut old, mut new) = (shop(), shop());
    for app in [&mut old, &mut new] {
        app["passwordCredentials"] = json!([{"keyId": "0b6f4f2e-9c7d-4a64-8a60-0a5b7a0f3c21",
            "displayName": "ci", "secretText": secret, "endDateTime": "2027-01-01T00:00:00Z"}]);
    }
    new["signInAudience"] = json!("AzureADMultipleOrgs");
    // On one line, so that the line of the finding has it.
    let sandbox = Sandbox::new(&[
        ("old/shop.json", &old.to_string()),
        ("new/shop.json", &new.to_string()),
    ]);
    for format in ["table", "json", "markdown", "sarif"] {
        let ran = sandbox.run(&format!("diff old new {NOW} --format {format}"));
        ran.ends_with(1);
        assert!(!ran.all().contains(secret), "{format}");
    }
}

#[test]
fn an_application_that_stands_twice_does_not_hide() {
    let mut open = shop();
    open["signInAudience"] = json!("AzureADMultipleOrgs");
    let sandbox = Sandbox::new(&[
        ("old/a.json", &shop().to_string()),
        ("new/a.json", &shop().to_string()),
        ("new/b.json", &open.to_string()),
    ]);
    let diff = diff(&sandbox, "").json();
    assert_eq!(rules(&diff), ["LP-405"]);
}

#[test]
fn a_line_of_the_old_version_is_where_something_was_lost() {
    let diff = edited(|app| {
        app["owners"].as_array_mut().unwrap().pop();
    });
    let item = &diff["applications"][0]["changes"][0];
    assert_eq!(item["effect"], "lost");
    assert_eq!(item["location"]["path"], "old/shop.json");
    assert_eq!(item["location"]["pointer"], "/owners/1");
}
