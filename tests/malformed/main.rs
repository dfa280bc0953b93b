//! Documents that are broken, cut or mistyped are never a silent pass: what cannot be read is an error that names its
//! place, and what is not there makes rules inconclusive.
//!
//! Every fixture and example is changed in every place, the same way in every run.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod mutate;
mod run;
mod unread;

use std::collections::BTreeSet;

use serde_json::{Value, json};
use ztvet::document::Syntax;

use crate::mutate::{in_two_cases, mistyped, pointers, replaced, with_duplicate, without};
use crate::run::{Judged, Sample, Variant, engine, judge, samples};
use crate::unread::is_unread;

#[test]
fn a_file_that_is_cut_is_an_error() {
    let mut variants = Vec::new();
    for sample in samples() {
        let whole = sample.bytes.trim_ascii_end().len();
        // YAML, and what is read line by line, may end anywhere.
        let ends_itself = matches!(sample.syntax, Syntax::Json | Syntax::Xml);
        let step = (whole / 60).max(1);
        let cuts = (1..whole).step_by(step).filter(|_| ends_itself);
        variants
            .extend(cuts.map(|cut| sample.variant(&format!("cut at {cut}"), &sample.bytes[..cut])));
    }
    assert!(variants.len() > 500, "{}", variants.len());
    for (variant, judged) in judge(&variants) {
        assert!(!judged.errors.is_empty(), "{} is silent", variant.name);
    }
}

fn json_samples() -> Vec<Sample> {
    let mut samples = samples();
    samples.retain(Sample::may_be_json);
    samples
}

/// Whether a value stands for marks of parts that mark nothing, as Terraform writes them too.
fn marks_nothing(pointer: &str, value: &Value) -> bool {
    let is_mark = pointer.contains("_unknown") || pointer.contains("_sensitive");
    is_mark && *value == json!([{}])
}

/// Whether the value that a variant has in a place is one that tools write there as well.
fn is_also_right(pointer: &str, variant: &str) -> bool {
    let is_text = variant.ends_with(" is \"x\"");
    let is_owner = pointer
        .rsplit_once('/')
        .is_some_and(|(list, index)| list.ends_with("/owners") && index.parse::<usize>().is_ok());
    let is_bytes = pointer.to_lowercase().ends_with("/customkeyidentifier");
    // .NET has lists as texts too, and a text under a section's name is no section.
    let is_setting =
        variant.contains("/appsettings.json") && ["/Api", "/AzureAd"].contains(&pointer);
    let is_list = pointer.ends_with("/ClientCapabilities");
    // A text in the place of a switch is taken for a placeholder.
    let is_placeholder = pointer == "/broker_redirect_uri_registered";
    is_text && (is_owner || is_bytes || is_list || is_placeholder)
        || is_setting && !variant.ends_with("}")
}

#[test]
fn a_mistyped_field_is_an_error_that_names_it() {
    let mut variants = Vec::new();
    // PowerShell has mistyped its values already where it cut them.
    let typed = |sample: &Sample| !sample.name.ends_with("cut.json");
    for sample in json_samples().into_iter().filter(typed) {
        for pointer in pointers(&sample.value) {
            let others = mistyped(sample.value.pointer(&pointer).unwrap());
            // What is not read is not read whatever stands there.
            let is_unread = is_unread(&sample.name, &pointer);
            let most = if is_unread { 1 } else { others.len() };
            for other in others.into_iter().take(most) {
                if marks_nothing(&pointer, &other) {
                    continue;
                }
                let changed = replaced(&sample.value, &pointer, &other);
                let variant = sample.with(&format!("{pointer} is {other}"), &changed);
                variants.push((pointer.clone(), variant));
            }
        }
    }
    assert!(variants.len() > 1000, "{}", variants.len());
    let (pointers, variants): (Vec<String>, Vec<Variant>) = variants.into_iter().unzip();
    let mut silent = Vec::new();
    let mut read = Vec::new();
    for (pointer, (variant, judged)) in pointers.iter().zip(judge(&variants)) {
        let named = judged.errors.iter().any(|problem| {
            // Where nothing is left to judge, that is said of no place.
            problem.location.as_ref().is_some_and(|location| {
                let place = &location.pointer;
                let within = |one: &str, other: &str| one.starts_with(&format!("{other}/"));
                // A list of bytes is one value, and an expression can become one.
                place == pointer
                    || within(place, pointer)
                    || within(pointer, place) && !place.is_empty()
            })
        });
        let is_exempt = is_unread(&variant.name, pointer) || is_also_right(pointer, &variant.name);
        let is_refused = !judged.is_judged() && !judged.errors.is_empty();
        match (named || is_refused, is_exempt) {
            (false, false) => silent.push(&variant.name),
            (true, true) if !is_refused => read.push(&variant.name),
            _ => {}
        }
    }
    assert_eq!(silent, Vec::<&String>::new(), "not told");
    assert_eq!(read, Vec::<&String>::new(), "not in need of an exception");
}

