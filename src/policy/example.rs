//! Examples of bundled rules, taken from their tests: inputs that are known to be reported or to be let through.

use serde_json::{Map, Value, json};

use super::bundled;
use super::rule::Rule;
use super::set::PolicySet;
use crate::rego::{Budget, Interpreter, Modules};

/// The bundled rules with their tests, on the interpreter.
pub struct Examples {
    interpreter: Interpreter,
    ztvet: Map<String, Value>,
    facts: Value,
    modules: Modules,
}

/// The inputs of one rule's test.
#[derive(Debug, Clone, Default)]
pub struct RuleExamples {
    /// What the rule reads as `data.ztvet`.
    pub ztvet: Value,
    /// Inputs by name, with what `deny` says to each.
    pub cases: Vec<Case>,
}

/// One input and what the rule says to it.
#[derive(Debug, Clone)]
pub struct Case {
    /// Its name in the test.
    pub name: String,
    /// The normalized input.
    pub input: Value,
    /// The findings, as the rule returns them.
    pub findings: Vec<Value>,
}

impl Examples {
    /// Loads the tests of the bundled rules.
    ///
    /// # Errors
    /// When a test does not parse; the project's own tests keep that from happening.
    pub fn load(policies: &PolicySet) -> Result<Self, String> {
        let mut modules = policies.bundled_modules()?.clone();
        for (path, text) in bundled::TESTS {
            modules
                .add(path, text)
                .map_err(|error| format!("{path}:{}: {}", error.line, error.message))?;
        }
        let mut parameters = Map::new();
        for rule in policies.rules() {
            let defaults = rule
                .parameters
                .iter()
                .map(|(name, parameter)| (name.clone(), parameter.default.clone()));
            parameters.insert(rule.id.clone(), Value::Object(defaults.collect()));
        }
        let ztvet = Map::from_iter([
            ("parameters".to_owned(), Value::Object(parameters)),
            (
                "organization".to_owned(),
                json!(crate::config::Organization::default()),
            ),
            ("tokens".to_owned(), json!(crate::config::Tokens::default())),
        ]);
        let facts = Value::Object(policies.facts().clone());
        let interpreter = modules.interpreter(data(&ztvet, &facts)?, Budget::default())?;
        Ok(Self {
            interpreter,
            ztvet,
            facts,
            modules,
        })
    }

    /// The inputs of a rule's test, and what the interpreter makes of them.
    ///
    /// # Errors
    /// When the rule fails on one of them.
    pub fn of(&self, rule: &Rule) -> Result<RuleExamples, String> {
        let test = format!("data.{}_test", rule.package);
        let mut interpreter = self.interpreter.clone();
        let inputs = json!(interpreter.evaluate(&format!("{test}.inputs"))?);
        let mut ztvet = self.ztvet.clone();
        if let Ok(own) = interpreter.evaluate(&format!("{test}.ztvet")) {
            merge(&mut ztvet, json!(own));
            interpreter = self
                .modules
                .interpreter(data(&ztvet, &self.facts)?, Budget::default())?;
        }
        let mut cases = Vec::new();
        for (name, input) in inputs.as_object().into_iter().flatten() {
            interpreter.set_input(crate::rego::value(input)?);
            let findings = interpreter
                .evaluate(&format!("data.{}.deny", rule.package))
                .map_err(|error| format!("{}: {name}: {error}", rule.id))?;
            cases.push(Case {
                name: name.clone(),
                input: input.clone(),
                findings: json!(findings).as_array().cloned().unwrap_or_default(),
            });
        }
        Ok(RuleExamples {
            ztvet: Value::Object(ztvet),
            cases,
        })
    }
}

fn data(ztvet: &Map<String, Value>, facts: &Value) -> Result<crate::rego::Value, String> {
    crate::rego::value(&json!({"ztvet": ztvet, "facts": facts}))
}

/// The test's own `ztvet` replaces the defaults, key by key.
fn merge(ztvet: &mut Map<String, Value>, own: Value) {
    let Value::Object(own) = own else { return };
    for (section, values) in own {
        match (ztvet.get_mut(&section), values) {
            (Some(Value::Object(known)), Value::Object(values)) => known.extend(values),
            (_, values) => {
                ztvet.insert(section, values);
            }
        }
    }
}
