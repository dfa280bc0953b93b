//! Custom rules: what they see, and a sandbox that they run in.

use std::collections::BTreeSet;
use std::sync::Mutex;

use crate::normalize::Subject;
use crate::policy::{InputForm, PolicySet, Rule};
use crate::rego::{Budget, Interpreter, Sandbox, SandboxError, Value, value};

/// The custom rules of a set, compiled once.
pub(super) struct Prepared {
    interpreter: Interpreter,
    /// Ids of rules that once did not end. None of them is run again: each time a thread would be lost.
    stuck: Mutex<BTreeSet<String>>,
}

impl Prepared {
    /// Compiles the custom rules, of which `first` is one (`data.a.b.deny`).
    pub(super) fn new(
        policies: &PolicySet,
        ztvet: &serde_json::Value,
        first: &str,
    ) -> Result<Self, String> {
        let mut data = policies.data().clone();
        data.insert("ztvet".to_owned(), ztvet.clone());
        data.insert("facts".to_owned(), policies.facts().clone().into());
        let modules = policies.custom_modules()?;
        let mut interpreter = modules.interpreter(value(&data)?, Budget::default())?;
        interpreter.prepare(first)?;
        Ok(Self {
            interpreter,
            stuck: Mutex::default(),
        })
    }

    fn is_stuck(&self, rule: &Rule) -> bool {
        let stuck = self.stuck.lock();
        stuck.map_or(true, |stuck| stuck.contains(&rule.id))
    }

    fn give_up(&self, rule: &Rule) {
        if let Ok(mut stuck) = self.stuck.lock() {
            stuck.insert(rule.id.clone());
        }
    }
}

/// Runs custom rules on one thread.
pub(super) struct Custom<'e> {
    prepared: &'e Prepared,
    sandbox: Option<Sandbox>,
    normalized: Value,
    /// As its document gives it; read when a rule first asks for it.
    raw: Option<Result<Value, String>>,
    /// What the sandbox has; none when it is to be told.
    told: Option<InputForm>,
}

impl<'e> Custom<'e> {
    pub(super) const fn new(prepared: &'e Prepared) -> Self {
        Self {
            prepared,
            sandbox: None,
            normalized: Value::Undefined,
            raw: None,
            told: None,
        }
    }

    /// Sets what the rules judge from here on.
    pub(super) fn set_input(&mut self, normalized: Value) {
        self.normalized = normalized;
        self.raw = None;
        self.told = None;
    }

    /// The value of a rule (`data.a.b.deny`).
    pub(super) fn evaluate(
        &mut self,
        rule: &Rule,
        path: &str,
        subject: &Subject,
    ) -> Result<Value, String> {
        if self.prepared.is_stuck(rule) {
            return Err("it did not end for another subject, and is not run again".to_owned());
        }
        let input = match self.told {
            Some(told) if told == rule.input => None,
            _ => Some(self.input(rule.input, subject)?),
        };
        let sandbox = match &mut self.sandbox {
            Some(sandbox) => sandbox,
            none => none.insert(Sandbox::start(self.prepared.interpreter.clone())?),
        };
        if let Some(input) = input {
            sandbox.set_input(input);
            self.told = Some(rule.input);
        }
        let result = sandbox.evaluate(path);
        if sandbox.is_stuck() {
            self.sandbox = None;
            self.told = None;
        }
        result.map_err(|failure| match failure {
            SandboxError::Failed(error) => error,
            SandboxError::Stuck(error) => {
                self.prepared.give_up(rule);
                error
            }
        })
    }

    fn input(&mut self, form: InputForm, subject: &Subject) -> Result<Value, String> {
        match form {
            InputForm::Normalized => Ok(self.normalized.clone()),
            InputForm::Raw => {
                let read = || match subject.raw() {
                    Some(raw) => value(&raw),
                    None => Err("the subject has no document of its own to be read raw".to_owned()),
                };
                self.raw.get_or_insert_with(read).clone()
            }
        }
    }

    /// What Conftest's exceptions of a package let pass: names without their verbs.
    pub(super) fn exceptions(
        &mut self,
        rule: &Rule,
        subject: &Subject,
    ) -> Result<Vec<String>, String> {
        let path = format!("data.{}.exception", rule.package);
        let result = self.evaluate(rule, &path, subject)?;
        let lists = serde_json::to_value(result).map_err(|error| error.to_string())?;
        serde_json::from_value::<Vec<Vec<String>>>(lists)
            .map(|lists| lists.into_iter().flatten().collect())
            .map_err(|_| "`exception` is no set of lists of names".to_owned())
    }
}
