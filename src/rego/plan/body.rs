//! Statements and expressions become steps and terms. What has none leaves the rule without a plan.

use std::collections::{BTreeMap, BTreeSet};

use regorus::Value;
use regorus::unstable::{ArithOp, AssignOp, BinOp, BoolOp, Expr, Literal, LiteralStmt, Query, Ref};

use super::super::syntax::ast;
use super::build::{Meaning, Planner, constant};
use super::names::Names;
use super::{Arithmetic, Comparison, Part, Step, Term, TermId};

impl Planner<'_, '_> {
    /// The steps in which the parameters are what they must be.
    pub(super) fn patterns(&mut self, names: &Names) -> Vec<Step> {
        let step = |(slot, value): &(u32, Value)| {
            let (left, right) = (self.name(*slot, &[]), self.constant_term(value.clone()));
            let compare = Term::Compare {
                operator: Comparison::Equal,
                left: self.keep(left),
                right: self.keep(right),
            };
            Step::Holds(self.keep(compare))
        };
        names.patterns.iter().map(step).collect()
    }

    pub(super) fn body(&mut self, query: &Query, names: &mut Names) -> Option<Vec<Step>> {
        let mut body = Vec::new();
        for stmt in &query.stmts {
            self.statement(stmt, names, &mut body)?;
        }
        Some(body)
    }

    fn statement(
        &mut self,
        stmt: &LiteralStmt,
        names: &mut Names,
        body: &mut Vec<Step>,
    ) -> Option<()> {
        if !stmt.with_mods.is_empty() {
            return None;
        }
        match &stmt.literal {
            Literal::SomeVars { .. } => return None,
            Literal::SomeIn {
                key,
                value,
                collection,
                ..
            } => {
                let list = self.kept(collection, names)?;
                let key = match key {
                    Some(key) => names.element(key)?,
                    None => None,
                };
                if let Expr::Array { items, .. } = value.as_ref() {
                    let slot = names.add_unnamed();
                    let value = Some(slot);
                    body.push(Step::Each { list, key, value });
                    let slots = names.elements(items)?;
                    let element = self.name(slot, &[]);
                    body.push(Step::Unpack {
                        slots: self.keep_slots(slots),
                        value: self.keep(element),
                    });
                } else {
                    let value = names.element(value)?;
                    body.push(Step::Each { list, key, value });
                }
            }
            Literal::Expr { expr, .. } => match expr.as_ref() {
                Expr::AssignExpr { op, lhs, rhs, .. } => {
                    body.push(self.assignment(op, lhs, rhs, names)?);
                }
                expr => body.push(Step::Holds(self.kept(expr, names)?)),
            },
            Literal::NotExpr { expr, .. } => body.push(Step::Fails(self.kept(expr, names)?)),
            Literal::Every {
                key,
                value,
                domain,
                query,
                ..
            } => {
                let list = self.kept(domain, names)?;
                let mut inner = names.clone();
                let key = key.as_ref().map(|key| inner.add(key.text()));
                let value = inner.add(value.text());
                let every = self.body(query, &mut inner)?;
                names.leave(&inner);
                body.push(Step::Every {
                    list,
                    key,
                    value,
                    body: self.keep_steps(every),
                });
            }
        }
        Some(())
    }

    fn assignment(
        &mut self,
        operator: &AssignOp,
        target: &Expr,
        value: &Expr,
        names: &mut Names,
    ) -> Option<Step> {
        let value = self.kept(value, names)?;
        match (operator, target) {
            (AssignOp::ColEq, Expr::Var { span, .. }) => {
                let slot = names.add(span.text());
                Some(Step::Let { slot, value })
            }
            (AssignOp::ColEq, Expr::Array { items, .. }) => {
                let slots = names.elements(items)?;
                let slots = self.keep_slots(slots);
                Some(Step::Unpack { slots, value })
            }
            _ => None,
        }
    }

