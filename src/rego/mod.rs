//! The one place that knows regorus: parsing, the register VM, and the interpreter.
//!
//! regorus has traps that would make a policy engine fail open. What can be told from a module's text is refused when it
//! is added; what can only be told when it runs is an error of the evaluation.

mod builtins;
mod compiled;
mod failure;
mod fault;
mod interpreter;
mod lazy;
mod link;
mod metadata;
mod outline;
mod plan;
mod sandbox;
mod session;
mod show;
mod syntax;
mod uses;
mod value;
mod vm;
mod walk;

use std::collections::BTreeSet;
use std::num::NonZeroU32;
use std::time::Duration;

pub(crate) use regorus::Value;
use regorus::utils::limits::ExecutionTimerConfig;
use regorus::{Engine, PolicyLengthConfig};

pub(crate) use self::builtins::{Builtins, keys};
pub(crate) use self::compiled::{Answer, Compiled, Machine, OnInput};
pub(crate) use self::failure::Failure;
pub(crate) use self::fault::Fault;
pub(crate) use self::interpreter::Interpreter;
pub(crate) use self::lazy::LazyModules;
use self::link::Linked;
use self::metadata::Metadata;
pub(crate) use self::metadata::{Block, as_written, blocks};
pub(crate) use self::outline::{
    Body, Every, Form, HeadPart, Outline, Position, RuleOutline, Shape, Statement,
};
pub(crate) use self::plan::{Arena, Key, Plans, View};
pub(crate) use self::sandbox::{Sandbox, SandboxError};
pub(crate) use self::session::{RESULT, Row, Session, Trouble};
pub(crate) use self::show::show;
pub(crate) use self::syntax::Syntax;
pub(crate) use self::value::{value, view};
use self::vm::Program;

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

/// The names that lead to a rule, without `data`.
pub(crate) type Path = Vec<String>;

/// The version of the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Version {
    /// Before OPA 1.0: `deny[msg] { … }`.
    V0,
    /// Since OPA 1.0: `deny contains msg if { … }`.
    #[default]
    V1,
}

/// Rego modules that belong together.
#[derive(Clone)]
pub(crate) struct Modules {
    engine: Engine,
    metadata: Metadata,
}

/// What modules make together.
#[derive(Debug, Default)]
pub(crate) struct Links {
    /// The paths of all rules, and the files and lines that define them.
    pub(crate) rules: Vec<(Path, String, usize)>,
    /// Files of which the entry points use nothing.
    pub(crate) unused_files: BTreeSet<String>,
}

impl Modules {
    pub(crate) fn new() -> Self {
        let mut engine = Engine::new();
        engine.set_policy_length_config(PolicyLengthConfig {
            max_col: syntax::MAX_COLUMNS,
            ..PolicyLengthConfig::default()
        });
        Self {
            engine,
            metadata: Metadata::default(),
        }
    }

    /// Parses a module that is not trusted, and adds it.
    ///
    /// # Errors
    /// A syntax error, a construct that the interpreter would lose findings on, or a call of what reaches out.
    pub(crate) fn add_untrusted(
        &mut self,
        path: &str,
        text: &str,
        version: Version,
        builtins: &Builtins,
    ) -> Result<Syntax, Fault> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        syntax::check(path, text)?;
        let mut alone = Self::new();
        alone.add_version(path, text, version)?;
        let Some(module) = alone.engine.get_modules().last() else {
            return Err(Fault::at_start(path, "the module was not added"));
        };
        syntax::check_imports(module)?;
        builtins.check(module)?;
        let text = self.metadata.add(module, text)?;
        match syntax::rewritten(module, &text)? {
            None => self.add_version(path, &text, version),
            Some(text) => self.add_version(path, &text, version),
        }
    }

    /// Parses a module and adds it.
    pub(crate) fn add(&mut self, path: &str, text: &str) -> Result<Syntax, Fault> {
        self.add_version(path, text, Version::V1)
    }

    fn add_version(&mut self, path: &str, text: &str, version: Version) -> Result<Syntax, Fault> {
        self.engine.set_rego_v0(version == Version::V0);
        let package = self
            .engine
            .add_policy(path.to_owned(), text.to_owned())
            .map_err(|error| Fault::from_regorus(path, &error))?;
        let package = package.strip_prefix("data.").unwrap_or(&package).to_owned();
        match self.engine.get_modules().last() {
            Some(module) => Ok(Syntax::of(package, module)),
            None => Err(Fault::at_start(path, "the module was not added")),
        }
    }

    /// Finds out which rule uses which.
    ///
    /// # Errors
    /// Rules that use themselves, calls of what is no function, and METADATA that is asked for and wrong.
    pub(crate) fn link(&self, entry_points: &BTreeSet<Path>) -> Result<Links, Fault> {
        self.metadata.answers()?;
        let mut engine = self.engine.clone();
        let linked = Linked::new(engine.get_modules())?;
        let rules = linked.paths().map(|(path, span)| {
            let line = span.line as usize;
            (path.clone(), span.source.file().clone(), line)
        });
        Ok(Links {
            rules: rules.collect(),
            unused_files: linked.unused_files(entry_points),
        })
    }

    /// Compiles entry points for the register VM.
    fn program(&self, entry_points: &[String]) -> Result<Program, String> {
        Program::compile(self.engine.clone(), entry_points)
    }

    /// The plans of entry points (`data.a.b.deny`).
    pub(crate) fn plans(&self, entry_points: &[String]) -> Plans {
        let mut engine = self.engine.clone();
        plan::Library::new(engine.get_modules()).plans(entry_points)
    }

    /// An interpreter with this data.
    pub(crate) fn interpreter(&self, data: Value, budget: Budget) -> Result<Interpreter, String> {
        let mut engine = self.engine.clone();
        let installed = self.metadata.install(&mut engine);
        installed.map_err(|fault| fault.to_string())?;
        Interpreter::new(engine, data, budget)
    }
}

impl std::fmt::Debug for Modules {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Modules").finish_non_exhaustive()
    }
}
