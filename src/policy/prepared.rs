//! What is made of the text of the bundled policies, made once and compiled in, so that no run has to read it again.
//!
//! `data/bundled.bin` is written by `UPDATE_BUNDLED=1 cargo test --lib prepared`, and a test tells when it must be. Where it
//! does not belong to the text, the text is read.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::thread;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::bundled;
use super::fact::FactPath;
use super::metadata::Parameter;
use super::rule::{EntryPoint, InputForm, Origin, Rule};
use super::template::Template;
use crate::denial::Denial;
use crate::finding::{Principle, Severity};
use crate::normalize::Kind;
use crate::rego::Plans;

static BYTES: &[u8] = include_bytes!("../../data/bundled.bin");

/// What is made of the bundled policies.
#[derive(Debug, PartialEq)]
pub(super) struct Prepared {
    /// The names of all packages.
    pub(super) packages: Vec<String>,
    pub(super) rules: Vec<Rule>,
    pub(super) facts: Map<String, Value>,
    pub(super) plans: Plans,
}

/// The same as it is written.
#[derive(Serialize, Deserialize)]
struct Written<'a> {
    fingerprint: u64,
    packages: Vec<String>,
    rules: &'a [u8],
    /// JSON, which says itself what its values are.
    facts: &'a str,
    plans: &'a [u8],
}

#[derive(Serialize, Deserialize)]
struct WrittenRule(#[serde(with = "Parts")] Rule);

/// The fields of a rule. Its text is compiled in already.
#[derive(Serialize, Deserialize)]
#[serde(remote = "Rule")]
struct Parts {
    id: String,
    title: String,
    description: String,
    severity: Severity,
    principle: Option<Principle>,
    denial: Denial,
    practice: Option<String>,
    applies_to: Vec<Kind>,
    requires: Vec<FactPath>,
    requires_complete: Vec<FactPath>,
    uses: Vec<FactPath>,
    remediation: String,
    references: Vec<String>,
    #[serde(with = "json")]
    parameters: BTreeMap<String, Parameter>,
    raw: bool,
    input: InputForm,
    package: String,
    origin: Origin,
    path: String,
    #[serde(skip)]
    source: Cow<'static, str>,
    entry_points: Vec<EntryPoint>,
    has_exceptions: bool,
    message: Option<Template>,
}

/// Writes JSON as text.
mod json {
    use serde::de::{DeserializeOwned, Error as _};
    use serde::ser::Error as _;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<T: Serialize, S: Serializer>(
        value: &T,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let text = serde_json::to_string(value).map_err(S::Error::custom)?;
        text.serialize(serializer)
    }

    pub(super) fn deserialize<'de, T: DeserializeOwned, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<T, D::Error> {
        let text = <&str>::deserialize(deserializer)?;
        serde_json::from_str(text).map_err(D::Error::custom)
    }
}

impl Prepared {
    /// None where it was made of other text.
    pub(super) fn read() -> Option<Self> {
        let written: Written<'_> = postcard::from_bytes(BYTES).ok()?;
        if written.fingerprint != bundled::FINGERPRINT {
            return None;
        }
        let rules = || read_rules(written.rules);
        // Every run of the command waits for it. Plans are most of the work, and a thread takes its time to begin.
        thread::scope(|scope| {
            let beside = thread::Builder::new().spawn_scoped(scope, rules).ok();
            let plans = postcard::from_bytes(written.plans).ok();
            let facts = serde_json::from_str(written.facts).ok();
            let rules = match beside {
                Some(beside) => beside.join().ok().flatten(),
                None => rules(),
            };
            Some(Self {
                packages: written.packages,
                rules: rules?,
                facts: facts?,
                plans: plans?,
            })
        })
    }
}

/// Reads rules and gives them their texts; none where there is none for one of them.
fn read_rules(written: &[u8]) -> Option<Vec<Rule>> {
    let rules: Vec<WrittenRule> = postcard::from_bytes(written).ok()?;
    let texts: BTreeMap<&str, &'static str> = bundled::modules().collect();
    let with_text = |WrittenRule(mut rule): WrittenRule| {
        rule.source = Cow::Borrowed(texts.get(rule.path.as_str())?);
        Some(rule)
    };
    rules.into_iter().map(with_text).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::policy::PolicySet;

    /// The entry points of all rules.
    fn entry_points<'a>(rules: impl Iterator<Item = &'a Rule>) -> Vec<String> {
        let of_rule = |rule: &Rule| {
            let names = rule.entry_points.clone().into_iter();
            let package = rule.package.clone();
            names.map(move |entry_point| format!("data.{package}.{}", entry_point.name))
        };
        rules.flat_map(of_rule).collect()
    }

    fn from_text() -> Prepared {
        let mut policies = PolicySet::empty();
        policies.add_bundled_text().unwrap();
        let modules = policies.bundled_modules().unwrap();
        Prepared {
            packages: policies.packages().map(str::to_owned).collect(),
            rules: policies.rules().cloned().collect(),
            facts: policies.facts().clone(),
            plans: modules.plans(&entry_points(policies.rules())),
        }
    }

    #[test]
    fn it_is_what_the_text_says() {
        let expected = from_text();
        if std::env::var_os("UPDATE_BUNDLED").is_some() {
            let rules: Vec<_> = expected.rules.into_iter().map(WrittenRule).collect();
            let written = Written {
                fingerprint: bundled::FINGERPRINT,
                packages: expected.packages,
                rules: &postcard::to_stdvec(&rules).unwrap(),
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
