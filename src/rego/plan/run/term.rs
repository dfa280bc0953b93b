//! The values of terms.

use regorus::Value;

use super::super::view::{Arena, View};
use super::super::{Arithmetic, Comparison, Part, Root, Term, TermId};
use super::{Answer, Run, Unsure};

impl<'a> Run<'a> {
    /// What is read at a place, and remembered.
    #[cold]
    fn read(&mut self, number: usize) -> Answer<'a> {
        let place = self.plans.places.get(number).ok_or(Unsure)?;
        let value = match place.root {
            Root::Input => self.under(self.input, place.keys)?,
            Root::Data => self.put(View::from(self.of_data.get(number).ok_or(Unsure)?)),
        };
        if let Some(known) = self.places.get_mut(number) {
            *known = Some(value);
        }
        Ok(value)
    }

    /// What stands under keys.
    fn under(&self, value: &'a View<'a>, keys: Part) -> Answer<'a> {
        let keys = keys.of(&self.plans.keys).ok_or(Unsure)?.iter();
        Ok(keys.fold(value, |value, key| match value {
            View::Object(members) => key.among(members),
            View::Value(_) => self.put(key.of(*value)),
            _ => &View::Undefined,
        }))
    }

    pub(super) fn term(&mut self, number: TermId) -> Answer<'a> {
        let term = self.plans.terms.get(number as usize).ok_or(Unsure)?;
        self.value(term)
    }

    /// The value of a term. Most are there already.
    #[inline]
    pub(super) fn value(&mut self, term: &'a Term) -> Answer<'a> {
        match *term {
            Term::Constant(number) => self.constants.get(number as usize).ok_or(Unsure),
            Term::Place(number) => match self.places.get(number as usize) {
                Some(Some(known)) => Ok(known),
                _ => self.read(number as usize),
            },
            Term::Name { slot, keys } => {
                let name = *self.names.get(self.base + slot as usize).ok_or(Unsure)?;
                if keys.count == 0 {
                    Ok(name)
                } else {
                    self.under(name, keys)
                }
            }
            _ => self.make(term),
        }
    }

    /// The value of a term that is made of others.
    fn make(&mut self, term: &'a Term) -> Answer<'a> {
        match *term {
            // Those are not made: `value` has them.
            Term::Constant(_) | Term::Place(_) | Term::Name { .. } => Err(Unsure),
            Term::Member { of, key } => Ok(match self.both(of, key)? {
                Some((of, key)) => self.put(of.member(*key)),
                None => &View::Undefined,
            }),
            Term::Compare {
                operator,
                left,
                right,
            } => self.compare(operator, left, right).map(truth),
            Term::In { value, collection } => self.is_in(value, collection).map(truth),
            Term::Arithmetic {
                operator,
                left,
                right,
            } => match self.both(left, right)? {
                Some((left, right)) => self.arithmetic(operator, *left, *right),
                None => Ok(&View::Undefined),
            },
            Term::Call { builtin, arguments } => self.call(builtin, arguments),
            Term::Apply { plan, arguments } => self.apply(plan, arguments),
            Term::Array(items) => {
                let items = self.terms(items)?;
                Ok(self.put(View::Array(items)))
            }
            Term::Set(items) => {
                let items = self.terms(items)?;
                Ok(self.put(View::set(self.arena, items)))
            }
            Term::Record { keys, values } => self.record(keys, values),
            Term::Object { keys, values } => self.object(keys, values),
            Term::EachArray { value, body } => self.solutions(body, value, View::array),
            Term::EachSet { value, body } => self.solutions(body, value, View::set),
            Term::EachObject { key, value, body } => self.each_object(key, value, body),
        }
    }

    /// A value that must be there.
    pub(super) fn defined(&mut self, term: &'a Term) -> Answer<'a> {
        match self.value(term)? {
            View::Undefined => Err(Unsure),
            value => Ok(value),
        }
    }

    /// Two values; none where one of them is undefined.
    fn both(
        &mut self,
        left: TermId,
        right: TermId,
    ) -> Result<Option<(&'a View<'a>, &'a View<'a>)>, Unsure> {
        Ok(match (self.term(left)?, self.term(right)?) {
            (View::Undefined, _) | (_, View::Undefined) => None,
            both => Some(both),
        })
    }

    /// None where a side is undefined.
    pub(super) fn compare(
        &mut self,
        operator: Comparison,
        left: TermId,
        right: TermId,
    ) -> Result<Option<bool>, Unsure> {
        let both = self.both(left, right)?;
        Ok(both.map(|(left, right)| match operator {
            Comparison::Equal => left == right,
            Comparison::NotEqual => left != right,
            Comparison::Less => left < right,
            Comparison::LessOrEqual => left <= right,
            Comparison::Greater => left > right,
            Comparison::GreaterOrEqual => left >= right,
        }))
    }

    /// None where one of them is undefined.
    pub(super) fn is_in(
        &mut self,
        value: TermId,
        collection: TermId,
    ) -> Result<Option<bool>, Unsure> {
        match self.both(value, collection)? {
            Some((item, list)) => list.contains(*item).map(Some).ok_or(Unsure),
            None => Ok(None),
        }
    }

    /// Values that must all be there.
    fn terms(&mut self, terms: Part) -> Result<&'a [View<'a>], Unsure> {
        let arena = self.arena;
        let mut terms = terms.of(&self.plans.terms).ok_or(Unsure)?.iter();
        let values = arena.alloc_slice_try_fill_with(terms.len(), |_| {
            terms
                .next()
                .map_or(Err(Unsure), |term| self.defined(term).copied())
        });
        values.map(|values| &*values)
    }

    fn record(&mut self, keys: Part, values: Part) -> Answer<'a> {
        let arena = self.arena;
        let (keys, values) = (
            keys.of(&self.plans.keys).ok_or(Unsure)?,
            values.of(&self.plans.terms).ok_or(Unsure)?,
        );
        let mut members = keys.iter().zip(values);
        let made = arena.alloc_slice_try_fill_with(members.len(), |_| {
            let (key, value) = members.next().ok_or(Unsure)?;
            Ok((View::Text(key.as_str()), *self.defined(value)?))
        });
        made.map(|members| self.put(View::Object(members)))
    }

    fn object(&mut self, keys: Part, values: Part) -> Answer<'a> {
        let (keys, values) = (self.terms(keys)?, self.terms(values)?);
        let members = keys.iter().copied().zip(values.iter().copied());
        let object = View::object(self.arena, members.collect());
        object.map(|object| self.put(object)).ok_or(Unsure)
    }

    fn call(&mut self, builtin: u32, arguments: Part) -> Answer<'a> {
        let start = self.found.len();
        for argument in arguments.of(&self.plans.terms).ok_or(Unsure)? {
            match self.value(argument)? {
                View::Undefined => {
                    self.found.truncate(start);
                    return Ok(&View::Undefined);
                }
                value => self.found.push(*value),
            }
        }
        let function = self.builtins.0.get(builtin as usize);
        let function = function.and_then(Option::as_ref).ok_or(Unsure)?;
        let values = self.found.get(start..).unwrap_or_default();
        let value = function.call(self.arena, values).ok_or(Unsure)?;
        self.found.truncate(start);
        Ok(self.put(value))
    }

    /// The values of a term for each way in which a body holds, as a list or a set.
    fn solutions(
        &mut self,
        body: Part,
        value: TermId,
        make: fn(&'a Arena, &[View<'a>]) -> View<'a>,
    ) -> Answer<'a> {
        let start = self.found.len();
        let body = body.of(&self.plans.steps).ok_or(Unsure)?;
        self.solve(body, &mut |run| run.find(value))?;
        Ok(self.made(start, make))
    }

    fn each_object(&mut self, key: TermId, value: TermId, body: Part) -> Answer<'a> {
        let start = self.found.len();
        let body = body.of(&self.plans.steps).ok_or(Unsure)?;
        self.solve(body, &mut |run| Ok(run.find(key)? && run.find(value)?))?;
        let found = self.found.get(start..).unwrap_or_default();
        let members = found.as_chunks().0.iter();
        let object = View::object(
            self.arena,
            members.map(|[key, value]| (*key, *value)).collect(),
        );
        self.found.truncate(start);
        object.map(|object| self.put(object)).ok_or(Unsure)
    }

    fn arithmetic(&self, operator: Arithmetic, left: View<'a>, right: View<'a>) -> Answer<'a> {
        if let (View::Value(Value::Number(left)), View::Value(Value::Number(right))) = (left, right)
        {
            let number = match operator {
                Arithmetic::Add => left.add(right),
                Arithmetic::Subtract => left.sub(right),
                Arithmetic::Multiply => left.mul(right),
                Arithmetic::Divide => left.clone().divide(right),
                Arithmetic::Union | Arithmetic::Intersection => return Err(Unsure),
            };
            return self.number(number.map(Value::from).map_err(|_| Unsure)?);
        }
        if !left.is_set() || !right.is_set() {
            return Err(Unsure);
        }
        let all = left.items().ok_or(Unsure)?;
        let of_left = |wanted: bool| {
            let items = all.iter().copied();
            items.filter(move |item| right.contains(*item) == Some(wanted))
        };
        let items: Vec<_> = match operator {
            Arithmetic::Subtract => of_left(false).collect(),
            Arithmetic::Intersection => of_left(true).collect(),
            Arithmetic::Union => {
                let others = right.items().ok_or(Unsure)?;
                all.iter().chain(others.iter()).copied().collect()
            }
            _ => return Err(Unsure),
        };
        Ok(self.put(View::set(self.arena, &items)))
    }

    pub(super) fn number(&self, number: Value) -> Answer<'a> {
        let copied = View::copied(self.arena, &number);
        copied.map(|number| self.put(number)).ok_or(Unsure)
    }
}

/// What is said of what is there.
const fn truth(holds: Option<bool>) -> &'static View<'static> {
    match holds {
        None => &View::Undefined,
        Some(true) => &View::Bool(true),
        Some(false) => &View::Bool(false),
    }
}
