//! Statements and expressions become steps and terms. What has none leaves the rule without a plan.

use std::collections::{BTreeMap, BTreeSet};

use regorus::Value;
use regorus::unstable::{ArithOp, AssignOp, BinOp, BoolOp, Expr, Literal, LiteralStmt, Query, Ref};

use super::super::syntax::ast;
use super::build::{Meaning, Planner, constant};
use super::key::Key;
use super::{Arithmetic, Body, Comparison, Step, Term};

/// The names of a definition, each with its slot.
#[derive(Clone)]
pub(super) struct Names {
    /// The module, for what is no local name.
    scope: usize,
    slots: BTreeMap<String, usize>,
    count: usize,
    /// Parameters that must be this value.
    patterns: Vec<(usize, Value)>,
}

impl Names {
    pub(super) const fn new(scope: usize) -> Self {
        Self {
            scope,
            slots: BTreeMap::new(),
            count: 0,
            patterns: Vec::new(),
        }
    }

    /// Gives the parameters of a function the first slots.
    pub(super) fn parameters(&mut self, parameters: &[Ref<Expr>]) -> Option<()> {
        for parameter in parameters {
            match (parameter.as_ref(), constant(parameter)) {
                (Expr::Var { span, .. }, _) => drop(self.add(span.text())),
                (_, Some(value)) => {
                    let slot = self.add_unnamed();
                    self.patterns.push((slot, value));
                }
                _ => return None,
            }
        }
        Some(())
    }

    /// The steps in which the parameters are what they must be.
    pub(super) fn patterns(&self) -> Body {
        let step = |(slot, value): &(usize, Value)| {
            Step::Holds(Term::Compare {
                operator: Comparison::Equal,
                left: Box::new(name(*slot, &[])),
                right: Box::new(Term::Constant(value.clone())),
            })
        };
        self.patterns.iter().map(step).collect()
    }

    pub(super) const fn slots(&self) -> usize {
        self.count
    }

    fn add(&mut self, name: &str) -> usize {
        let slot = self.add_unnamed();
        self.slots.insert(name.to_owned(), slot);
        slot
    }

    fn add_unnamed(&mut self) -> usize {
        self.count += 1;
        self.count - 1
    }

    /// The slots of names that are bound to the elements of one array.
    fn elements(&mut self, names: &[Ref<Expr>]) -> Option<Vec<Option<usize>>> {
        names.iter().map(|name| self.element(name)).collect()
    }

    /// The slot of a name that is bound to elements; none for `_`. None at all where it is no name.
    fn element(&mut self, expr: &Expr) -> Option<Option<usize>> {
        match expr {
            Expr::Var { span, .. } if span.text() == "_" => Some(None),
            Expr::Var { span, .. } => Some(Some(self.add(span.text()))),
            _ => None,
        }
    }

    /// Leaves the names of an inner body, and keeps their slots from being used again.
    fn leave(&mut self, inner: &Self) {
        self.count = inner.count;
    }
}

impl Planner<'_, '_> {
    pub(super) fn body(&mut self, query: &Query, names: &mut Names) -> Option<Body> {
        let mut body = Body::new();
        for stmt in &query.stmts {
            self.statement(stmt, names, &mut body)?;
        }
        Some(body)
    }

