//! The shape of templates. What has another one would be left out in silence, and a secret be taken for public.

use serde_json::Value;

use super::super::FieldProblem;
use super::super::shape::{At, Expected, Shape};

/// Where a template, or one within it, is not what a deployment takes.
pub(super) fn problems(root: &Value, pointer: &str) -> Vec<FieldProblem> {
    let mut shape = Shape::new("build the template anew with `bicep build`");
    let root = At {
        value: root,
        pointer: pointer.to_owned(),
    };
    check_template(&mut shape, &root);
    shape.problems
}

fn check_template(shape: &mut Shape, template: &At<'_>) {
    let parameters = shape.optional(template, "parameters", Expected::Object);
    for parameter in parameters.iter().flat_map(At::parts) {
        let parameter = shape.check(parameter, Expected::Object);
        // A definition elsewhere can say its type.
        if let Some(parameter) = parameter.filter(|one| one.get("$ref").is_none()) {
            shape.required(&parameter, "type", Expected::Text);
        }
    }
    shape.optional(template, "variables", Expected::Object);
    let resources = template.get("resources");
    let is_list = resources.is_some_and(|resources| resources.value.is_array());
    let expected = if is_list {
        Expected::List
    } else {
        Expected::Object
    };
    let resources = shape.optional(template, "resources", expected);
    for resource in resources.iter().flat_map(At::parts) {
        if let Some(resource) = shape.check(resource, Expected::Object) {
            check_resource(shape, &resource);
        }
    }
}

fn check_resource(shape: &mut Shape, resource: &At<'_>) {
    let Some(kind) = shape.required(resource, "type", Expected::Text) else {
        return;
    };
    let condition = resource.get("condition");
    if let Some(condition) = condition.filter(|condition| !condition.value.is_string()) {
        shape.check(condition, Expected::Switch);
    }
    shape.optional(resource, "existing", Expected::Switch);
    let kind = kind.value.as_str().unwrap_or_default().to_ascii_lowercase();
    if kind.starts_with("microsoft.graph/") {
        check_graph_resource(shape, resource);
    } else if kind.starts_with("microsoft.resources/deployments") {
        check_deployment(shape, resource);
    }
}

fn is_expression(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.starts_with('['))
}

fn check_graph_resource(shape: &mut Shape, resource: &At<'_>) {
    let properties = resource
        .get("properties")
        .filter(|p| !is_expression(p.value));
    let properties = properties.and_then(|p| shape.check(p, Expected::Object));
    let Some(properties) = properties else {
        return;
    };
    shape.optional(&properties, "uniqueName", Expected::Text);
    if let Some(owners) = properties.get("owners").filter(|o| !is_expression(o.value)) {
        check_owners(shape, owners);
    }
}

fn check_owners(shape: &mut Shape, owners: At<'_>) {
    // Earlier versions of the extension had a list.
    let ids = if owners.value.is_array() {
        Some(owners)
    } else {
        let owners = shape.check(owners, Expected::ObjectOrNull);
        owners.and_then(|owners| {
            shape.optional(&owners, "relationshipSemantics", Expected::Text);
            owners.get("relationships")
        })
    };
    for id in ids.iter().flat_map(At::parts) {
        shape.check(id, Expected::Text);
    }
}

fn check_deployment(shape: &mut Shape, deployment: &At<'_>) {
    let Some(properties) = shape.optional(deployment, "properties", Expected::Object) else {
        return;
    };
    let options = shape.optional(&properties, "expressionEvaluationOptions", Expected::Object);
    if let Some(options) = options {
        shape.optional(&options, "scope", Expected::Text);
    }
    let arguments = shape.optional(&properties, "parameters", Expected::Object);
    for argument in arguments.iter().flat_map(At::parts) {
        if !is_expression(argument.value) {
            shape.check(argument, Expected::Object);
        }
    }
    if let Some(inner) = shape.optional(&properties, "template", Expected::Object) {
        check_template(shape, &inner);
    }
}
