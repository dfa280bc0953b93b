//! The lists that plans are made of, as they grow.

use regorus::Value;

use super::build::Planner;
use super::key::Key;
use super::{Definition, Part, Place, Plan, Root, Step, Term, TermId};

impl Planner<'_, '_> {
    /// Adds a term.
    pub(super) fn keep(&mut self, term: Term) -> TermId {
        self.keep_all(vec![term]).first
    }

    /// Adds terms that belong together.
    pub(super) fn keep_all(&mut self, terms: Vec<Term>) -> Part {
        add(&mut self.plans.terms, terms)
    }

    /// Adds the steps of a body.
    pub(super) fn keep_steps(&mut self, steps: Vec<Step>) -> Part {
        add(&mut self.plans.steps, steps)
    }

    /// Adds the definitions of a rule.
    pub(super) fn keep_definitions(&mut self, definitions: Vec<Definition>) -> Part {
        add(&mut self.plans.definitions, definitions)
    }

    /// Adds the slots of the elements of an array.
    pub(super) fn keep_slots(&mut self, slots: Vec<Option<u32>>) -> Part {
        add(&mut self.plans.slots, slots)
    }

    /// Adds the keys of a path, or of an object.
    pub(super) fn keep_keys<'k>(&mut self, keys: impl IntoIterator<Item = &'k str>) -> Part {
        let keys: Vec<Key> = keys.into_iter().map(Key::from).collect();
        add(&mut self.plans.keys, keys)
    }

    /// Adds a plan.
    pub(super) fn keep_plan(&mut self, plan: Plan) -> u32 {
        add(&mut self.plans.rules, vec![plan]).first
    }

    /// A constant.
    pub(super) fn constant_term(&mut self, value: Value) -> Term {
        let constants = &mut self.plans.constants;
        let is_simple = matches!(value, Value::Null | Value::Bool(_) | Value::String(_));
        let known = constants.iter().position(|other| *other == value);
        let number = match known.filter(|_| is_simple) {
            Some(known) => number(known),
            None => add(constants, vec![value]).first,
        };
        Term::Constant(number)
    }

    /// The value of a term that is a constant.
    pub(super) fn value_of(&self, term: &Term) -> Option<&Value> {
        match term {
            Term::Constant(number) => self.plans.constants.get(*number as usize),
            _ => None,
        }
    }

    /// A place, which is kept once.
    pub(super) fn place(&mut self, root: Root, keys: &[String]) -> Term {
        let is_it = |place: &Place| {
            let names = place.keys.of(&self.plans.keys).into_iter().flatten();
            let names = names.map(Key::as_str);
            place.root == root && names.eq(keys.iter().map(String::as_str))
        };
        let known = self.plans.places.iter().position(is_it);
        Term::Place(known.map(number).unwrap_or_else(|| {
            let keys = self.keep_keys(keys.iter().map(String::as_str));
            add(&mut self.plans.places, vec![Place { root, keys }]).first
        }))
    }
}

fn add<T>(list: &mut Vec<T>, more: Vec<T>) -> Part {
    let part = Part {
        first: number(list.len()),
        count: number(more.len()),
    };
    list.extend(more);
    part
}

/// Plans are far from so large.
fn number(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
