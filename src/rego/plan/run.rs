//! Takes the steps of plans.

use std::collections::{BTreeMap, BTreeSet};

use regorus::Value;

use super::builtin::Builtin;
use super::{Arithmetic, Body, Comparison, Definition, Plan, Plans, Root, Step, Term};

/// As many steps as no bundled rule takes; the machine has limits of its own.
const MAX_STEPS: usize = 1_000_000;

/// The machine must be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unsure;

/// A value; [`Value::Undefined`] where there is none.
type Answer = Result<Value, Unsure>;

/// What is done with each way in which a body holds. Says whether there is need of more.
type Done<'r, 'p> = &'r mut dyn FnMut(&mut Run<'p>) -> Result<bool, Unsure>;

static UNDEFINED: Value = Value::Undefined;

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
pub(crate) struct Run<'p> {
    plans: &'p Plans,
    builtins: &'p Builtins,
    input: &'p Value,
    data: &'p Value,
    /// What rules without parameters gave.
    known: Vec<Option<Value>>,
    /// The names of all definitions that are being tried.
    names: Vec<Value>,
    /// Where those of the innermost begin.
    base: usize,
    steps: usize,
}

impl<'p> Run<'p> {
    pub(crate) fn new(
        plans: &'p Plans,
        builtins: &'p Builtins,
        input: &'p Value,
        data: &'p Value,
    ) -> Self {
        Self {
            plans,
            builtins,
            input,
            data,
            known: vec![None; plans.rules.len()],
            names: Vec::new(),
            base: 0,
            steps: 0,
        }
    }

    /// The value of a rule without parameters.
    pub(crate) fn evaluate(&mut self, plan: usize) -> Answer {
        self.names.clear();
        self.base = 0;
        self.steps = 0;
        self.apply(plan, &[])
    }

    fn apply(&mut self, number: usize, arguments: &[Value]) -> Answer {
        if let Some(Some(known)) = self.known.get(number) {
            return Ok(known.clone());
        }
        let plan = self.plans.rules.get(number).ok_or(Unsure)?;
        if plan.parameters != arguments.len() {
            return Err(Unsure);
        }
        let value = if plan.collects {
            self.all(plan, arguments)?
        } else {
            self.one(plan, arguments)?
        };
        if arguments.is_empty()
            && let Some(place) = self.known.get_mut(number)
        {
            *place = Some(value.clone());
        }
        Ok(value)
    }

    fn all(&mut self, plan: &'p Plan, arguments: &[Value]) -> Answer {
        let mut found = BTreeSet::new();
        for definition in &plan.definitions {
            self.define(definition, arguments, &mut |run| {
                match run.term(&definition.value)? {
                    Value::Undefined => return Err(Unsure),
                    value => found.insert(value),
                };
                Ok(true)
            })?;
        }
        Ok(Value::from(found))
    }

