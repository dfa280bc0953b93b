//! `rego.metadata.rule()` and `rego.metadata.chain()`: what METADATA says of the rule that asks.
//!
//! The answers are known before anything is evaluated, but only when all modules are: a package's METADATA may stand in
//! another file. So each call becomes that of a function of its own, whose name is as long and which gives the answer.

mod annotation;
mod annotations;
mod blocks;
#[cfg(test)]
mod tests;

use regorus::unstable::{Expr, Module};
use regorus::{Engine, Value};

use self::annotations::{Annotations, Described};
pub(crate) use self::blocks::{Block, blocks};
use super::fault::Fault;
use super::syntax::ast::{self, Part};
use super::value::value;

/// What modules say of themselves, and which of their rules ask for it.
#[derive(Debug, Clone, Default)]
pub(super) struct Metadata {
    modules: Vec<Described>,
    askers: Vec<Asker>,
}

/// A definition of a rule in which the METADATA is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Asker {
    module: usize,
    rule: usize,
    /// Whether it is an `else`, or another body: annotations are about the first.
    is_further: bool,
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    Rule,
    Chain,
}

impl Asked {
    const ALL: [Self; 2] = [Self::Rule, Self::Chain];

    const fn function(self) -> &'static str {
        match self {
            Self::Rule => "rego.metadata.rule",
            Self::Chain => "rego.metadata.chain",
        }
    }

    /// How the name of the function begins that takes its place.
    const fn prefix(self) -> &'static str {
        match self {
            Self::Rule => "__ztvet_rule_",
            Self::Chain => "__ztvet_chain_",
        }
    }

    /// The name of that function, which is as long as the one that it takes the place of.
    fn name(self, asker: usize) -> String {
        format!("{}{asker:0DIGITS$}", self.prefix())
    }

    /// What a call of a function asks for.
    fn by(function: &Expr) -> Option<Self> {
        let (path, true) = ast::path(function)? else {
            return None;
        };
        let name = path.join(".");
        Self::ALL.into_iter().find(|asked| asked.function() == name)
    }
}

/// Digits of the names; no set of policies has more rules.
const DIGITS: usize = 5;

/// A call in the text of a module.
struct Call<'a> {
    asked: Asked,
    function: &'a Expr,
    has_arguments: bool,
}

/// Whether a function is one of those that ask for METADATA.
pub(super) fn is_function(name: &str) -> bool {
    Asked::ALL.iter().any(|asked| asked.function() == name)
}

/// Whether a call of a function asks for METADATA, before or after another took its place. It has an answer always.
pub(super) fn is_asked_by(function: &Expr) -> bool {
    Asked::by(function).is_some() || arity(function.span().text()).is_some()
}

/// The number of arguments of what takes the place of a call.
pub(super) fn arity(name: &str) -> Option<u8> {
    let mut all = Asked::ALL.iter();
    all.any(|asked| name.starts_with(asked.prefix()))
        .then_some(0)
}

/// A text of a module as its author wrote it.
pub(crate) fn as_written(text: &str) -> String {
    let mut text = text.to_owned();
    for asked in Asked::ALL {
        while let Some(start) = text.find(asked.prefix()) {
            let end = (start + asked.prefix().len() + DIGITS).min(text.len());
            text.replace_range(start..end, asked.function());
        }
    }
    text
}

impl Metadata {
    /// Takes a module, and gives its text back with other functions in the place of the calls. Nothing in it moves.
    ///
    /// # Errors
    /// When a call has arguments.
    pub(super) fn add(&mut self, module: &Module, text: &str) -> Result<String, Fault> {
        let mut folded = text.to_owned();
        for (rule, definition) in module.policy.iter().enumerate() {
            let mut bodies = ast::bodies(definition);
            let first = ast::head(definition).into_iter();
            let first: Vec<Part<'_>> = first.chain(bodies.next().unwrap_or_default()).collect();
            self.fold(rule, false, &first, &mut folded)?;
            let further: Vec<Part<'_>> = bodies.flatten().collect();
            self.fold(rule, true, &further, &mut folded)?;
        }
        self.modules.push(Described::of(module, text));
        Ok(folded)
    }

    fn fold(
        &mut self,
        rule: usize,
        is_further: bool,
        parts: &[Part<'_>],
        text: &mut String,
    ) -> Result<(), Fault> {
        let mut calls = Vec::new();
        for part in parts {
            find_calls(part, &mut calls);
        }
        for call in &calls {
            let asker = self.asker(rule, is_further);
            let span = ast::root(call.function).span();
            let refused = |message: String| Err(Fault::at(span, message));
            if call.has_arguments {
                return refused(format!("`{}` takes no argument", call.asked.function()));
            }
            let start = span.start as usize;
            let width = text.get(start..).and_then(|rest| rest.find('('));
            let (Some(width), 0..100_000) = (width, asker) else {
                return refused("it is asked for METADATA too often".to_owned());
            };
            let name = call.asked.name(asker);
            text.replace_range(start..start + width, &format!("{name:>width$}"));
        }
        Ok(())
    }

    /// The number of who asks in the module that is being added.
    fn asker(&mut self, rule: usize, is_further: bool) -> usize {
        let asker = Asker {
            module: self.modules.len(),
            rule,
            is_further,
        };
        if self.askers.last() != Some(&asker) {
            self.askers.push(asker);
        }
        self.askers.len() - 1
    }

    /// Adds the functions that give the answers.
    ///
    /// # Errors
    /// When METADATA that is asked for is wrong.
    pub(super) fn install(&self, engine: &mut Engine) -> Result<(), Fault> {
        for (name, answer) in self.answers()? {
            let give = move |_: Vec<Value>| Ok(answer.clone());
            let added = engine.add_extension(name, 0, Box::new(give));
            added.map_err(|error| Fault::at_start("", &error.to_string()))?;
        }
        Ok(())
    }

    /// The answers by the names of the functions. Where nobody asks, nothing is read.
    ///
    /// # Errors
    /// When METADATA is wrong, or stands twice.
    pub(super) fn answers(&self) -> Result<Vec<(String, Value)>, Fault> {
        if self.askers.is_empty() {
            return Ok(Vec::new());
        }
        let annotations = Annotations::of(&self.modules)?;
        let mut answers = Vec::new();
        for (number, asker) in self.askers.iter().enumerate() {
            let Some(module) = self.modules.get(asker.module) else {
                continue;
            };
            let (rule, chain) = annotations.about(module, asker);
            for (asked, answer) in [(Asked::Rule, rule), (Asked::Chain, chain)] {
                let answer =
                    value(&answer).map_err(|error| Fault::at_start(&module.file, &error))?;
                answers.push((asked.name(number), answer));
            }
        }
        Ok(answers)
    }
}

fn find_calls<'a>(part: &Part<'a>, calls: &mut Vec<Call<'a>>) {
    match part {
        Part::Expr(expr) => {
            if let Expr::Call { fcn, params, .. } = expr
                && let Some(asked) = Asked::by(fcn)
            {
                calls.push(Call {
                    asked,
                    function: fcn,
                    has_arguments: !params.is_empty(),
                });
            }
            for part in ast::parts(expr) {
                find_calls(&part, calls);
            }
        }
        Part::Query(query) => {
            for stmt in &query.stmts {
                let with = stmt.with_mods.iter().map(|with| Part::Expr(&with.r#as));
                for part in ast::statement(stmt).into_iter().chain(with) {
                    find_calls(&part, calls);
                }
            }
        }
    }
}
