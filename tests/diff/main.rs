//! `ztvet diff` as its users see it: files, directories, revisions, and what each form of the diff says.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod facts;
mod files;
mod forms;
mod git;
mod property;
#[path = "../cli/sandbox.rs"]
#[allow(dead_code, reason = "it has more than these tests need")]
mod sandbox;
#[path = "../support/mod.rs"]
#[allow(dead_code, reason = "it has more than these tests need")]
mod support;

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::sandbox::{Ran, Sandbox};

/// The time of all runs.
pub const NOW: &str = "--now 2026-11-23T06:00:00Z";

/// A file of `examples/diff`.
pub fn example(name: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/diff");
    fs::read_to_string(root.join(name)).unwrap()
}

/// The application of `examples/diff/old/shop.json`, to be edited.
pub fn shop() -> Value {
    serde_json::from_str(&example("old/shop.json")).unwrap()
}

/// A directory with two versions of a file.
pub fn two(old: &Value, new: &Value) -> Sandbox {
    Sandbox::new(&[
        ("old/shop.json", &format!("{old:#}")),
        ("new/shop.json", &format!("{new:#}")),
    ])
}

/// A directory with `old` and `new` of `examples/diff`.
pub fn examples() -> Sandbox {
    let names = [
        "old/shop.json",
        "old/orders-api.json",
        "old/reports.json",
        "new/shop.json",
        "new/orders-api.json",
        "new/bookings.json",
    ];
    let texts = names.map(example);
    let files: Vec<(&str, &str)> = names.into_iter().zip(texts.iter().map(|t| &**t)).collect();
    Sandbox::new(&files)
}

/// The diff of `old` and `new` in JSON.
pub fn diff(sandbox: &Sandbox, more: &str) -> Ran {
    sandbox.run(&format!("diff old new {NOW} --format json {more}"))
}

/// The diff of two versions of the shop.
pub fn edited(edit: impl FnOnce(&mut Value)) -> Value {
    let (old, mut new) = (shop(), shop());
    edit(&mut new);
    diff(&two(&old, &new), "").json()
}

/// `gained permission User.Read`, …: what differs in the first application.
pub fn changes(diff: &Value) -> Vec<String> {
    let list = diff.pointer("/applications/0/changes");
    let list = list.and_then(Value::as_array).map(Vec::as_slice);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let line = |item: &Value| {
        let parts = ["effect", "what", "name", "old", "new"].map(|key| text(&item[key]));
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(" ")
    };
    list.unwrap_or_default().iter().map(line).collect()
}

/// The ids of the rules of new findings that are about the change.
pub fn rules(diff: &Value) -> Vec<&str> {
    let findings = diff["findings"]["new"].as_array().unwrap();
    let of_change = findings
        .iter()
        .filter(|one| one["subject"]["kind"] == "change");
    let mut rules: Vec<&str> = of_change.map(|one| one["rule"].as_str().unwrap()).collect();
    rules.sort_unstable();
    rules
}
