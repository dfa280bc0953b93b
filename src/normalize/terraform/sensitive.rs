//! The places of values that are marked sensitive, in all parts of a plan or a state.

use serde_json::Value;

use crate::document::pointer::escaped;

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
    places.append(&mut secret_variables(root, pointer));
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

/// The values of variables that the configuration marks.
fn secret_variables(root: &Value, pointer: &str) -> Vec<String> {
    let variables = root.pointer("/configuration/root_module/variables");
    let variables = variables.and_then(Value::as_object).into_iter().flatten();
    let marked = variables.filter(|(_, it)| it.get("sensitive") == Some(&Value::Bool(true)));
    marked
        .map(|(name, _)| format!("{pointer}/variables/{}/value", escaped(name)))
        .collect()
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