    /// The value that all definitions agree on.
    fn one(&mut self, plan: &'p Plan, arguments: &[Value]) -> Answer {
        let mut found = Value::Undefined;
        for definition in &plan.definitions {
            let goes_on = self.define(definition, arguments, &mut |run| {
                let value = run.term(&definition.value)?;
                match (&found, value) {
                    (_, Value::Undefined) => return Err(Unsure),
                    (Value::Undefined, value) => found = value,
                    (known, value) if *known != value => return Err(Unsure),
                    _ => {}
                }
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
        definition: &'p Definition,
        arguments: &[Value],
        done: Done<'_, 'p>,
    ) -> Result<bool, Unsure> {
        let outer = self.base;
        self.base = self.names.len();
        self.names.extend_from_slice(arguments);
        self.names
            .resize(self.base + definition.slots, Value::Undefined);
        let goes_on = self.solve(&definition.body, done)?;
        self.names.truncate(self.base);
        self.base = outer;
        Ok(goes_on)
    }

    /// Tells `done` of each way in which all steps hold, until it has enough.
    fn solve(&mut self, body: &'p [Step], done: Done<'_, 'p>) -> Result<bool, Unsure> {
        let Some((step, rest)) = body.split_first() else {
            return done(self);
        };
        self.steps += 1;
        if self.steps > MAX_STEPS {
            return Err(Unsure);
        }
        match step {
            Step::Let { slot, value } => {
                let value = self.term(value)?;
                if value == Value::Undefined {
                    return Ok(true);
                }
                self.set(Some(*slot), &value);
            }
            Step::Unpack { slots, value } => match self.term(value)? {
                Value::Array(items) if items.len() == slots.len() => {
                    for (slot, item) in slots.iter().zip(items.iter()) {
                        self.set(*slot, item);
                    }
                }
                _ => return Ok(true),
            },
            Step::Holds(term) => {
                if !self.holds(term)? {
                    return Ok(true);
                }
            }
            Step::Fails(term) => {
                if self.holds(term)? {
                    return Ok(true);
                }
            }
            Step::Every {
                list,
                key,
                value,
                body,
            } => {
                if !self.every(list, *key, *value, body)? {
                    return Ok(true);
                }
            }
            Step::Each { list, key, value } => {
                return self.each(list, *key, *value, &mut |run| run.solve(rest, done));
            }
        }
        self.solve(rest, done)
    }

    fn each(
        &mut self,
        list: &'p Term,
        key: Option<usize>,
        value: Option<usize>,
        done: Done<'_, 'p>,
    ) -> Result<bool, Unsure> {
        let mut visit = |run: &mut Self, name: &Value, item: &Value| {
            run.set(key, name);
            run.set(value, item);
            done(run)
        };
        match self.term(list)? {
            Value::Undefined => {}
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    if !visit(self, &Value::from(index), item)? {
                        return Ok(false);
                    }
                }
            }
            Value::Set(items) => {
                for item in items.iter() {
                    if !visit(self, item, item)? {
                        return Ok(false);
                    }
                }
            }
            Value::Object(members) => {
                for (name, item) in members.iter_sorted() {
                    if !visit(self, name, item)? {
                        return Ok(false);
                    }
                }
            }
            _ => return Err(Unsure),
        }
        Ok(true)
    }

    fn every(
        &mut self,
        list: &'p Term,
        key: Option<usize>,
        value: usize,
        body: &'p Body,
    ) -> Result<bool, Unsure> {
        if self.term(list)? == Value::Undefined {
            return Err(Unsure);
        }
        self.each(list, key, Some(value), &mut |run| {
            let mut holds = false;
            run.solve(body, &mut |_| {
                holds = true;
                Ok(false)
            })?;
            Ok(holds)
        })
    }

    fn set(&mut self, slot: Option<usize>, value: &Value) {
        if let Some(place) = slot.and_then(|slot| self.names.get_mut(self.base + slot)) {
            *place = value.clone();
        }
    }

    fn holds(&mut self, term: &'p Term) -> Result<bool, Unsure> {
        let holds = |value: &Value| !matches!(value, Value::Undefined | Value::Bool(false));
        match self.place(term) {
            Some(value) => Ok(holds(value)),
            None => Ok(holds(&self.term(term)?)),
        }
    }

    /// The value of a term that is only looked up.
    fn place<'t>(&'t self, term: &'t Term) -> Option<&'t Value> {
        match term {
            Term::Constant(value) => Some(value),
            Term::Path { root, keys } => {
                let root = match root {
                    Root::Input => self.input,
                    Root::Data => self.data,
                    Root::Slot(slot) => self.names.get(self.base + slot)?,
                };
                Some(keys.iter().fold(root, |value, key| member(value, key)))
            }
            _ => None,
        }
    }

    fn term(&mut self, term: &'p Term) -> Answer {
        if let Some(value) = self.place(term) {
            return Ok(value.clone());
        }
        match term {
            Term::Constant(_) | Term::Path { .. } => Err(Unsure),
            Term::Member { of, key } => {
                self.of_both(of, key, |of, key| Ok(member(of, key).clone()))
            }
            Term::Compare {
                operator,
                left,
                right,
            } => self.of_both(left, right, |left, right| compare(*operator, left, right)),
            Term::In { value, collection } => self.of_both(value, collection, is_in),
            Term::Arithmetic {
                operator,
                left,
                right,
            } => self.of_both(left, right, |left, right| {
                arithmetic(*operator, left, right)
            }),
            Term::Call { builtin, arguments } => self.call(*builtin, arguments),
            Term::Apply { plan, arguments } => {
                let arguments = self.terms(arguments)?;
                self.apply(*plan, &arguments)
            }
            Term::Array(items) => Ok(Value::from(self.terms(items)?)),
            Term::Set(items) => Ok(Value::from(BTreeSet::from_iter(self.terms(items)?))),
            Term::Object(members) => self.object(members),
            Term::EachArray { value, body } => {
                let mut found = Vec::new();
                self.each_solution(body, value, &mut |value| found.push(value))?;
                Ok(Value::from(found))
            }
            Term::EachSet { value, body } => {
                let mut found = BTreeSet::new();
                self.each_solution(body, value, &mut |value| {
                    found.insert(value);
                })?;
                Ok(Value::from(found))
            }
            Term::EachObject { key, value, body } => self.each_object(key, value, body),
        }
    }

    /// What is made of two values; undefined where one of them is.
    fn of_both(
        &mut self,
        left: &'p Term,
        right: &'p Term,
        make: impl Fn(&Value, &Value) -> Answer,
    ) -> Answer {
        let make = |left: &Value, right: &Value| match (left, right) {
            (Value::Undefined, _) | (_, Value::Undefined) => Ok(Value::Undefined),
            (left, right) => make(left, right),
        };
        if let (Some(left), Some(right)) = (self.place(left), self.place(right)) {
            return make(left, right);
        }
        let left = self.term(left)?;
        let right = self.term(right)?;
        make(&left, &right)
    }

    /// Values that must all be there.
    fn terms(&mut self, terms: &'p [Term]) -> Result<Vec<Value>, Unsure> {
        let mut values = Vec::with_capacity(terms.len());
        for term in terms {
            match self.term(term)? {
                Value::Undefined => return Err(Unsure),
                value => values.push(value),
            }
        }
        Ok(values)
    }

    fn object(&mut self, members: &'p [(Term, Term)]) -> Answer {
        let mut object = BTreeMap::new();
        for (key, value) in members {
            match (self.term(key)?, self.term(value)?) {
                (Value::Undefined, _) | (_, Value::Undefined) => return Err(Unsure),
                (key, value) => object.insert(key, value),
            };
        }
        Ok(Value::from(object))
    }

    fn call(&mut self, builtin: usize, arguments: &'p [Term]) -> Answer {
        let mut values = Vec::with_capacity(arguments.len());
        for argument in arguments {
            match self.term(argument)? {
                Value::Undefined => return Ok(Value::Undefined),
                value => values.push(value),
            }
        }
        let function = self.builtins.0.get(builtin);
        let function = function.and_then(Option::as_ref).ok_or(Unsure)?;
        function.call(&values).ok_or(Unsure)
    }

    fn each_solution(
        &mut self,
        body: &'p Body,
        value: &'p Term,
        found: &mut dyn FnMut(Value),
    ) -> Result<(), Unsure> {
        self.solve(body, &mut |run| {
            match run.term(value)? {
                Value::Undefined => return Err(Unsure),
                value => found(value),
            }
            Ok(true)
        })
        .map(drop)
    }

    fn each_object(&mut self, key: &'p Term, value: &'p Term, body: &'p Body) -> Answer {
        let mut found = BTreeMap::new();
        self.solve(body, &mut |run| {
            let (key, value) = (run.term(key)?, run.term(value)?);
            if key == Value::Undefined || value == Value::Undefined {
                return Err(Unsure);
            }
            match found.insert(key, value.clone()) {
                Some(other) if other != value => Err(Unsure),
                _ => Ok(true),
            }
        })?;
        Ok(Value::from(found))
    }
}

/// What stands in a value under a key.
fn member<'v>(value: &'v Value, key: &Value) -> &'v Value {
    let member = match (value, key) {
        (Value::Object(members), _) => members.get(key),
        (Value::Array(items), Value::Number(number)) => number
            .as_u64()
            .and_then(|index| items.get(usize::try_from(index).ok()?)),
        (Value::Set(items), _) => items.get(key),
        _ => None,
    };
    member.unwrap_or(&UNDEFINED)
}

