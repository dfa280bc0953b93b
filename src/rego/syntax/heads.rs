//! Heads that lose findings.
//!
//! Where the head of a rule that iterates is undefined for one element, the interpreter throws away what it found for the
//! others. Such a rule is rewritten so that the head is evaluated in a comprehension, which skips what is undefined:
//!
//! ```rego
//! deny contains x.name if { some x in input.xs }
//! deny contains it if { it := [x.name | some x in input.xs][_] }
//! ```
//!
//! No text moves to another line, so errors keep their place.

use regorus::unstable::{Expr, Module, Query, Rule, RuleAssign, RuleBody, RuleHead, Span};

use super::ast::{self, Part};
use super::edit::Edit;
use super::is_always_defined;
use crate::rego::fault::Fault;

pub(super) fn edits(module: &Module, text: &str) -> Result<Vec<Edit>, Fault> {
    let mut edits = Vec::new();
    for rule in &module.policy {
        if let Rule::Spec { head, bodies, .. } = rule.as_ref() {
            let rewrite = Rewrite {
                text,
                has_if: module.rego_v1,
                bodies,
            };
            edits.extend(rewrite.head(head)?);
        }
    }
    Ok(edits)
}

fn refused(span: &Span) -> Fault {
    Fault::at(
        span,
        "the head is computed: where it is undefined, findings would be lost",
    )
}

/// Names that no policy would choose.
const KEY: &str = "__ztvet_key";
const VALUE: &str = "__ztvet_value";

struct Rewrite<'a> {
    text: &'a str,
    /// Whether a body begins with `if`.
    has_if: bool,
    bodies: &'a [RuleBody],
}