/// Terraform, npm and MSAL for Android take names that differ in case for different ones.
fn is_read_in_any_case(sample: &str) -> bool {
    let exact = ["/terraform-", "/package.json", "/auth_config.json"];
    !exact.iter().any(|part| sample.contains(part))
}

#[test]
fn a_key_that_stands_twice_is_an_error() {
    let mut variants = Vec::new();
    for sample in json_samples() {
        let all = pointers(&sample.value).into_iter();
        for pointer in all.filter(|pointer| !pointer.starts_with("/value/1/")) {
            if let Some(text) = with_duplicate(&sample.value, &pointer) {
                variants.push(sample.variant(&format!("{pointer} twice"), text));
            }
            let other = in_two_cases(&sample.value, &pointer);
            let other = other.filter(|_| is_read_in_any_case(&sample.name));
            if let Some(value) = other {
                variants.push(sample.with(&format!("{pointer} in two cases"), &value));
            }
        }
    }
    let judged = judge(&variants);
    let silent = judged.iter().filter(|(_, judged)| judged.errors.is_empty());
    let silent: Vec<&String> = silent.map(|(variant, _)| &variant.name).collect();
    assert_eq!(silent, Vec::<&String>::new(), "not told");
}

/// Whether a document is whole without that key as well: a project has what it names and no more, and a state the
/// modules that it has.
fn may_be_without(sample: &str, pointer: &str) -> bool {
    let is_of_modules = pointer.ends_with("/child_modules") || pointer.ends_with("/resources");
    sample.contains("/projects") || sample.contains("/terraform-state/") && is_of_modules
}

#[test]
fn a_finding_is_lost_with_a_key_only_where_the_rule_cannot_judge() {
    let samples = json_samples();
    let mut variants = Vec::new();
    let mut originals = Vec::new();
    for (index, sample) in samples.iter().enumerate() {
        variants.push(sample.with("unchanged", &sample.value));
        originals.push(index);
        for pointer in pointers(&sample.value) {
            let value = without(&sample.value, &pointer);
            if let Some(value) = value.filter(|_| !may_be_without(&sample.name, &pointer)) {
                variants.push(sample.with(&format!("{pointer} is gone"), &value));
                originals.push(index);
            }
        }
    }
    let uses: BTreeSet<String> = engine()
        .rules()
        .filter(|rule| !rule.uses.is_empty())
        .map(|rule| rule.id.clone())
        .collect();
    let mut lost = Vec::new();
    let mut original = &Judged::default();
    let judged = judge(&variants);
    for ((variant, judged), _) in judged.iter().zip(originals) {
        if variant.name.ends_with(": unchanged") {
            original = judged;
        }
        if !judged.errors.is_empty() {
            continue;
        }
        for (rule, count) in &original.findings {
            let found = judged.findings.get(rule).copied().unwrap_or_default();
            // A rule that uses a fact says so only when it finds nothing else.
            let enough = if uses.contains(rule) { 1 } else { *count };
            if found < enough && !judged.inconclusive.contains(rule) {
                lost.push(format!("{}: {rule}", variant.name));
            }
        }
    }
    assert_eq!(lost, Vec::<String>::new());
}
