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

use std::collections::BTreeSet;

use ztvet::document::Syntax;

use crate::mutate::{in_two_cases, mistyped, pointers, replaced, with_duplicate, without};
use crate::run::{Judged, Sample, Variant, engine, judge, samples};

/// Places that no fact is read from, with all within them: from the top where they begin with a slash.
const UNREAD: [&str; 45] = [
    "/@odata.context",
    "/@odata.nextLink",
    "/additionalProperties",
    "/addIns",
    "/appManagementPolicies",
    "/applicationTemplateId",
    "/appPermissions",
    "/certification",
    "/createdOnBehalfOf",
    "/defaultRedirectUri",
    "/deletedDateTime",
    "/deletionTimestamp",
    "/errorUrl",
    "/extensionProperties",
    "/federatedIdentityCredentials/0/description",
    "/federatedIdentityCredentials/0/id",
    "/federatedIdentityCredentials/1/description",
    "/federatedIdentityCredentials/1/id",
    "/homeRealmDiscoveryPolicies",
    "/isDeviceOnlyAuthSupported",
    "/oauth2AllowUrlPathMatching",
    "/oauth2RequirePostResponse",
    "/objectType",
    "/odata.metadata",
    "/odata.type",
    "/orgRestrictions",
    "/parentalControlSettings",
    "/recordConsentConditions",
    "/servicePrincipalLockConfiguration/identifierUris",
    "/owners/1/servicePrincipalType", // Its `@odata.type` says so already.
    "/synchronization",
    "/tokenEncryptionKeyId",
    "/tokenIssuancePolicies",
    "/tokenLifetimePolicies",
    "/uniqueName",
    "/value/1/@removed",
    "/value/1/id", // It was deleted.
    "addedDateTime",
    "createdOn",
    "hint",
    "lang",
    "languageVersion",
    "logoUrl",
    "origin",
    "redirectUriSettings",
];

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

/// Whether no fact is read from a place.
fn is_unread(pointer: &str) -> bool {
    let place = format!("{}/", pointer.to_lowercase());
    let holds = |unread: &&str| match unread.to_lowercase() {
        from_top if from_top.starts_with('/') => place.starts_with(&format!("{from_top}/")),
        name => place.contains(&format!("/{name}/")),
    };
    UNREAD.iter().any(holds)
}

/// Whether the value that a variant has in a place is one that tools write there as well.
fn is_also_right(pointer: &str, variant: &str) -> bool {
    let is_text = variant.ends_with(" is \"x\"");
    let is_owner = pointer
        .rsplit_once('/')
        .is_some_and(|(list, _)| list.ends_with("/owners"));
    let is_bytes = pointer.to_lowercase().ends_with("/customkeyidentifier");
    is_text && (is_owner || is_bytes)
}

#[test]
fn a_mistyped_field_is_an_error_that_names_it() {
    let mut variants = Vec::new();
    // PowerShell has mistyped its values already where it cut them.
    let typed = |sample: &Sample| !sample.name.ends_with("cut.json");
    for sample in json_samples().into_iter().filter(typed) {
        for pointer in pointers(&sample.value) {
            for other in mistyped(sample.value.pointer(&pointer).unwrap()) {
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
            let place = &problem.location.as_ref().unwrap().pointer;
            // A list of bytes is one value.
            place == pointer || pointer.starts_with(&format!("{place}/")) && !place.is_empty()
        });
        let is_exempt = is_unread(pointer) || is_also_right(pointer, &variant.name);
        match (named || !judged.is_judged(), is_exempt) {
            (false, false) => silent.push(&variant.name),
            (true, true) => read.push(&variant.name),
            _ => {}
        }
    }
    assert_eq!(silent, Vec::<&String>::new(), "not told");
    assert_eq!(read, Vec::<&String>::new(), "not in need of an exception");
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
            if let Some(value) = in_two_cases(&sample.value, &pointer) {
                variants.push(sample.with(&format!("{pointer} in two cases"), &value));
            }
        }
    }
    for (variant, judged) in judge(&variants) {
        assert!(!judged.errors.is_empty(), "{} is silent", variant.name);
    }
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
            if let Some(value) = without(&sample.value, &pointer) {
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