impl Rewrite<'_> {
    fn head(&self, head: &RuleHead) -> Result<Vec<Edit>, Fault> {
        match head {
            RuleHead::Func { .. } | RuleHead::Set { key: None, .. } => Ok(Vec::new()),
            RuleHead::Set {
                span,
                refr,
                key: Some(key),
            } => self.element(span, refr, key),
            RuleHead::Compr { refr, assign, .. } => match (refr.as_ref(), assign) {
                (Expr::RefBrack { refr, index, .. }, Some(assign)) if !is_literal(index) => {
                    self.member(refr, index, assign)
                }
                (name, Some(assign)) if has_variables(name) && self.is_lossy(&[&assign.value]) => {
                    Err(refused(assign.value.span()))
                }
                (_, Some(assign)) => self.values(assign),
                (_, None) => Ok(Vec::new()),
            },
        }
    }

    /// `name contains KEY if { … }` and `name[KEY] { … }`
    fn element(&self, head: &Span, name: &Expr, key: &Expr) -> Result<Vec<Edit>, Fault> {
        if !self.is_lossy(&[key]) {
            return Ok(Vec::new());
        }
        let refuse = || refused(key.span());
        if !matches!(name, Expr::Var { .. }) {
            return Err(refuse());
        }
        let (name_end, head_end) = (name.span().end as usize, head.end as usize);
        let between = self.text.get(name_end..).ok_or_else(refuse)?.trim_start();
        let key_start = self.text.len() - between.len();
        if between.starts_with('[') {
            self.wrapped((key_start + 1, head_end - 1), &format!("{VALUE}]"), VALUE)
        } else {
            let key_start = key_start + "contains".len();
            self.wrapped((key_start, head_end), &format!(" {VALUE}"), VALUE)
        }
        .ok_or_else(refuse)
    }

    /// `name[KEY] := VALUE if { … }`
    fn member(&self, name: &Expr, key: &Expr, assign: &RuleAssign) -> Result<Vec<Edit>, Fault> {
        if !self.is_lossy(&[key, &assign.value]) {
            return Ok(Vec::new());
        }
        let refuse = || refused(assign.value.span());
        if !matches!(name, Expr::Var { .. }) {
            return Err(refuse());
        }
        let (value_start, value_end) = self.value(assign);
        let after_name = self.text.get(name.span().end as usize..value_start);
        let (open, close) = after_name
            .and_then(|text| Some((text.find('[')?, text.rfind(']')?)))
            .ok_or_else(refuse)?;
        let key_start = name.span().end as usize + open + 1;
        let key_end = name.span().end as usize + close;
        let pattern = format!("[{KEY}, {VALUE}]");
        let head = format!("{KEY}] = {VALUE}");
        let mut edits = self
            .wrapped((key_start, value_end), &head, &pattern)
            .ok_or_else(refuse)?;
        for edit in &mut edits {
            // The comprehension's term is a pair.
            if edit.start == key_start {
                edit.with.push('[');
            } else if edit.start == value_end {
                edit.with.insert(0, ']');
            }
        }
        edits.push(Edit::replace(self.text, key_end, value_start, ", "));
        Ok(edits)
    }

    /// `name := VALUE if { … } else := VALUE if { … }`
    fn values(&self, assign: &RuleAssign) -> Result<Vec<Edit>, Fault> {
        let mut edits = Vec::new();
        let (first, others) = match self.bodies.split_first() {
            Some((first, others)) => (std::slice::from_ref(first), others),
            None => (&[][..], &[][..]),
        };
        let own = Self {
            bodies: first,
            ..*self
        };
        let repeats = others
            .iter()
            .any(|body| body.assign.is_none() && !body.is_else);
        if repeats && self.is_lossy(&[&assign.value]) {
            return Err(refused(assign.value.span()));
        }
        edits.extend(own.value_edits(assign)?);
        for body in others {
            let own = Self {
                bodies: std::slice::from_ref(body),
                ..*self
            };
            if let Some(assign) = &body.assign {
                edits.extend(own.value_edits(assign)?);
            }
        }
        Ok(edits)
    }

    fn value_edits(&self, assign: &RuleAssign) -> Result<Vec<Edit>, Fault> {
        if !self.is_lossy(&[&assign.value]) {
            return Ok(Vec::new());
        }
        self.wrapped(self.value(assign), &format!(" {VALUE}"), VALUE)
            .ok_or_else(|| refused(assign.value.span()))
    }

    /// Where the value of `:= VALUE` stands.
    fn value(&self, assign: &RuleAssign) -> (usize, usize) {
        let (start, end) = (assign.span.start as usize, assign.span.end as usize);
        let text = self.text.get(start..end).unwrap_or_default();
        (start + text.find('=').map_or(0, |at| at + 1), end)
    }

    fn is_lossy(&self, head: &[&Expr]) -> bool {
        let in_head = || head.iter().any(|expr| iterates(&Part::Expr(expr)));
        let in_body = |body: &RuleBody| iterates(&Part::Query(&body.query));
        head.iter().any(|expr| !is_always_defined(expr))
            && (in_head() || self.bodies.iter().any(in_body))
    }

    /// Makes what stands at `term` the term of a comprehension over the body, and binds its elements to `pattern`.
    fn wrapped(&self, term: (usize, usize), head: &str, pattern: &str) -> Option<Vec<Edit>> {
        let (start, end) = term;
        let query = match self.bodies {
            [] => None,
            [body] => Some(&*body.query),
            _ => return None,
        };
        let Some(query) = query.filter(|query| !query.stmts.is_empty()) else {
            let open = if self.has_if { " if {" } else { " {" };
            return Some(vec![
                Edit::insert(start, format!("{head}{open} {pattern} := [")),
                Edit::insert(end, " | true][_] }"),
            ]);
        };
        let has_braces = self.is_braced(query);
        let body = query.span.start as usize + usize::from(has_braces);
        let between = self.text.get(end..body)?;
        let open = if between.contains("if") {
            " if {"
        } else {
            " {"
        };
        let body_end = query.span.end as usize - usize::from(has_braces);
        let close = if has_braces { "][_] " } else { "][_] }" };
        Some(vec![
            Edit::insert(start, format!("{head}{open} {pattern} := [")),
            Edit::replace(self.text, end, body, " | "),
            Edit::insert(body_end, close),
        ])
    }

    /// Whether the body stands in braces, and is no set or object itself.
    fn is_braced(&self, query: &Query) -> bool {
        let starts = self.text.get(query.span.start as usize..);
        let first = query.stmts.first().map(|stmt| stmt.span.start);
        starts.is_some_and(|text| text.starts_with('{')) && first != Some(query.span.start)
    }
}

fn is_literal(expr: &Expr) -> bool {
    matches!(
        expr,
        Expr::String { .. }
            | Expr::RawString { .. }
            | Expr::Number { .. }
            | Expr::Bool { .. }
            | Expr::Null { .. }
    )
}

/// Whether a reference such as `a[x].b` has to be evaluated.
fn has_variables(name: &Expr) -> bool {
    match name {
        Expr::RefDot { refr, .. } => has_variables(refr),
        Expr::RefBrack { refr, index, .. } => !is_literal(index) || has_variables(refr),
        _ => false,
    }
}

/// Whether evaluating it can go through several elements.
fn iterates(part: &Part<'_>) -> bool {
    ast::any(part, &|expr| match expr {
        Expr::RefBrack { index, .. } => !is_literal(index),
        Expr::Call { fcn, .. } => fcn.span().text() == "walk",
        _ => false,
    }) || matches!(part, Part::Query(query) if query.stmts.iter().any(ast::iterates))
}
