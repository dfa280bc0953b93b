//! Walks over expressions of the syntax tree.

use std::collections::BTreeSet;

use regorus::unstable::{AssignOp, Expr, Literal, LiteralStmt, Module, Query, Rule, RuleHead};

use super::outline::text;
use super::syntax::ast::{Part, parts};

/// The expressions right below an expression, but for those in the query of a comprehension.
fn children(expr: &Expr) -> Vec<&Expr> {
    let below = parts(expr).into_iter().filter_map(|part| match part {
        Part::Expr(expr) => Some(expr),
        Part::Query(_) => None,
    });
    // The name of what is called has no value.
    let names = usize::from(matches!(expr, Expr::Call { .. }));
    below.skip(names).collect()
}

/// The query of a comprehension.
fn query_of(expr: &Expr) -> Option<&Query> {
    parts(expr).into_iter().find_map(|part| match part {
        Part::Query(query) => Some(query),
        Part::Expr(_) => None,
    })
}

/// Calls `see` for an expression and all below it, those of comprehensions included.
fn descend<'a>(expr: &'a Expr, see: &mut impl FnMut(&'a Expr)) {
    see(expr);
    for child in children(expr) {
        descend(child, see);
    }
    if let Some(query) = query_of(expr) {
        descend_query(query, see);
    }
}

fn descend_query<'a>(query: &'a Query, see: &mut impl FnMut(&'a Expr)) {
    for statement in &query.stmts {
        descend_literal(&statement.literal, see);
    }
}

fn descend_literal<'a>(literal: &'a Literal, see: &mut impl FnMut(&'a Expr)) {
    match literal {
        Literal::SomeVars { .. } => {}
        Literal::SomeIn {
            key,
            value,
            collection,
            ..
        } => {
            for expr in key.iter().chain([value, collection]) {
                descend(expr, see);
            }
        }
        Literal::Expr { expr, .. } | Literal::NotExpr { expr, .. } => descend(expr, see),
        Literal::Every { domain, query, .. } => {
            descend(domain, see);
            descend_query(query, see);
        }
    }
}

/// Names of the variables in an expression.
pub(super) fn variables_of(expr: &Expr) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    descend(expr, &mut |part| {
        if matches!(part, Expr::Var { .. }) {
            names.insert(text(part));
        }
    });
    names
}

/// Names of the variables that a statement reads or gives a value to.
pub(super) fn variables(statement: &LiteralStmt) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut add = |expr: &Expr| {
        if matches!(expr, Expr::Var { .. }) {
            names.insert(text(expr));
        }
    };
    descend_literal(&statement.literal, &mut add);
    for modifier in &statement.with_mods {
        descend(&modifier.r#as, &mut add);
    }
    names
}

/// Names of the variables that a statement can give a value to.
pub(super) fn bindable(statement: &LiteralStmt) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    match &statement.literal {
        Literal::SomeIn { key, value, .. } => {
            for pattern in key.iter().chain([value]) {
                names.extend(variables_of(pattern));
            }
        }
        Literal::Expr { expr, .. } => {
            if let Expr::AssignExpr { op, lhs, rhs, .. } = &**expr {
                names.extend(variables_of(lhs));
                if *op == AssignOp::Eq {
                    names.extend(variables_of(rhs));
                }
            }
            descend(expr, &mut |part| match part {
                Expr::RefBrack { index, .. } if matches!(**index, Expr::Var { .. }) => {
                    names.insert(text(index));
                }
                _ => {}
            });
        }
        Literal::SomeVars { .. } | Literal::NotExpr { .. } | Literal::Every { .. } => {}
    }
    names
}

/// The parts of a statement whose values tell why it does not hold. What is assigned to has none.
pub(super) fn operands(literal: &Literal) -> Vec<String> {
    let mut parts = Vec::new();
    match literal {
        Literal::SomeVars { .. } => {}
        Literal::SomeIn { collection, .. } => add_operands(collection, &mut parts),
        Literal::Every { domain, .. } => add_operands(domain, &mut parts),
        Literal::Expr { expr, .. } | Literal::NotExpr { expr, .. } => add_sides(expr, &mut parts),
    }
    parts
}

