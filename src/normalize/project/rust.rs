//! Rust: `Cargo.toml`.

use serde_json::Value;

use super::collector::{Collector, Ecosystem, Place};

pub(super) fn cargo_toml(value: &Value, collector: &mut Collector) {
    let root = Place::root(value);
    tables(&root, collector);
    for (_, target) in collector.object(root.get("target")) {
        tables(&target, collector);
    }
    if let Some(workspace) = root.get("workspace") {
        tables(&workspace, collector);
    }
}

fn tables(place: &Place<'_>, collector: &mut Collector) {
    const TABLES: [(&str, &str); 3] = [
        ("dependencies", "runtime"),
        ("dev-dependencies", "development"),
        ("build-dependencies", "build"),
    ];
    for (table, scope) in TABLES {
        for (key, place) in collector.object(place.get(table)) {
            let member = |name: &str| place.value.get(name).and_then(Value::as_str);
            let requirement = place.text().or_else(|| member("version"));
            collector.dependency(
                Ecosystem::Cargo,
                member("package").unwrap_or(key),
                requirement.or_else(|| member("git")).unwrap_or_default(),
                scope,
                place.pointer,
            );
        }
    }
}
