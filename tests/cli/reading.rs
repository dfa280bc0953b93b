//! What is read: files, directories, globs, standard input, and every way to write a document.

use crate::sandbox::{SHOP, Sandbox, found, texts};

/// [`SHOP`] on one line.
fn line() -> String {
    SHOP.replace('\n', " ") + "\n"
}

/// Paths and lines of the findings of AB-101.
fn places(sandbox: &Sandbox, arguments: &str) -> Vec<String> {
    let report = sandbox.report(&format!("{arguments} --select AB-101"));
    let place = |finding: &serde_json::Value| {
        let location = &finding["location"];
        format!(
            "{}:{}",
            location["path"].as_str().unwrap(),
            location["line"]
        )
    };
    report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(place)
        .collect()
}

#[test]
fn standard_input_is_a_dash() {
    let ran = Sandbox::new(&[]).run_with(SHOP, "check - --select AB-101 --format json");
    ran.ends_with(1);
    assert_eq!(texts(&ran.json(), "/findings", "/location/path"), ["-"]);
    Sandbox::new(&[])
        .run_with("", "check - --format json")
        .fails_with("error: -: the file is empty");
}

#[test]
fn the_working_directory_is_judged_when_nothing_is_named() {
    let sandbox = Sandbox::new(&[("a/shop.json", SHOP), ("b.json", SHOP)]);
    assert_eq!(places(&sandbox, ""), ["a/shop.json:5", "b.json:5"]);
}

#[test]
fn globs_are_matched_without_a_shell() {
    let sandbox = Sandbox::new(&[
        ("a/shop.json", SHOP),
        ("a/b/shop.json", SHOP),
        ("a/shop.backup", SHOP),
    ]);
    assert_eq!(places(&sandbox, "a/*.json"), ["a/shop.json:5"]);
    assert_eq!(
        places(&sandbox, "**/shop.*"),
        ["a/b/shop.json:5", "a/shop.backup:5", "a/shop.json:5"]
    );
    sandbox
        .run("check a/*.yaml --format json")
        .fails_with("a/*.yaml: no file matches this glob");
}

#[test]
fn git_ignores_files_and_so_does_a_check() {
    let sandbox = Sandbox::new(&[
        (".git/HEAD", "ref: refs/heads/main\n"),
        (".gitignore", "build/\n"),
        ("build/shop.json", SHOP),
        ("shop.json", SHOP),
    ]);
    assert_eq!(places(&sandbox, "."), ["shop.json:5"]);
    assert_eq!(places(&sandbox, "build/shop.json"), ["build/shop.json:5"]);
}

#[test]
fn every_line_of_ndjson_is_a_document() {
    let lines = line() + &line();
    for name in ["apps.ndjson", "apps.json"] {
        let sandbox = Sandbox::new(&[(name, &lines)]);
        assert_eq!(
            places(&sandbox, name),
            [format!("{name}:1"), format!("{name}:2")]
        );
    }
}

#[test]
fn every_document_of_a_yaml_file_is_read() {
    let app = "appId: 1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9\nsignInAudience: AzureADMyOrg\nweb:\n  redirectUris:\n  - http://shop.contoso.com/auth\n";
    let sandbox = Sandbox::new(&[("apps.yaml", &format!("{app}---\n{app}"))]);
    assert_eq!(
        places(&sandbox, "apps.yaml"),
        ["apps.yaml:5", "apps.yaml:11"]
    );
    let ran = sandbox.run_with(app, "check - --select AB-101");
    ran.ends_with(1);
}

#[test]
fn utf_16_is_read_with_and_without_a_mark() {
    let sandbox = Sandbox::new(&[]);
    let little: Vec<u8> = SHOP.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = SHOP.encode_utf16().flat_map(u16::to_be_bytes).collect();
    sandbox.write("little.json", &little);
    sandbox.write("marked.json", &[&[0xff, 0xfe], little.as_slice()].concat());
    sandbox.write("big.json", &[&[0xfe, 0xff], big.as_slice()].concat());
    sandbox.write(
        "utf-8.json",
        &[&[0xef, 0xbb, 0xbf], SHOP.as_bytes()].concat(),
    );
    assert_eq!(
        places(&sandbox, "."),
        [
            "big.json:5",
            "little.json:5",
            "marked.json:5",
            "utf-8.json:5"
        ]
    );
}

