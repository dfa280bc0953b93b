//! What is made of the text of the bundled policies, made once and compiled in, so that no run has to read it again.
//!
//! `data/bundled.bin` is written by `UPDATE_BUNDLED=1 cargo test --lib prepared`, and a test tells when it must be. Where it
//! does not belong to the text, the text is read.

use std::thread;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::bundled;
use super::metadata::{Custom, Metadata};
use crate::rego::{Plans, Syntax};

static BYTES: &[u8] = include_bytes!("../../data/bundled.bin");

/// What is made of the bundled policies.
#[derive(Debug, PartialEq)]
pub(super) struct Prepared {
    /// In the order of their texts.
    pub(super) modules: Vec<Read>,
    pub(super) facts: Map<String, Value>,
    pub(super) plans: Plans,
}

/// What was read in a module.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Read {
    pub(super) syntax: Syntax,
    pub(super) metadata: Option<(Metadata, Custom)>,
}

/// The same as it is written: METADATA and tables are JSON, which says itself what its values are.
#[derive(Serialize, Deserialize)]
struct Written<'a> {
    fingerprint: u64,
    modules: &'a str,
    facts: &'a str,
    plans: &'a [u8],
}

impl Prepared {
    /// None where it was made of other text.
    pub(super) fn read() -> Option<Self> {
        let written: Written<'_> = postcard::from_bytes(BYTES).ok()?;
        if written.fingerprint != bundled::FINGERPRINT {
            return None;
        }
        let plans = || postcard::from_bytes(written.plans).ok();
        // Two fifths of the work are plans, and every run of the command waits for it.
        thread::scope(|scope| {
            let beside = thread::Builder::new().spawn_scoped(scope, plans).ok();
            let modules = serde_json::from_str(written.modules).ok();
            let facts = serde_json::from_str(written.facts).ok();
            let plans = match beside {
                Some(beside) => beside.join().ok().flatten(),
                None => plans(),
            };
            Some(Self {
                modules: modules?,
                facts: facts?,
                plans: plans?,
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::policy::{PolicySet, Rule, metadata};
    use crate::rego::Modules;

    /// The entry points of all rules.
    fn entry_points(rules: &[Rule]) -> Vec<String> {
        let of_rule = |rule: &Rule| {
            let names = rule.entry_points.clone().into_iter();
            let package = rule.package.clone();
            names.map(move |entry_point| format!("data.{package}.{}", entry_point.name))
        };
        rules.iter().flat_map(of_rule).collect()
    }

    fn from_text() -> Prepared {
        let mut policies = PolicySet::empty();
        policies.add_bundled_text().unwrap();
        let mut modules = Modules::new();
        let read = bundled::modules().map(|(path, text)| Read {
            syntax: modules.add(path, text).unwrap(),
            metadata: metadata::parse(text).unwrap(),
        });
        Prepared {
            modules: read.collect(),
            facts: policies.facts().clone(),
            plans: modules.plans(&entry_points(policies.rules())),
        }
    }

    #[test]
    fn it_is_what_the_text_says() {
        let expected = from_text();
        if std::env::var_os("UPDATE_BUNDLED").is_some() {
            let written = Written {
                fingerprint: bundled::FINGERPRINT,
                modules: &serde_json::to_string(&expected.modules).unwrap(),
                facts: &serde_json::to_string(&expected.facts).unwrap(),
                plans: &postcard::to_stdvec(&expected.plans).unwrap(),
            };
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/bundled.bin");
            std::fs::write(path, postcard::to_stdvec(&written).unwrap()).unwrap();
            return;
        }
        assert!(
            Prepared::read().is_some_and(|prepared| prepared == expected),
            "data/bundled.bin was made of other text: run `UPDATE_BUNDLED=1 cargo test --lib prepared`"
        );
    }
}
