//! The bundled rules keep what every rule promises.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde_json::Value as Json;

use super::bundled;
use super::example::{Case, Examples, RuleExamples};
use super::rule::Rule;
use super::set::PolicySet;
use crate::normalize::input::Input;
use crate::rego::{Arena, Budget, Modules, OnInput, Value, value, view};

static BUNDLED: LazyLock<PolicySet> = LazyLock::new(|| {
    let mut set = PolicySet::empty();
    set.add_bundled().unwrap();
    set
});

static EXAMPLES: LazyLock<Vec<(&'static Rule, RuleExamples)>> = LazyLock::new(|| {
    let examples = Examples::load(&BUNDLED).unwrap();
    BUNDLED
        .rules()
        .map(|rule| (rule, examples.of(rule).unwrap()))
        .collect()
});

/// Ids are never reused and never lost.
#[test]
fn every_rule_of_the_catalogue_is_there() {
    let numbers = |principle: &str, ranges: &[std::ops::RangeInclusive<u16>]| {
        let numbers = ranges.iter().cloned().flatten();
        numbers
            .map(|number| format!("{principle}-{number}"))
            .collect::<Vec<_>>()
    };
    let expected: BTreeSet<String> = [
        numbers("VE", &[101..=123, 201..=207, 301..=321]),
        numbers("LP", &[101..=113, 201..=211, 301..=308, 401..=406]),
        numbers("LP", &[501..=504, 601..=604]),
        numbers("AB", &[101..=118, 120..=123, 201..=210, 301..=307]),
        numbers("AB", &[401..=411, 501..=505, 601..=605, 701..=706]),
    ]
    .into_iter()
    .flatten()
    .collect();
    let found: BTreeSet<String> = BUNDLED.rules().map(|rule| rule.id.clone()).collect();
    assert_eq!(found, expected);
    assert_eq!(found.len(), 163);
}

#[test]
fn metadata_is_complete() {
    for rule in BUNDLED.rules() {
        let id = &rule.id;
        let principle = rule
            .principle
            .unwrap_or_else(|| panic!("{id} has no principle"));
        let initials: String = principle
            .as_str()
            .split('_')
            .filter_map(|word| word.chars().next())
            .collect::<String>()
            .to_uppercase();
        assert!(
            id.starts_with(&format!("{initials}-")),
            "{id} is under {principle}"
        );
        assert!(rule.practice.is_some(), "{id} names no practice");
        assert!(
            !rule.description.is_empty(),
            "{id} does not say why it matters"
        );
        assert!(
            !rule.remediation.is_empty(),
            "{id} does not say how to mend it"
        );
        assert!(rule.message.is_some(), "{id} has no message");
        assert!(!rule.references.is_empty(), "{id} has no reference");
        for reference in &rule.references {
            assert!(reference.starts_with("https://"), "{id}: {reference}");
        }
        let stem = rule
            .package
            .replace('.', "/")
            .replacen("zerotrust", "policies", 1);
        assert_eq!(
            rule.path,
            format!("{stem}.rego"),
            "{id}: file and package differ"
        );
    }
}

#[test]
fn titles_are_told_apart() {
    let titles: BTreeSet<&str> = BUNDLED.rules().map(|rule| rule.title.as_str()).collect();
    assert_eq!(titles.len(), BUNDLED.rules().len());
}

/// On these the register VM and the interpreter differ, or findings can be lost.
#[test]
fn bundled_rules_keep_to_the_subset_of_the_register_vm() {
    let mut modules = Modules::new();
    for (path, text) in bundled::modules() {
        let syntax = modules.add(path, text).unwrap();
        assert_eq!(syntax.vm_only_traps, [], "{path}");
        assert_eq!(syntax.lossy_heads, [], "{path}");
    }
}

#[test]
fn every_rule_fires_and_stays_silent() {
    for (rule, examples) in EXAMPLES.iter() {
        let fires = examples.cases.iter().any(|case| !case.findings.is_empty());
        let stays_silent = examples.cases.iter().any(|case| case.findings.is_empty());
        assert!(fires, "{} never fires", rule.id);
        assert!(stays_silent, "{} never stays silent", rule.id);
    }
}

