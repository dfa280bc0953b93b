//! Findings about several documents have their lines as well, though no document is held for them.

use serde_json::{Value, json};

use crate::sandbox::Sandbox;

/// An application that shares its redirect URI with all others that are made like this.
fn app(number: u8) -> String {
    format!(
        r#"{{"appId": "1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f{number}", "signInAudience": "AzureADMyOrg",
"web": {{"redirectUris": ["https://shop.contoso.com/auth"]}}}}"#
    )
}

fn line(number: u8) -> String {
    app(number).replace('\n', " ") + "\n"
}

/// Path, pointer, line and column of the findings of AB-701.
fn places(report: &Value) -> Vec<(String, String, u64, u64)> {
    let findings = report["findings"].as_array().unwrap();
    let place = |finding: &Value| {
        assert_eq!(finding["rule"], "AB-701");
        let location = &finding["location"];
        (
            location["path"].as_str().unwrap().to_owned(),
            location["pointer"].as_str().unwrap().to_owned(),
            location["line"].as_u64().unwrap(),
            location["column"].as_u64().unwrap(),
        )
    };
    findings.iter().map(place).collect()
}

fn place(path: &str, pointer: &str, line: u64, column: u64) -> (String, String, u64, u64) {
    (path.to_owned(), pointer.to_owned(), line, column)
}

#[test]
fn the_line_is_that_of_the_first_member() {
    let list = format!("{{\"value\": [\n\n  {}\n]}}", app(0));
    let sandbox = Sandbox::new(&[("a/list.json", &list), ("b.json", &app(1))]);
    let places = places(&sandbox.report(". --select AB-701"));
    assert_eq!(places, [place("a/list.json", "/value/0", 3, 3)]);
}

#[test]
fn the_document_is_the_right_one_of_its_source() {
    let other = "{\"appId\": \"2f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f0\", \"signInAudience\": \"AzureADMyOrg\"}\n";
    let ndjson = other.to_owned() + "\n" + &line(0);
    for (name, text, line) in [
        ("apps.ndjson", ndjson, 3),
        ("apps.yaml", format!("{other}---\n# c\n{}", app(0)), 4),
        ("apps#1", other.to_owned() + &line(0), 2),
    ] {
        let sandbox = Sandbox::new(&[(name, &text), ("z.json", &app(1))]);
        let report = sandbox.report(&format!("{name} z.json --select AB-701"));
        assert_eq!(places(&report), [place(name, "", line, 1)], "{report}");
    }
}

#[test]
fn applications_without_ids_are_told_apart_by_their_documents() {
    let unnamed = line(0).replace("\"appId\": \"1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f0\", ", "");
    let sandbox = Sandbox::new(&[("apps.ndjson", &(unnamed.clone() + &unnamed))]);
    let report = sandbox.report("apps.ndjson --select AB-701");
    assert_eq!(places(&report), [place("apps.ndjson", "", 1, 1)]);
}

#[test]
fn loopback_addresses_are_no_place_that_is_shared() {
    let local = |number| line(number).replace("https://shop.contoso.com", "http://127.0.0.1:8080");
    let sandbox = Sandbox::new(&[("apps.ndjson", &(local(0) + &local(1)))]);
    assert_eq!(places(&sandbox.report("apps.ndjson --select AB-701")), []);
    let inputs = sandbox.run("normalize apps.ndjson --ndjson").stdout;
    let last = inputs.lines().last().unwrap();
    let inventory: Value = serde_json::from_str(last).unwrap();
    assert_eq!(inventory["inventory"]["shared_redirect_uris"], json!([]));
}

#[test]
fn standard_input_has_lines_as_well() {
    let sandbox = Sandbox::new(&[]);
    let input = format!("[\n{},\n{}]", app(0), app(1));
    let ran = sandbox.run_with(&input, "check - --select AB-701 --format json");
    assert_eq!(places(&ran.json()), [place("-", "/0", 2, 1)]);
}

#[test]
fn secrets_stay_masked_in_the_shown_line() {
    let secret = "\"passwordCredentials\": [{\"secretText\": \"aB38Q~abcdefghijklmnopqrstuvwxyz0123456789\"}], ";
    let text = (line(0) + &line(1)).replace("{\"appId\"", &format!("{{{secret}\"appId\""));
    let sandbox = Sandbox::new(&[("apps.ndjson", &text)]);
    let ran = sandbox.run("check apps.ndjson --select AB-701");
    let shown = "1 | {\"passwordCredentials\": [{\"secretText\": ***}], \"appId\"";
    assert!(ran.stdout.contains(shown), "{}", ran.all());
    assert!(!ran.all().contains("aB38Q"), "{}", ran.all());
}

#[cfg(unix)]
#[test]
fn a_pipe_is_read_once() {
    let sandbox = Sandbox::new(&[("apps.ndjson", &(line(0) + &line(1)))]);
    let pipe = sandbox.path("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    let text = sandbox.read("apps.ndjson");
    let writer = std::thread::spawn(move || std::fs::write(pipe, text).unwrap());
    let report = sandbox.report("pipe --select AB-701");
    writer.join().unwrap();
    assert_eq!(places(&report), [place("pipe", "", 1, 1)]);
}
