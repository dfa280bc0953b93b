//! The interpreter: slower than the register VM, knows all of the language, and stops at a wrong type.

use regorus::{Engine, Value};

use super::{Budget, builtins, fault};

/// An interpreter with its modules and data.
#[derive(Clone)]
pub(crate) struct Interpreter {
    engine: Engine,
    budget: Budget,
}

impl Interpreter {
    pub(super) fn new(mut engine: Engine, data: Value, budget: Budget) -> Result<Self, String> {
        let text = |error: anyhow::Error| fault::one_line(&error);
        builtins::install(&mut engine).map_err(text)?;
        engine.add_data(data).map_err(text)?;
        engine.set_strict_builtin_errors(true);
        engine.set_execution_timer_config(budget.timer());
        // `print` is for those who write policies, and not for the output of this program.
        engine.set_gather_prints(true);
        Ok(Self { engine, budget })
    }

    /// Compiles the modules, so that what is wrong with them is told before anything is judged, and copies need not do so.
    pub(crate) fn prepare(&mut self, rule: &str) -> Result<(), String> {
        let compiled = self.engine.compile_with_entrypoint(&rule.into());
        compiled.map(drop).map_err(|error| fault::one_line(&error))
    }

    pub(crate) fn set_input(&mut self, input: Value) {
        self.engine.set_input(input);
    }

    /// The value of a rule (`data.a.b.deny`).
    pub(crate) fn evaluate(&mut self, rule: &str) -> Result<Value, String> {
        builtins::renew();
        let result = self.engine.eval_rule(rule.to_owned());
        let _ = self.engine.take_prints();
        result.map_err(|error| fault::one_line(&error))
    }

    pub(super) const fn budget(&self) -> Budget {
        self.budget
    }
}
