//! Takes the steps of plans.

mod term;

use std::borrow::Cow;

use regorus::Value;

use super::builtin::Builtin;
use super::view::{Arena, View};
use super::{Definition, Part, Place, Plan, Plans, Root, Step, Term, TermId};

/// As many steps as no bundled rule takes; the machine has limits of its own.
const MAX_STEPS: usize = 1_000_000;

/// The machine must be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unsure;

/// A value; [`View::Undefined`] where there is none. It is handed on by where it stands, which fits a register.
type Answer<'a> = Result<&'a View<'a>, Unsure>;

/// What is done with each way in which a body holds. Says whether there is need of more.
type Done<'r, 'a> = &'r mut dyn FnMut(&mut Run<'a>) -> Result<bool, Unsure>;

impl Plans {
    /// The functions that the plans call, in their order.
    pub(crate) fn builtins(&self) -> Builtins {
        let of = |(name, arguments): &(String, usize)| Builtin::find(name, *arguments);
        Builtins(self.builtins.iter().map(of).collect())
    }

    /// The values that the plans hold, in their order.
    pub(crate) fn constants(&self) -> Vec<View<'_>> {
        self.constants.iter().map(View::from).collect()
    }

    /// What stands at the places of the data, among those of the input.
    pub(crate) fn read_data(&self, data: &Value) -> Vec<Value> {
        let read = |place: &Place| match place.root {
            Root::Input => Value::Undefined,
            Root::Data => {
                let keys = place.keys.of(&self.keys).into_iter().flatten();
                let value = keys.fold(View::from(data), |value, key| key.of(value));
                value.to_value()
            }
        };
        self.places.iter().map(read).collect()
    }
}

/// The functions that plans call. None for one that this regorus does not have.
pub(crate) struct Builtins(Vec<Option<Builtin>>);

/// Plans at work on one input.
pub(crate) struct Run<'a> {
    plans: &'a Plans,
    builtins: &'a Builtins,
    arena: &'a Arena,
    input: &'a View<'a>,
    /// What stands at the places of the data.
    of_data: &'a [Value],
    constants: &'a [View<'a>],
    /// What rules without parameters gave.
    known: Vec<Option<&'a View<'a>>>,
    /// What stands at the places that were read.
    places: Vec<Option<&'a View<'a>>>,
    /// The names of all definitions that are being tried.
    names: Vec<&'a View<'a>>,
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
        constants: &'a [View<'a>],
        of_data: &'a [Value],
        arena: &'a Arena,
        input: View<'a>,
    ) -> Self {
        Self {
            plans,
            builtins,
            arena,
            input: arena.alloc(input),
            of_data,
            constants,
            known: vec![None; plans.rules.len()],
            places: vec![None; plans.places.len()],
            names: Vec::new(),
            base: 0,
            found: Vec::new(),
            steps: 0,
        }
    }

    /// The value of a rule without parameters.
    pub(crate) fn evaluate(&mut self, plan: u32) -> Answer<'a> {
        self.names.clear();
        self.found.clear();
        self.base = 0;
        self.steps = 0;
        self.apply(plan, Part::default())
    }

    fn apply(&mut self, number: u32, arguments: Part) -> Answer<'a> {
        let number = number as usize;
        if let Some(Some(known)) = self.known.get(number) {
            return Ok(known);
        }
        let plan = self.plans.rules.get(number).ok_or(Unsure)?;
        if plan.parameters != arguments.count {
            return Err(Unsure);
        }
        let first = self.names.len();
        for argument in arguments.of(&self.plans.terms).ok_or(Unsure)? {
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
        for definition in plan.definitions.of(&self.plans.definitions).ok_or(Unsure)? {
            self.define(definition, plan, &mut |run| run.find(definition.value))?;
        }
        Ok(self.made(start, View::set))
    }

    /// The value that all definitions agree on.
    fn one(&mut self, plan: &'a Plan) -> Answer<'a> {
        let mut found = &View::Undefined;
        for definition in plan.definitions.of(&self.plans.definitions).ok_or(Unsure)? {
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
        self.names.resize(end, &View::Undefined);
        let goes_on = self.solve(definition.body.of(&self.plans.steps).ok_or(Unsure)?, done)?;
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
                let slots = slots.of(&self.plans.slots).ok_or(Unsure)?;
                let value = self.term(value)?;
                let items = value.items().filter(|_| !value.is_set());
                let Some(items) = items.filter(|items| items.len() == slots.len()) else {
                    return Ok(false);
                };
                for (slot, item) in slots.iter().zip(self.lasting(items)) {
                    self.set(*slot, item);
                }
                Ok(true)
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
        let mut visit = |run: &mut Self, name: &'a View<'a>, item: &'a View<'a>| {
            run.set(key, name);
            run.set(value, item);
            done(run)
        };
        let Some(items) = list.items() else {
            for (name, item) in self.lasting(list.members().ok_or(Unsure)?) {
                if !visit(self, name, item)? {
                    return Ok(false);
                }
            }
            return Ok(true);
        };
        for (index, item) in self.lasting(items).iter().enumerate() {
            let name = match key {
                None => &View::Undefined,
                Some(_) if list.is_set() => item,
                Some(_) => self.number(Value::from(index))?,
            };
            if !visit(self, name, item)? {
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
            run.solve(body.of(&run.plans.steps).ok_or(Unsure)?, &mut |_| {
                holds = true;
                Ok(false)
            })?;
            Ok(holds)
        })
    }

    fn set(&mut self, slot: Option<u32>, value: &'a View<'a>) {
        let place = slot.and_then(|slot| self.names.get_mut(self.base + slot as usize));
        if let Some(place) = place {
            *place = value;
        }
    }

    fn holds(&mut self, term: TermId) -> Result<bool, Unsure> {
        let term = self.plans.terms.get(term as usize).ok_or(Unsure)?;
        // Of most it is asked only whether they hold, and no value need be made of that.
        match *term {
            Term::Compare {
                operator,
                left,
                right,
            } => Ok(self.compare(operator, left, right)? == Some(true)),
            Term::In { value, collection } => Ok(self.is_in(value, collection)? == Some(true)),
            _ => {
                let value = self.value(term)?;
                Ok(!matches!(value, View::Undefined | View::Bool(false)))
            }
        }
    }

    /// A list that lasts as long as the input.
    fn lasting<T: Copy>(&self, list: Cow<'a, [T]>) -> &'a [T] {
        match list {
            Cow::Borrowed(list) => list,
            Cow::Owned(list) => self.arena.alloc_slice_copy(&list),
        }
    }

    /// Puts a value where it can be handed on.
    fn put(&self, value: View<'a>) -> &'a View<'a> {
        self.arena.alloc(value)
    }

    /// Adds the value of a term to the list that is being made, and asks for more.
    fn find(&mut self, value: TermId) -> Result<bool, Unsure> {
        match self.term(value)? {
            View::Undefined => Err(Unsure),
            value => {
                self.found.push(*value);
                Ok(true)
            }
        }
    }

    /// What is made of all that was found since.
    fn made(&mut self, start: usize, make: fn(&'a Arena, &[View<'a>]) -> View<'a>) -> &'a View<'a> {
        let found = self.found.get(start..).unwrap_or_default();
        let made = make(self.arena, found);
        self.found.truncate(start);
        self.put(made)
    }
}
