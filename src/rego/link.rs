//! What modules make together: which rule uses which, and that none uses itself, or a function that is not there.

use std::collections::{BTreeMap, BTreeSet};

use regorus::unstable::{Module, Ref, Rule, RuleHead, Span};

use super::fault::Fault;
use super::syntax::ast;
use super::uses::{Call, Reference, Uses};
use super::{Builtins, Path};

/// Rules that use each other in a row. Each takes a part of the stack.
const MAX_CHAIN: usize = 256;
/// Arrays, sets and objects that can stand around each other in one value.
const MAX_WRAPS: usize = 20_000;
/// Products in a row: each doubles the length of a number.
const MAX_PRODUCTS: usize = 16;

/// The rules of all modules by their paths, without `data.`.
pub(super) struct Linked<'a> {
    nodes: Vec<Node<'a>>,
    by_path: BTreeMap<Path, usize>,
    edges: Vec<Vec<Edge>>,
}

/// All rules of one path.
struct Node<'a> {
    path: Path,
    span: &'a Span,
    /// The number of arguments when it is a function.
    arity: Option<usize>,
    rules: Vec<(usize, &'a Rule)>,
}

struct Edge {
    to: usize,
    is_call: bool,
}

/// What evaluating a rule can come to, with all that it uses.
#[derive(Debug, Clone, Copy, Default)]
struct Cost {
    chain: usize,
    wraps: usize,
    products: usize,
}

impl<'a> Linked<'a> {
    /// Links modules.
    ///
    /// # Errors
    /// A call of what is no function, or with the wrong number of arguments; rules that use themselves.
    pub(super) fn new(modules: &'a [Ref<Module>]) -> Result<Self, Fault> {
        let mut linked = Self {
            nodes: Vec::new(),
            by_path: BTreeMap::new(),
            edges: Vec::new(),
        };
        for (number, module) in modules.iter().enumerate() {
            for rule in &module.policy {
                linked.define(number, &package_of(module), rule)?;
            }
        }
        for module in modules {
            linked.check_package(module)?;
        }
        let scopes: Vec<Scope> = modules.iter().map(|module| Scope::of(module)).collect();
        let mut costs = Vec::new();
        for node in 0..linked.nodes.len() {
            let (edges, cost) = linked.uses_of(node, &scopes)?;
            linked.edges.push(edges);
            costs.push(cost);
        }
        linked.check_chains(costs)?;
        Ok(linked)
    }

    fn define(&mut self, module: usize, package: &[String], rule: &'a Rule) -> Result<(), Fault> {
        let name = ast::defined(rule);
        let Some((own, _)) = ast::path(name) else {
            return Err(Fault::at(name.span(), "a rule without a name"));
        };
        let path: Path = package.iter().cloned().chain(own).collect();
        let arity = match rule {
            Rule::Spec {
                head: RuleHead::Func { args, .. },
                ..
            } => Some(args.len()),
            Rule::Default { args, .. } if !args.is_empty() => Some(args.len()),
            _ => None,
        };
        let index = *self.by_path.entry(path.clone()).or_insert_with(|| {
            self.nodes.push(Node {
                path,
                span: name.span(),
                arity,
                rules: Vec::new(),
            });
            self.nodes.len() - 1
        });
        if let Some(node) = self.nodes.get_mut(index) {
            if node.arity != arity {
                let message = format!(
                    "`{}` is defined at {}:{} with other arguments",
                    node.path.join("."),
                    node.span.source.file(),
                    node.span.line
                );
                return Err(Fault::at(name.span(), message));
            }
            node.rules.push((module, rule));
        }
        Ok(())
    }

    /// Refuses a package that stands where a rule of another package stands.
    fn check_package(&self, module: &Module) -> Result<(), Fault> {
        let package = package_of(module);
        let mut beginnings = (1..=package.len()).filter_map(|length| package.get(..length));
        let Some(index) = beginnings.find_map(|path| self.by_path.get(path)) else {
            return Ok(());
        };
        let place = self.nodes.get(*index).map(|node| {
            let span = node.span;
            format!("{}:{}:{}", span.source.file(), span.line, span.col)
        });
        let message = format!(
            "the package `{}` has the name of a rule at {}",
            package.join("."),
            place.unwrap_or_default()
        );
        Err(Fault::at(&module.package.span, message))
    }

