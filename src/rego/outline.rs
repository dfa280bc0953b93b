//! The outline of a module: its rules and their expressions as text, with their places.
//!
//! Who runs tests, or explains why a rule has no result, works on this and never on the syntax tree.

use std::collections::BTreeSet;
use std::ops::Range;

use regorus::unstable::{
    BoolOp, Expr, Literal, LiteralStmt, Module, Query, Rule, RuleBody, RuleHead, Span,
};

use super::walk;

#[cfg(test)]
mod tests;

/// A module.
#[derive(Debug, Clone)]
pub(crate) struct Outline {
    /// What errors call its file.
    pub(crate) path: String,
    /// Its text.
    pub(crate) text: String,
    /// Without `data.`.
    pub(crate) package: String,
    /// As they are written: `import data.a as b`.
    pub(crate) imports: Vec<String>,
    pub(crate) rules: Vec<RuleOutline>,
    /// Lines with an expression that can be evaluated, from 1.
    pub(crate) lines: BTreeSet<usize>,
}

/// A line and a column, from 1. Columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Position {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

/// What a rule defines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Value,
    Set,
    Function,
    Default,
}

/// One definition of a rule. A rule with several has several outlines.
#[derive(Debug, Clone)]
pub(crate) struct RuleOutline {
    /// The reference of its head: `test_concat[note]` is `test_concat`, `note`.
    pub(crate) head: Vec<HeadPart>,
    pub(crate) shape: Shape,
    pub(crate) at: Position,
    /// Its value, or the element that it adds to its set.
    pub(crate) value: Option<String>,
    pub(crate) bodies: Vec<Body>,
}

/// A part of a head's reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HeadPart {
    /// As it is written.
    pub(crate) text: String,
    /// The name, where the part is no variable.
    pub(crate) name: Option<String>,
    /// Names of the variables in it.
    pub(crate) variables: BTreeSet<String>,
}

/// What must hold for a rule to have a value.
#[derive(Debug, Clone)]
pub(crate) struct Body {
    pub(crate) at: Position,
    pub(crate) is_else: bool,
    pub(crate) statements: Vec<Statement>,
}

/// One expression of a body.
#[derive(Debug, Clone)]
pub(crate) struct Statement {
    pub(crate) at: Position,
    /// With its `with` modifiers.
    pub(crate) text: String,
    /// Its `with` modifiers alone.
    pub(crate) modifiers: String,
    pub(crate) form: Form,
    /// The parts whose values tell why it does not hold.
    pub(crate) operands: Vec<String>,
    /// Names of the variables in it.
    pub(crate) variables: BTreeSet<String>,
    /// Names of those that it can give a value to.
    pub(crate) bindable: BTreeSet<String>,
}

/// What kind of expression a statement is.
#[derive(Debug, Clone)]
pub(crate) enum Form {
    /// It holds when it is defined: an assignment, an iteration, a declaration.
    Binding,
    /// A comparison of two values; which ones where they must be equal.
    Comparison(Option<(String, String)>),
    /// It holds when its value is not `false`.
    Condition(String),
    /// It holds when what stands after `not` does not.
    Negation,
    /// It holds when its body does for every element.
    Every(Every),
}

/// `every key, value in domain { … }`
#[derive(Debug, Clone)]
pub(crate) struct Every {
    pub(crate) key: Option<String>,
    pub(crate) value: String,
    pub(crate) domain: String,
    pub(crate) statements: Vec<Statement>,
}

impl Outline {
    pub(super) fn of(module: &Module) -> Self {
        let source = &module.package.refr.span().source;
        let imports = module.imports.iter().map(|import| {
            let path = path(&import.refr);
            match &import.r#as {
                Some(alias) => format!("import {path} as {}", alias.text()),
                None => format!("import {path}"),
            }
        });
        Self {
            path: source.file().clone(),
            text: source.contents().clone(),
            package: path(&module.package.refr),
            imports: imports.collect(),
            rules: module
                .policy
                .iter()
                .map(|rule| rule_outline(rule))
                .collect(),
            lines: walk::lines(module),
        }
    }
}

impl HeadPart {
    fn named(name: String) -> Self {
        Self {
            text: name.clone(),
            name: Some(name),
            variables: BTreeSet::new(),
        }
    }
}

impl RuleOutline {
    /// The names that its head starts with, up to the first variable.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.head.iter().map_while(|part| part.name.as_deref())
    }

    /// The names, joined with dots.
    pub(crate) fn name(&self) -> String {
        self.names().collect::<Vec<_>>().join(".")
    }
}

fn rule_outline(rule: &Rule) -> RuleOutline {
    let mut head = Vec::new();
    let (refr, shape, value, bodies): (_, _, _, &[RuleBody]) = match rule {
        Rule::Spec { head, bodies, .. } => match head {
            RuleHead::Compr { refr, assign, .. } => (
                refr,
                Shape::Value,
                assign.as_ref().map(|a| &a.value),
                bodies,
            ),
            RuleHead::Func { refr, assign, .. } => (
                refr,
                Shape::Function,
                assign.as_ref().map(|a| &a.value),
                bodies,
            ),
            RuleHead::Set { refr, key, .. } => (refr, Shape::Set, key.as_ref(), bodies),
        },
        Rule::Default { refr, value, .. } => (refr, Shape::Default, Some(value), &[]),
    };
    head_parts(refr, &mut head);
    RuleOutline {
        head,
        shape,
        at: position(refr),
        value: value.map(|value| text(value)),
        bodies: bodies.iter().map(body).collect(),
    }
}