    pub(super) fn term(&mut self, expr: &Expr, names: &mut Names) -> Option<Term> {
        if let Some(value) = constant(expr) {
            return Some(self.constant_term(value));
        }
        match expr {
            Expr::Var { .. } | Expr::RefDot { .. } | Expr::RefBrack { .. } => {
                self.reference(expr, names)
            }
            Expr::Array { items, .. } => {
                let items = self.terms(items, names)?;
                Some(self.array(items))
            }
            Expr::Set { items, .. } => {
                let items = self.terms(items, names)?;
                Some(self.set(items))
            }
            Expr::Object { fields, .. } => {
                let mut members = Vec::new();
                for (_, key, value) in fields {
                    members.push((self.term(key, names)?, self.term(value, names)?));
                }
                Some(self.object(members))
            }
            Expr::ArrayCompr { term, query, .. } => {
                let ([value], body) = self.comprehension([term], query, names)?;
                Some(Term::EachArray { value, body })
            }
            Expr::SetCompr { term, query, .. } => {
                let ([value], body) = self.comprehension([term], query, names)?;
                Some(Term::EachSet { value, body })
            }
            Expr::ObjectCompr {
                key, value, query, ..
            } => {
                let ([key, value], body) = self.comprehension([key, value], query, names)?;
                Some(Term::EachObject { key, value, body })
            }
            Expr::Call { fcn, params, .. } => self.call(fcn, params, names),
            Expr::BoolExpr { op, lhs, rhs, .. } => Some(Term::Compare {
                operator: comparison(op),
                left: self.kept(lhs, names)?,
                right: self.kept(rhs, names)?,
            }),
            Expr::Membership {
                key: None,
                value,
                collection,
                ..
            } => Some(Term::In {
                value: self.kept(value, names)?,
                collection: self.kept(collection, names)?,
            }),
            Expr::ArithExpr { op, lhs, rhs, .. } => {
                self.arithmetic(arithmetic(op)?, lhs, rhs, names)
            }
            Expr::BinExpr { op, lhs, rhs, .. } => {
                let operator = match op {
                    BinOp::Union => Arithmetic::Union,
                    BinOp::Intersection => Arithmetic::Intersection,
                };
                self.arithmetic(operator, lhs, rhs, names)
            }
            _ => None,
        }
    }

    /// The number of an expression's term.
    fn kept(&mut self, expr: &Expr, names: &mut Names) -> Option<TermId> {
        let term = self.term(expr, names)?;
        Some(self.keep(term))
    }

    fn terms(&mut self, exprs: &[Ref<Expr>], names: &mut Names) -> Option<Vec<Term>> {
        exprs.iter().map(|expr| self.term(expr, names)).collect()
    }

    fn arithmetic(
        &mut self,
        operator: Arithmetic,
        left: &Expr,
        right: &Expr,
        names: &mut Names,
    ) -> Option<Term> {
        Some(Term::Arithmetic {
            operator,
            left: self.kept(left, names)?,
            right: self.kept(right, names)?,
        })
    }

    fn comprehension<const N: usize>(
        &mut self,
        heads: [&Expr; N],
        query: &Query,
        names: &mut Names,
    ) -> Option<([TermId; N], Part)> {
        let mut inner = names.clone();
        let body = self.body(query, &mut inner)?;
        let mut terms = Vec::with_capacity(N);
        for head in heads {
            terms.push(self.kept(head, &mut inner)?);
        }
        names.leave(&inner);
        Some((terms.try_into().ok()?, self.keep_steps(body)))
    }

    fn call(&mut self, function: &Expr, params: &[Ref<Expr>], names: &mut Names) -> Option<Term> {
        let (path, true) = ast::path(function)? else {
            return None;
        };
        let arguments = self.terms(params, names)?;
        if let Some(Meaning::Rule(plan, rest)) = self.meaning(&path, names.scope) {
            let fits = self.parameters(plan)? == arguments.len() && rest.is_empty();
            let arguments = self.keep_all(arguments);
            return fits.then_some(Term::Apply { plan, arguments });
        }
        let builtin = self.builtin(&path.join("."), arguments.len())?;
        let arguments = self.keep_all(arguments);
        Some(Term::Call { builtin, arguments })
    }

