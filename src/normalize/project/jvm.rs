//! Maven's `pom.xml`, and Gradle's version catalogue.

use std::collections::BTreeMap;

use serde_json::Value;

use super::collector::{Collector, Ecosystem, Place};

/// The elements within an element.
pub(super) fn children<'a>(element: &Place<'a>) -> Vec<Place<'a>> {
    let children = element.get("children");
    let mut children = children.map(|list| list.items()).unwrap_or_default();
    children.retain(|child| child.value.is_object());
    children
}

pub(super) fn element_name<'a>(element: &Place<'a>) -> &'a str {
    element
        .value
        .get("name")
        .and_then(Value::as_str)
        .unwrap_or_default()
}

/// The text of the child of that name; case does not count.
pub(super) fn child_text<'a>(element: &Place<'a>, name: &str) -> Option<&'a str> {
    let child = children(element)
        .into_iter()
        .find(|child| element_name(child).eq_ignore_ascii_case(name))?;
    let text = child.value.get("children")?.get(0)?.as_str()?;
    Some(text.trim())
}

type Properties<'a> = BTreeMap<String, &'a str>;

pub(super) fn pom(value: &Value, collector: &mut Collector) {
    let root = Place::root(value);
    if element_name(&root) != "project" {
        let message = "a POM must be a `project` element".to_owned();
        return collector.problem(String::new(), message);
    }
    let properties = properties(&root);
    dependencies(&root, "runtime", &properties, collector);
}

fn properties<'a>(project: &Place<'a>) -> Properties<'a> {
    let mut properties = Properties::new();
    for name in ["groupId", "artifactId", "version"] {
        if let Some(text) = child_text(project, name) {
            properties.insert(format!("project.{name}"), text);
        }
    }
    let own = children(project)
        .into_iter()
        .find(|child| element_name(child) == "properties");
    for property in own.iter().flat_map(children) {
        let text = property
            .value
            .pointer("/children/0")
            .and_then(Value::as_str);
        if let Some(text) = text {
            properties.insert(element_name(&property).to_owned(), text.trim());
        }
    }
    properties
}

/// Every `dependencies` below an element: its own, managed ones, those of profiles and of plugins.
fn dependencies(
    element: &Place<'_>,
    scope: &str,
    properties: &Properties<'_>,
    collector: &mut Collector,
) {
    for child in children(element) {
        match element_name(&child) {
            "dependencies" => {
                let listed = children(&child);
                for item in listed.iter().filter(|i| element_name(i) == "dependency") {
                    dependency(item, scope, properties, collector);
                }
            }
            "build" | "reporting" => dependencies(&child, "build", properties, collector),
            _ => dependencies(&child, scope, properties, collector),
        }
    }
}

fn dependency(
    item: &Place<'_>,
    scope: &str,
    properties: &Properties<'_>,
    collector: &mut Collector,
) {
    let text = |name| child_text(item, name).map(|text| resolved(text, properties));
    let (Some(group), Some(artifact)) = (text("groupId"), text("artifactId")) else {
        let message = "a dependency has no group and artifact".to_owned();
        return collector.problem(item.pointer.clone(), message);
    };
    if group.contains("${") || artifact.contains("${") {
        return collector.cannot_tell(item.pointer.clone());
    }
    let own_scope = match child_text(item, "scope") {
        Some("test") => "development",
        _ if child_text(item, "optional") == Some("true") => "optional",
        _ => scope,
    };
    collector.dependency(
        Ecosystem::Maven,
        &format!("{group}:{artifact}"),
        &text("version").unwrap_or_default(),
        own_scope,
        item.pointer.clone(),
    );
}

/// A text with the properties of this file in place of their names. Properties of properties stay as they are.
fn resolved(text: &str, properties: &Properties<'_>) -> String {
    let mut resolved = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        resolved.push_str(before);
        let named = after
            .split_once('}')
            .and_then(|(name, after)| Some((*properties.get(name)?, after)));
        match named {
            Some((value, after)) => {
                resolved.push_str(value);
                rest = after;
            }
            None => {
                resolved.push_str("${");
                rest = after;
            }
        }
    }
    resolved.push_str(rest);
    resolved
}

/// `libs.versions.toml`: `x = "g:a:v"`, `{ module = "g:a" }` or `{ group = "g", name = "a" }`.
pub(super) fn version_catalogue(value: &Value, collector: &mut Collector) {
    let root = Place::root(value);
    for (_, library) in collector.object(root.get("libraries")) {
        let member = |name: &str| library.value.get(name).and_then(Value::as_str);
        let module = library
            .text()
            .or_else(|| member("module"))
            .map(str::to_owned)
            .or_else(|| Some(format!("{}:{}", member("group")?, member("name")?)));
        let mut parts = module.iter().flat_map(|module| module.splitn(3, ':'));
        let (Some(group), Some(artifact)) = (parts.next(), parts.next()) else {
            let message = "a library has no group and name".to_owned();
            collector.problem(library.pointer, message);
            continue;
        };
        let version = parts.next().or_else(|| member("version"));
        let referred = library
            .at(&["version", "ref"])
            .and_then(|name| root.at(&["versions", name.text()?])?.text());
        collector.dependency(
            Ecosystem::Gradle,
            &format!("{group}:{artifact}"),
            version.or(referred).unwrap_or_default(),
            "runtime",
            library.pointer,
        );
    }
}