fn head_parts(refr: &Expr, parts: &mut Vec<HeadPart>) {
    match refr {
        Expr::RefDot { refr, field, .. } => {
            head_parts(refr, parts);
            let name = field.0.text().to_owned();
            parts.push(HeadPart::named(name));
        }
        Expr::RefBrack { refr, index, .. } => {
            head_parts(refr, parts);
            let name = match &**index {
                Expr::String { value, .. } | Expr::RawString { value, .. } => {
                    value.as_string().ok().map(|name| name.to_string())
                }
                _ => None,
            };
            parts.push(HeadPart {
                text: text(index),
                name,
                variables: walk::variables_of(index),
            });
        }
        other => parts.push(HeadPart::named(text(other))),
    }
}

/// A reference without variables, anew: the span of one in a head or an import is not all of it.
fn path(refr: &Expr) -> String {
    let mut parts = Vec::new();
    head_parts(refr, &mut parts);
    let mut path = String::new();
    for part in parts {
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        if path.is_empty() {
            path = part.text;
        } else if part
            .name
            .as_deref()
            .is_some_and(|name| name.chars().all(is_word))
        {
            path.push('.');
            path.push_str(part.name.as_deref().unwrap_or_default());
        } else {
            path.push_str(&format!("[{}]", part.text));
        }
    }
    path
}

fn body(body: &RuleBody) -> Body {
    let at = body.query.stmts.first();
    Body {
        at: at.map_or_else(|| span_position(&body.span), |s| span_position(&s.span)),
        is_else: body.is_else,
        statements: statements(&body.query),
    }
}

fn statements(query: &Query) -> Vec<Statement> {
    query.stmts.iter().map(statement).collect()
}

fn statement(statement: &LiteralStmt) -> Statement {
    let whole = range(&statement.span);
    let contents = statement.span.source.contents();
    let modifiers = statement.with_mods.first();
    let modifiers = modifiers.and_then(|first| contents.get(first.span.start as usize..whole.end));
    Statement {
        at: span_position(&statement.span),
        form: literal_form(&statement.literal),
        operands: walk::operands(&statement.literal),
        variables: walk::variables(statement),
        bindable: walk::bindable(statement),
        modifiers: modifiers.unwrap_or_default().to_owned(),
        text: contents.get(whole).unwrap_or_default().to_owned(),
    }
}

fn literal_form(literal: &Literal) -> Form {
    match literal {
        Literal::SomeVars { .. } | Literal::SomeIn { .. } => Form::Binding,
        Literal::Expr { expr, .. } => form(expr),
        Literal::NotExpr { .. } => Form::Negation,
        Literal::Every {
            key,
            value,
            domain,
            query,
            ..
        } => Form::Every(Every {
            key: key.as_ref().map(|key| key.text().to_owned()),
            value: value.text().to_owned(),
            domain: text(domain),
            statements: statements(query),
        }),
    }
}

fn form(expr: &Expr) -> Form {
    match expr {
        Expr::AssignExpr { .. } => Form::Binding,
        Expr::BoolExpr {
            op: BoolOp::Eq,
            lhs,
            rhs,
            ..
        } => Form::Comparison(Some((text(lhs), text(rhs)))),
        Expr::BoolExpr { .. } | Expr::Membership { .. } => Form::Comparison(None),
        other => Form::Condition(text(other)),
    }
}

/// The text of an expression.
pub(super) fn text(expr: &Expr) -> String {
    let span = expr.span();
    let contents = span.source.contents();
    let mut range = range(span);
    match expr {
        // In regorus the span of an object starts with its last key, and keeps the line and column of its brace.
        Expr::Object { .. } => {
            if let Some(brace) = offset(contents, span.line as usize, span.col as usize) {
                range.start = brace;
            }
        }
        // That of `set()` takes in what follows.
        Expr::Set { items, .. } if items.is_empty() => range.end = range.start + "set()".len(),
        _ => {}
    }
    contents.get(range).unwrap_or_default().to_owned()
}

/// The byte at a line and a column of regorus, which counts a tab as four.
fn offset(contents: &str, line: usize, column: usize) -> Option<usize> {
    let before = contents.split_inclusive('\n').take(line.checked_sub(1)?);
    let line_start = before.map(str::len).sum();
    let mut counted = 1;
    for (index, character) in contents.get(line_start..)?.char_indices() {
        if counted >= column {
            return Some(line_start + index);
        }
        counted += if character == '\t' { 4 } else { 1 };
    }
    None
}

/// The bytes of a span. In regorus the span of a string is what stands between its quotes, and so a span that starts or
/// ends with a string is short of one.
fn range(span: &Span) -> Range<usize> {
    let (start, end) = (span.start as usize, span.end as usize);
    let bytes = span.source.contents().as_bytes();
    let is_quote = |at: usize| matches!(bytes.get(at), Some(b'"' | b'`'));
    let is_short_at_start = start > 0 && is_quote(start - 1);
    Range {
        start: start - usize::from(is_short_at_start),
        end: end + usize::from(is_quote(end)),
    }
}

fn position(expr: &Expr) -> Position {
    span_position(expr.span())
}

/// regorus counts a tab as four columns, so the position is counted anew.
fn span_position(span: &Span) -> Position {
    let before = span.source.contents().get(..range(span).start);
    let before = before.unwrap_or_default();
    let line_start = before.rfind('\n').map_or(0, |end| end + 1);
    Position {
        line: before.matches('\n').count() + 1,
        column: before.get(line_start..).unwrap_or_default().chars().count() + 1,
    }
}
