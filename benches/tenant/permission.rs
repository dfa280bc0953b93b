//! What is requested of APIs.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde_json::{Value, json};

use super::random::Random;
use super::template::{DELEGATED, Template};

const GRAPH: &str = "00000003-0000-0000-c000-000000000000";

/// Ids of Microsoft Graph's permissions by kind and name, from the table that the library has too.
static IDS: LazyLock<HashMap<(&str, &str), &str>> = LazyLock::new(|| {
    let lines = include_str!("../../data/permissions.tsv").lines();
    let rows = lines.filter(|line| !line.starts_with('#'));
    rows.filter_map(|row| {
        let mut cells = row.split('\t');
        let (id, kind, resource) = (cells.next()?, cells.next()?, cells.next()?);
        let name = cells.next()?;
        resource.is_empty().then_some(((kind, name), id))
    })
    .collect()
});

pub fn requested(template: &Template, random: &mut Random) -> Value {
    let delegated = template
        .delegated
        .iter()
        .map(|name| access("delegated", name, "Scope"));
    let application = template
        .application
        .iter()
        .map(|name| access("application", name, "Role"));
    let mut of_graph: Vec<Value> = delegated.chain(application).collect();
    if random.rarely(8) {
        // All that might be needed one day.
        of_graph.extend(DELEGATED.map(|(_, name)| access("delegated", name, "Scope")));
    }
    if random.rarely(8) {
        // Mistyped, or of another tenant's time.
        of_graph.push(json!({"id": random.guid(), "type": "Scope"}));
    }
    let mut all = Vec::new();
    if !of_graph.is_empty() {
        all.push(json!({"resourceAppId": GRAPH, "resourceAccess": of_graph}));
    }
    for (resource, id, kind) in &template.elsewhere {
        all.push(json!({"resourceAppId": resource, "resourceAccess": [{"id": id, "type": kind}]}));
    }
    Value::Array(all)
}

fn access(kind: &str, name: &str, spelled: &str) -> Value {
    let unknown = "00000000-0000-0000-0000-000000000001";
    let id = IDS.get(&(kind, name)).copied().unwrap_or(unknown);
    json!({"id": id, "type": spelled})
}