#[test]
fn json_may_have_comments_and_trailing_commas() {
    let app = SHOP.replace("{\n  \"appId\"", "{\n  // The shop.\n  /* */ \"appId\"");
    let app = app.replace("auth\" ]", "auth\", ]");
    let sandbox = Sandbox::new(&[("shop.json", &app)]);
    assert_eq!(places(&sandbox, "shop.json"), ["shop.json:6"]);
}

#[test]
fn a_file_that_is_named_twice_is_judged_once() {
    let sandbox = Sandbox::shop();
    assert_eq!(
        places(&sandbox, "shop.json ./shop.json . *.json"),
        ["shop.json:5"]
    );
}

#[test]
fn the_elements_of_lists_and_pages_are_judged_in_their_places() {
    let app = line();
    let page = format!("{{\n\"@odata.context\": \"x\",\n\"value\": [\n{app},\n{app}]}}");
    let sandbox = Sandbox::new(&[
        ("list.json", &format!("[\n{app},\n{app}]")),
        ("page.json", &page),
    ]);
    assert_eq!(
        places(&sandbox, "list.json"),
        ["list.json:2", "list.json:4"]
    );
    assert_eq!(
        places(&sandbox, "page.json"),
        ["page.json:4", "page.json:6"]
    );
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_and_that_is_said() {
    let sandbox = Sandbox::shop();
    std::os::unix::fs::symlink("shop.json", sandbox.path("link.json")).unwrap();
    let report = sandbox.report(". --select AB-101");
    assert_eq!(found(&report), ["AB-101"]);
    assert_eq!(texts(&report, "/skipped", "/path"), ["link.json"]);
}

#[test]
fn limits_hold_and_can_be_raised() {
    let sandbox = Sandbox::shop();
    let deep = format!("{}{}", "[".repeat(70), "]".repeat(70));
    sandbox.write("deep.json", deep.as_bytes());
    sandbox
        .run("check deep.json --format json")
        .fails_with("deep.json:1:65: nested deeper than 64 levels");
    sandbox
        .run("check deep.json --format json --max-depth 80")
        .fails_with("there is nothing to judge");
    sandbox.write("large.json", &vec![b' '; (1 << 20) + 1]);
    sandbox
        .run("check large.json --format json --max-file-size 1")
        .fails_with("large.json: larger than 1048576 bytes");
}

/// More lines than are held at once, each with a finding and a long note.
fn many_lines() -> String {
    let note = format!("\"notes\": \"{}\", \"appId\"", "x".repeat(50_000));
    let line = line().replacen("\"appId\"", &note, 1);
    line.repeat(200)
}

#[test]
fn large_standard_input_is_read_some_lines_at_a_time() {
    let lines = many_lines();
    assert!(lines.len() > 9 << 20);
    let sandbox = Sandbox::new(&[]);
    let arguments = "check - --select AB-101 --format ndjson --output found.ndjson --format sarif";
    let ran = sandbox.run_with(&lines, arguments);
    ran.ends_with(1);
    assert_eq!(texts(&ran.json(), "/runs/0/results", "/ruleId").len(), 200);
    let found = sandbox.read("found.ndjson");
    let found: Vec<serde_json::Value> = found
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let (last, findings) = found.split_last().unwrap();
    assert_eq!(
        (last["type"].as_str(), last["subjects"].as_u64()),
        (Some("summary"), Some(200))
    );
    let lines = findings.iter().filter(|line| line["type"] == "finding");
    let lines: Vec<u64> = lines
        .filter_map(|f| f["location"]["line"].as_u64())
        .collect();
    assert_eq!(lines, (1..=200).collect::<Vec<u64>>());
    assert_eq!(sandbox.names(), ["found.ndjson"]);
}

#[test]
fn an_error_in_the_middle_of_a_large_file_is_told_and_fails_the_run() {
    let mut lines = many_lines();
    let at = lines.len() / 2;
    let at = at + lines[at..].find("\"web\"").unwrap();
    lines.insert_str(at, "oops");
    let sandbox = Sandbox::new(&[("apps.ndjson", &lines)]);
    let ran = sandbox.run("check apps.ndjson --select AB-101 --format ndjson");
    ran.ends_with(2);
    let last: serde_json::Value = serde_json::from_str(ran.stdout.lines().last().unwrap()).unwrap();
    assert_eq!(
        (last["type"].as_str(), last["errors"].as_u64()),
        (Some("summary"), Some(1))
    );
    assert!(
        ran.stderr.contains("error: apps.ndjson:101:"),
        "{}",
        ran.stderr
    );
}