    fn uses_of(&self, node: usize, scopes: &[Scope]) -> Result<(Vec<Edge>, Cost), Fault> {
        let mut edges = Vec::new();
        let mut cost = Cost::default();
        let rules = self.nodes.get(node).map_or(&[][..], |node| &node.rules);
        for (module, rule) in rules {
            let Some(scope) = scopes.get(*module) else {
                continue;
            };
            let uses = Uses::of(rule);
            cost.wraps += uses.wraps;
            cost.products += uses.products;
            for call in &uses.calls {
                edges.extend(
                    self.called(call, scope)?
                        .map(|to| Edge { to, is_call: true }),
                );
            }
            for reference in &uses.references {
                self.referred(reference, scope, &mut edges);
            }
        }
        Ok((edges, cost))
    }

    /// The function that is called; none when it is built in.
    fn called(&self, call: &Call<'_>, scope: &Scope) -> Result<Option<usize>, Fault> {
        let name = call.path.join(".");
        let own = scope.resolve(&call.path);
        let found = own.and_then(|path| self.by_path.get(&path).copied());
        let arity = found.and_then(|index| self.nodes.get(index)?.arity);
        let may_bind = arity.is_some() || Builtins::may_bind_result(&name);
        let arity = arity.or_else(|| Builtins::arity(&name));
        match arity {
            None => Err(Fault::at(
                call.span,
                format!("there is no function `{name}`"),
            )),
            Some(Builtins::ANY_ARITY) => Ok(None),
            Some(arity) if call.arguments == arity => Ok(found),
            // One more argument is what the result must be.
            Some(arity) if call.arguments == arity + 1 && may_bind => Ok(found),
            Some(arity) => {
                let given = call.arguments;
                let message =
                    format!("`{name}` is called with {given} arguments, expected {arity}");
                Err(Fault::at(call.span, message))
            }
        }
    }

    fn referred(&self, reference: &Reference<'_>, scope: &Scope, edges: &mut Vec<Edge>) {
        let Some(path) = scope.resolve(&reference.path) else {
            return;
        };
        let mut add = |to: usize| {
            let is_function = self.nodes.get(to).is_some_and(|node| node.arity.is_some());
            if !is_function || reference.may_be_called {
                edges.push(Edge {
                    to,
                    is_call: reference.may_be_called,
                });
            }
        };
        for length in 1..path.len() {
            let beginning = path.get(..length).unwrap_or_default();
            if let Some(index) = self.by_path.get(beginning) {
                add(*index);
            }
        }
        let below = self.by_path.range(path.clone()..);
        for (_, index) in below.take_while(|(other, _)| other.starts_with(&path)) {
            add(*index);
        }
    }

    /// Refuses rules that use themselves, and what would need too much of the stack.
    fn check_chains(&self, mut costs: Vec<Cost>) -> Result<(), Fault> {
        #[derive(Clone, Copy, PartialEq)]
        enum State {
            New,
            Open,
            Done,
        }
        let mut states = vec![State::New; self.nodes.len()];
        for start in 0..self.nodes.len() {
            // What is entered, and how many of its edges have been followed.
            let mut stack = vec![(start, 0_usize)];
            while let Some((node, followed)) = stack.pop() {
                let edges = self.edges.get(node).map_or(&[][..], Vec::as_slice);
                match states.get(node) {
                    Some(State::Done) | None => continue,
                    Some(State::New | State::Open) => {}
                }
                if let Some(state) = states.get_mut(node) {
                    *state = State::Open;
                }
                if let Some(edge) = edges.get(followed) {
                    stack.push((node, followed + 1));
                    match states.get(edge.to) {
                        Some(State::Open) => return Err(self.recursion(&stack, edge.to)),
                        Some(State::New) => stack.push((edge.to, 0)),
                        _ => {}
                    }
                    continue;
                }
                self.settle(node, &mut costs)?;
                if let Some(state) = states.get_mut(node) {
                    *state = State::Done;
                }
            }
        }
        Ok(())
    }

