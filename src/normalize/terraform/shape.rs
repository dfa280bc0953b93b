//! The shape of plans and states. What has another one would be left out in silence, and what is secret or not known yet
//! be taken for known.

use serde_json::Value;

use super::super::FieldProblem;
use super::super::reader::type_name;
use super::super::shape::{At, Expected, Shape};
use super::fields::Field;
use super::tables::{APPLICATION, CLAIMS, PASSWORD};

/// Where a plan or a state is not what Terraform writes.
pub(super) fn problems(root: &Value, pointer: &str) -> Vec<FieldProblem> {
    let mut shape = Shape::new("write the file anew with `terraform show -json`");
    let root = At {
        value: root,
        pointer: pointer.to_owned(),
    };
    for list in ["resource_changes", "resource_drift"] {
        for resource in shape.items(&root, list) {
            if !check_description(&mut shape, &resource) {
                continue;
            }
            if let Some(change) = shape.required(&resource, "change", Expected::Object) {
                check_change(&mut shape, &resource, &change);
            }
        }
    }
    let outputs = shape.optional(&root, "output_changes", Expected::Object);
    for change in outputs.iter().flat_map(At::parts) {
        check_marks(&mut shape, &change, "before_sensitive", "before");
        check_marks(&mut shape, &change, "after_sensitive", "after");
    }
    let prior = shape.optional(&root, "prior_state", Expected::ObjectOrNull);
    for (part, name) in [
        (Some(&root), "planned_values"),
        (Some(&root), "values"),
        (prior.as_ref(), "values"),
    ] {
        let values = part.and_then(|part| shape.optional(part, name, Expected::ObjectOrNull));
        if let Some(values) = values {
            check_values(&mut shape, &values, name == "values");
        }
    }
    shape.problems
}

/// What tells a resource from others; gives back whether it is of the AzureAD provider. Others are not looked into.
fn check_description(shape: &mut Shape, resource: &At<'_>) -> bool {
    for name in ["address", "type", "name"] {
        shape.required(resource, name, Expected::Text);
    }
    shape.optional(resource, "mode", Expected::Text);
    let kind = resource.value.get("type").and_then(Value::as_str);
    kind.is_some_and(|kind| kind.starts_with("azuread_"))
}

fn check_change(shape: &mut Shape, resource: &At<'_>, change: &At<'_>) {
    if let Some(after) = shape.required(change, "after", Expected::ObjectOrNull) {
        check_attributes(shape, resource, &after);
    }
    let actions = shape.optional(change, "actions", Expected::List);
    for action in actions.iter().flat_map(At::parts) {
        shape.check(action, Expected::Text);
    }
    for (marks, of) in [
        ("after_unknown", "after"),
        ("before_sensitive", "before"),
        ("after_sensitive", "after"),
    ] {
        check_marks(shape, change, marks, of);
    }
}

fn check_values(shape: &mut Shape, values: &At<'_>, is_state: bool) {
    let outputs = shape.optional(values, "outputs", Expected::Object);
    for output in outputs.iter().flat_map(At::parts) {
        if let Some(output) = shape.check(output, Expected::Object) {
            shape.optional(&output, "sensitive", Expected::Switch);
        }
    }
    if let Some(module) = shape.optional(values, "root_module", Expected::Object) {
        check_module(shape, &module, is_state);
    }
}

fn check_module(shape: &mut Shape, module: &At<'_>, is_state: bool) {
    for resource in shape.items(module, "resources") {
        if !check_description(shape, &resource) {
            continue;
        }
        // A plan leaves out the values of a resource that has none yet.
        let values = if is_state {
            shape.required(&resource, "values", Expected::ObjectOrNull)
        } else {
            shape.optional(&resource, "values", Expected::ObjectOrNull)
        };
        if let Some(values) = values {
            check_attributes(shape, &resource, &values);
        }
        check_marks(shape, &resource, "sensitive_values", "values");
    }
    for child in shape.items(module, "child_modules") {
        check_module(shape, &child, is_state);
    }
}