#[test]
fn every_finding_fills_the_message() {
    for (rule, examples) in EXAMPLES.iter() {
        let template = rule.message.as_ref().unwrap();
        for case in &examples.cases {
            for finding in &case.findings {
                let Json::Object(fields) = finding else {
                    panic!("{}: {}: {finding} is no object", rule.id, case.name);
                };
                if !fields.contains_key("message") {
                    let filled = template.fill(fields);
                    assert!(filled.is_ok(), "{}: {}: {filled:?}", rule.id, case.name);
                }
            }
        }
    }
}

/// Inputs of tests hold what the published schema holds, and nothing else.
#[test]
fn inputs_of_tests_fit_the_schema() {
    for (rule, examples) in EXAMPLES.iter() {
        for case in &examples.cases {
            let parsed: Result<Input, _> = serde_json::from_value(case.input.clone());
            let parsed =
                parsed.unwrap_or_else(|error| panic!("{}: {}: {error}", rule.id, case.name));
            let back = serde_json::to_value(parsed).unwrap();
            assert_eq!(back, case.input, "{}: {}", rule.id, case.name);
        }
    }
}

/// Each rule made ready for each input of its tests.
fn each_case(mut see: impl FnMut(&Rule, &Case, &mut OnInput<'_, '_>)) {
    for (rule, examples) in EXAMPLES.iter() {
        let path = format!("data.{}.deny", rule.package);
        let data = serde_json::json!({"ztvet": examples.ztvet, "facts": BUNDLED.facts()});
        let data = value(&data).unwrap();
        let compiled = BUNDLED.compile_bundled(vec![path], data).unwrap();
        let mut machine = compiled.machine(Budget::default());
        for case in &examples.cases {
            let arena = Arena::new();
            let input = view(&arena, &case.input).unwrap();
            see(rule, case, &mut machine.on(&arena, input));
        }
    }
}

#[test]
fn all_evaluators_agree_on_the_inputs_of_tests() {
    // In debug builds the register machine is asked as well, and must agree.
    each_case(|rule, case, machine| {
        let found = serde_json::to_value(machine.evaluate(0).unwrap().view()).unwrap();
        let expected = Json::Array(case.findings.clone());
        assert_eq!(found, expected, "{}: {}", rule.id, case.name);
    });
}

/// A plan that is not sure asks the register machine, which takes a hundred times as long.
#[test]
fn plans_are_sure_of_the_inputs_of_tests() {
    let mut unsure = Vec::new();
    each_case(|rule, case, machine| {
        if !machine.is_sure(0) {
            unsure.push(format!("{}: {}", rule.id, case.name));
        }
    });
    assert_eq!(unsure, [""; 0]);
}

/// A rule without a plan is right, and slow.
#[test]
fn every_bundled_rule_has_a_plan() {
    let rules = BUNDLED.rules();
    let paths = rules.map(|rule| format!("data.{}.deny", rule.package));
    let data = regorus::Value::new_object();
    let compiled = BUNDLED.compile_bundled(paths.collect(), data).unwrap();
    assert_eq!(compiled.without_a_plan().collect::<Vec<_>>(), [""; 0]);
}

/// The Rego tests beside the rules, on regorus; CI runs them on OPA as well.
#[test]
fn rego_tests_pass() {
    let mut modules = BUNDLED.bundled_modules().unwrap().clone();
    let mut tests = Vec::new();
    for (path, text) in bundled::TESTS {
        let syntax = modules.add(path, text).unwrap();
        let names = syntax
            .others
            .into_keys()
            .filter(|name| name.starts_with("test_"));
        tests.extend(names.map(|name| format!("data.{}.{name}", syntax.package)));
    }
    let data = serde_json::json!({"facts": BUNDLED.facts()});
    let mut interpreter = modules
        .interpreter(value(&data).unwrap(), Budget::default())
        .unwrap();
    interpreter.set_input(value(&serde_json::json!({})).unwrap());
    assert!(tests.len() > 300, "only {} tests were found", tests.len());
    let mut failed = Vec::new();
    for test in tests {
        match interpreter.evaluate(&test) {
            Ok(Value::Bool(true)) => {}
            other => failed.push(format!("{test}: {other:?}")),
        }
    }
    assert!(
        failed.is_empty(),
        "{} tests failed:\n{}",
        failed.len(),
        failed.join("\n")
    );
}
