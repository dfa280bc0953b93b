//! The register VM: one program, compiled once and shared; one machine a worker.

use std::sync::Arc;

use regorus::languages::rego::compiler::Compiler;
use regorus::rvm::program::{Program as Compiled, RuleInfo};
use regorus::rvm::vm::RegoVM;
use regorus::{Engine, Value};

use super::Budget;

/// A compiled program.
#[derive(Clone)]
pub(crate) struct Program {
    program: Arc<Compiled>,
}

impl Program {
    pub(super) fn compile(mut engine: Engine, entry_points: &[String]) -> Result<Self, String> {
        let Some(first) = entry_points.first() else {
            return Err("there is nothing to compile".to_owned());
        };
        let policy = engine
            .compile_with_entrypoint(&first.as_str().into())
            .map_err(|error| error.to_string())?;
        let entry_points: Vec<&str> = entry_points.iter().map(String::as_str).collect();
        let program = Compiler::compile_from_policy(&policy, &entry_points)
            .map_err(|error| error.to_string())?;
        let mut program = Arc::unwrap_or_clone(program);
        program.rule_infos.iter_mut().for_each(slim);
        Ok(Self {
            program: Arc::new(program),
        })
    }

    /// A machine for this program and data.
    ///
    /// The machine refuses data that would stand in the place of a rule.
    pub(crate) fn machine(&self, data: Value, budget: Budget) -> Result<Vm, String> {
        let mut machine = RegoVM::new();
        machine.load_program(Arc::clone(&self.program));
        machine.set_data(data).map_err(|error| error.to_string())?;
        machine.set_max_instructions(budget.instructions);
        machine.set_execution_timer_config(Some(budget.timer()));
        machine.set_strict_builtin_errors(true);
        Ok(Vm { machine })
    }
}

/// Leaves out what the machine only copies: it clones all that is known of a rule at each call of it.
fn slim(rule: &mut RuleInfo) {
    rule.name = String::new();
    if let Some(function) = &mut rule.function_info {
        function.param_names = Vec::new();
    }
    if rule.destructuring_blocks.iter().all(Option::is_none) {
        rule.destructuring_blocks = Vec::new();
    }
    if rule.else_bodies.iter().flatten().all(|is_else| !is_else) {
        rule.else_bodies = Vec::new();
    }
}

/// A machine.
pub(crate) struct Vm {
    machine: RegoVM,
}

impl Vm {
    pub(crate) fn set_input(&mut self, input: Value) {
        self.machine.set_input(input);
    }

    /// The value of the entry point of that index.
    pub(crate) fn evaluate(&mut self, entry_point: usize) -> Result<Value, String> {
        self.machine
            .execute_entry_point_by_index(entry_point)
            .map_err(|error| error.to_string())
    }
}
