//! What a rule uses: the references and the calls in it.

use regorus::unstable::{Expr, Query, Rule, Span};

use super::syntax::ast::{self, Part};

/// The references and calls of a rule, and what it builds.
#[derive(Default)]
pub(super) struct Uses<'a> {
    pub(super) references: Vec<Reference<'a>>,
    pub(super) calls: Vec<Call<'a>>,
    /// Arrays, sets and objects around something that is not written out.
    pub(super) wraps: usize,
    /// Products of two factors that are not written out.
    pub(super) products: usize,
}

/// `data.a.b`, `a.b`, …
pub(super) struct Reference<'a> {
    /// Its names as far as they are known without evaluating.
    pub(super) path: Vec<String>,
    pub(super) span: &'a Span,
    /// Whether a function of that name would be called: the replacement of `with f as g`.
    pub(super) may_be_called: bool,
}

pub(super) struct Call<'a> {
    pub(super) path: Vec<String>,
    pub(super) span: &'a Span,
    pub(super) arguments: usize,
}

impl<'a> Uses<'a> {
    pub(super) fn of(rule: &'a Rule) -> Self {
        let mut uses = Self::default();
        for part in ast::rule(rule) {
            uses.part(&part);
        }
        uses
    }

    fn part(&mut self, part: &Part<'a>) {
        match part {
            Part::Expr(expr) => self.expr(expr),
            Part::Query(query) => self.query(query),
        }
    }

    fn query(&mut self, query: &'a Query) {
        for stmt in &query.stmts {
            for part in ast::statement(stmt) {
                self.part(&part);
            }
            for with in &stmt.with_mods {
                match ast::path(&with.r#as) {
                    Some((path, _)) => self.references.push(Reference {
                        path,
                        span: ast::root(&with.r#as).span(),
                        may_be_called: true,
                    }),
                    None => self.expr(&with.r#as),
                }
            }
        }
    }

    fn expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Var { .. } | Expr::RefDot { .. } | Expr::RefBrack { .. } => self.reference(expr),
            Expr::Call { fcn, params, .. } => {
                if let Some((path, true)) = ast::path(fcn) {
                    self.calls.push(Call {
                        path,
                        span: ast::root(fcn).span(),
                        arguments: params.len(),
                    });
                }
                for param in params {
                    self.expr(param);
                }
            }
            other => {
                self.builds(other);
                for part in ast::parts(other) {
                    self.part(&part);
                }
            }
        }
    }

    /// A reference counts once, and not its beginnings as well.
    fn reference(&mut self, expr: &'a Expr) {
        if let Some((path, _)) = ast::path(expr) {
            self.references.push(Reference {
                path,
                span: ast::root(expr).span(),
                may_be_called: false,
            });
        }
        let mut rest = expr;
        loop {
            match rest {
                Expr::RefDot { refr, .. } => rest = refr,
                Expr::RefBrack { refr, index, .. } => {
                    self.expr(index);
                    rest = refr;
                }
                Expr::Var { .. } => return,
                other => return self.expr(other),
            }
        }
    }

    fn builds(&mut self, expr: &Expr) {
        use regorus::unstable::ArithOp;
        match expr {
            Expr::ArithExpr {
                op: ArithOp::Mul,
                lhs,
                rhs,
                ..
            } if !is_written_out(lhs) && !is_written_out(rhs) => self.products += 1,
            Expr::Array { .. }
            | Expr::Set { .. }
            | Expr::Object { .. }
            | Expr::ArrayCompr { .. }
            | Expr::SetCompr { .. }
            | Expr::ObjectCompr { .. }
                if !is_written_out(expr) =>
            {
                self.wraps += 1;
            }
            _ => {}
        }
    }
}

/// Whether an expression is made of literals alone.
fn is_written_out(expr: &Expr) -> bool {
    let is_open = |expr: &Expr| matches!(expr, Expr::Var { .. } | Expr::Call { .. });
    !ast::any(&Part::Expr(expr), &is_open)
}
