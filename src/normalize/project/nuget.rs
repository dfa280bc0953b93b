//! NuGet: `*.csproj` and its like, `Directory.Packages.props`, `packages.config`.

use serde_json::Value;

use super::collector::{Collector, Ecosystem, Place};
use super::jvm::{child_text, children, element_name};
use crate::normalize::members::lookup;

/// The items of MSBuild whose `Include` names a package; case does not count.
const ITEMS: [&str; 4] = [
    "PackageReference",
    "PackageVersion",
    "GlobalPackageReference",
    "DotNetCliToolReference",
];

pub(super) fn project_file(value: &Value, collector: &mut Collector) {
    let root = Place::root(value);
    if !element_name(&root).eq_ignore_ascii_case("Project") {
        let message = "an MSBuild file must be a `Project` element".to_owned();
        return collector.problem(String::new(), message);
    }
    items(&root, collector);
}

fn items(element: &Place<'_>, collector: &mut Collector) {
    for child in children(element) {
        let name = element_name(&child);
        if ITEMS.iter().any(|item| item.eq_ignore_ascii_case(name)) {
            item(&child, collector);
        } else {
            items(&child, collector);
        }
    }
}

fn item(item: &Place<'_>, collector: &mut Collector) {
    let Some(names) = attribute(item, "Include").or_else(|| attribute(item, "Update")) else {
        return; // `Remove` takes away what another file added.
    };
    let metadata = |name: &str| attribute(item, name).or_else(|| child_text(item, name));
    let requirement = metadata("VersionOverride")
        .or_else(|| metadata("Version"))
        .unwrap_or_default();
    let is_private = metadata("PrivateAssets").is_some_and(|v| v.eq_ignore_ascii_case("all"));
    let scope = if is_private { "development" } else { "runtime" };
    for name in names.split(';').map(str::trim).filter(|n| !n.is_empty()) {
        let at = item.pointer.clone();
        if name.contains("$(") || name.contains("@(") || name.contains("%(") {
            collector.cannot_tell(at);
        } else {
            collector.dependency(Ecosystem::NuGet, name, requirement, scope, at);
        }
    }
}

pub(super) fn packages_config(value: &Value, collector: &mut Collector) {
    let root = Place::root(value);
    if element_name(&root) != "packages" {
        let message = "the root must be a `packages` element".to_owned();
        return collector.problem(String::new(), message);
    }
    for package in children(&root) {
        if element_name(&package) != "package" {
            continue;
        }
        let is_development =
            attribute(&package, "developmentDependency").is_some_and(|v| v == "true");
        collector.dependency(
            Ecosystem::NuGet,
            attribute(&package, "id").unwrap_or_default(),
            attribute(&package, "version").unwrap_or_default(),
            if is_development {
                "development"
            } else {
                "runtime"
            },
            package.pointer,
        );
    }
}

fn attribute<'a>(element: &Place<'a>, name: &str) -> Option<&'a str> {
    let attributes = element.value.get("attributes")?.as_object()?;
    lookup(attributes, name)?.1.as_str()
}