/// `true` or `false` for a value as a whole, or the same for each of its parts.
fn check_marks(shape: &mut Shape, around: &At<'_>, marks: &str, of: &str) {
    let Some(marks) = around.get(marks) else {
        return;
    };
    let mut left = vec![(marks, around.value.get(of))];
    while let Some((mark, of)) = left.pop() {
        let of = of.filter(|of| !of.is_null());
        match (mark.value, of) {
            (Value::Bool(_), _) => {}
            (Value::Object(members), None | Some(Value::Object(_))) => {
                let names = members.keys().map(|name| of.and_then(|of| of.get(name)));
                left.extend(mark.parts().into_iter().zip(names));
            }
            (Value::Array(items), None | Some(Value::Array(_))) => {
                let of = (0..items.len()).map(|index| of.and_then(|of| of.get(index)));
                left.extend(mark.parts().into_iter().zip(of));
            }
            (other, _) => {
                let expected = "true or false, or the same for each part";
                shape.wrong(mark.pointer, type_name(other), expected);
            }
        }
    }
}

/// The attributes that are read, but for those of which the reader of applications tells the type.
fn check_attributes(shape: &mut Shape, resource: &At<'_>, attributes: &At<'_>) {
    const TEXTS: [&str; 6] = [
        "application_id",
        "application_object_id",
        "end_date_relative",
        "id",
        "owner_object_id",
        "type",
    ];
    const LISTS_OF_TEXTS: [&str; 6] = [
        "group_membership_claims",
        "known_client_ids",
        "owners",
        "redirect_uris",
        "role_ids",
        "scope_ids",
    ];
    let kind = resource.value.get("type").and_then(Value::as_str);
    let Some(kind) = kind.filter(|kind| kind.starts_with("azuread_application")) else {
        return;
    };
    for name in TEXTS {
        shape.optional(attributes, name, Expected::TextOrNull);
    }
    for name in LISTS_OF_TEXTS {
        let list = shape.optional(attributes, name, Expected::ListOrNull);
        for item in list.iter().flat_map(At::parts) {
            // What is not known yet is null.
            shape.check(item, Expected::TextOrNull);
        }
    }
    match kind {
        "azuread_application" => {
            check_fields(shape, attributes, APPLICATION);
            check_list(shape, attributes, "password", PASSWORD);
        }
        "azuread_application_optional_claims" => check_fields(shape, attributes, CLAIMS),
        _ => {}
    }
}

fn check_fields(shape: &mut Shape, attributes: &At<'_>, fields: &[Field]) {
    for field in fields {
        if let Field::Block(name, fields) | Field::Objects(name, _, fields) = field {
            check_list(shape, attributes, name, fields);
        }
    }
}

/// A list of objects, each with those fields.
fn check_list(shape: &mut Shape, attributes: &At<'_>, name: &str, fields: &[Field]) {
    let list = shape.optional(attributes, name, Expected::ListOrNull);
    for item in list.iter().flat_map(At::parts) {
        if let Some(item) = shape.check(item, Expected::ObjectOrNull) {
            check_fields(shape, &item, fields);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_not_as_terraform_writes_it_is_told() {
        let plan = json!({
            "resource_changes": [
                7,
                {"address": "a.b", "type": "azuread_application", "name": "b"},
                {"address": 1, "type": "azuread_application", "name": "b", "change": {"actions": [null], "after_unknown": {"c": [true, 2]}}},
                {"address": "a.b", "type": "azuread_application", "name": "b", "change": {"actions": ["delete"], "after": null, "after_sensitive": false}},
                {"address": "a.b", "type": "other", "name": "b", "change": 7},
                {"address": "a.b", "type": "azuread_application", "name": "b", "change": {"after": {"web": {}, "owners": [[]]}, "after_sensitive": {"web": []}}},
            ],
            "values": {"root_module": {"child_modules": [{"resources": [{"address": "a.b", "type": "azuread_application", "name": "b"}]}]}},
        });
        let problems = problems(&plan, "/x");
        let messages: Vec<&str> = problems.iter().map(|one| one.message.as_str()).collect();
        assert_eq!(
            messages,
            [
                "`/x/resource_changes/0` is a number, expected an object",
                "`/x/resource_changes/1/change` is missing, expected an object",
                "`/x/resource_changes/2/address` is a number, expected a string",
                "`/x/resource_changes/2/change/after` is missing, expected an object or null",
                "`/x/resource_changes/2/change/actions/0` is null, expected a string",
                "`/x/resource_changes/2/change/after_unknown/c/1` is a number, expected true or false, or the same for each part",
                "`/x/resource_changes/5/change/after/owners/0` is a list, expected a string or null",
                "`/x/resource_changes/5/change/after/web` is an object, expected a list or null",
                "`/x/resource_changes/5/change/after_sensitive/web` is a list, expected true or false, or the same for each part",
                "`/x/values/root_module/child_modules/0/resources/0/values` is missing, expected an object or null",
            ]
        );
    }
}
