//! The resources of a template, in itself and in the deployments within it.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::super::FieldProblem;
use super::super::members::lookup;
use super::super::translation::{Translation, UNKNOWN};
use super::expression::{Scope, is_secure};
use crate::document::pointer::escaped;

/// A resource of Microsoft Graph.
#[derive(Debug)]
pub(super) struct Resource {
    /// The type after `Microsoft.Graph/`, in lower case and without its version.
    pub(super) kind: String,
    /// What it is called for people: its symbolic name, else its unique name, else its place.
    pub(super) name: String,
    /// Its symbolic name, where the template has these.
    pub(super) symbol: Option<String>,
    /// JSON Pointer of the template that it is in.
    pub(super) template: String,
    /// JSON Pointer of the resource.
    pub(super) pointer: String,
    /// Whether the template only refers to it.
    pub(super) existing: bool,
    /// The symbolic names that it is deployed after.
    pub(super) depends_on: Vec<String>,
    /// Its name as it is written.
    pub(super) written_name: String,
    /// Its number among all resources, by which references are told apart.
    number: usize,
    /// The properties with their expressions resolved.
    translation: Translation,
}

impl Resource {
    /// A property with its expressions resolved.
    pub(super) fn resolved(&self, name: &str) -> Option<Value> {
        lookup(self.translation.get("")?.as_object()?, name).map(|(_, value)| value.clone())
    }

    /// What a reference to a member that only the deployment makes is resolved to: not known, and the same wherever it
    /// stands.
    pub(super) fn token(&self, member: &str) -> Value {
        token(self.number, member)
    }

    /// Where a property stands; none where it does not.
    pub(super) fn place(&self, name: &str) -> Option<String> {
        let properties = self.translation.get("")?.as_object()?;
        let (key, _) = lookup(properties, name)?;
        Some(format!("{}/properties/{}", self.pointer, escaped(key)))
    }

    /// Writes the properties, resolved, into the object at `base`.
    pub(super) fn translate(&self, translation: &mut Translation, base: &str) {
        translation.graft(base, &self.translation);
    }
}

fn token(number: usize, member: &str) -> Value {
    format!("${{resource {number}.{member}}}").into()
}

/// What a template and the deployments within it hold.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The resources of Microsoft Graph that are deployed or referred to.
    pub(super) resources: Vec<Resource>,
    /// The names of managed identities, by what a reference to their principals is resolved to.
    pub(super) identities: BTreeMap<String, String>,
    /// What is worth saying.
    pub(super) notes: Vec<FieldProblem>,
    /// How many resources were numbered.
    numbered: usize,
}

/// A template, and where it stands.
struct Template<'a> {
    value: &'a Value,
    pointer: String,
    scope: Scope<'a>,
}

/// One entry of a template's `resources`.
struct Entry<'a> {
    symbol: Option<&'a str>,
    value: &'a Value,
    pointer: String,
    number: usize,
}

/// Whether a template, or one within it, has resources of Microsoft Graph.
pub(in super::super) fn has_graph_resources(template: &Value) -> bool {
    entries(template, "").iter().any(|entry| {
        graph_type(entry.value).is_some()
            || nested(entry.value).is_some_and(|(template, _)| has_graph_resources(template))
    })
}

/// The resources of Microsoft Graph, and what else says something of them.
pub(super) fn resources(root: &Value, pointer: &str) -> Found {
    let mut found = Found::default();
    let template = Template {
        value: root,
        pointer: pointer.to_owned(),
        scope: Scope::new(root, BTreeMap::new()),
    };
    collect(template, &mut found);
    found
}

/// The places of secrets: defaults of secure parameters.
pub(super) fn secrets(root: &Value, pointer: &str) -> Vec<String> {
    let mut places = Vec::new();
    let parameters = root.get("parameters").and_then(Value::as_object);
    for (name, definition) in parameters.into_iter().flatten() {
        if is_secure(definition) && definition.get("defaultValue").is_some() {
            places.push(format!(
                "{pointer}/parameters/{}/defaultValue",
                escaped(name)
            ));
        }
    }
    for entry in entries(root, pointer) {
        if let Some((template, path)) = nested(entry.value) {
            places.append(&mut secrets(template, &format!("{}{path}", entry.pointer)));
        }
    }
    places
}

