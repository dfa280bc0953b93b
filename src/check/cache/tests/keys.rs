//! What is in the key of an entry, and what is not.

use super::super::key;
use super::*;
use crate::normalize::Format;

/// Engines that differ from the first in one thing each.
fn others(tree: &Tree) -> Vec<(&'static str, EngineBuilder)> {
    let config = |text| with(tree.builder(), text);
    let own = |text: &str| tree.builder().policy("own.rego", text).unwrap();
    let limits = Limits {
        max_depth: 10,
        ..Limits::default()
    };
    tree.write("data/limits.json", r#"{"limits": {"days": 1}}"#);
    let data = |name| own(POLICY).data(tree.path(name)).unwrap();
    let first = data("data/limits.json").build().unwrap();
    tree.write("data/limits.json", r#"{"limits": {"days": 2}}"#);
    let second = data("data/limits.json").build().unwrap();
    let [first, second] = [first, second].map(|engine| key::of_engine(&engine.inner, ""));
    assert_ne!(first, second, "data");
    vec![
        ("a word", config("organization: {domains: [contoso.com]}")),
        ("another", config("organization: {domains: [contoso.net]}")),
        (
            "a parameter",
            config("parameters: {AB-407: {warn_days: 1}}"),
        ),
        ("a severity", config("severity: {AB-101: low}")),
        ("a rule less", config("ignore: [AB-101]")),
        (
            "an application",
            config("applications: [{name: Shop, type: web}]"),
        ),
        (
            "a waiver",
            config(
                "waivers: [{rule: AB-101, subject: Shop, reason: a, approved_by: b, expires: 2027-01-31}]",
            ),
        ),
        (
            "its last day",
            config(
                "waivers: [{rule: AB-101, subject: Shop, reason: a, approved_by: b, expires: 2027-01-30}]",
            ),
        ),
        ("what a token needs", config("tokens: {require_mfa: true}")),
        ("selection", tree.builder().select(["AB-101".to_owned()])),
        (
            "another selection",
            tree.builder().select(["AB-102".to_owned()]),
        ),
        ("a rule of one's own", own(POLICY)),
        ("its text", own(&POLICY.replace("name\"", "who\""))),
        ("its title", own(&POLICY.replace("Named", "Called"))),
        (
            "its file",
            tree.builder().policy("other.rego", POLICY).unwrap(),
        ),
        ("data", data("data/limits.json")),
        ("a format", tree.builder().format(Some(Format::MsGraph))),
        ("a limit", tree.builder().limits(limits)),
        ("masking", tree.builder().show_personal_data(true)),
    ]
}

#[test]
fn whatever_matters_is_in_the_key() {
    let tree = Tree::shops();
    assert_eq!(tree.run(tree.builder()).1, used(0, 3));
    for (what, builder) in others(&tree) {
        let (_, use_of_cache) = tree.run(builder);
        assert_eq!(use_of_cache, used(0, 3), "{what}");
    }
    // Each of them has entries of its own.
    assert_eq!(tree.run(tree.builder()).1, used(3, 0));
    let uncached = others(&tree).into_iter();
    for ((what, builder), (_, uncached)) in others(&tree).into_iter().zip(uncached) {
        let (warm, use_of_cache) = tree.run(builder);
        assert_eq!(use_of_cache, used(3, 0), "{what}");
        let (expected, _) = tree.run(uncached.cache(None));
        assert!(warm == expected, "{what}");
    }
    let engine = tree.builder().build().unwrap();
    let of = |build| key::of_engine(&engine.inner, build);
    assert_ne!(of(key::BUILD), of("0.0.1 0123456789abcdef"));
}

#[test]
fn whatever_does_not_matter_is_not() {
    let tree = Tree::shops();
    let waiver = "{rule: AB-101, subject: Shop, reason: a, approved_by: b, expires: 2027-01-31}";
    let config = format!("version: 1\nwaivers: [{waiver}]\n");
    let first = || with(tree.builder(), &config);
    assert_eq!(tree.run(first()).1, used(0, 3));
    for (what, builder) in [
        ("threads", first().jobs(Some(1))),
        ("no threads", first().jobs(None)),
        ("to pass without subjects", first().allow_empty(true)),
        (
            "the threshold",
            with(tree.builder(), &format!("fail_on: low\n{config}")),
        ),
        (
            "where a waiver stands",
            with(tree.builder(), &format!("# Hello\n\n{config}")),
        ),
        ("how much is held", first().stream_above(1 << 20)),
        ("a second", at(first(), "2026-11-23T06:00:01Z")),
    ] {
        assert_eq!(tree.run(builder).1, used(3, 0), "{what}");
    }
}