fn add_sides(expr: &Expr, parts: &mut Vec<String>) {
    match expr {
        Expr::BoolExpr { .. } | Expr::Membership { .. } => {
            for side in children(expr) {
                add_operands(side, parts);
            }
        }
        // A pattern on either side of `=` is what is assigned to.
        Expr::AssignExpr {
            op: AssignOp::Eq,
            lhs,
            rhs,
            ..
        } => {
            for side in [lhs, rhs] {
                if !matches!(**side, Expr::Array { .. } | Expr::Object { .. }) {
                    add_operands(side, parts);
                }
            }
        }
        Expr::AssignExpr { rhs, .. } => add_operands(rhs, parts),
        other => add_operands(other, parts),
    }
}

/// The expression and what it is made of, without literals.
fn add_operands(expr: &Expr, parts: &mut Vec<String>) {
    if is_literal(expr) {
        return;
    }
    let part = text(expr);
    if !parts.contains(&part) {
        parts.push(part);
    }
    match expr {
        Expr::Call { .. }
        | Expr::UnaryExpr { .. }
        | Expr::BinExpr { .. }
        | Expr::BoolExpr { .. }
        | Expr::ArithExpr { .. }
        | Expr::Membership { .. } => {
            for child in children(expr) {
                add_operands(child, parts);
            }
        }
        Expr::RefDot { refr, .. } => add_operands_of_base(refr, parts),
        Expr::RefBrack { refr, index, .. } => {
            add_operands(index, parts);
            add_operands_of_base(refr, parts);
        }
        // A list says all that its elements would.
        _ => {}
    }
}

/// Of `a.b[i]` the parts besides `a` and `a.b`, which the whole shows.
fn add_operands_of_base(expr: &Expr, parts: &mut Vec<String>) {
    match expr {
        Expr::Var { .. } => {}
        Expr::RefDot { refr, .. } => add_operands_of_base(refr, parts),
        Expr::RefBrack { refr, index, .. } => {
            add_operands(index, parts);
            add_operands_of_base(refr, parts);
        }
        other => add_operands(other, parts),
    }
}

fn is_literal(expr: &Expr) -> bool {
    let mut literal = true;
    descend(expr, &mut |part| {
        literal &= matches!(
            part,
            Expr::String { .. }
                | Expr::RawString { .. }
                | Expr::Number { .. }
                | Expr::Bool { .. }
                | Expr::Null { .. }
                | Expr::Array { .. }
                | Expr::Set { .. }
                | Expr::Object { .. }
        );
    });
    literal
}

/// Lines with an expression that the interpreter can evaluate. What it reports as covered are some of these, so both are
/// counted alike: of a comprehension the query alone.
pub(super) fn lines(module: &Module) -> BTreeSet<usize> {
    let mut lines = BTreeSet::new();
    for rule in &module.policy {
        match &**rule {
            Rule::Spec { head, bodies, .. } => {
                let value = match head {
                    RuleHead::Compr { assign, .. } | RuleHead::Func { assign, .. } => {
                        assign.as_ref().map(|assign| &assign.value)
                    }
                    RuleHead::Set { key, .. } => key.as_ref(),
                };
                if let Some(value) = value {
                    lines_of(value, &mut lines);
                }
                for body in bodies {
                    lines_of_query(&body.query, &mut lines);
                }
            }
            Rule::Default { value, .. } => lines_of(value, &mut lines),
        }
    }
    lines
}

fn lines_of(expr: &Expr, lines: &mut BTreeSet<usize>) {
    if let Some(query) = query_of(expr) {
        return lines_of_query(query, lines);
    }
    lines.insert(expr.span().line as usize);
    for child in children(expr) {
        lines_of(child, lines);
    }
}

fn lines_of_query(query: &Query, lines: &mut BTreeSet<usize>) {
    for statement in &query.stmts {
        match &statement.literal {
            Literal::SomeVars { .. } => {}
            Literal::SomeIn {
                value, collection, ..
            } => {
                lines_of(value, lines);
                lines_of(collection, lines);
            }
            Literal::Expr { expr, .. } | Literal::NotExpr { expr, .. } => lines_of(expr, lines),
            Literal::Every { domain, query, .. } => {
                lines_of(domain, lines);
                lines_of_query(query, lines);
            }
        }
    }
}
