//! The text of rules becomes plans.

use std::collections::BTreeMap;

use regorus::Value;
use regorus::unstable::{Expr, Module, Ref, Rule, RuleHead};

use super::super::Path;
use super::super::link::{Scope, package_of};
use super::super::syntax::ast;
use super::body::Names;
use super::builtin::Builtin;
use super::key::Key;
use super::{Definition, Place, Plan, Plans, Root, Term};

/// The rules of all modules by their paths, without `data.`.
pub(in crate::rego) struct Library<'a> {
    rules: BTreeMap<Path, Vec<Source<'a>>>,
    scopes: Vec<Scope>,
}

#[derive(Clone, Copy)]
struct Source<'a> {
    rule: &'a Rule,
    /// Of the module that it stands in.
    scope: usize,
}

/// Makes plans, each once.
pub(super) struct Planner<'l, 'a> {
    library: &'l Library<'a>,
    /// Of each rule, none where it cannot be planned.
    known: BTreeMap<&'l Path, Option<usize>>,
    plans: Plans,
}

/// What a path without anything to evaluate in it means.
pub(super) enum Meaning {
    /// A place in the input or in the data.
    Root(Root, Path),
    /// A rule without parameters, and what is looked up in its value.
    Rule(usize, Path),
}

impl<'a> Library<'a> {
    pub(in crate::rego) fn new(modules: &'a [Ref<Module>]) -> Self {
        let mut rules: BTreeMap<Path, Vec<Source<'_>>> = BTreeMap::new();
        for (scope, module) in modules.iter().enumerate() {
            for rule in &module.policy {
                let Some((name, _)) = ast::path(ast::defined(rule)) else {
                    continue;
                };
                let path = package_of(module).into_iter().chain(name).collect();
                let sources = rules.entry(path).or_default();
                sources.push(Source { rule, scope });
            }
        }
        Self {
            rules,
            scopes: modules.iter().map(|module| Scope::of(module)).collect(),
        }
    }

    /// The plans of entry points (`data.a.b.deny`).
    pub(in crate::rego) fn plans(&self, entry_points: &[String]) -> Plans {
        let mut planner = Planner {
            library: self,
            known: BTreeMap::new(),
            plans: Plans::default(),
        };
        for entry_point in entry_points {
            let path: Path = entry_point.split('.').skip(1).map(str::to_owned).collect();
            if let Some(number) = planner.plan(&path) {
                let entry_points = &mut planner.plans.entry_points;
                entry_points.insert(entry_point.clone(), number);
            }
        }
        planner.plans
    }
}