    /// Adds what a rule uses to its own cost.
    fn settle(&self, node: usize, costs: &mut [Cost]) -> Result<(), Fault> {
        let mut called = Cost::default();
        let mut referred = Cost::default();
        for edge in self.edges.get(node).into_iter().flatten() {
            let Some(cost) = costs.get(edge.to).copied() else {
                continue;
            };
            called.chain = called.chain.max(cost.chain + 1);
            if edge.is_call {
                called.wraps = called.wraps.saturating_add(cost.wraps);
                called.products = called.products.saturating_add(cost.products);
            } else {
                referred.wraps = referred.wraps.max(cost.wraps);
                referred.products = referred.products.max(cost.products);
            }
        }
        let (Some(own), Some(at)) = (costs.get_mut(node), self.nodes.get(node)) else {
            return Ok(());
        };
        own.chain = called.chain;
        own.wraps = (own.wraps + referred.wraps).saturating_add(called.wraps);
        own.products = (own.products + referred.products).saturating_add(called.products);
        let too_much = [
            (
                own.chain > MAX_CHAIN,
                format!("more than {MAX_CHAIN} rules that use each other in a row"),
            ),
            (
                own.wraps > MAX_WRAPS,
                format!("more than {MAX_WRAPS} levels of arrays and objects"),
            ),
            (
                own.products > MAX_PRODUCTS,
                format!("more than {MAX_PRODUCTS} products in a row"),
            ),
        ];
        match too_much.into_iter().find(|(is_too_much, _)| *is_too_much) {
            Some((_, message)) => {
                let name = at.path.join(".");
                Err(Fault::at(
                    at.span,
                    format!("`{name}` can come to {message}"),
                ))
            }
            None => Ok(()),
        }
    }

    fn recursion(&self, stack: &[(usize, usize)], again: usize) -> Fault {
        let names: Vec<String> = stack
            .iter()
            .skip_while(|(node, _)| *node != again)
            .map(|(node, _)| *node)
            .chain([again])
            .filter_map(|node| Some(format!("`{}`", self.nodes.get(node)?.path.join("."))))
            .collect();
        let message = format!("recursion: {}", names.join(" uses "));
        match self.nodes.get(again) {
            Some(node) => Fault::at(node.span, message),
            None => Fault::at_start("", &message),
        }
    }

    /// The paths of files of which nothing is used by the rules of these paths, or by what they use.
    pub(super) fn unused_files(&self, entry_points: &BTreeSet<Path>) -> BTreeSet<String> {
        let mut reached = BTreeSet::new();
        let is_entry = |node: &&usize| {
            let path = self.nodes.get(**node).map(|node| &node.path);
            path.is_some_and(|path| entry_points.contains(path))
        };
        let all: Vec<usize> = (0..self.nodes.len()).collect();
        let mut open: Vec<usize> = all.iter().filter(is_entry).copied().collect();
        while let Some(node) = open.pop() {
            if reached.insert(node) {
                let edges = self.edges.get(node).into_iter().flatten();
                open.extend(edges.map(|edge| edge.to));
            }
        }
        let files_of = |index: &usize| {
            let rules = self.nodes.get(*index).map_or(&[][..], |node| &node.rules);
            rules
                .iter()
                .map(|(_, rule)| rule.span().source.file().clone())
        };
        let used: BTreeSet<String> = reached.iter().flat_map(files_of).collect();
        let files: BTreeSet<String> = all.iter().flat_map(files_of).collect();
        files.difference(&used).cloned().collect()
    }

    /// The paths of all rules.
    pub(super) fn paths(&self) -> impl Iterator<Item = (&Path, &Span)> {
        self.nodes.iter().map(|node| (&node.path, node.span))
    }
}

/// What names mean in a module.
pub(super) struct Scope {
    package: Path,
    /// `import data.a.b as c`: `c` is `a.b`.
    imports: BTreeMap<String, Path>,
}

impl Scope {
    pub(super) fn of(module: &Module) -> Self {
        let mut imports = BTreeMap::new();
        for import in &module.imports {
            let Some((path, _)) = ast::path(&import.refr) else {
                continue;
            };
            let alias = import.r#as.as_ref().map(|span| span.text().to_owned());
            if let (Some("data"), Some(name)) = (
                path.first().map(String::as_str),
                alias.or_else(|| path.last().cloned()),
            ) {
                imports.insert(name, path.get(1..).unwrap_or_default().to_vec());
            }
        }
        Self {
            package: package_of(module),
            imports,
        }
    }

    /// The path of a rule that a reference may mean; none for `input`.
    pub(super) fn resolve(&self, path: &[String]) -> Option<Path> {
        let (root, rest) = path.split_first()?;
        let beginning = match (root.as_str(), self.imports.get(root)) {
            ("input", _) => return None,
            ("data", _) => return Some(rest.to_vec()),
            (_, Some(target)) => target.clone(),
            (_, None) => {
                let mut own = self.package.clone();
                own.push(root.clone());
                own
            }
        };
        Some(beginning.into_iter().chain(rest.iter().cloned()).collect())
    }
}

/// The package, without `data`.
pub(super) fn package_of(module: &Module) -> Path {
    ast::path(&module.package.refr).map_or_else(Vec::new, |(path, _)| path)
}
