//! The outline of a module: its rules and their expressions as text, with their places.
//!
//! Who runs tests, or explains why a rule has no result, works on this and never on the syntax tree.

use std::collections::BTreeSet;

use regorus::unstable::{
    BoolOp, Expr, Literal, LiteralStmt, Module, Query, Rule, RuleBody, RuleHead,
};

use super::walk;

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
        let package = module.package.refr.span().text();
        let imports = module.imports.iter().map(|import| {
            let path = import.refr.span().text();
            match &import.r#as {
                Some(alias) => format!("import {path} as {}", alias.text()),
                None => format!("import {path}"),
            }
        });
        Self {
            path: source.file().clone(),
            text: source.contents().clone(),
            package: package.to_owned(),
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
    let whole = statement.span.text();
    let modifiers = statement.with_mods.first().and_then(|first| {
        let start = first.span.start.checked_sub(statement.span.start)?;
        whole.get(start as usize..)
    });
    let mut operands = Vec::new();
    let form = match &statement.literal {
        Literal::SomeVars { .. } => Form::Binding,
        Literal::SomeIn { collection, .. } => {
            walk::operands(collection, &mut operands);
            Form::Binding
        }
        Literal::Expr { expr, .. } => {
            walk::sides(expr, &mut operands);
            form(expr)
        }
        Literal::NotExpr { expr, .. } => {
            walk::sides(expr, &mut operands);
            Form::Negation
        }
        Literal::Every {
            key,
            value,
            domain,
            query,
            ..
        } => {
            walk::operands(domain, &mut operands);
            Form::Every(Every {
                key: key.as_ref().map(|key| key.text().to_owned()),
                value: value.text().to_owned(),
                domain: text(domain),
                statements: statements(query),
            })
        }
    };
    Statement {
        at: span_position(&statement.span),
        text: whole.to_owned(),
        modifiers: modifiers.unwrap_or_default().to_owned(),
        form,
        operands,
        variables: walk::variables(statement),
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

pub(super) fn text(expr: &Expr) -> String {
    expr.span().text().to_owned()
}

fn position(expr: &Expr) -> Position {
    span_position(expr.span())
}

/// regorus counts a tab as four columns, so the position is counted anew.
fn span_position(span: &regorus::unstable::Span) -> Position {
    let before = span.source.contents().get(..span.start as usize);
    let before = before.unwrap_or_default();
    let line_start = before.rfind('\n').map_or(0, |end| end + 1);
    Position {
        line: before.matches('\n').count() + 1,
        column: before.get(line_start..).unwrap_or_default().chars().count() + 1,
    }
}
