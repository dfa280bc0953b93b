//! The one place that knows regorus: parsing, the register VM, and the interpreter.
//!
//! regorus has traps that would make a policy engine fail open. What can be told from a module's text is refused when it
//! is added; what can only be told when it runs is an error of the evaluation.

mod failure;
mod interpreter;
mod outline;
mod session;
mod show;
mod syntax;
mod value;
mod vm;
mod walk;

use std::num::NonZeroU32;
use std::time::Duration;

use regorus::Engine;
pub(crate) use regorus::Value;
use regorus::utils::limits::ExecutionTimerConfig;

pub(crate) use self::failure::Failure;
pub(crate) use self::interpreter::Interpreter;
pub(crate) use self::outline::{
    Body, Every, Form, HeadPart, Outline, Position, RuleOutline, Shape, Statement,
};
pub(crate) use self::session::{RESULT, Row, Session, Trouble};
pub(crate) use self::show::show;
pub(crate) use self::syntax::{Syntax, SyntaxError};
pub(crate) use self::value::value;
pub(crate) use self::vm::{Program, Vm};

/// What one rule may use for one subject.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Budget {
    pub(crate) instructions: usize,
    pub(crate) time: Duration,
}

impl Default for Budget {
    /// A rule of the catalogue uses some hundred instructions; these limits are for what went wrong.
    fn default() -> Self {
        Self {
            instructions: 20_000_000,
            time: Duration::from_secs(5),
        }
    }
}

impl Budget {
    fn timer(self) -> ExecutionTimerConfig {
        const CHECK_EVERY: NonZeroU32 = NonZeroU32::new(256).unwrap();
        ExecutionTimerConfig {
            limit: self.time,
            check_interval: CHECK_EVERY,
        }
    }
}

/// Rego modules that belong together.
#[derive(Clone)]
pub(crate) struct Modules {
    engine: Engine,
}

impl Modules {
    pub(crate) fn new() -> Self {
        Self {
            engine: Engine::new(),
        }
    }

    /// Parses a module that is not trusted, and adds it.
    pub(crate) fn add_untrusted(&mut self, path: &str, text: &str) -> Result<Syntax, SyntaxError> {
        syntax::check_tokens(path, text)?;
        self.add(path, text)
    }

    /// Parses a module and adds it.
    pub(crate) fn add(&mut self, path: &str, text: &str) -> Result<Syntax, SyntaxError> {
        let package = self
            .engine
            .add_policy(path.to_owned(), text.to_owned())
            .map_err(|error| SyntaxError::from_regorus(&error))?;
        let package = package.strip_prefix("data.").unwrap_or(&package).to_owned();
        match self.engine.get_modules().last() {
            Some(module) => Ok(Syntax::of(package, module)),
            None => Err(SyntaxError::at_start("the module was not added")),
        }
    }

    /// Compiles the entry points (`data.a.b.deny`) for the register VM.
    pub(crate) fn program(&self, entry_points: &[&str]) -> Result<Program, String> {
        Program::compile(self.engine.clone(), entry_points)
    }

    /// An interpreter with this data.
    pub(crate) fn interpreter(&self, data: Value, budget: Budget) -> Result<Interpreter, String> {
        Interpreter::new(self.engine.clone(), data, budget)
    }
}

impl std::fmt::Debug for Modules {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Modules").finish_non_exhaustive()
    }
}

/// The last line of a regorus error says what is wrong; the lines before show where.
fn reason(error: &anyhow::Error) -> String {
    let text = error.to_string();
    let line = text.lines().rev().find(|line| !line.trim().is_empty());
    let line = line.unwrap_or(&text).trim();
    line.strip_prefix("error: ").unwrap_or(line).to_owned()
}
