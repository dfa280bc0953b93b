//! The text of rules becomes plans.

use std::collections::BTreeMap;

use regorus::Value;
use regorus::unstable::{Expr, Module, Ref, Rule, RuleHead};

use super::super::Path;
use super::super::link::{Scope, package_of};
use super::super::syntax::ast;
use super::builtin::Builtin;
use super::names::Names;
use super::{Definition, Plan, Plans, Root, Term};

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
    known: BTreeMap<&'l Path, Option<u32>>,
    pub(super) plans: Plans,
}

/// What a path without anything to evaluate in it means.
pub(super) enum Meaning {
    /// A place in the input or in the data.
    Root(Root, Path),
    /// A rule without parameters, and what is looked up in its value.
    Rule(u32, Path),
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
    fn plan(&mut self, path: &[String]) -> Option<u32> {
        let (path, sources) = self.library.rules.get_key_value(path)?;
        if let Some(known) = self.known.get(path) {
            return *known;
        }
        // A rule that uses itself has no plan.
        self.known.insert(path, None);
        let plan = self.plan_of(sources)?;
        let number = self.keep_plan(plan);
        self.known.insert(path, Some(number));
        Some(number)
    }

    fn plan_of(&mut self, sources: &[Source<'_>]) -> Option<Plan> {
        let (mut parameters, mut collects) = (0, false);
        let mut definitions = Vec::new();
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
            collects = matches!(head, RuleHead::Set { .. });
            if let RuleHead::Func { args, .. } = head {
                parameters = u32::try_from(args.len()).ok()?;
            }
            definitions.extend(self.definitions(rule, *scope)?);
        }
        let value = |definition: &Definition| self.plans.terms.get(definition.value as usize);
        let first = value(definitions.first()?)?;
        let is_constant = matches!(first, Term::Constant(_))
            && definitions.iter().all(|other| value(other) == Some(first));
        Some(Plan {
            parameters,
            collects,
            is_constant,
            definitions: self.keep_definitions(definitions),
        })
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
        let mut body = self.patterns(&names);
        if let Some(query) = query {
            body.extend(self.body(query, &mut names)?);
        }
        let value = match head {
            RuleHead::Set { key, .. } => self.term(key.as_ref()?, &mut names)?,
            RuleHead::Compr { assign, .. } | RuleHead::Func { assign, .. } => match assign {
                Some(assign) => self.term(&assign.value, &mut names)?,
                None => self.constant_term(Value::Bool(true)),
            },
        };
        Some(Definition {
            slots: names.slots(),
            body: self.keep_steps(body),
            value: self.keep(value),
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
    pub(super) fn constant(&self, number: u32) -> Option<&Value> {
        let plan = self.plans.rules.get(number as usize)?;
        let [definition] = plan.definitions.of(&self.plans.definitions)? else {
            return None;
        };
        let is_plain = definition.body.count == 0 && plan.parameters == 0 && !plan.collects;
        let value = self.plans.terms.get(definition.value as usize);
        self.value_of(value.filter(|_| is_plain)?)
    }

    /// How many arguments a rule or function has.
    pub(super) fn parameters(&self, number: u32) -> Option<usize> {
        let plan = self.plans.rules.get(number as usize)?;
        Some(plan.parameters as usize)
    }

    /// The number of a function of Rego.
    pub(super) fn builtin(&mut self, name: &str, arguments: usize) -> Option<u32> {
        let is_it = |(other, of): &(String, usize)| other == name && *of == arguments;
        if let Some(number) = self.plans.builtins.iter().position(is_it) {
            return u32::try_from(number).ok();
        }
        Builtin::find(name, arguments)?;
        self.plans.builtins.push((name.to_owned(), arguments));
        u32::try_from(self.plans.builtins.len() - 1).ok()
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
