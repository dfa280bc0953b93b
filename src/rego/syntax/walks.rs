//! `walk`, whose result is one of many.
//!
//! regorus goes through all of them for `walk(x, [path, value])` alone. Elsewhere it takes the list of all for one, and what
//! is compared with it is lost. `[path, value] := walk(x)` is therefore written the other way round, and the rest refused.

use regorus::unstable::{Expr, Literal, Module, Query, Ref};

use super::ast::{self, Part};
use super::edit::Edit;
use crate::rego::fault::Fault;

pub(super) fn edits(module: &Module, text: &str) -> Result<Vec<Edit>, Fault> {
    let mut walks = Walks {
        text,
        edits: Vec::new(),
    };
    for rule in &module.policy {
        for part in ast::rule(rule) {
            walks.part(&part)?;
        }
    }
    Ok(walks.edits)
}

struct Walks<'a> {
    text: &'a str,
    edits: Vec<Edit>,
}

impl Walks<'_> {
    fn part(&mut self, part: &Part<'_>) -> Result<(), Fault> {
        match part {
            Part::Expr(expr) => self.expr(expr),
            Part::Query(query) => self.query(query),
        }
    }

    fn query(&mut self, query: &Query) -> Result<(), Fault> {
        for stmt in &query.stmts {
            match &stmt.literal {
                Literal::Expr { expr, .. } => self.statement(expr)?,
                _ => {
                    for part in ast::statement(stmt) {
                        self.part(&part)?;
                    }
                }
            }
            for with in &stmt.with_mods {
                self.expr(&with.r#as)?;
            }
        }
        Ok(())
    }

    /// An expression that stands alone.
    fn statement(&mut self, expr: &Expr) -> Result<(), Fault> {
        if let Expr::AssignExpr { lhs, rhs, .. } = expr
            && let Some([subject]) = walked(rhs)
            && let Some(edit) = self.turned(expr, lhs, subject)
        {
            self.edits.push(edit);
            return self.expr(subject);
        }
        match walked(expr) {
            Some(params @ [_, _]) => params.iter().try_for_each(|param| self.expr(param)),
            _ => self.expr(expr),
        }
    }

    /// `walk(x, y)` for `y := walk(x)`
    fn turned(&self, whole: &Expr, result: &Expr, subject: &Expr) -> Option<Edit> {
        let slice = |expr: &Expr| {
            let span = expr.span();
            self.text.get(span.start as usize..span.end as usize)
        };
        let with = format!("walk({}, {})", slice(subject)?, slice(result)?);
        let start = result.span().start as usize;
        let end = whole.span().end as usize;
        // The call's closing bracket ends the statement.
        let is_whole = self.text.get(start..end)?.trim_end().ends_with(')');
        is_whole.then(|| Edit::replace(self.text, start, end, &with))
    }

    fn expr(&mut self, expr: &Expr) -> Result<(), Fault> {
        if walked(expr).is_some() {
            let message = "`walk` has many results: write `walk(x, [path, value])` as a statement";
            return Err(Fault::at(ast::root(expr).span(), message));
        }
        ast::parts(expr).iter().try_for_each(|part| self.part(part))
    }
}

/// The arguments of a call of `walk`.
fn walked(expr: &Expr) -> Option<&[Ref<Expr>]> {
    match expr {
        Expr::Call { fcn, params, .. } if fcn.span().text() == "walk" => Some(params),
        _ => None,
    }
}
