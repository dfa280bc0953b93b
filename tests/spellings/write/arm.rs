//! ARM templates, as `bicep build` makes them.

use serde_json::{Value, json};

use super::graph;
use crate::app::App;

const SCHEMA: &str =
    "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#";

/// A template with symbolic names, whose resources are an object.
pub fn with_symbols(app: &App) -> Value {
    let mut resources = json!({"app": application(app)});
    for (index, federated) in federated(app).into_iter().enumerate() {
        let mut federated = federated;
        let name = format!("[format('{{0}}/trust-{index}', reference('app').uniqueName)]");
        federated["properties"]["name"] = json!(name);
        federated["dependsOn"] = json!(["app"]);
        resources[format!("trust{index}")] = federated;
    }
    template(app, resources)
}

/// A template without them, whose resources are an array, in a deployment within it.
pub fn in_deployment(app: &App) -> Value {
    let mut resources = vec![application(app)];
    resources.extend(federated(app));
    let inner = template(app, resources.into());
    let deployment = json!({
        "type": "Microsoft.Resources/deployments",
        "apiVersion": "2022-09-01",
        "name": "identity",
        "properties": {
            "expressionEvaluationOptions": {"scope": "inner"},
            "mode": "Incremental",
            "template": inner,
        },
    });
    json!({"$schema": SCHEMA, "contentVersion": "1.0.0.0", "resources": [deployment]})
}

fn template(app: &App, resources: Value) -> Value {
    json!({
        "$schema": SCHEMA,
        "languageVersion": "2.0",
        "contentVersion": "1.0.0.0",
        "parameters": {"audience": {"type": "string", "defaultValue": app.sign_in.audience}},
        "variables": {"uniqueName": "shop"},
        "imports": {"microsoftGraphV1": {"provider": "MicrosoftGraph", "version": "1.0.0"}},
        "resources": resources,
    })
}

fn application(app: &App) -> Value {
    let mut properties = graph::registration(app);
    // Read-only.
    for name in ["id", "createdDateTime"] {
        properties.remove(name);
    }
    let mut properties = escaped(properties.into());
    let owners: Vec<&str> = app.owners.iter().map(|owner| owner.id.as_str()).collect();
    properties["uniqueName"] = json!("[variables('uniqueName')]");
    properties["signInAudience"] = json!("[parameters('audience')]");
    properties["owners"] = json!({"relationships": owners, "relationshipSemantics": "replace"});
    properties["authenticationBehaviors"] = graph::behaviors(&app.guards);
    json!({
        "import": "microsoftGraphV1",
        "type": "Microsoft.Graph/applications@v1.0",
        "properties": properties,
    })
}

fn federated(app: &App) -> Vec<Value> {
    let credential = |federated| {
        let mut properties = escaped(graph::federated_credential(federated));
        properties["name"] = json!(format!("shop/{}", federated.name));
        json!({
            "import": "microsoftGraphV1",
            "type": "Microsoft.Graph/applications/federatedIdentityCredentials@v1.0",
            "properties": properties,
        })
    };
    app.federated.iter().map(credential).collect()
}

/// A text in brackets is an expression, unless it begins with two.
fn escaped(value: Value) -> Value {
    match value {
        Value::String(text) if text.starts_with('[') && text.ends_with(']') => {
            format!("[{text}").into()
        }
        Value::Array(items) => items.into_iter().map(escaped).collect(),
        Value::Object(members) => {
            let member = |(name, value)| (name, escaped(value));
            Value::Object(members.into_iter().map(member).collect())
        }
        scalar => scalar,
    }
}
