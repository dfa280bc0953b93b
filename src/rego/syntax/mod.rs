//! What a module's text tells before it runs.

pub(super) mod ast;
mod edit;
mod heads;
mod tokens;
mod walks;

use std::collections::{BTreeMap, BTreeSet};

use regorus::unstable::{Expr, Module, Rule, RuleHead};

use super::fault::Fault;
use super::metadata;

pub(super) use self::tokens::{MAX_COLUMNS, check};

/// Facts of a module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Syntax {
    /// Without `data.`.
    pub(crate) package: String,
    /// Names of the rules that it defines with `contains`.
    pub(crate) partial_sets: BTreeSet<String>,
    /// Its other rules and functions, by name.
    pub(crate) others: BTreeMap<String, Place>,
    /// Heads of partial rules that can lose results on the interpreter.
    pub(crate) lossy_heads: Vec<Place>,
    /// Constructs on which the register VM and the interpreter disagree.
    pub(crate) vm_only_traps: Vec<Place>,
}

/// A construct and its position, from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) what: String,
}

impl Syntax {
    /// What a [`Place`] says of a function.
    pub(crate) const FUNCTION: &str = "a function";

    pub(super) fn of(package: String, module: &Module) -> Self {
        let mut syntax = Self {
            package,
            partial_sets: BTreeSet::new(),
            others: BTreeMap::new(),
            lossy_heads: Vec::new(),
            vm_only_traps: Vec::new(),
        };
        for rule in &module.policy {
            syntax.read_rule(rule);
        }
        syntax
    }

    fn read_rule(&mut self, rule: &Rule) {
        match rule {
            Rule::Spec { head, .. } => self.read_head(head),
            Rule::Default { refr, args, .. } => {
                self.others
                    .insert(root_name(refr), place(refr, "a default"));
                if !args.is_empty() {
                    self.vm_only_traps.push(place(refr, "a default function"));
                }
            }
        }
    }

    fn read_head(&mut self, head: &RuleHead) {
        let (refr, key) = match head {
            RuleHead::Compr { refr, .. } => {
                self.others
                    .insert(root_name(refr), place(refr, "a rule with one value"));
                return;
            }
            RuleHead::Func { refr, .. } => {
                self.others
                    .insert(root_name(refr), place(refr, Self::FUNCTION));
                return;
            }
            RuleHead::Set { refr, key, .. } => (refr, key.as_ref()),
        };
        if matches!(**refr, Expr::Var { .. }) {
            self.partial_sets.insert(root_name(refr));
        } else {
            self.others
                .insert(root_name(refr), place(refr, "an object of sets"));
        }
        if let Some(key) = key {
            if !is_always_defined(key) {
                self.lossy_heads.push(place(key, "a computed head"));
            }
            if !matches!(**refr, Expr::Var { .. }) {
                self.vm_only_traps
                    .push(place(refr, "a reference before `contains`"));
            }
        }
    }
}

/// The module's text without what the interpreter would lose findings on; none when there is nothing to change.
pub(super) fn rewritten(module: &Module, text: &str) -> Result<Option<String>, Fault> {
    let mut edits = heads::edits(module, text)?;
    edits.extend(walks::edits(module, text)?);
    Ok(edit::applied(text, edits))
}

/// Refuses keywords of later versions of Rego, which would be taken for names.
pub(super) fn check_imports(module: &Module) -> Result<(), Fault> {
    const KNOWN: [&str; 4] = ["contains", "every", "if", "in"];
    for import in &module.imports {
        let path = ast::path(&import.refr).map_or_else(Vec::new, |(path, _)| path);
        let names: Vec<&str> = path.iter().map(String::as_str).collect();
        if let ["future", "keywords", name] = names[..]
            && !KNOWN.contains(&name)
        {
            let message = format!("the keyword `{name}` is not known");
            return Err(Fault::at(&import.span, message));
        }
    }
    Ok(())
}

/// Whether an expression cannot be undefined once the body has bound its variables.
fn is_always_defined(expr: &Expr) -> bool {
    match expr {
        Expr::String { .. }
        | Expr::RawString { .. }
        | Expr::Number { .. }
        | Expr::Bool { .. }
        | Expr::Null { .. }
        | Expr::Var { .. } => true,
        Expr::Array { items, .. } | Expr::Set { items, .. } => {
            items.iter().all(|item| is_always_defined(item))
        }
        Expr::Object { fields, .. } => fields
            .iter()
            .all(|(_, key, value)| is_always_defined(key) && is_always_defined(value)),
        Expr::Call { fcn, .. } => metadata::is_asked_by(fcn),
        _ => false,
    }
}

/// `deny` of `deny`, `deny[x]` and `deny.x`.
fn root_name(refr: &Expr) -> String {
    ast::root(refr).span().text().to_owned()
}

fn place(expr: &Expr, what: &str) -> Place {
    Place {
        line: expr.span().line as usize,
        column: expr.span().col as usize,
        what: what.to_owned(),
    }
}
