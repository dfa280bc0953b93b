//! npm: `package.json`.

use serde_json::Value;

use super::collector::{Collector, Ecosystem, Place};

pub(super) fn package_json(value: &Value, collector: &mut Collector) {
    const LISTS: [(&str, &str); 4] = [
        ("dependencies", "runtime"),
        ("devDependencies", "development"),
        ("optionalDependencies", "optional"),
        ("peerDependencies", "peer"),
    ];
    let root = Place::root(value);
    if !value.is_object() {
        return collector.problem(String::new(), "a package must be an object".to_owned());
    }
    for (list, scope) in LISTS {
        for (name, place) in collector.object(root.get(list)) {
            match place.text() {
                Some(requirement) => {
                    let (name, requirement) = unaliased(name, requirement);
                    collector.dependency(Ecosystem::Npm, name, requirement, scope, place.pointer);
                }
                None => {
                    let message = format!("`{}` must be a string", place.pointer);
                    collector.problem(place.pointer, message);
                }
            }
        }
    }
}

/// `"x": "npm:@scope/y@^1"` asks for `@scope/y`.
fn unaliased<'a>(name: &'a str, requirement: &'a str) -> (&'a str, &'a str) {
    let Some(target) = requirement.strip_prefix("npm:") else {
        return (name, requirement);
    };
    let scope_length = usize::from(target.starts_with('@'));
    let at = target
        .get(scope_length..)
        .and_then(|rest| rest.find('@'))
        .map(|at| at + scope_length);
    match at.and_then(|at| target.split_at_checked(at)) {
        Some((name, version)) => (name, version.trim_start_matches('@')),
        None => (target, ""),
    }
}