    fn reference(&mut self, expr: &Expr, names: &mut Names) -> Option<Term> {
        if let Some((path, true)) = ast::path(expr) {
            return self.path(&path, names);
        }
        let (of, key) = match expr {
            Expr::RefDot { refr, field, .. } => (refr, self.constant_term(field.1.clone())),
            Expr::RefBrack { refr, index, .. } => (refr, self.term(index, names)?),
            _ => return None,
        };
        Some(Term::Member {
            of: self.kept(of, names)?,
            key: self.keep(key),
        })
    }

    fn path(&mut self, path: &[String], names: &Names) -> Option<Term> {
        let (first, rest) = path.split_first()?;
        if let Some(slot) = names.slots.get(first) {
            return Some(self.name(*slot, rest));
        }
        match self.meaning(path, names.scope)? {
            Meaning::Root(root, rest) => Some(self.place(root, &rest)),
            Meaning::Rule(plan, rest) => {
                if self.parameters(plan) != Some(0) {
                    return None;
                }
                let mut value = match self.constant(plan).cloned() {
                    Some(value) => self.constant_term(value),
                    None => Term::Apply {
                        plan,
                        arguments: Part::default(),
                    },
                };
                for key in rest {
                    let key = self.constant_term(Value::from(key));
                    value = Term::Member {
                        of: self.keep(value),
                        key: self.keep(key),
                    };
                }
                Some(value)
            }
        }
    }

    fn name(&mut self, slot: u32, keys: &[String]) -> Term {
        let keys = self.keep_keys(keys.iter().map(String::as_str));
        Term::Name { slot, keys }
    }

    /// The values of terms that are all constant.
    fn constants(&self, terms: &[Term]) -> Option<Vec<Value>> {
        let values = terms.iter().map(|term| self.value_of(term).cloned());
        values.collect()
    }

    fn array(&mut self, items: Vec<Term>) -> Term {
        match self.constants(&items) {
            Some(items) => self.constant_term(Value::from(items)),
            None => Term::Array(self.keep_all(items)),
        }
    }

    fn set(&mut self, items: Vec<Term>) -> Term {
        match self.constants(&items) {
            Some(items) => self.constant_term(Value::from(BTreeSet::from_iter(items))),
            None => Term::Set(self.keep_all(items)),
        }
    }

    fn object(&mut self, members: Vec<(Term, Term)>) -> Term {
        let (keys, values): (Vec<Term>, Vec<Term>) = members.into_iter().unzip();
        let (names, constants) = (self.constants(&keys), self.constants(&values));
        if let (Some(keys), Some(values)) = (&names, constants) {
            let members: BTreeMap<Value, Value> = keys.iter().cloned().zip(values).collect();
            return self.constant_term(Value::from(members));
        }
        let record = names.and_then(|names| self.record(&names, &values));
        record.unwrap_or_else(|| Term::Object {
            keys: self.keep_all(keys),
            values: self.keep_all(values),
        })
    }

    /// An object whose keys are written out, each once.
    fn record(&mut self, names: &[Value], values: &[Term]) -> Option<Term> {
        let names = names.iter().map(|name| match name {
            Value::String(name) => Some(name.as_ref()),
            _ => None,
        });
        let names: Vec<&str> = names.collect::<Option<_>>()?;
        let record: BTreeMap<&str, Term> =
            names.iter().copied().zip(values.iter().copied()).collect();
        let is_whole = record.len() == values.len();
        is_whole.then(|| Term::Record {
            keys: self.keep_keys(record.keys().copied()),
            values: self.keep_all(record.into_values().collect()),
        })
    }
}

const fn comparison(operator: &BoolOp) -> Comparison {
    match operator {
        BoolOp::Lt => Comparison::Less,
        BoolOp::Le => Comparison::LessOrEqual,
        BoolOp::Eq => Comparison::Equal,
        BoolOp::Ge => Comparison::GreaterOrEqual,
        BoolOp::Gt => Comparison::Greater,
        BoolOp::Ne => Comparison::NotEqual,
    }
}

const fn arithmetic(operator: &ArithOp) -> Option<Arithmetic> {
    match operator {
        ArithOp::Add => Some(Arithmetic::Add),
        ArithOp::Sub => Some(Arithmetic::Subtract),
        ArithOp::Mul => Some(Arithmetic::Multiply),
        ArithOp::Div => Some(Arithmetic::Divide),
        ArithOp::Mod => None,
    }
}
