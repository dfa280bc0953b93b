//! The README and the pages of `docs/` say what the program does.
//!
//! What is made from the source is compared with what is there: `UPDATE_DOCS=1 cargo test --test docs` writes it anew.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "../examples/embed.rs"]
#[allow(dead_code, reason = "the example's `main` is not called")]
mod embed;
#[path = "docs/made.rs"]
mod made;
#[path = "docs/markdown.rs"]
mod markdown;
#[path = "docs/shown.rs"]
mod shown;
#[path = "docs/tables.rs"]
mod tables;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use ztvet::normalize::input::Input;
use ztvet::report::Report;

use self::markdown::{anchors, links};

/// The time of all examples, so that what they print does not depend on the day.
const NOW: &str = "2026-11-23T06:00:00Z";

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn read(name: &str) -> String {
    fs::read_to_string(path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The README, the change log, and the pages of `docs/`.
fn pages() -> Vec<String> {
    let entries = fs::read_dir(path("docs")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let pages = names.filter(|name| name.ends_with(".md"));
    let mut pages: Vec<String> = pages.map(|name| format!("docs/{name}")).collect();
    pages.extend(["README.md", "CHANGELOG.md"].map(str::to_owned));
    pages
}

/// Runs the program with the time of the examples, where they are what the README calls them.
fn ztvet(directory: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ztvet"));
    command
        .current_dir(directory)
        .env("ZTVET_CACHE_DIR", "")
        .args(arguments);
    if matches!(arguments, ["check" | "diff" | "normalize" | "eval", ..])
        && !arguments.contains(&"--now")
    {
        command.args(["--now", NOW]);
    }
    // Without a terminal the table is as wide as in the README.
    command.stdin(std::process::Stdio::null()).output().unwrap()
}

fn stdout(directory: &Path, arguments: &[&str]) -> String {
    String::from_utf8(ztvet(directory, arguments).stdout).unwrap()
}

#[test]
fn inputs_and_reports_are_what_their_types_say() {
    let inputs = stdout(&path(""), &["normalize", "examples/manifests"]);
    let written: Value = serde_json::from_str(&inputs).unwrap();
    let read: Vec<Input> = serde_json::from_str(&inputs).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), written);

    let report = stdout(
        &path(""),
        &["check", "examples/manifests", "--format", "json"],
    );
    let read: Report = serde_json::from_str(&report).unwrap();
    let mut again = Vec::new();
    ztvet::report::json::render(&read, &mut again).unwrap();
    assert_eq!(String::from_utf8(again).unwrap(), report);
}

#[test]
fn links_lead_somewhere() {
    let mut checked = 0;
    for name in pages() {
        let page = read(&name);
        for link in links(&page) {
            if link.contains("://") {
                continue;
            }
            let (file, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let target = match file {
                "" => path(&name),
                file => path(&name).with_file_name("").join(file),
            };
            assert!(
                target.exists(),
                "{name} links to {link}, which is not there"
            );
            if !anchor.is_empty() {
                let target = fs::read_to_string(&target).unwrap();
                assert!(
                    anchors(&target).iter().any(|known| known == anchor),
                    "{name} links to {link}, which has no such heading"
                );
            }
            checked += 1;
        }
    }
    assert!(checked > 100, "only {checked} links were found");
}

#[test]
fn the_engine_can_be_embedded() {
    let judge = |manifest: &str| {
        let mut out = Vec::new();
        let passes = embed::judge(&path(manifest), &mut out).map_err(|error| error.to_string());
        passes.map(|passes| (passes, String::from_utf8(out).unwrap()))
    };
    let (passes, text) = judge("examples/manifests/shop.json").unwrap();
    assert!(!passes);
    assert!(text.starts_with("Shop\n"), "{text}");
    assert!(
        text.contains("  line 61: high [AB-101] redirect URI"),
        "{text}"
    );
    assert!(
        text.contains("  not judged: [AB-301] lacks application.owners"),
        "{text}"
    );
    assert!(
        text.contains("  not judged: [CONTOSO-001] lacks application.tags"),
        "{text}"
    );
    let (passes, text) = judge("examples/manifests/orders-api.json").unwrap();
    assert!(passes, "{text}");
    let (_, text) = judge("examples/manifests/reports-legacy.json").unwrap();
    assert!(
        text.contains("low [CONTOSO-001] Application has no team tag"),
        "{text}"
    );
    let error = judge("LICENSE-MIT").unwrap_err();
    assert!(error.contains("LICENSE-MIT"), "{error}");
}
