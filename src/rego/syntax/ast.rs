//! The parts of an expression, so that no walk over the syntax tree has to know them all.

use regorus::unstable::{Expr, Literal, LiteralStmt, Query, Ref, Rule, RuleBody, RuleHead};

/// What stands within an expression or a statement.
pub(in crate::rego) enum Part<'a> {
    Expr(&'a Expr),
    Query(&'a Query),
}

fn exprs<'a>(exprs: impl IntoIterator<Item = &'a Ref<Expr>>) -> Vec<Part<'a>> {
    exprs.into_iter().map(|expr| Part::Expr(expr)).collect()
}

/// The parts of an expression, in the order of the text.
pub(in crate::rego) fn parts(expr: &Expr) -> Vec<Part<'_>> {
    match expr {
        Expr::String { .. }
        | Expr::RawString { .. }
        | Expr::Number { .. }
        | Expr::Bool { .. }
        | Expr::Null { .. }
        | Expr::Var { .. } => Vec::new(),
        Expr::Array { items, .. } | Expr::Set { items, .. } => exprs(items),
        Expr::Object { fields, .. } => {
            exprs(fields.iter().flat_map(|(_, key, value)| [key, value]))
        }
        Expr::ArrayCompr { term, query, .. } | Expr::SetCompr { term, query, .. } => {
            vec![Part::Expr(term), Part::Query(query)]
        }
        Expr::ObjectCompr {
            key, value, query, ..
        } => vec![Part::Expr(key), Part::Expr(value), Part::Query(query)],
        Expr::Call { fcn, params, .. } => exprs(std::iter::once(fcn).chain(params)),
        Expr::UnaryExpr { expr, .. } => exprs([expr]),
        Expr::RefDot { refr, .. } => exprs([refr]),
        Expr::RefBrack { refr, index, .. } => exprs([refr, index]),
        Expr::BinExpr { lhs, rhs, .. }
        | Expr::BoolExpr { lhs, rhs, .. }
        | Expr::ArithExpr { lhs, rhs, .. }
        | Expr::AssignExpr { lhs, rhs, .. } => exprs([lhs, rhs]),
        Expr::Membership {
            key,
            value,
            collection,
            ..
        } => exprs(key.iter().chain([value, collection])),
    }
}

/// The parts of a statement but for its `with` modifiers.
pub(in crate::rego) fn statement(stmt: &LiteralStmt) -> Vec<Part<'_>> {
    match &stmt.literal {
        Literal::SomeVars { .. } => Vec::new(),
        Literal::SomeIn {
            key,
            value,
            collection,
            ..
        } => exprs(key.iter().chain([value, collection])),
        Literal::Expr { expr, .. } | Literal::NotExpr { expr, .. } => exprs([expr]),
        Literal::Every { domain, query, .. } => vec![Part::Expr(domain), Part::Query(query)],
    }
}

/// Whether a statement binds names to the elements of something.
pub(in crate::rego) fn iterates(stmt: &LiteralStmt) -> bool {
    matches!(
        stmt.literal,
        Literal::SomeIn { .. } | Literal::SomeVars { .. }
    )
}

/// The name or reference that a rule defines.
pub(in crate::rego) fn defined(rule: &Rule) -> &Ref<Expr> {
    match rule {
        Rule::Spec { head, .. } => match head {
            RuleHead::Compr { refr, .. }
            | RuleHead::Set { refr, .. }
            | RuleHead::Func { refr, .. } => refr,
        },
        Rule::Default { refr, .. } => refr,
    }
}

/// Everything in a rule but the name that it defines.
pub(in crate::rego) fn rule(rule: &Rule) -> Vec<Part<'_>> {
    let mut found = head(rule);
    found.extend(bodies(rule).flatten());
    found
}

/// Everything in the head of a rule but the name that it defines.
pub(in crate::rego) fn head(rule: &Rule) -> Vec<Part<'_>> {
    let mut found = Vec::new();
    match rule {
        Rule::Default { args, value, .. } => found.extend(exprs(args.iter().chain([value]))),
        Rule::Spec { head, .. } => {
            match head {
                RuleHead::Compr { assign, .. } => {
                    found.extend(exprs(assign.iter().map(|assign| &assign.value)));
                }
                RuleHead::Set { key, .. } => found.extend(exprs(key)),
                RuleHead::Func { args, assign, .. } => {
                    let value = assign.iter().map(|assign| &assign.value);
                    found.extend(exprs(args.iter().chain(value)));
                }
            }
            // The keys of `a[key].b`.
            let mut name: &Expr = defined(rule);
            while let Expr::RefDot { refr, .. } | Expr::RefBrack { refr, .. } = name {
                if let Expr::RefBrack { index, .. } = name {
                    found.push(Part::Expr(index));
                }
                name = refr;
            }
        }
    }
    found
}

/// The bodies of a rule, those of `else` with their values.
pub(in crate::rego) fn bodies(rule: &Rule) -> impl Iterator<Item = Vec<Part<'_>>> {
    let bodies: &[RuleBody] = match rule {
        Rule::Default { .. } => &[],
        Rule::Spec { bodies, .. } => bodies,
    };
    bodies.iter().map(|RuleBody { assign, query, .. }| {
        let mut found = exprs(assign.iter().map(|assign| &assign.value));
        found.push(Part::Query(query));
        found
    })
}

/// Whether something holds for an expression or anything within it.
pub(in crate::rego) fn any(part: &Part<'_>, holds: &dyn Fn(&Expr) -> bool) -> bool {
    match part {
        Part::Expr(expr) => holds(expr) || parts(expr).iter().any(|part| any(part, holds)),
        Part::Query(query) => query
            .stmts
            .iter()
            .any(|stmt| statement(stmt).iter().any(|part| any(part, holds))),
    }
}

/// The root of a reference: where its text begins.
pub(in crate::rego) fn root(expr: &Expr) -> &Expr {
    match expr {
        Expr::RefDot { refr, .. } | Expr::RefBrack { refr, .. } => root(refr),
        other => other,
    }
}

/// The names of a reference such as `data.a["b"]`: its root, and what follows as long as it is known without evaluating.
/// None when the root is no name.
pub(in crate::rego) fn path(expr: &Expr) -> Option<(Vec<String>, bool)> {
    match expr {
        Expr::Var { span, .. } => Some((vec![span.text().to_owned()], true)),
        Expr::RefDot { refr, field, .. } => {
            let (mut path, is_whole) = path(refr)?;
            if is_whole {
                path.push(field.0.text().to_owned());
            }
            Some((path, is_whole))
        }
        Expr::RefBrack { refr, index, .. } => {
            let (mut path, is_whole) = path(refr)?;
            match index.as_ref() {
                Expr::String { value, .. } if is_whole => {
                    path.push(value.as_string().ok()?.to_string());
                    Some((path, true))
                }
                _ => Some((path, false)),
            }
        }
        _ => None,
    }
}