    fn statement(&mut self, stmt: &LiteralStmt, names: &mut Names, body: &mut Body) -> Option<()> {
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
                let list = self.term(collection, names)?;
                let key = match key {
                    Some(key) => names.element(key)?,
                    None => None,
                };
                if let Expr::Array { items, .. } = value.as_ref() {
                    let slot = names.add_unnamed();
                    let value = Some(slot);
                    body.push(Step::Each { list, key, value });
                    body.push(Step::Unpack {
                        slots: names.elements(items)?,
                        value: name(slot, &[]),
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
                expr => body.push(Step::Holds(self.term(expr, names)?)),
            },
            Literal::NotExpr { expr, .. } => body.push(Step::Fails(self.term(expr, names)?)),
            Literal::Every {
                key,
                value,
                domain,
                query,
                ..
            } => {
                let list = self.term(domain, names)?;
                let mut inner = names.clone();
                let key = key.as_ref().map(|key| inner.add(key.text()));
                let value = inner.add(value.text());
                let every = self.body(query, &mut inner)?;
                names.leave(&inner);
                body.push(Step::Every {
                    list,
                    key,
                    value,
                    body: every,
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
        let value = self.term(value, names)?;
        match (operator, target) {
            (AssignOp::ColEq, Expr::Var { span, .. }) => {
                let slot = names.add(span.text());
                Some(Step::Let { slot, value })
            }
            (AssignOp::ColEq, Expr::Array { items, .. }) => Some(Step::Unpack {
                slots: names.elements(items)?,
                value,
            }),
            _ => None,
        }
    }

    pub(super) fn term(&mut self, expr: &Expr, names: &mut Names) -> Option<Term> {
        if let Some(value) = constant(expr) {
            return Some(Term::Constant(value));
        }
        match expr {
            Expr::Var { .. } | Expr::RefDot { .. } | Expr::RefBrack { .. } => {
                self.reference(expr, names)
            }
            Expr::Array { items, .. } => self.terms(items, names).map(array),
            Expr::Set { items, .. } => self.terms(items, names).map(set),
            Expr::Object { fields, .. } => {
                let mut members = Vec::new();
                for (_, key, value) in fields {
                    members.push((self.term(key, names)?, self.term(value, names)?));
                }
                Some(object(members))
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
                left: Box::new(self.term(lhs, names)?),
                right: Box::new(self.term(rhs, names)?),
            }),
            Expr::Membership {
                key: None,
                value,
                collection,
                ..
            } => Some(Term::In {
                value: Box::new(self.term(value, names)?),
                collection: Box::new(self.term(collection, names)?),
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
            left: Box::new(self.term(left, names)?),
            right: Box::new(self.term(right, names)?),
        })
    }

    fn comprehension<const N: usize>(
        &mut self,
        heads: [&Expr; N],
        query: &Query,
        names: &mut Names,
    ) -> Option<([Box<Term>; N], Body)> {
        let mut inner = names.clone();
        let body = self.body(query, &mut inner)?;
        let mut terms = Vec::with_capacity(N);
        for head in heads {
            terms.push(Box::new(self.term(head, &mut inner)?));
        }
        names.leave(&inner);
        Some((terms.try_into().ok()?, body))
    }

    fn call(&mut self, function: &Expr, params: &[Ref<Expr>], names: &mut Names) -> Option<Term> {
        let (path, true) = ast::path(function)? else {
            return None;
        };
        let arguments = self.terms(params, names)?;
        if let Some(Meaning::Rule(plan, rest)) = self.meaning(&path, names.scope) {
            let fits = self.parameters(plan)? == arguments.len() && rest.is_empty();
            return fits.then_some(Term::Apply { plan, arguments });
        }
        let builtin = self.builtin(&path.join("."), arguments.len())?;
        Some(Term::Call { builtin, arguments })
    }

    fn reference(&mut self, expr: &Expr, names: &mut Names) -> Option<Term> {
        if let Some((path, true)) = ast::path(expr) {
            return self.path(&path, names);
        }
        let (of, key) = match expr {
            Expr::RefDot { refr, field, .. } => (refr, Term::Constant(field.1.clone())),
            Expr::RefBrack { refr, index, .. } => (refr, self.term(index, names)?),
            _ => return None,
        };
        Some(Term::Member {
            of: Box::new(self.term(of, names)?),
            key: Box::new(key),
        })
    }

    fn path(&mut self, path: &[String], names: &Names) -> Option<Term> {
        let (first, rest) = path.split_first()?;
        if let Some(slot) = names.slots.get(first) {
            return Some(name(*slot, rest));
        }
        match self.meaning(path, names.scope)? {
            Meaning::Root(root, rest) => Some(Term::Place(self.place(root, &rest))),
            Meaning::Rule(plan, rest) => {
                if self.parameters(plan) != Some(0) {
                    return None;
                }
                let value = match self.constant(plan) {
                    Some(value) => Term::Constant(value.clone()),
                    None => Term::Apply {
                        plan,
                        arguments: Vec::new(),
                    },
                };
                let under = |of, key: &String| Term::Member {
                    of: Box::new(of),
                    key: Box::new(Term::Constant(Value::from(key.as_str()))),
                };
                Some(rest.iter().fold(value, under))
            }
        }
    }
}

fn name(slot: usize, keys: &[String]) -> Term {
    let keys = keys.iter().cloned().map(Key::from).collect();
    Term::Name { slot, keys }
}

/// The values of terms that are all constant.
fn constants(terms: &[Term]) -> Option<Vec<Value>> {
    let constant = |term: &Term| match term {
        Term::Constant(value) => Some(value.clone()),
        _ => None,
    };
    terms.iter().map(constant).collect()
}

fn array(items: Vec<Term>) -> Term {
    match constants(&items) {
        Some(items) => Term::Constant(Value::from(items)),
        None => Term::Array(items),
    }
}

fn set(items: Vec<Term>) -> Term {
    match constants(&items) {
        Some(items) => Term::Constant(Value::from(BTreeSet::from_iter(items))),
        None => Term::Set(items),
    }
}

fn object(members: Vec<(Term, Term)>) -> Term {
    let (keys, values): (Vec<Term>, Vec<Term>) = members.iter().cloned().unzip();
    match (constants(&keys), constants(&values)) {
        (Some(keys), Some(values)) => {
            let members: BTreeMap<Value, Value> = keys.into_iter().zip(values).collect();
            Term::Constant(Value::from(members))
        }
        _ => record(&members).unwrap_or(Term::Object(members)),
    }
}

/// An object whose keys are written out, each once.
fn record(members: &[(Term, Term)]) -> Option<Term> {
    let member = |(key, value): &(Term, Term)| match key {
        Term::Constant(Value::String(name)) => Some((Key::from(name.as_ref()), value.clone())),
        _ => None,
    };
    let record: BTreeMap<Key, Term> = members.iter().map(member).collect::<Option<_>>()?;
    (record.len() == members.len()).then(|| Term::Record(record.into_iter().collect()))
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
