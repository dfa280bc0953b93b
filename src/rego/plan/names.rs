//! The names of a definition.

use std::collections::BTreeMap;

use regorus::Value;
use regorus::unstable::{Expr, Ref};

use super::build::constant;

/// The names of a definition, each with its slot.
#[derive(Clone)]
pub(super) struct Names {
    /// The module, for what is no local name.
    pub(super) scope: usize,
    pub(super) slots: BTreeMap<String, u32>,
    count: u32,
    /// Parameters that must be this value.
    pub(super) patterns: Vec<(u32, Value)>,
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

    pub(super) const fn slots(&self) -> u32 {
        self.count
    }

    pub(super) fn add(&mut self, name: &str) -> u32 {
        let slot = self.add_unnamed();
        self.slots.insert(name.to_owned(), slot);
        slot
    }

    pub(super) fn add_unnamed(&mut self) -> u32 {
        self.count += 1;
        self.count - 1
    }

    /// The slots of names that are bound to the elements of one array.
    pub(super) fn elements(&mut self, names: &[Ref<Expr>]) -> Option<Vec<Option<u32>>> {
        names.iter().map(|name| self.element(name)).collect()
    }

    /// The slot of a name that is bound to elements; none for `_`. None at all where it is no name.
    pub(super) fn element(&mut self, expr: &Expr) -> Option<Option<u32>> {
        match expr {
            Expr::Var { span, .. } if span.text() == "_" => Some(None),
            Expr::Var { span, .. } => Some(Some(self.add(span.text()))),
            _ => None,
        }
    }

    /// Leaves the names of an inner body, and keeps their slots from being used again.
    pub(super) fn leave(&mut self, inner: &Self) {
        self.count = inner.count;
    }
}
