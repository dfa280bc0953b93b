//! What the configuration of a plan says that resources refer to.

use std::collections::BTreeSet;

use serde_json::Value;

use super::PRINCIPAL;
use super::address::{Step, modules, steps};
use super::link::Relation;
use super::resource::Resource;

/// References are followed through this many modules and resources.
const MAX_STEPS: usize = 32;
/// References that are followed for one resource: a bound on configurations that refer in circles.
const MAX_WORK: usize = 4096;

/// The configuration of a plan, where the document has it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Configuration<'a> {
    root_module: Option<&'a Value>,
}

/// The address of a resource or of a data source, whose keys may be left out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Address {
    pub(super) module: Vec<Step>,
    pub(super) data: bool,
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) key: Option<String>,
}

impl Address {
    /// As a reference says it, without the keys of modules.
    pub(super) fn text(&self) -> String {
        let path = self
            .module
            .iter()
            .map(|step| format!("module.{}.", step.name));
        let path: String = path.collect();
        let data = if self.data { "data." } else { "" };
        format!("{path}{data}{}.{}", self.kind, self.name)
    }
}

/// What references lead to.
#[derive(Debug)]
pub(super) struct Found {
    relation: Relation,
    /// What the relation may lead to.
    pub(super) addresses: BTreeSet<Address>,
    /// What it does not lead to, and is referred to all the same.
    pub(super) others: BTreeSet<Address>,
    work: usize,
}

impl<'a> Configuration<'a> {
    pub(super) fn new(root: &'a Value) -> Self {
        Self {
            root_module: root.pointer("/configuration/root_module"),
        }
    }

    /// What a resource refers to in that way; none where references go on for too long.
    pub(super) fn references_of(&self, part: &Resource<'_>, relation: Relation) -> Option<Found> {
        let mut found = Found {
            relation,
            addresses: BTreeSet::new(),
            others: BTreeSet::new(),
            work: MAX_WORK,
        };
        self.follow_resource(&part.module, part.kind, part.name, &mut found, MAX_STEPS);
        (found.work > 0).then_some(found)
    }

