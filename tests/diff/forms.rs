//! The forms of a diff.

use serde_json::{Value, json};

use crate::sandbox::{Sandbox, texts};
use crate::{NOW, diff, examples, shop, two};

fn run(format: &str) -> String {
    let ran = examples().run(&format!("diff old new {NOW} --format {format} --quiet"));
    ran.ends_with(1);
    ran.stdout
}

#[test]
fn table() {
    insta::assert_snapshot!(run("table"));
}

#[test]
fn markdown() {
    insta::assert_snapshot!(run("markdown"));
}

#[test]
fn json_form() {
    let sandbox = examples();
    sandbox
        .run(&format!(
            "diff old new {NOW} --select LP-404,AB-101 --format json --output diff.json"
        ))
        .ends_with(1);
    insta::assert_snapshot!(sandbox.read("diff.json"));
}

#[test]
fn sarif_tells_what_is_new() {
    let states = |sarif: &Value| {
        let states = texts(sarif, "/runs/0/results", "/baselineState");
        let states = states.into_iter().map(str::to_owned);
        states.collect::<std::collections::BTreeSet<String>>()
    };
    let sarif: Value = serde_json::from_str(&run("sarif")).unwrap();
    assert!(states(&sarif).contains("new"), "{:?}", states(&sarif));
    let same = examples().run(&format!("diff old old {NOW} --format sarif"));
    let states = states(&same.json());
    assert!(states.iter().eq(["unchanged"]), "{states:?}");
}

#[test]
fn nothing_is_said_briefly() {
    let sandbox = examples();
    let ran = sandbox.run(&format!("diff old old {NOW} --format markdown"));
    ran.ends_with(0);
    assert_eq!(
        ran.stdout,
        "### ztvet: no new findings\n\n`old` → `old`: 0 applications changed, 0 added, 0 removed, 3 unchanged.\n"
    );
}

/// What would be something else than text in Markdown or HTML.
const HOSTILE: &str = "x` <img src=x onerror=alert(1)> @everyone #1 [a](javascript:b) | ``` ~~~\n\n# Approved\n<!-- \u{202e}";

#[test]
fn manifests_cannot_write_markdown() {
    let (old, mut new) = (shop(), shop());
    new["displayName"] = json!(HOSTILE);
    new["web"]["redirectUris"] = json!([HOSTILE, "https://shop.contoso.com/`a`<b>"]);
    new["owners"][0]["displayName"] = json!(HOSTILE);
    new["owners"][0]["id"] = json!("c1b2c3d4-0000-4000-8000-000000000009");
    let ran = two(&old, &new).run(&format!("diff old new {NOW} --format markdown --quiet"));
    let text = without_code(&ran.stdout);
    for markup in [
        "<",
        "@",
        "#1",
        "](",
        "|",
        "`",
        "\u{202e}",
        "javascript",
        "everyone",
    ] {
        assert!(!text.contains(markup), "{markup}\n{text}\n{}", ran.stdout);
    }
    assert!(
        ran.stdout.lines().all(|line| !line.starts_with("# ")),
        "{}",
        ran.stdout
    );
}

/// The text without code spans, by the rules of CommonMark: a run of backticks ends at the next run of as many.
fn without_code(text: &str) -> String {
    let mut rest = text;
    let mut out = String::new();
    while let Some(start) = rest.find('`') {
        let (before, from) = rest.split_at(start);
        out.push_str(before);
        let fence = from.len() - from.trim_start_matches('`').len();
        let after = &from[fence..];
        let Some(length) = end_of_span(after, fence) else {
            out.push_str(&from[..fence]);
            rest = after;
            continue;
        };
        assert!(!after[..length].contains('\n'), "a span over several lines");
        rest = &after[length + fence..];
    }
    out + rest
}

fn end_of_span(text: &str, fence: usize) -> Option<usize> {
    let mut from = 0;
    while let Some(start) = text[from..].find('`') {
        let start = from + start;
        let run = text[start..].len() - text[start..].trim_start_matches('`').len();
        if run == fence {
            return Some(start);
        }
        from = start + run;
    }
    None
}

#[test]
fn a_comment_is_never_too_long() {
    let (old, mut new) = (shop(), shop());
    let uri = |number: usize| format!("http://host-{number}.contoso.com/{}", "a".repeat(40));
    let uris: Vec<String> = (0..900).map(uri).collect();
    new["web"]["redirectUris"] = json!(uris);
    let ran = two(&old, &new).run(&format!("diff old new {NOW} --format markdown --quiet"));
    ran.ends_with(1);
    assert!(ran.stdout.len() <= 65_536, "{}", ran.stdout.len());
    assert!(ran.stdout.len() > 60_000, "{}", ran.stdout.len());
    let last = ran.stdout.lines().last().unwrap();
    assert!(last.contains("more lines do not fit"), "{last}");
    assert!(ran.stdout.starts_with("### ztvet: "));
}

#[test]
fn the_same_input_gives_the_same_text() {
    let sandbox = examples();
    let first = diff(&sandbox, "").stdout;
    for jobs in ["1", "2", "7"] {
        assert_eq!(diff(&sandbox, &format!("--jobs {jobs}")).stdout, first);
    }
}

#[test]
fn terminals_are_not_steered() {
    let (old, mut new) = (shop(), shop());
    new["displayName"] = json!("\u{1b}[2J Shop \u{202e}");
    let sandbox: Sandbox = two(&old, &new);
    let ran = sandbox.run(&format!("diff old new {NOW}"));
    assert!(
        !ran.stdout.contains('\u{1b}') && !ran.stdout.contains('\u{202e}'),
        "{}",
        ran.stdout
    );
}

#[test]
fn build_servers_are_given_no_commands() {
    let (old, mut new) = (shop(), shop());
    new["displayName"] = json!("##vso[task.complete result=Succeeded] ##[error]");
    for format in ["table", "json", "markdown", "sarif"] {
        let ran = two(&old, &new).run(&format!("diff old new {NOW} --format {format}"));
        let is_silent = !ran.stdout.contains("##vso[") && !ran.stdout.contains("##[");
        assert!(is_silent, "{format}: {}", ran.stdout);
    }
}
