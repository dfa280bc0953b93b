//! Rules made ready to run: by their plans, and on the register machine where a plan is not sure.

use std::sync::{Arc, OnceLock};

use regorus::Value;

use super::plan::{Arena, Builtins, Plans, Run, View};
use super::vm::{Program, Vm};
use super::{Budget, LazyModules};

/// Entry points, compiled once and shared.
pub(crate) struct Compiled {
    modules: Arc<LazyModules>,
    /// `data.a.b.deny`, by number.
    entry_points: Vec<String>,
    plans: Arc<Plans>,
    /// The plan of each entry point; none where the register machine must be asked.
    numbers: Vec<Option<u32>>,
    builtins: Builtins,
    /// What the rules read as `data`.
    data: Value,
    /// What stands there at the places that the plans read.
    of_data: Vec<Value>,
    /// Compiled when a plan is not sure for the first time.
    program: OnceLock<Result<Program, String>>,
}

impl Compiled {
    /// Makes entry points of modules ready to run on data, by plans that were made of the same modules.
    pub(crate) fn new(
        modules: Arc<LazyModules>,
        plans: Arc<Plans>,
        entry_points: Vec<String>,
        data: Value,
    ) -> Self {
        Self {
            modules,
            builtins: plans.builtins(),
            of_data: plans.read_data(&data),
            data,
            numbers: entry_points.iter().map(|path| plans.of(path)).collect(),
            entry_points,
            plans,
            program: OnceLock::new(),
        }
    }

    /// What runs the entry points on one thread, within this budget for each.
    pub(crate) fn machine(&self, budget: Budget) -> Machine<'_> {
        Machine {
            constants: self.plans.constants(),
            fallback: Fallback {
                compiled: self,
                budget,
                vm: None,
            },
        }
    }

    /// The entry points that only the register machine can run.
    #[cfg(test)]
    pub(crate) fn without_a_plan(&self) -> impl Iterator<Item = &str> {
        let numbered = self.entry_points.iter().zip(&self.numbers);
        let without = numbered.filter(|(_, number)| number.is_none());
        without.map(|(path, _)| path.as_str())
    }

    fn program(&self) -> Result<&Program, String> {
        let compile = || self.modules.get()?.program(&self.entry_points);
        self.program
            .get_or_init(compile)
            .as_ref()
            .map_err(Clone::clone)
    }
}

/// Runs entry points on one thread.
pub(crate) struct Machine<'c> {
    /// The constants of the plans.
    constants: Vec<View<'c>>,
    fallback: Fallback<'c>,
}

/// The register machine, started when it is asked for the first time.
struct Fallback<'c> {
    compiled: &'c Compiled,
    budget: Budget,
    vm: Option<Vm>,
}

impl<'c> Machine<'c> {
    /// Takes up an input that stands in an arena.
    pub(crate) fn on<'m>(&'m mut self, arena: &'m Arena, input: View<'m>) -> OnInput<'m, 'c> {
        let compiled = self.fallback.compiled;
        let (plans, builtins) = (&compiled.plans, &compiled.builtins);
        OnInput {
            run: Run::new(
                plans,
                builtins,
                &self.constants,
                &compiled.of_data,
                arena,
                input,
            ),
            fallback: &mut self.fallback,
            input,
            is_loaded: false,
        }
    }
}

impl Fallback<'_> {
    fn vm(&mut self) -> Result<&mut Vm, String> {
        let vm = match self.vm.take() {
            Some(vm) => vm,
            None => {
                let program = self.compiled.program()?;
                program.machine(self.compiled.data.clone(), self.budget)?
            }
        };
        Ok(self.vm.insert(vm))
    }
}

/// Runs entry points on one input.
pub(crate) struct OnInput<'m, 'c> {
    fallback: &'m mut Fallback<'c>,
    run: Run<'m>,
    input: View<'m>,
    /// Whether the register machine has the input.
    is_loaded: bool,
}

/// The value of an entry point.
pub(crate) enum Answer<'m> {
    View(View<'m>),
    Value(Value),
}

impl Answer<'_> {
    pub(crate) fn view(&self) -> View<'_> {
        match self {
            Self::View(view) => *view,
            Self::Value(value) => View::from(value),
        }
    }
}

impl<'m> OnInput<'m, '_> {
    /// The value of the entry point of that number.
    ///
    /// # Errors
    /// When a rule fails, or exceeds its budget.
    pub(crate) fn evaluate(&mut self, entry_point: usize) -> Result<Answer<'m>, String> {
        let plan = self.fallback.compiled.numbers.get(entry_point);
        let plan = plan.copied().flatten();
        let Some(Ok(value)) = plan.map(|plan| self.run.evaluate(plan)) else {
            return self.ask(entry_point).map(Answer::Value);
        };
        debug_assert_eq!(
            self.ask(entry_point),
            Ok(value.to_value()),
            "{:?}",
            self.fallback.compiled.entry_points.get(entry_point)
        );
        Ok(Answer::View(*value))
    }

    /// Whether the plan of an entry point says what its value is.
    #[cfg(test)]
    pub(crate) fn is_sure(&mut self, entry_point: usize) -> bool {
        let plan = self.fallback.compiled.numbers.get(entry_point);
        let plan = plan.copied().flatten();
        plan.is_some_and(|plan| self.run.evaluate(plan).is_ok())
    }

    /// Asks the register machine.
    fn ask(&mut self, entry_point: usize) -> Result<Value, String> {
        let vm = self.fallback.vm()?;
        if !self.is_loaded {
            vm.set_input(self.input.to_value());
            self.is_loaded = true;
        }
        vm.evaluate(entry_point)
    }
}
