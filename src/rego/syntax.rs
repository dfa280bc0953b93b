//! What a module's text tells before it runs.

use std::collections::{BTreeMap, BTreeSet};

use regorus::Source;
use regorus::unstable::{Expr, Lexer, Module, Rule, RuleHead, TokenKind};

/// regorus parses nested brackets in time that doubles with each level.
const MAX_NESTING: usize = 14;

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

/// Why a module cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SyntaxError {
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) message: String,
}

impl SyntaxError {
    pub(super) fn at_start(message: &str) -> Self {
        Self {
            line: 1,
            column: 1,
            message: message.to_owned(),
        }
    }

    /// regorus gives the position in text alone: `--> path:line:column`.
    pub(super) fn from_regorus(error: &anyhow::Error) -> Self {
        let text = error.to_string();
        let position = text.lines().find_map(|line| {
            let mut parts = line.strip_prefix("--> ")?.rsplitn(3, ':');
            let column = parts.next()?.parse().ok()?;
            let line = parts.next()?.parse().ok()?;
            Some((line, column))
        });
        let (line, column) = position.unwrap_or((1, 1));
        Self {
            line,
            column,
            message: super::reason(error),
        }
    }
}

/// Refuses brackets nested so deeply that parsing would take for ever, and the clock, which is not the evaluation's.
pub(super) fn check_tokens(path: &str, text: &str) -> Result<(), SyntaxError> {
    let regorus = |error: anyhow::Error| SyntaxError::from_regorus(&error);
    let source = Source::from_contents(path.to_owned(), text.to_owned()).map_err(regorus)?;
    let mut lexer = Lexer::new(&source);
    let mut depth = 0_usize;
    let mut before = (String::new(), String::new());
    loop {
        let token = lexer.next_token().map_err(regorus)?;
        let text = token.1.text();
        let refuse = |message: String| SyntaxError {
            line: token.1.line as usize,
            column: token.1.col as usize,
            message,
        };
        match (&token.0, text) {
            (TokenKind::Eof, _) => return Ok(()),
            (TokenKind::Symbol, "[" | "{" | "(") => depth += 1,
            (TokenKind::Symbol, "]" | "}" | ")") => depth = depth.saturating_sub(1),
            (TokenKind::Ident, "now_ns") if before.0 == "time" && before.1 == "." => {
                let message = "`time.now_ns` is not the evaluation's time: use `input.now`";
                return Err(refuse(message.to_owned()));
            }
            _ => {}
        }
        if depth > MAX_NESTING {
            let message = format!("brackets are nested more than {MAX_NESTING} deep");
            return Err(refuse(message));
        }
        before = (before.1, text.to_owned());
    }
}

impl Syntax {
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
            RuleHead::Compr { refr, .. } | RuleHead::Func { refr, .. } => {
                self.others
                    .insert(root_name(refr), place(refr, "a rule with one value"));
                return;
            }
            RuleHead::Set { refr, key, .. } => (refr, key.as_ref()),
        };
        self.partial_sets.insert(root_name(refr));
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
        _ => false,
    }
}

/// `deny` of `deny`, `deny[x]` and `deny.x`.
fn root_name(refr: &Expr) -> String {
    match refr {
        Expr::RefDot { refr, .. } | Expr::RefBrack { refr, .. } => root_name(refr),
        other => other.span().text().to_owned(),
    }
}

fn place(expr: &Expr, what: &str) -> Place {
    Place {
        line: expr.span().line as usize,
        column: expr.span().col as usize,
        what: what.to_owned(),
    }
}
