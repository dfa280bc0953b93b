//! The resources of a plan or of a state, wherever the document keeps them.

use std::collections::BTreeSet;

use serde_json::Value;

use super::super::Format;
use super::address::{Step, modules, steps};
use crate::document::pointer::escaped;

/// A resource that exists, or will.
#[derive(Debug)]
pub(super) struct Resource<'a> {
    /// `module.shop["eu"].azuread_application.api[0]`.
    pub(super) address: &'a str,
    /// `azuread_application`.
    pub(super) kind: &'a str,
    /// `api`.
    pub(super) name: &'a str,
    /// The modules that it is in, from the outermost.
    pub(super) module: Vec<Step>,
    /// The key of `count` or `for_each`.
    pub(super) key: Option<String>,
    /// What it is made of.
    pub(super) attributes: Attribute<'a>,
    /// Whether it is a data source: what is there without the document.
    pub(super) data: bool,
    /// What becomes of it.
    pub(super) change: Change,
}

/// What a document does to a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    /// It stays as it is.
    None,
    /// It does not exist yet.
    Create,
    /// It becomes what it is said to be; or perhaps, where the document does not tell.
    Update,
}

/// An attribute, or the place where it would be.
#[derive(Debug, Clone)]
pub(super) struct Attribute<'a> {
    value: Option<&'a Value>,
    unknown: Option<&'a Value>,
    sensitive: Option<&'a Value>,
    pointer: String,
}

/// What is known of an attribute.
#[derive(Debug, Clone, Copy)]
pub(super) enum Known<'a> {
    /// The resource has no such attribute.
    Absent,
    /// It will be known when the plan has been applied, or it is sensitive and never read.
    Unknown,
    /// Its value, null where it is not set.
    Value(&'a Value),
}

impl<'a> Attribute<'a> {
    /// The member of that name.
    pub(super) fn get(&self, name: &str) -> Self {
        self.child(name, |value| value.get(name))
    }

    /// The element of that index.
    pub(super) fn item(&self, index: usize) -> Self {
        self.child(&index.to_string(), |value| value.get(index))
    }

    fn child(&self, segment: &str, get: impl Fn(&'a Value) -> Option<&'a Value>) -> Self {
        // `true` holds for everything below.
        let mark = |mark: Option<&'a Value>| match mark {
            Some(Value::Bool(_)) => mark,
            mark => mark.and_then(&get),
        };
        Self {
            value: self.value.and_then(&get),
            unknown: mark(self.unknown),
            sensitive: mark(self.sensitive),
            pointer: format!("{}/{}", self.pointer, escaped(segment)),
        }
    }

    /// What is known of it. Sensitive values are never read, so that no message can hold one.
    pub(super) fn known(&self) -> Known<'a> {
        if self.sensitive == Some(&Value::Bool(true)) {
            return Known::Unknown;
        }
        self.material()
    }

    /// What is known of a secret or a key, which nothing that reads it keeps.
    pub(super) fn material(&self) -> Known<'a> {
        match self.value {
            _ if self.unknown == Some(&Value::Bool(true)) => Known::Unknown,
            Some(value) => Known::Value(value),
            None => Known::Absent,
        }
    }

    /// The same, read although it is marked sensitive as a whole.
    pub(super) fn unsealed(mut self) -> Self {
        self.sensitive = None;
        self
    }

    /// Whether it is marked sensitive as a whole.
    pub(super) fn is_sealed(&self) -> bool {
        self.sensitive == Some(&Value::Bool(true))
    }

    /// The text, where it is known.
    pub(super) fn text(&self) -> Option<&'a str> {
        match self.known() {
            Known::Value(value) => value.as_str().filter(|text| !text.is_empty()),
            _ => None,
        }
    }

    /// The elements of a list, known or not.
    pub(super) fn items(&self) -> Vec<Self> {
        let length = self.value.and_then(Value::as_array).map_or(0, Vec::len);
        (0..length).map(|index| self.item(index)).collect()
    }

    /// Its JSON Pointer.
    pub(super) fn pointer(&self) -> &str {
        &self.pointer
    }
}

