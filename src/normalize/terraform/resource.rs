//! The resources of a plan or of a state, wherever the document keeps them.

use serde_json::Value;

use super::super::Format;
use super::super::translation::escaped;

/// A managed resource that exists, or will.
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
    /// Whether it does not exist yet.
    pub(super) created: bool,
}

/// One step of a module's address, or the last of a resource's: a name and perhaps a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) name: String,
    pub(super) key: Option<String>,
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

/// The managed resources that a plan leaves, or that a state has.
pub(super) fn resources<'a>(root: &'a Value, pointer: &str, format: Format) -> Vec<Resource<'a>> {
    let mut found = Vec::new();
    let changes = root.get("resource_changes").and_then(Value::as_array);
    match (format, changes) {
        (Format::TerraformPlan, Some(changes)) => {
            for (index, change) in changes.iter().enumerate() {
                found.extend(changed(
                    change,
                    &format!("{pointer}/resource_changes/{index}"),
                ));
            }
        }
        (Format::TerraformPlan, None) => collect(
            root.pointer("/planned_values/root_module"),
            &format!("{pointer}/planned_values/root_module"),
            &mut found,
        ),
        _ => collect(
            root.pointer("/values/root_module"),
            &format!("{pointer}/values/root_module"),
            &mut found,
        ),
    }
    found
}

/// The places of all values that are marked sensitive, and may stand beside what is shown.
pub(super) fn sensitive(root: &Value, pointer: &str) -> Vec<String> {
    let mut places = Vec::new();
    for list in ["resource_changes", "resource_drift"] {
        let changes = root
            .get(list)
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        for (index, resource) in changes.enumerate() {
            let change = format!("{pointer}/{list}/{index}/change");
            changed_secrets(resource.get("change"), &change, &mut places);
        }
    }
    let outputs = root
        .get("output_changes")
        .and_then(Value::as_object)
        .into_iter()
        .flatten();
    for (name, change) in outputs {
        let change_pointer = format!("{pointer}/output_changes/{}", escaped(name));
        changed_secrets(Some(change), &change_pointer, &mut places);
    }
    for values in ["/planned_values", "/prior_state/values", "/values"] {
        let Some(part) = root.pointer(values) else {
            continue;
        };
        let part_pointer = format!("{pointer}{values}");
        let outputs = part
            .get("outputs")
            .and_then(Value::as_object)
            .into_iter()
            .flatten();
        for (name, output) in outputs {
            if output.get("sensitive") == Some(&Value::Bool(true)) {
                places.push(format!("{part_pointer}/outputs/{}/value", escaped(name)));
            }
        }
        let module = format!("{part_pointer}/root_module");
        secrets_of_module(part.get("root_module"), &module, &mut places);
    }
    places
}

fn changed_secrets(change: Option<&Value>, pointer: &str, places: &mut Vec<String>) {
    for side in ["before", "after"] {
        let marks = change.and_then(|change| change.get(format!("{side}_sensitive")));
        marked(marks, &format!("{pointer}/{side}"), places);
    }
}

fn secrets_of_module(module: Option<&Value>, pointer: &str, places: &mut Vec<String>) {
    let list = |name| {
        let list = module
            .and_then(|module| module.get(name))
            .and_then(Value::as_array);
        list.into_iter().flatten().enumerate()
    };
    for (index, resource) in list("resources") {
        let values = format!("{pointer}/resources/{index}/values");
        marked(resource.get("sensitive_values"), &values, places);
    }
    for (index, child) in list("child_modules") {
        secrets_of_module(
            Some(child),
            &format!("{pointer}/child_modules/{index}"),
            places,
        );
    }
}

/// The places that are marked with `true`.
fn marked(marks: Option<&Value>, pointer: &str, places: &mut Vec<String>) {
    match marks {
        Some(Value::Bool(true)) => places.push(pointer.to_owned()),
        Some(Value::Array(items)) => {
            for (index, item) in items.iter().enumerate() {
                marked(Some(item), &format!("{pointer}/{index}"), places);
            }
        }
        Some(Value::Object(members)) => {
            for (name, member) in members {
                marked(
                    Some(member),
                    &format!("{pointer}/{}", escaped(name)),
                    places,
                );
            }
        }
        _ => {}
    }
}

