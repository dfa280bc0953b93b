//! Takes the steps of plans.

use std::borrow::Cow;

use regorus::Value;

use super::builtin::Builtin;
use super::view::{Arena, View};
use super::{Arithmetic, Comparison, Definition, Part, Plan, Plans, Root, Step, Term, TermId};

/// As many steps as no bundled rule takes; the machine has limits of its own.
const MAX_STEPS: usize = 1_000_000;

/// The machine must be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unsure;

/// A value; [`View::Undefined`] where there is none.
type Answer<'a> = Result<View<'a>, Unsure>;

/// What is done with each way in which a body holds. Says whether there is need of more.
type Done<'r, 'a> = &'r mut dyn FnMut(&mut Run<'a>) -> Result<bool, Unsure>;

impl Plans {
    /// The functions that the plans call, in their order.
    pub(crate) fn builtins(&self) -> Builtins {
        let of = |(name, arguments): &(String, usize)| Builtin::find(name, *arguments);
        Builtins(self.builtins.iter().map(of).collect())
    }
}

/// The functions that plans call. None for one that this regorus does not have.
pub(crate) struct Builtins(Vec<Option<Builtin>>);

/// Plans at work on one input.
pub(crate) struct Run<'a> {
    plans: &'a Plans,
    builtins: &'a Builtins,
    arena: &'a Arena,
    input: View<'a>,
    data: &'a Value,
    /// What rules without parameters gave.
    known: Vec<Option<View<'a>>>,
    /// What stands at the places that were read.
    places: Vec<Option<View<'a>>>,
    /// The names of all definitions that are being tried.
    names: Vec<View<'a>>,
    /// Where those of the innermost begin.
    base: usize,
    /// What the lists that are being made hold so far, the innermost last.
    found: Vec<View<'a>>,
    steps: usize,
}

impl<'a> Run<'a> {
    pub(crate) fn new(
        plans: &'a Plans,
        builtins: &'a Builtins,
        arena: &'a Arena,
        input: View<'a>,
        data: &'a Value,
    ) -> Self {
        Self {
            plans,
            builtins,
            arena,
            input,
            data,
            known: vec![None; plans.rules.len()],
            places: vec![None; plans.places.len()],
            names: Vec::new(),
            base: 0,
            found: Vec::new(),
            steps: 0,
        }
    }