    /// What the configuration of a resource says.
    fn resource(&self, module: &[Step], kind: &str, name: &str) -> Option<&'a Value> {
        let resources = self.module(module)?.get("resources")?.as_array()?;
        resources.iter().find(|resource| {
            resource.get("type").and_then(Value::as_str) == Some(kind)
                && resource.get("name").and_then(Value::as_str) == Some(name)
                && resource.get("mode").and_then(Value::as_str) != Some("data")
        })
    }

    /// Follows what the configuration of a resource says of the other.
    fn follow_resource(
        &self,
        module: &[Step],
        kind: &str,
        name: &str,
        found: &mut Found,
        left: usize,
    ) {
        let Some(resource) = self.resource(module, kind, name) else {
            return;
        };
        let expressions = resource.get("expressions");
        for attribute in found.relation.attributes(kind) {
            for reference in references(expressions.and_then(|e| e.get(attribute))) {
                if reference.starts_with("each.") {
                    for source in references(resource.get("for_each_expression")) {
                        self.follow(module, source, found, left.saturating_sub(1));
                    }
                } else {
                    self.follow(module, reference, found, left.saturating_sub(1));
                }
            }
        }
    }

    fn follow(&self, module: &[Step], reference: &str, found: &mut Found, left: usize) {
        found.work = found.work.saturating_sub(1);
        if left == 0 || found.work == 0 {
            return;
        }
        let steps = steps(reference);
        match steps.as_slice() {
            [first, variable, ..] if first.name == "var" => {
                let Some((call, outer)) = module.split_last() else {
                    return;
                };
                let calls = self.module(outer).and_then(|m| m.get("module_calls"));
                let argument = calls
                    .and_then(|calls| calls.get(&call.name)?.get("expressions"))
                    .and_then(|arguments| arguments.get(&variable.name));
                for reference in references(argument) {
                    self.follow(outer, reference, found, left - 1);
                }
            }
            [first, call, output, ..] if first.name == "module" => {
                let mut inner = module.to_vec();
                inner.extend(modules(&[first.clone(), call.clone()]));
                let outputs = self.module(&inner).and_then(|m| m.get("outputs"));
                let expression =
                    outputs.and_then(|outputs| outputs.get(&output.name)?.get("expression"));
                for reference in references(expression) {
                    self.follow(&inner, reference, found, left - 1);
                }
            }
            [first, kind, name, ..] if first.name == "data" => {
                found.add(module, true, &kind.name, name);
            }
            [first, _, ..] if is_no_resource(&first.name) => {}
            [kind, name, ..] if !found.relation.attributes(&kind.name).is_empty() => {
                self.follow_resource(module, &kind.name, &name.name, found, left - 1);
            }
            [kind, name, ..] => found.add(module, false, &kind.name, name),
            _ => {}
        }
    }

    /// The key with which an attribute is taken from a map of a service principal: `User.Read.All` of
    /// `azuread_service_principal.graph.app_role_ids["User.Read.All"]`, as far as nothing else can be meant.
    pub(super) fn key_in(&self, part: &Resource<'_>, attribute: &str, map: &str) -> Option<String> {
        let resource = self.resource(&part.module, part.kind, part.name)?;
        let expression = resource.get("expressions")?.get(attribute);
        let (loops, rest): (Vec<_>, Vec<_>) = references(expression)
            .into_iter()
            .partition(|reference| ["each.key", "each.value"].contains(reference));
        let longest = rest.iter().max_by_key(|reference| reference.len())?;
        let is_around = |reference: &&str| {
            let below = longest.strip_prefix(reference);
            below.is_some_and(|below| below.is_empty() || below.starts_with(['.', '[']))
        };
        if !rest.iter().all(is_around) {
            return None;
        }
        let steps = steps(longest);
        let of_principal = match steps.as_slice() {
            [data, rest @ ..] if data.name == "data" => rest,
            all => all,
        };
        match of_principal {
            [kind, _, taken] if kind.name == PRINCIPAL && taken.name == map => {
                match (&taken.key, loops.as_slice()) {
                    (Some(key), []) => Some(key.clone()),
                    // Of a set, key and value are the same.
                    (None, [_]) => part.key.clone(),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// The configuration of a module.
    fn module(&self, path: &[Step]) -> Option<&'a Value> {
        path.iter().try_fold(self.root_module?, |module, step| {
            module.get("module_calls")?.get(&step.name)?.get("module")
        })
    }
}

impl Found {
    fn add(&mut self, module: &[Step], data: bool, kind: &str, name: &Step) {
        let address = Address {
            module: module.to_vec(),
            data,
            kind: kind.to_owned(),
            name: name.name.clone(),
            key: name.key.clone(),
        };
        let leads = self.relation.leads_to(kind);
        match self.relation {
            // Data sources of applications are not read.
            Relation::Application if data => self.others.insert(address),
            _ if leads => self.addresses.insert(address),
            Relation::Principal => self.others.insert(address),
            _ => false,
        };
    }
}

/// Whether a reference that begins so leads to no resource.
fn is_no_resource(first: &str) -> bool {
    [
        "local",
        "each",
        "count",
        "path",
        "self",
        "terraform",
        "var",
        "module",
    ]
    .contains(&first)
}

/// `a[0]` is said as `a` too.
pub(super) fn without_doubles(addresses: &BTreeSet<Address>) -> Vec<&Address> {
    let is_said_with_key = |address: &Address| {
        address.key.is_none()
            && addresses.iter().any(|other| {
                other.key.is_some() && other.name == address.name && other.kind == address.kind
            })
    };
    let each = addresses.iter().filter(|a| !is_said_with_key(a));
    each.collect()
}

/// What an expression refers to.
fn references(expression: Option<&Value>) -> Vec<&str> {
    let references = expression.and_then(|expression| expression.get("references"));
    let references = references.and_then(Value::as_array).into_iter().flatten();
    references.filter_map(Value::as_str).collect()
}
