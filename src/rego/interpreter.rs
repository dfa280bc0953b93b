//! The interpreter: slower than the register VM, knows all of the language, and stops at a wrong type.

use regorus::{Engine, Value};

use super::{Budget, reason};

/// An interpreter with its modules and data.
#[derive(Clone)]
pub(crate) struct Interpreter {
    engine: Engine,
}

impl Interpreter {
    pub(super) fn new(mut engine: Engine, data: Value, budget: Budget) -> Result<Self, String> {
        engine.add_data(data).map_err(|error| reason(&error))?;
        engine.set_strict_builtin_errors(true);
        engine.set_execution_timer_config(budget.timer());
        Ok(Self { engine })
    }

    pub(crate) fn set_input(&mut self, input: Value) {
        self.engine.set_input(input);
    }

    /// The value of a rule (`data.a.b.deny`).
    pub(crate) fn evaluate(&mut self, rule: &str) -> Result<Value, String> {
        self.engine
            .eval_rule(rule.to_owned())
            .map_err(|error| reason(&error))
    }
}
