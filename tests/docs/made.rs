//! What is made from the source is as it would be made now.

use std::fmt::Write as _;
use std::fs;

use schemars::Schema;
use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use serde_json::{Map, Value};
use ztvet::normalize::input::Input;
use ztvet::policy::Rule;
use ztvet::{Config, Engine};

use super::markdown::slug;
use super::tables::Tables;
use super::{path, read, stdout};

/// Fails when a file is not what is made from the source.
fn is_current(name: &str, made: &str) {
    if fs::read_to_string(path(name)).is_ok_and(|there| there == made) {
        return;
    }
    assert!(
        std::env::var_os("UPDATE_DOCS").is_some(),
        "{name} is stale: run `UPDATE_DOCS=1 cargo test --test docs` and commit what it writes"
    );
    fs::write(path(name), made).unwrap();
}

/// The same for parts of a page: each stands between `<!-- made: name -->` and `<!-- end -->`.
fn parts_are_current(name: &str, parts: &[(&str, String)]) {
    let mut page = read(name);
    for (part, made) in parts {
        let start = format!("<!-- made: {part} -->\n");
        let (before, rest) = page.split_once(&start).expect(part);
        let (_, after) = rest.split_once("<!-- end -->").expect(part);
        page = format!("{before}{start}{made}\n<!-- end -->{after}");
    }
    is_current(name, &page);
}

/// The schema of the input as it is written, not of all that could be read.
fn input_schema() -> Schema {
    SchemaSettings::draft2020_12()
        .for_serialize()
        .with_transform(RecursiveTransform(separate_types))
        .into_generator()
        .into_root_schema_for::<Input>()
}

/// A list of types becomes alternatives of one type each. `opa check --schema` understands only these.
fn separate_types(schema: &mut Schema) {
    let Some(object) = schema.as_object_mut() else {
        return;
    };
    let Some(Value::Array(types)) = object.get("type").cloned() else {
        return;
    };
    let description = object.remove("description");
    let whole = std::mem::take(object);
    let of_type = |name: Value| {
        let mut one = if name == "null" {
            Map::new()
        } else {
            whole.clone()
        };
        one.insert("type".to_owned(), name);
        Value::Object(one)
    };
    object.extend(description.map(|text| ("description".to_owned(), text)));
    object.insert("anyOf".to_owned(), types.into_iter().map(of_type).collect());
}

fn schema_is_current(name: &str, schema: &Schema) {
    let text = serde_json::to_string_pretty(schema).unwrap();
    is_current(name, &(text + "\n"));
}

fn rules() -> Vec<Rule> {
    let engine = Engine::builder().bundled().unwrap().build().unwrap();
    engine.rules().cloned().collect()
}

#[test]
fn schemas_are_current() {
    schema_is_current("docs/input.schema.json", &input_schema());
    schema_is_current("docs/report.schema.json", &ztvet::report::json::schema());
    schema_is_current(
        "docs/report-lines.schema.json",
        &ztvet::report::ndjson::schema(),
    );
    schema_is_current(
        "docs/diff.schema.json",
        &ztvet::report::diff::json::schema(),
    );
    schema_is_current("docs/config.schema.json", &schemars::schema_for!(Config));
}

#[test]
fn the_catalogue_is_current() {
    is_current(
        "docs/rules.md",
        &stdout(&path(""), &["rules", "--format", "markdown"]),
    );
}

#[test]
fn the_input_reference_is_current() {
    let schema = Value::from(input_schema());
    let fields = Tables::of(&schema, "input", "input.", true);
    parts_are_current("docs/input.md", &[("fields", fields)]);
}

#[test]
fn the_configuration_reference_is_current() {
    let schema = Value::from(schemars::schema_for!(Config));
    let keys = Tables::of(&schema, "ztvet.yaml", "", false);
    let parts = [("words", words(&schema)), ("keys", keys)];
    parts_are_current("docs/configuration.md", &parts);
}

/// Which rules wait for a key of the configuration, and which heed it.
fn words(schema: &Value) -> String {
    const SELECTORS: [&str; 3] = ["app_id", "name", "path"];
    let mut table =
        "\n| key | rules that wait for it | rules that heed it |\n| --- | --- | --- |\n".to_owned();
    let rules = rules();
    for (definition, root) in [
        ("Organization", "organization"),
        ("Tokens", "tokens"),
        ("DeclaredApplication", "declared"),
    ] {
        let keys = schema["$defs"][definition]["properties"]
            .as_object()
            .unwrap()
            .keys();
        for key in keys.filter(|key| root != "declared" || !SELECTORS.contains(&key.as_str())) {
            let word = format!("{root}.{key}");
            let (waiting, others): (Vec<&Rule>, Vec<&Rule>) = rules
                .iter()
                .filter(|rule| waits(rule, &word) || reads(rule, &word))
                .partition(|rule| waits(rule, &word));
            let _ = writeln!(
                table,
                "| `{word}` | {} | {} |",
                linked(&waiting),
                linked(&others)
            );
        }
    }
    table
}

fn waits(rule: &Rule, word: &str) -> bool {
    rule.words_needed().any(|path| path.as_str() == word)
}

fn reads(rule: &Rule, word: &str) -> bool {
    // What the host computes with the organisation's domains and keys.
    let facts: &[&str] = match word {
        "organization.domains" => &[".own_domain", ".resembles"],
        "tokens.jwks" => &[".signature.status"],
        _ => &[],
    };
    let mut code = rule.source.lines().filter(|line| !line.starts_with('#'));
    code.any(|line| {
        let mut names = line.split(|c: char| !(c.is_alphanumeric() || "._".contains(c)));
        names.any(|name| name.ends_with(word) || facts.iter().any(|fact| name.contains(fact)))
    })
}

fn linked(rules: &[&Rule]) -> String {
    let mut ids: Vec<&&Rule> = rules.iter().collect();
    ids.sort_by_key(|rule| &rule.id);
    let link = |rule: &&&Rule| {
        let anchor = slug(&format!("{} {}", rule.id, rule.title));
        format!("[{}](rules.md#{anchor})", rule.id)
    };
    ids.iter().map(link).collect::<Vec<_>>().join(", ")
}