fn compare(operator: Comparison, left: &Value, right: &Value) -> Answer {
    let is_ordered = matches!(
        (left, right),
        (Value::Number(_), Value::Number(_)) | (Value::String(_), Value::String(_))
    );
    let holds = match operator {
        Comparison::Equal => left == right,
        Comparison::NotEqual => left != right,
        _ if !is_ordered => return Err(Unsure),
        Comparison::Less => left < right,
        Comparison::LessOrEqual => left <= right,
        Comparison::Greater => left > right,
        Comparison::GreaterOrEqual => left >= right,
    };
    Ok(Value::Bool(holds))
}

fn is_in(value: &Value, collection: &Value) -> Answer {
    let holds = match collection {
        Value::Array(items) => items.contains(value),
        Value::Set(items) => items.contains(value),
        Value::Object(members) => members.values().any(|member| member == value),
        _ => return Err(Unsure),
    };
    Ok(Value::Bool(holds))
}

fn arithmetic(operator: Arithmetic, left: &Value, right: &Value) -> Answer {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => {
            let number = match operator {
                Arithmetic::Add => left.add(right),
                Arithmetic::Subtract => left.sub(right),
                Arithmetic::Multiply => left.mul(right),
                Arithmetic::Divide => left.clone().divide(right),
                Arithmetic::Union | Arithmetic::Intersection => return Err(Unsure),
            };
            number.map(Value::from).map_err(|_| Unsure)
        }
        (Value::Set(left), Value::Set(right)) => {
            let of_left = |wanted: bool| {
                let items = left
                    .iter()
                    .filter(move |item| right.contains(item) == wanted);
                items.cloned().collect::<BTreeSet<_>>()
            };
            match operator {
                Arithmetic::Subtract => Ok(Value::from(of_left(false))),
                Arithmetic::Intersection => Ok(Value::from(of_left(true))),
                Arithmetic::Union => {
                    let all = left.iter().chain(right.iter()).cloned();
                    Ok(Value::from(all.collect::<BTreeSet<_>>()))
                }
                _ => Err(Unsure),
            }
        }
        _ => Err(Unsure),
    }
}
