//! Which application a resource belongs to: by its id, or, before there is one, by what the configuration refers to.

use std::collections::BTreeSet;

use serde_json::Value;

use super::is_application;
use super::parts::Part;
use super::resource::{Known, Resource, Step, modules, steps};

/// References are followed through this many modules and resources.
const MAX_STEPS: usize = 32;

/// What a resource belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// The application at that index of the resources.
    Here(usize),
    /// An application that the document does not hold, by the name that it has here.
    Elsewhere(String),
    /// It cannot be told.
    Untold,
}

/// The applications of a document, to be found.
pub(super) struct Links<'a> {
    root_module: Option<&'a Value>,
    applications: Vec<(usize, &'a Resource<'a>)>,
}

/// An application's address, whose keys may be left out.
#[derive(Debug)]
struct Address {
    module: Vec<Step>,
    kind: String,
    name: String,
    key: Option<String>,
}

/// What references lead to.
#[derive(Debug, Default)]
struct Found {
    applications: Vec<Address>,
    data: BTreeSet<String>,
}

impl<'a> Links<'a> {
    pub(super) fn new(root: &'a Value, resources: &'a [Resource<'a>]) -> Self {
        let applications = resources.iter().enumerate();
        Self {
            root_module: root.pointer("/configuration/root_module"),
            applications: applications
                .filter(|(_, resource)| is_application(resource.kind))
                .collect(),
        }
    }

    /// The application that the resource says something of.
    pub(super) fn target(&self, part: &Resource<'_>) -> Target {
        let names = ["application_id", "application_object_id"];
        let attributes = names.map(|name| part.attributes.get(name));
        if let Some(id) = attributes.iter().find_map(|attribute| attribute.text()) {
            return self.by_id(id);
        }
        let is_unknown = attributes
            .iter()
            .any(|attribute| matches!(attribute.known(), Known::Unknown | Known::Absent));
        if is_unknown {
            self.by_reference(part)
        } else {
            Target::Untold
        }
    }

    /// `/applications/<object id>`, an object id, or a client id.
    fn by_id(&self, id: &str) -> Target {
        let last = |id: &str| id.rsplit('/').next().unwrap_or(id).to_ascii_lowercase();
        let names = [
            "id",
            "object_id",
            "client_id",
            "application_id",
            "application_object_id",
        ];
        let has_id = |resource: &Resource<'_>| {
            names.iter().any(|name| {
                let own = resource.attributes.get(name);
                own.text().is_some_and(|own| last(own) == last(id))
            })
        };
        let found = self.applications.iter().find(|(_, app)| has_id(app));
        found.map_or_else(
            || Target::Elsewhere(last(id)),
            |(index, _)| Target::Here(*index),
        )
    }

    fn by_reference(&self, part: &Resource<'_>) -> Target {
        let mut found = Found::default();
        self.follow_resource(&part.module, part.kind, part.name, &mut found, MAX_STEPS);
        let has_key = |address: &Address| {
            let mut others = found.applications.iter();
            address.key.is_none()
                && others.any(|other| {
                    other.key.is_some() && other.name == address.name && other.kind == address.kind
                })
        };
        // `a[0]` is said as `a` too.
        let addresses = found.applications.iter().filter(|a| !has_key(a));
        let indexes: BTreeSet<usize> = addresses
            .flat_map(|address| self.at(address, part))
            .collect();
        match (indexes.len(), indexes.first(), found.data.first()) {
            (1, Some(index), None) => Target::Here(*index),
            (0, _, Some(data)) if found.data.len() == 1 && found.applications.is_empty() => {
                Target::Elsewhere(data.clone())
            }
            _ => Target::Untold,
        }
    }

    /// The applications at an address. Where it leaves out a key, the part's own says which.
    fn at(&self, address: &Address, part: &Resource<'_>) -> Vec<usize> {
        let is_at = |app: &Resource<'_>| {
            app.kind == address.kind
                && app.name == address.name
                && app.module.len() == address.module.len()
                && address.module.iter().zip(&app.module).all(|(asked, step)| {
                    asked.name == step.name && (asked.key.is_none() || asked.key == step.key)
                })
                && (address.key.is_none() || address.key == app.key)
        };
        let found: Vec<_> = self
            .applications
            .iter()
            .filter(|(_, app)| is_at(app))
            .collect();
        let near: Vec<usize> = found
            .iter()
            .filter(|(_, app)| is_near(app, part))
            .map(|(index, _)| *index)
            .collect();
        match (found.as_slice(), near.as_slice()) {
            ([(index, _)], _) => vec![*index],
            (_, [index]) => vec![*index],
            (found, _) => found.iter().map(|(index, _)| *index).collect(),
        }
    }

    /// Follows what the configuration of a resource says of its application.
    fn follow_resource(
        &self,
        module: &[Step],
        kind: &str,
        name: &str,
        found: &mut Found,
        left: usize,
    ) {
        let resources = self.module(module).and_then(|m| m.get("resources"));
        let mut resources = resources.and_then(Value::as_array).into_iter().flatten();
        let Some(resource) = resources.find(|resource| {
            resource.get("type").and_then(Value::as_str) == Some(kind)
                && resource.get("name").and_then(Value::as_str) == Some(name)
                && resource.get("mode").and_then(Value::as_str) != Some("data")
        }) else {
            return;
        };
        let expressions = resource.get("expressions");
        for attribute in ["application_id", "application_object_id"] {
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
        if left == 0 {
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
                let path = module.iter().map(|step| format!("module.{}.", step.name));
                let path: String = path.collect();
                found
                    .data
                    .insert(format!("{path}data.{}.{}", kind.name, name.name));
            }
            [kind, name, ..] if is_application(&kind.name) => found.applications.push(Address {
                module: module.to_vec(),
                kind: kind.name.clone(),
                name: name.name.clone(),
                key: name.key.clone(),
            }),
            [kind, name, ..] if Part::of(&kind.name).is_some() => {
                self.follow_resource(module, &kind.name, &name.name, found, left - 1);
            }
            _ => {}
        }
    }

    /// The configuration of a module.
    fn module(&self, path: &[Step]) -> Option<&'a Value> {
        path.iter().try_fold(self.root_module?, |module, step| {
            module.get("module_calls")?.get(&step.name)?.get("module")
        })
    }
}

/// Whether both have the same keys, in the modules that they share and of their own.
fn is_near(app: &Resource<'_>, part: &Resource<'_>) -> bool {
    let own = app.key.is_none() || app.key == part.key;
    let mut shared = app.module.iter().zip(&part.module);
    let outer = app.module.iter().skip(part.module.len());
    own && shared.all(|(one, other)| one.name != other.name || one.key == other.key)
        && outer
            .into_iter()
            .all(|step| step.key.is_none() || step.key == part.key)
}

/// What an expression refers to.
fn references(expression: Option<&Value>) -> Vec<&str> {
    let references = expression.and_then(|expression| expression.get("references"));
    let references = references.and_then(Value::as_array).into_iter().flatten();
    references.filter_map(Value::as_str).collect()
}