fn entries<'a>(template: &'a Value, pointer: &str) -> Vec<Entry<'a>> {
    match template.get("resources") {
        Some(Value::Array(items)) => items
            .iter()
            .enumerate()
            .map(|(index, value)| Entry {
                symbol: None,
                value,
                pointer: format!("{pointer}/resources/{index}"),
                number: index,
            })
            .collect(),
        Some(Value::Object(members)) => members
            .iter()
            .enumerate()
            .map(|(number, (symbol, value))| Entry {
                symbol: Some(symbol),
                value,
                pointer: format!("{pointer}/resources/{}", escaped(symbol)),
                number,
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// `applications` of `Microsoft.Graph/applications@v1.0`.
fn graph_type(resource: &Value) -> Option<String> {
    let kind = resource_type(resource)?;
    Some(kind.strip_prefix("microsoft.graph/")?.to_owned())
}

/// The type of a resource, in lower case and without its version.
fn resource_type(resource: &Value) -> Option<String> {
    let kind = resource.get("type")?.as_str()?.to_ascii_lowercase();
    Some(kind.split('@').next().unwrap_or(&kind).to_owned())
}

/// The template of a deployment within a template.
fn nested(resource: &Value) -> Option<(&Value, &'static str)> {
    let kind = resource_type(resource)?;
    let template = resource.pointer("/properties/template")?;
    (kind == "microsoft.resources/deployments").then_some((template, "/properties/template"))
}

fn collect(mut template: Template<'_>, found: &mut Found) {
    let mut entries = entries(template.value, &template.pointer);
    for entry in &mut entries {
        entry.number += found.numbered;
    }
    found.numbered += entries.len();
    name_resources(&mut template.scope, &entries, found);
    for entry in &entries {
        let condition = entry.value.get("condition");
        let condition = condition.map(|condition| template.scope.resolve(condition));
        if condition == Some(Value::Bool(false)) {
            continue;
        }
        if let Some(kind) = graph_type(entry.value) {
            found.resources.push(graph_resource(&template, entry, kind));
        } else if let Some((inner, path)) = nested(entry.value) {
            let pointer = format!("{}{path}", entry.pointer);
            collect_nested(&template.scope, entry.value, inner, pointer, found);
        } else if entry.value.pointer("/properties/templateLink").is_some() {
            found.notes.push(FieldProblem {
                pointer: entry.pointer.clone(),
                message: "the linked template is not in the document, and is not judged".to_owned(),
                help: Some("build one template with `bicep build`".to_owned()),
            });
        }
    }
}

/// Lets expressions refer to the names and ids of the resources.
fn name_resources(scope: &mut Scope<'_>, entries: &[Entry<'_>], found: &mut Found) {
    for entry in entries {
        let Some(symbol) = entry.symbol else { continue };
        let token = |member| token(entry.number, member);
        match resource_type(entry.value).as_deref() {
            Some("microsoft.managedidentity/userassignedidentities") => {
                let principal = token("principalId");
                let name = principal.as_str().unwrap_or_default().to_owned();
                found.identities.insert(name, symbol.to_owned());
                scope.name(symbol, json!({"principalId": principal}));
            }
            Some(kind) if kind.starts_with("microsoft.graph/") => {
                scope.name(symbol, graph_members(scope, entry));
            }
            _ => {}
        }
    }
    // The application of a service principal has a name by now.
    for entry in entries {
        let app_id = entry.value.pointer("/properties/appId");
        let is_principal = graph_type(entry.value).as_deref() == Some("serviceprincipals");
        if let (Some(symbol), Some(app_id), true) = (entry.symbol, app_id, is_principal) {
            let mut members = graph_members(scope, entry);
            if let Some(members) = members.as_object_mut() {
                members.insert("appId".to_owned(), scope.resolve(app_id));
            }
            scope.name(symbol, members);
        }
    }
}

/// What expressions can take from a resource of Microsoft Graph: the names that the template gives it, and its ids.
fn graph_members(scope: &Scope<'_>, entry: &Entry<'_>) -> Value {
    let mut members = serde_json::Map::new();
    for member in ["id", "appId"] {
        members.insert(member.to_owned(), token(entry.number, member));
    }
    for member in ["uniqueName", "displayName"] {
        let written = entry.value.pointer(&format!("/properties/{member}"));
        members.extend(written.map(|value| (member.to_owned(), scope.resolve(value))));
    }
    members.into()
}

/// A template within a template has names of its own, unless it is told to be evaluated outside.
fn collect_nested(
    outer: &Scope<'_>,
    deployment: &Value,
    inner: &Value,
    pointer: String,
    found: &mut Found,
) {
    let scope = deployment.pointer("/properties/expressionEvaluationOptions/scope");
    let is_inner = scope
        .and_then(Value::as_str)
        .is_some_and(|scope| scope.eq_ignore_ascii_case("inner"));
    let scope = if is_inner {
        Scope::new(inner, arguments(outer, deployment))
    } else {
        outer.clone()
    };
    let template = Template {
        value: inner,
        pointer,
        scope,
    };
    collect(template, found);
}

/// What a deployment passes to its template. What comes from a vault is not known.
fn arguments(outer: &Scope<'_>, deployment: &Value) -> BTreeMap<String, Value> {
    let passed = deployment
        .pointer("/properties/parameters")
        .and_then(Value::as_object);
    let arguments = passed.into_iter().flatten().map(|(name, argument)| {
        let value = argument.get("value").map(|value| outer.resolve(value));
        (
            name.to_ascii_lowercase(),
            value.unwrap_or_else(|| UNKNOWN.into()),
        )
    });
    arguments.collect()
}

fn graph_resource(template: &Template<'_>, entry: &Entry<'_>, kind: String) -> Resource {
    let properties = entry.value.get("properties").unwrap_or(&Value::Null);
    let properties_pointer = format!("{}/properties", entry.pointer);
    let mut translation = Translation::new(&properties_pointer);
    if properties.is_object() {
        translate(
            &template.scope,
            &mut translation,
            "",
            properties,
            &properties_pointer,
        );
    }
    let text = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_owned);
    let name = properties.get("name").or_else(|| entry.value.get("name"));
    let unique_name = translation.get("/uniqueName").cloned();
    let unique_name = unique_name.filter(super::expression::is_known);
    let depends_on = entry.value.get("dependsOn").and_then(Value::as_array);
    Resource {
        kind,
        name: entry
            .symbol
            .map(str::to_owned)
            .or_else(|| text(unique_name.as_ref()))
            .unwrap_or_else(|| entry.pointer.clone()),
        symbol: entry.symbol.map(str::to_owned),
        template: template.pointer.clone(),
        pointer: entry.pointer.clone(),
        existing: entry.value.get("existing") == Some(&Value::Bool(true)),
        depends_on: depends_on
            .into_iter()
            .flatten()
            .filter_map(|symbol| symbol.as_str().map(str::to_owned))
            .collect(),
        written_name: text(name).unwrap_or_default(),
        number: entry.number,
        translation,
    }
}

/// Writes a value with its expressions resolved. What an expression becomes stands where the expression is.
fn translate(
    scope: &Scope<'_>,
    translation: &mut Translation,
    to: &str,
    value: &Value,
    pointer: &str,
) {
    match value {
        Value::Object(members) => {
            translation.set(to, json!({}), pointer, true);
            for (name, member) in members {
                let place = |base: &str| format!("{base}/{}", escaped(name));
                match member {
                    Value::Array(loops) if name == "copy" => {
                        copies(translation, to, loops, &place(pointer));
                    }
                    member => translate(scope, translation, &place(to), member, &place(pointer)),
                }
            }
        }
        Value::Array(items) => {
            translation.set(to, json!([]), pointer, true);
            for (index, item) in items.iter().enumerate() {
                let pointer = format!("{pointer}/{index}");
                let to = translation.push(to, Value::Null, &pointer);
                translate(scope, translation, &to, item, &pointer);
            }
        }
        value => translation.set(to, scope.resolve(value), pointer, false),
    }
}

/// The properties that loops make are not known.
fn copies(translation: &mut Translation, to: &str, loops: &[Value], pointer: &str) {
    for (index, entry) in loops.iter().enumerate() {
        if let Some(name) = entry.get("name").and_then(Value::as_str) {
            let to = format!("{to}/{}", escaped(name));
            translation.set(&to, UNKNOWN.into(), &format!("{pointer}/{index}"), false);
        }
    }
}
