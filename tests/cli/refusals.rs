//! What cannot be judged: an error where it was named, or where it may be a registration; else skipped, and said.

use crate::sandbox::{SHOP, Sandbox, found, texts};

/// A Graph object with a switch of the older manifest.
const AMBIGUOUS: &str =
    r#"{"appId": "1", "spa": {"redirectUris": []}, "oauth2AllowImplicitFlow": true}"#;

#[test]
fn a_named_file_that_cannot_be_judged_is_an_error() {
    let sandbox = Sandbox::new(&[
        ("broken.json", "{\"appId\": }"),
        ("broken.yaml", "appId: [1"),
        ("empty.json", " \n"),
        ("twice.json", "{\n  \"a\": 1,\n  \"a\": 2\n}"),
        ("settings.json", r#"{"name": "shop"}"#),
        ("text.yaml", "hello"),
        ("ambiguous.json", AMBIGUOUS),
        ("either.json", r#"{"appId": "1", "appRoles": []}"#),
        (
            "token.json",
            r#"{"token_type": "Bearer", "access_token": "eyJhbGciOiJSUzI1NiJ9.e30.c2ln"}"#,
        ),
        (
            "plan.json",
            r#"{"format_version": "1.2", "resource_changes": []}"#,
        ),
        ("directory.json/a.txt", ""),
        ("template.json.tpl", "{\n{{#if x}}\n\"appId\": 1\n{{/if}}}"),
    ]);
    sandbox.write("latin.json", b"{\"appId\": \"\xe9\"}");
    for (path, message) in [
        ("broken.json", "broken.json:1:11: expected value"),
        (
            "broken.yaml",
            "broken.yaml:1:10: while parsing a flow sequence",
        ),
        ("empty.json", "empty.json: the file is empty"),
        ("twice.json", "twice.json:3:3: duplicate key `a`"),
        ("latin.json", "latin.json:1:12: malformed UTF-8"),
        (
            "settings.json",
            "settings.json:1:1: not an application registration in a format that is known",
        ),
        (
            "text.yaml",
            "text.yaml:1:1: not an application registration",
        ),
        (
            "ambiguous.json",
            "ambiguous.json:1:1: ambiguous: `oauth2AllowImplicitFlow` belongs to the Azure AD Graph manifest \
             and `spa` to Microsoft Graph\n  help: say which it is with `--input-format msgraph` or `aadgraph`",
        ),
        (
            "either.json",
            "`appRoles` belongs to applications and to service principals",
        ),
        (
            "token.json",
            "the answer to a request for a token (put the token alone in a file), which is not judged",
        ),
        ("plan.json", "there is nothing to judge"),
        (
            "template.json.tpl",
            "help: a template is read as it is, so render it first",
        ),
        ("missing.json", "missing.json: no such file or directory"),
        ("directory.json", "there is nothing to judge"),
    ] {
        let ran = sandbox.run(&format!("check {path} --format json"));
        ran.fails_with(message);
        assert!(!ran.json()["errors"].as_array().unwrap().is_empty());
        sandbox
            .run(&format!("normalize {path}"))
            .fails_with(message);
    }
}

#[test]
fn in_a_directory_what_is_something_else_is_skipped() {
    let sandbox = Sandbox::new(&[
        ("broken.json", "{\"a\": }"),
        ("settings.json", r#"{"name": "shop"}"#),
        (
            "token.json",
            r#"{"token_type": "Bearer", "access_token": "eyJhbGciOiJSUzI1NiJ9.e30.c2ln"}"#,
        ),
        ("none.json", "[]"),
        ("shop.json", SHOP),
    ]);
    let report = sandbox.report(". --select AB-101");
    assert_eq!(found(&report), ["AB-101"]);
    assert_eq!(report["errors"], serde_json::json!([]));
    assert_eq!(
        texts(&report, "/skipped", "/reason"),
        [
            "cannot be parsed: expected value",
            "an empty list",
            "not an application registration in a format that is known",
            "the answer to a request for a token (put the token alone in a file), which is not judged",
        ]
    );
    let ran = sandbox.run("check . --select AB-101");
    assert!(ran.stdout.contains("skipped: 4 files"), "{}", ran.all());
}

#[test]
fn in_a_directory_what_may_be_a_registration_is_an_error() {
    let sandbox = Sandbox::new(&[
        ("ambiguous.json", AMBIGUOUS),
        ("conflict.json", &format!("<<<<<<< HEAD\n{SHOP}")),
        ("half.json", &SHOP[..SHOP.len() / 2]),
        ("half.yaml", "passwordCredentials: [\n"),
        ("shop.json", SHOP),
    ]);
    let utf_16: Vec<u8> = SHOP.encode_utf16().flat_map(u16::to_le_bytes).collect();
    sandbox.write("odd.json", &utf_16[..utf_16.len() - 1]);
    let report = sandbox.report(".");
    assert_eq!(
        texts(&report, "/errors", "/location/path"),
        [
            "ambiguous.json",
            "conflict.json",
            "half.json",
            "half.yaml",
            "odd.json"
        ]
    );
}

#[test]
fn beside_a_registration_nothing_goes_unseen() {
    let list = format!("[{SHOP}, {{\"name\": \"shop\"}}, null]");
    let documents = format!("{SHOP}{{\"name\": \"shop\"}}");
    let sandbox = Sandbox::new(&[("list.json", &list), ("documents.json", &documents)]);
    let report = sandbox.report(". --select AB-101");
    assert_eq!(found(&report), ["AB-101", "AB-101"]);
    assert_eq!(
        texts(&report, "/errors", "/message"),
        [
            "not an application registration in a format that is known",
            "element `/1` cannot be judged: not an application registration in a format that is known",
            "element `/2` cannot be judged: not an application registration in a format that is known",
        ]
    );
}

#[test]
fn a_wrong_value_is_an_error_beside_what_can_be_judged() {
    let app = SHOP.replace(
        "\"spa\": { \"redirectUris\": [] }",
        "\"spa\": { \"redirectUris\": \"x\" }",
    );
    let sandbox = Sandbox::new(&[("shop.json", &app)]);
    let ran = sandbox.run("check shop.json --select AB-101 --fail-on never");
    ran.ends_with(2);
    assert!(ran.stdout.contains("high[AB-101]"), "{}", ran.all());
    assert!(
        ran.stdout
            .contains("error: shop.json:6:28: `/spa/redirectUris` is a string, expected a list"),
        "{}",
        ran.all()
    );
}

#[test]
fn keys_that_differ_in_case_alone_are_never_chosen_between() {
    for (key, app) in [
        (
            "`AppId` and `appId`",
            SHOP.replace("{\n  \"appId\"", "{\n  \"AppId\": \"x\",\n  \"appId\""),
        ),
        (
            "`RedirectUris` and `redirectUris`",
            SHOP.replace("\"web\": {", "\"web\": { \"RedirectUris\": [],"),
        ),
    ] {
        let sandbox = Sandbox::new(&[("shop.json", &app)]);
        sandbox
            .run("check shop.json --format json")
            .fails_with(&format!(
                "the keys {key} differ only in case\n  help: remove one of them"
            ));
    }
}

#[test]
fn a_page_that_is_not_the_last_is_told() {
    let page = format!(
        "{{\"@odata.nextLink\": \"https://graph.microsoft.com/next\", \"value\": [{SHOP}]}}"
    );
    let ran = Sandbox::new(&[("page.json", &page)]).run("check page.json --format json");
    ran.ends_with(1);
    assert!(
        ran.stderr
            .contains("note: page.json:1:57: the page has an `@odata.nextLink`"),
        "{}",
        ran.all()
    );
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_an_error_everywhere() {
    use std::os::unix::fs::PermissionsExt;

    let sandbox = Sandbox::shop();
    let locked = sandbox.path("locked.json");
    sandbox.write("locked.json", b"{}");
    std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o000)).unwrap();
    if std::fs::read(&locked).is_ok() {
        return; // Nothing is locked to root.
    }
    for path in ["locked.json", "."] {
        sandbox
            .run(&format!("check {path} --format json"))
            .fails_with("locked.json: permission denied");
    }
}