impl<'l> Planner<'l, '_> {
    /// The number of a rule's plan.
    fn plan(&mut self, path: &[String]) -> Option<usize> {
        let (path, sources) = self.library.rules.get_key_value(path)?;
        if let Some(known) = self.known.get(path) {
            return *known;
        }
        // A rule that uses itself has no plan.
        self.known.insert(path, None);
        let plan = self.plan_of(sources)?;
        let number = self.plans.rules.len();
        self.plans.rules.push(plan);
        self.known.insert(path, Some(number));
        Some(number)
    }

    fn plan_of(&mut self, sources: &[Source<'_>]) -> Option<Plan> {
        let mut plan = Plan {
            parameters: 0,
            collects: false,
            is_constant: false,
            definitions: Vec::new(),
        };
        for Source { rule, scope } in sources {
            let Rule::Spec { head, .. } = rule else {
                return None;
            };
            let Some(([_], true)) = ast::path(ast::defined(rule))
                .as_ref()
                .map(|(path, whole)| (path.as_slice(), *whole))
            else {
                return None;
            };
            plan.collects = matches!(head, RuleHead::Set { .. });
            if let RuleHead::Func { args, .. } = head {
                plan.parameters = args.len();
            }
            plan.definitions.extend(self.definitions(rule, *scope)?);
        }
        let first = plan.definitions.first()?;
        plan.is_constant = matches!(first.value, Term::Constant(_))
            && plan
                .definitions
                .iter()
                .all(|other| other.value == first.value);
        Some(plan)
    }

    /// One for each body.
    fn definitions(&mut self, rule: &Rule, scope: usize) -> Option<Vec<Definition>> {
        let Rule::Spec { head, bodies, .. } = rule else {
            return None;
        };
        let mut names = Names::new(scope);
        if let RuleHead::Func { args, .. } = head {
            names.parameters(args)?;
        }
        if bodies.is_empty() {
            return Some(vec![self.definition(head, names, None)?]);
        }
        let of_body = |body: &regorus::unstable::RuleBody| {
            if body.is_else || body.assign.is_some() {
                return None;
            }
            self.definition(head, names.clone(), Some(&body.query))
        };
        bodies.iter().map(of_body).collect()
    }

    fn definition(
        &mut self,
        head: &RuleHead,
        mut names: Names,
        query: Option<&regorus::unstable::Query>,
    ) -> Option<Definition> {
        let mut body = names.patterns();
        if let Some(query) = query {
            body.extend(self.body(query, &mut names)?);
        }
        let value = match head {
            RuleHead::Set { key, .. } => self.term(key.as_ref()?, &mut names)?,
            RuleHead::Compr { assign, .. } | RuleHead::Func { assign, .. } => match assign {
                Some(assign) => self.term(&assign.value, &mut names)?,
                None => Term::Constant(Value::Bool(true)),
            },
        };
        Some(Definition {
            slots: names.slots(),
            body,
            value,
        })
    }

    /// What a path means that begins with no local name.
    pub(super) fn meaning(&mut self, path: &[String], scope: usize) -> Option<Meaning> {
        if let [first, rest @ ..] = path
            && first == "input"
        {
            return Some(Meaning::Root(Root::Input, rest.to_vec()));
        }
        let library = self.library;
        let path = library.scopes.get(scope)?.resolve(path)?;
        for length in 1..=path.len() {
            let (name, rest) = path.split_at_checked(length)?;
            if library.rules.contains_key(name) {
                let number = self.plan(name)?;
                return Some(Meaning::Rule(number, rest.to_vec()));
            }
        }
        // A package, or what holds packages, is more than data.
        let has_rules = library.rules.keys().any(|rule| rule.starts_with(&path));
        (!has_rules).then_some(Meaning::Root(Root::Data, path))
    }

    /// The value of a rule that is a constant.
    pub(super) fn constant(&self, number: usize) -> Option<&Value> {
        let plan = self.plans.rules.get(number)?;
        match plan.definitions.as_slice() {
            [
                Definition {
                    body,
                    value: Term::Constant(value),
                    ..
                },
            ] if body.is_empty() && plan.parameters == 0 && !plan.collects => Some(value),
            _ => None,
        }
    }

    /// The number of a place.
    pub(super) fn place(&mut self, root: Root, keys: &[String]) -> usize {
        let keys = keys.iter().cloned().map(Key::from).collect();
        let place = Place { root, keys };
        let places = &mut self.plans.places;
        if let Some(number) = places.iter().position(|other| *other == place) {
            return number;
        }
        places.push(place);
        places.len() - 1
    }

    pub(super) fn parameters(&self, number: usize) -> Option<usize> {
        self.plans.rules.get(number).map(|plan| plan.parameters)
    }

    /// The number of a function of Rego.
    pub(super) fn builtin(&mut self, name: &str, arguments: usize) -> Option<usize> {
        let is_it = |(other, of): &(String, usize)| other == name && *of == arguments;
        if let Some(number) = self.plans.builtins.iter().position(is_it) {
            return Some(number);
        }
        Builtin::find(name, arguments)?;
        self.plans.builtins.push((name.to_owned(), arguments));
        Some(self.plans.builtins.len() - 1)
    }
}

/// The value of an expression that is written out.
pub(super) fn constant(expr: &Expr) -> Option<Value> {
    match expr {
        Expr::String { value, .. }
        | Expr::RawString { value, .. }
        | Expr::Number { value, .. }
        | Expr::Bool { value, .. }
        | Expr::Null { value, .. } => Some(value.clone()),
        _ => None,
    }
}