/// What a change leaves; none where the resource is only deleted or forgotten.
fn changed<'a>(resource: &'a Value, pointer: &str) -> Option<Resource<'a>> {
    let change = resource.get("change")?;
    let after = change.get("after").filter(|after| after.is_object())?;
    let attributes = Attribute {
        value: Some(after),
        unknown: change.get("after_unknown"),
        sensitive: change.get("after_sensitive"),
        pointer: format!("{pointer}/change/after"),
    };
    let actions = change.get("actions").and_then(Value::as_array);
    let created = actions.is_some_and(|actions| actions.iter().any(|action| action == "create"));
    described(resource, attributes, created)
}

/// The resources of a module and of the modules in it.
fn collect<'a>(module: Option<&'a Value>, pointer: &str, found: &mut Vec<Resource<'a>>) {
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
        found.extend(described(resource, attributes, false));
    }
    for (index, child) in list("child_modules").iter().enumerate() {
        collect(
            Some(child),
            &format!("{pointer}/child_modules/{index}"),
            found,
        );
    }
}

fn described<'a>(
    resource: &'a Value,
    attributes: Attribute<'a>,
    created: bool,
) -> Option<Resource<'a>> {
    let text = |name| resource.get(name).and_then(Value::as_str);
    if text("mode").is_some_and(|mode| mode != "managed") {
        return None;
    }
    let address = text("address")?;
    let mut steps = steps(address);
    let (kind, name) = (text("type")?, text("name")?);
    let key = steps.pop().and_then(|step| step.key);
    // What is left ends with the type of the resource.
    steps.pop();
    Some(Resource {
        address,
        kind,
        name,
        module: modules(&steps),
        key,
        attributes,
        created,
    })
}

/// `module`, `shop`, `module`, `api` become `shop`, `api`.
pub(super) fn modules(steps: &[Step]) -> Vec<Step> {
    steps.iter().skip(1).step_by(2).cloned().collect()
}

/// The steps of an address: names between dots, each perhaps with a key in brackets.
pub(super) fn steps(address: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut rest = address;
    while !rest.is_empty() {
        let end = rest.find(['.', '[']).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let (key, after) = key(after);
        steps.push(Step {
            name: name.to_owned(),
            key,
        });
        rest = after.strip_prefix('.').unwrap_or_default();
    }
    steps
}

/// The key in brackets that the text begins with, and what follows it.
fn key(text: &str) -> (Option<String>, &str) {
    let Some(inner) = text.strip_prefix('[') else {
        return (None, text);
    };
    let Some(quoted) = inner.strip_prefix('"') else {
        return match inner.split_once(']') {
            Some((index, after)) => (Some(index.to_owned()), after),
            None => (None, ""),
        };
    };
    let mut escaped = false;
    for (at, c) in quoted.char_indices() {
        match c {
            '"' if !escaped => {
                let after = quoted.get(at + 1..).unwrap_or_default();
                let after = after.strip_prefix(']').unwrap_or(after);
                return (quoted.get(..at).map(str::to_owned), after);
            }
            c => escaped = c == '\\' && !escaped,
        }
    }
    (None, "")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn step(name: &str, key: Option<&str>) -> Step {
        Step {
            name: name.to_owned(),
            key: key.map(str::to_owned),
        }
    }

    #[test]
    fn an_address_falls_into_steps() {
        assert_eq!(
            steps(r#"module.shop["e.u"].azuread_application.api[0]"#),
            [
                step("module", None),
                step("shop", Some("e.u")),
                step("azuread_application", None),
                step("api", Some("0")),
            ]
        );
        assert_eq!(steps(r#"a["x\"]y"].b"#)[1], step("b", None));
    }

    proptest! {
        #[test]
        fn never_panics(address in r#"[a-z.\[\]"\\é0-9]{0,40}"#) {
            steps(&address);
        }
    }
}