    /// The value of a rule without parameters.
    pub(crate) fn evaluate(&mut self, plan: usize) -> Answer<'a> {
        self.names.clear();
        self.found.clear();
        self.base = 0;
        self.steps = 0;
        self.apply(plan, Part::default())
    }

    fn apply(&mut self, number: usize, arguments: Part) -> Answer<'a> {
        if let Some(Some(known)) = self.known.get(number) {
            return Ok(*known);
        }
        let plan = self.plans.rules.get(number).ok_or(Unsure)?;
        if plan.parameters != arguments.count {
            return Err(Unsure);
        }
        let first = self.names.len();
        for argument in arguments.of(&self.plans.terms) {
            let value = self.defined(argument)?;
            self.names.push(value);
        }
        let outer = std::mem::replace(&mut self.base, first);
        let value = if plan.collects {
            self.all(plan)?
        } else {
            self.one(plan)?
        };
        self.base = outer;
        self.names.truncate(first);
        if arguments.count == 0
            && let Some(place) = self.known.get_mut(number)
        {
            *place = Some(value);
        }
        Ok(value)
    }

    /// The set of what all definitions give. The arguments stand first among the innermost names.
    fn all(&mut self, plan: &'a Plan) -> Answer<'a> {
        let start = self.found.len();
        for definition in plan.definitions.of(&self.plans.definitions) {
            self.define(definition, plan, &mut |run| run.find(definition.value))?;
        }
        Ok(self.made(start, View::set))
    }

    /// The value that all definitions agree on.
    fn one(&mut self, plan: &'a Plan) -> Answer<'a> {
        let mut found = View::Undefined;
        for definition in plan.definitions.of(&self.plans.definitions) {
            let goes_on = self.define(definition, plan, &mut |run| {
                let value = run.term(definition.value)?;
                if value.is_undefined() {
                    return Ok(true);
                }
                if !found.is_undefined() && found != value {
                    return Err(Unsure);
                }
                found = value;
                Ok(!plan.is_constant)
            })?;
            if !goes_on {
                break;
            }
        }
        Ok(found)
    }

    fn define(
        &mut self,
        definition: &'a Definition,
        plan: &Plan,
        done: Done<'_, 'a>,
    ) -> Result<bool, Unsure> {
        let end = self.base + definition.slots as usize;
        self.names.resize(end, View::Undefined);
        let goes_on = self.solve(definition.body.of(&self.plans.steps), done)?;
        self.names.truncate(self.base + plan.parameters as usize);
        Ok(goes_on)
    }

    /// Tells `done` of each way in which all steps hold, until it has enough.
    fn solve(&mut self, body: &'a [Step], done: Done<'_, 'a>) -> Result<bool, Unsure> {
        let mut steps = body.iter();
        while let Some(step) = steps.next() {
            self.steps += 1;
            if self.steps > MAX_STEPS {
                return Err(Unsure);
            }
            if let Step::Each { list, key, value } = step {
                let rest = steps.as_slice();
                return self.each(*list, *key, *value, &mut |run| run.solve(rest, done));
            }
            if !self.step(*step)? {
                return Ok(true);
            }
        }
        done(self)
    }

    /// Takes a step that holds in one way at most, and says whether it does.
    fn step(&mut self, step: Step) -> Result<bool, Unsure> {
        match step {
            Step::Let { slot, value } => {
                let value = self.term(value)?;
                self.set(Some(slot), value);
                Ok(!value.is_undefined())
            }
            Step::Unpack { slots, value } => {
                let slots = slots.of(&self.plans.slots);
                let items = self.array(value)?;
                let items = items.filter(|items| items.len() == slots.len());
                for (slot, item) in slots.iter().zip(items.iter().flat_map(|all| all.iter())) {
                    self.set(*slot, *item);
                }
                Ok(items.is_some())
            }
            Step::Holds(term) => self.holds(term),
            Step::Fails(term) => Ok(!self.holds(term)?),
            Step::Every {
                list,
                key,
                value,
                body,
            } => self.every(list, key, value, body),
            Step::Each { .. } => Err(Unsure),
        }
    }

    fn each(
        &mut self,
        list: TermId,
        key: Option<u32>,
        value: Option<u32>,
        done: Done<'_, 'a>,
    ) -> Result<bool, Unsure> {
        let list = self.term(list)?;
        if list.is_undefined() {
            return Ok(true);
        }
        let mut visit = |run: &mut Self, name: View<'a>, item: View<'a>| {
            run.set(key, name);
            run.set(value, item);
            done(run)
        };
        if let Some(members) = list.members() {
            for (name, item) in members.iter() {
                if !visit(self, *name, *item)? {
                    return Ok(false);
                }
            }
            return Ok(true);
        }
        let items = list.items().ok_or(Unsure)?;
        for (index, item) in items.iter().enumerate() {
            let name = match key {
                None => View::Undefined,
                Some(_) if list.is_set() => *item,
                Some(_) => self.number(Value::from(index))?,
            };
            if !visit(self, name, *item)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn every(
        &mut self,
        list: TermId,
        key: Option<u32>,
        value: u32,
        body: Part,
    ) -> Result<bool, Unsure> {
        if self.term(list)?.is_undefined() {
            return Err(Unsure);
        }
        self.each(list, key, Some(value), &mut |run| {
            let mut holds = false;
            run.solve(body.of(&run.plans.steps), &mut |_| {
                holds = true;
                Ok(false)
            })?;
            Ok(holds)
        })
    }

    fn set(&mut self, slot: Option<u32>, value: View<'a>) {
        let place = slot.and_then(|slot| self.names.get_mut(self.base + slot as usize));
        if let Some(place) = place {
            *place = value;
        }
    }

    fn holds(&mut self, term: TermId) -> Result<bool, Unsure> {
        let value = self.term(term)?;
        Ok(!matches!(value, View::Undefined | View::Bool(false)))
    }

    /// The elements of what is an array.
    fn array(&mut self, term: TermId) -> Result<Option<Cow<'a, [View<'a>]>>, Unsure> {
        let value = self.term(term)?;
        Ok(value.items().filter(|_| !value.is_set()))
    }

    fn place(&mut self, number: usize) -> Answer<'a> {
        if let Some(Some(known)) = self.places.get(number) {
            return Ok(*known);
        }
        let place = self.plans.places.get(number).ok_or(Unsure)?;
        let root = match place.root {
            Root::Input => self.input,
            Root::Data => View::from(self.data),
        };
        let value = self.under(root, place.keys);
        if let Some(known) = self.places.get_mut(number) {
            *known = Some(value);
        }
        Ok(value)
    }

    /// What stands under keys.
    fn under(&self, value: View<'a>, keys: Part) -> View<'a> {
        let keys = keys.of(&self.plans.keys).iter();
        keys.fold(value, |value, key| key.of(value))
    }

    fn term(&mut self, number: TermId) -> Answer<'a> {
        let term = self.plans.terms.get(number as usize).ok_or(Unsure)?;
        self.value(term)
    }

    fn value(&mut self, term: &'a Term) -> Answer<'a> {
        match *term {
            Term::Constant(number) => {
                let value = self.plans.constants.get(number as usize).ok_or(Unsure)?;
                Ok(View::from(value))
            }
            Term::Place(number) => self.place(number as usize),
            Term::Name { slot, keys } => {
                let name = self.names.get(self.base + slot as usize).ok_or(Unsure)?;
                Ok(self.under(*name, keys))
            }
            Term::Member { of, key } => self.of_both(of, key, |_, of, key| Ok(of.member(key))),
            Term::Compare {
                operator,
                left,
                right,
            } => self.of_both(left, right, |_, left, right| {
                Ok(View::Bool(compare(operator, left, right)))
            }),
            Term::In { value, collection } => self.of_both(value, collection, |_, item, list| {
                list.contains(item).map(View::Bool).ok_or(Unsure)
            }),
            Term::Arithmetic {
                operator,
                left,
                right,
            } => self.of_both(left, right, |run, left, right| {
                run.arithmetic(operator, left, right)
            }),
            Term::Call { builtin, arguments } => self.call(builtin, arguments),
            Term::Apply { plan, arguments } => self.apply(plan as usize, arguments),
            Term::Array(items) => Ok(View::Array(self.terms(items)?)),
            Term::Set(items) => Ok(View::set(self.arena, self.terms(items)?)),
            Term::Record { keys, values } => self.record(keys, values),
            Term::Object { keys, values } => self.object(keys, values),
            Term::EachArray { value, body } => self.solutions(body, value, View::array),
            Term::EachSet { value, body } => self.solutions(body, value, View::set),
            Term::EachObject { key, value, body } => self.each_object(key, value, body),
        }
    }

    /// A value that must be there.
    fn defined(&mut self, term: &'a Term) -> Answer<'a> {
        match self.value(term)? {
            View::Undefined => Err(Unsure),
            value => Ok(value),
        }
    }

    /// What is made of two values; undefined where one of them is.
    fn of_both(
        &mut self,
        left: TermId,
        right: TermId,
        make: impl Fn(&Self, View<'a>, View<'a>) -> Answer<'a>,
    ) -> Answer<'a> {
        match (self.term(left)?, self.term(right)?) {
            (View::Undefined, _) | (_, View::Undefined) => Ok(View::Undefined),
            (left, right) => make(self, left, right),
        }
    }

    /// Values that must all be there.
    fn terms(&mut self, terms: Part) -> Result<&'a [View<'a>], Unsure> {
        let arena = self.arena;
        let mut terms = terms.of(&self.plans.terms).iter();
        let values = arena.alloc_slice_try_fill_with(terms.len(), |_| {
            terms.next().map_or(Err(Unsure), |term| self.defined(term))
        });
        values.map(|values| &*values)
    }

    fn record(&mut self, keys: Part, values: Part) -> Answer<'a> {
        let arena = self.arena;
        let (keys, values) = (keys.of(&self.plans.keys), values.of(&self.plans.terms));
        let mut members = keys.iter().zip(values);
        let made = arena.alloc_slice_try_fill_with(members.len(), |_| {
            let (key, value) = members.next().ok_or(Unsure)?;
            Ok((View::Text(key.as_str()), self.defined(value)?))
        });
        made.map(|members| View::Object(members))
    }

    fn object(&mut self, keys: Part, values: Part) -> Answer<'a> {
        let (keys, values) = (self.terms(keys)?, self.terms(values)?);
        let members = keys.iter().copied().zip(values.iter().copied());
        View::object(self.arena, members.collect()).ok_or(Unsure)
    }

    fn call(&mut self, builtin: u32, arguments: Part) -> Answer<'a> {
        let start = self.found.len();
        for argument in arguments.of(&self.plans.terms) {
            match self.value(argument)? {
                View::Undefined => {
                    self.found.truncate(start);
                    return Ok(View::Undefined);
                }
                value => self.found.push(value),
            }
        }
        let function = self.builtins.0.get(builtin as usize);
        let function = function.and_then(Option::as_ref).ok_or(Unsure)?;
        let values = self.found.get(start..).unwrap_or_default();
        let value = function.call(self.arena, values).ok_or(Unsure)?;
        self.found.truncate(start);
        Ok(value)
    }

    /// The values of a term for each way in which a body holds, as a list or a set.
    fn solutions(
        &mut self,
        body: Part,
        value: TermId,
        make: fn(&'a Arena, &[View<'a>]) -> View<'a>,
    ) -> Answer<'a> {
        let start = self.found.len();
        let body = body.of(&self.plans.steps);
        self.solve(body, &mut |run| run.find(value))?;
        Ok(self.made(start, make))
    }

    /// Adds the value of a term to the list that is being made, and asks for more.
    fn find(&mut self, value: TermId) -> Result<bool, Unsure> {
        let value = self.term(value)?;
        self.found.push(value);
        (!value.is_undefined()).then_some(true).ok_or(Unsure)
    }

    /// What is made of all that was found since.
    fn made(&mut self, start: usize, make: fn(&'a Arena, &[View<'a>]) -> View<'a>) -> View<'a> {
        let found = self.found.get(start..).unwrap_or_default();
        let made = make(self.arena, found);
        self.found.truncate(start);
        made
    }

    fn each_object(&mut self, key: TermId, value: TermId, body: Part) -> Answer<'a> {
        let start = self.found.len();
        let body = body.of(&self.plans.steps);
        self.solve(body, &mut |run| Ok(run.find(key)? && run.find(value)?))?;
        let found = self.found.get(start..).unwrap_or_default();
        let members = found.as_chunks().0.iter();
        let object = View::object(
            self.arena,
            members.map(|[key, value]| (*key, *value)).collect(),
        );
        self.found.truncate(start);
        object.ok_or(Unsure)
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
        Ok(View::set(self.arena, &items))
    }

    fn number(&self, number: Value) -> Answer<'a> {
        View::copied(self.arena, &number).ok_or(Unsure)
    }
}

fn compare(operator: Comparison, left: View<'_>, right: View<'_>) -> bool {
    match operator {
        Comparison::Equal => left == right,
        Comparison::NotEqual => left != right,
        Comparison::Less => left < right,
        Comparison::LessOrEqual => left <= right,
        Comparison::Greater => left > right,
        Comparison::GreaterOrEqual => left >= right,
    }
}