/// The resources that a plan leaves, or that a state has, and the data sources that were read for it.
pub(super) fn resources<'a>(root: &'a Value, pointer: &str, format: Format) -> Vec<Resource<'a>> {
    let mut found = Vec::new();
    let collect_from = |path: &str, change| {
        let pointer = format!("{pointer}{path}");
        let mut all = Vec::new();
        collect(root.pointer(path), &pointer, change, &mut all);
        all
    };
    if format != Format::TerraformPlan {
        return collect_from("/values/root_module", Change::None);
    }
    let prior = collect_from("/prior_state/values/root_module", Change::None);
    let changes = root.get("resource_changes").and_then(Value::as_array);
    let Some(changes) = changes else {
        found.extend(collect_from("/planned_values/root_module", Change::Update));
        found.extend(prior.into_iter().filter(|resource| resource.data));
        return found;
    };
    let mut changing = BTreeSet::new();
    for (index, change) in changes.iter().enumerate() {
        let names = ["address", "previous_address"].map(|name| change.get(name));
        changing.extend(names.into_iter().flatten().filter_map(Value::as_str));
        let pointer = format!("{pointer}/resource_changes/{index}");
        found.extend(changed(change, &pointer));
    }
    // A plan for some resources alone leaves out the others, which stay as they are.
    let stays = |resource: &Resource<'_>| !changing.contains(resource.address);
    found.extend(prior.into_iter().filter(stays));
    found
}

/// What a change leaves; none where the resource is only deleted or forgotten.
fn changed<'a>(resource: &'a Value, pointer: &str) -> Option<Resource<'a>> {
    let change = resource.get("change")?;
    let after = change.get("after").filter(|after| after.is_object())?;
    if resource.get("deposed").is_some() {
        return None;
    }
    let attributes = Attribute {
        value: Some(after),
        unknown: change.get("after_unknown"),
        sensitive: change.get("after_sensitive"),
        pointer: format!("{pointer}/change/after"),
    };
    let actions = change.get("actions").and_then(Value::as_array);
    let has = |name: &str| actions.is_some_and(|all| all.iter().any(|action| action == name));
    let change = if has("create") {
        Change::Create
    } else if has("no-op") || has("read") {
        Change::None
    } else {
        Change::Update
    };
    described(resource, attributes, change)
}

/// The resources of a module and of the modules in it.
fn collect<'a>(
    module: Option<&'a Value>,
    pointer: &str,
    change: Change,
    found: &mut Vec<Resource<'a>>,
) {
    let list = |name| {
        let list = module.and_then(|module| module.get(name));
        list.and_then(Value::as_array)
            .map_or(&[] as &[Value], Vec::as_slice)
    };
    for (index, resource) in list("resources").iter().enumerate() {
        let values = resource.get("values").filter(|values| values.is_object());
        let is_deposed = resource.get("deposed_key").is_some();
        let Some(values) = values.filter(|_| !is_deposed) else {
            continue;
        };
        let attributes = Attribute {
            value: Some(values),
            unknown: None,
            sensitive: resource.get("sensitive_values"),
            pointer: format!("{pointer}/resources/{index}/values"),
        };
        found.extend(described(resource, attributes, change));
    }
    for (index, child) in list("child_modules").iter().enumerate() {
        let pointer = format!("{pointer}/child_modules/{index}");
        collect(Some(child), &pointer, change, found);
    }
}

fn described<'a>(
    resource: &'a Value,
    attributes: Attribute<'a>,
    change: Change,
) -> Option<Resource<'a>> {
    let text = |name| resource.get(name).and_then(Value::as_str);
    let data = match text("mode") {
        None | Some("managed") => false,
        Some("data") => true,
        Some(_) => return None,
    };
    let address = text("address")?;
    let mut steps = steps(address);
    let (kind, name) = (text("type")?, text("name")?);
    let key = steps.pop().and_then(|step| step.key);
    // What is left ends with the type of the resource, and with `data` before the type of a data source.
    steps.pop();
    if data {
        steps.pop();
    }
    Some(Resource {
        address,
        kind,
        name,
        module: modules(&steps),
        key,
        attributes,
        data,
        change,
    })
}
