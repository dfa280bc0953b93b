//! `rego.metadata.rule()` and `rego.metadata.chain()`, held against what OPA says to the same.

use serde_json::{Value as Json, json};

use super::as_written;
use crate::rego::{Budget, Builtins, Failure, Modules, Value, Version};

fn modules(texts: &[&str]) -> Result<Modules, Failure> {
    let mut modules = Modules::new();
    for (index, text) in texts.iter().enumerate() {
        let path = format!("{index}.rego");
        modules.add_untrusted(&path, text, Version::V1, &Builtins::default())?;
    }
    Ok(modules)
}

/// The value of `data.a.p`.
fn value_of_p(texts: &[&str]) -> Result<Json, Failure> {
    let modules = modules(texts)?;
    let mut session = modules.session(Value::new_object(), Budget::default())?;
    let rows = session.query("data.a.p")?;
    Ok(serde_json::to_value(&rows[0].expressions[0].1).unwrap())
}

fn p(texts: &[&str]) -> Json {
    value_of_p(texts).unwrap_or_else(|failure| panic!("{failure}"))
}

fn failure(texts: &[&str]) -> String {
    value_of_p(texts).unwrap_err().to_string()
}

const ANNOTATED: &str = "\
# METADATA
# title: package
package a

import data.x

# METADATA
# title: rule
# description: \"\"
# authors: [\"Jane  Doe <j@x>\", {name: n}, <a@b>]
# organizations: [o]
# related_resources: [https://a.b/c, {ref: \" https://x \", description: \" d \"}]
# schemas: [input: schema.foo, 'input.x[\"y z\"].b': {type: string}]
# custom: {n: 1.5, e: null, d: \"2027-01-31\"}
# labels: {l: 1}
# unknown: x
";

#[test]
fn a_rule_sees_its_own_annotations_alone() {
    let annotations = json!({
        "scope": "rule",
        "title": "rule",
        "authors": [{"name": "Jane Doe", "email": "j@x"}, {"name": "n"}, {"email": "a@b"}],
        "organizations": ["o"],
        "related_resources": [{"ref": "https://a.b/c"}, {"ref": "https://x", "description": "d"}],
        "schemas": [
            {"path": ["input"], "schema": ["schema", "foo"]},
            {"path": ["input", "x", "y z", "b"], "definition": {"type": "string"}},
        ],
        "custom": {"n": 1.5, "e": null, "d": "2027-01-31"},
        "labels": {"l": 1},
    });
    for (rule, expected) in [
        ("p := rego.metadata.rule()", annotations.clone()),
        (
            "p := x if x := rego[\"metadata\"].rule()",
            annotations.clone(),
        ),
        (
            "p := [x | some y in [1]; x := rego.metadata.rule().labels.l + y]",
            json!([2]),
        ),
        (
            "p := x if { x := input with input as rego.metadata.rule() }",
            annotations.clone(),
        ),
        ("\nq if true\n\np := rego.metadata.rule()", json!({})),
        ("p := 1 if false else := rego.metadata.rule()", json!({})),
        (
            "p := data.a.f(1)\n\n# METADATA\n# title: f\nf(_) := rego.metadata.rule().title",
            json!("f"),
        ),
    ] {
        assert_eq!(p(&[&format!("{ANNOTATED}{rule}\n")]), expected, "{rule}");
    }
}

#[test]
fn a_chain_leads_from_the_rule_outward() {
    let above = "# METADATA\n# scope: subpackages\n# title: all\npackage a\n";
    let package = "# METADATA\n# title: package\n# entrypoint: true\npackage a.b\n";
    let text = "package a.b\n\n\
        # METADATA\n# scope: document\n# title: document\np contains 1 if false\n\n\
        # METADATA\n# title: far\n\n# METADATA\n# title: near\np contains x if x := rego.metadata.chain()\n\n\
        q := [rego.metadata.rule(), rego.metadata.chain()]\n";
    let asks = "package a\n\np := {\"p\": data.a.b.p, \"q\": data.a.b.q}\n";
    let (all, of_package) = (
        json!({"path": ["a"], "annotations": {"scope": "subpackages", "title": "all"}}),
        json!({"path": ["a", "b"], "annotations": {"scope": "package", "title": "package", "entrypoint": true}}),
    );
    let of_rule = |scope: &str, title: &str| json!({"path": ["a", "b", "p"], "annotations": {"scope": scope, "title": title}});
    let expected = json!({
        "p": [[of_rule("rule", "near"), of_rule("rule", "far"), of_rule("document", "document"), of_package, all]],
        "q": [{}, [{"path": ["a", "b", "q"]}, of_package, all]],
    });
    // Wherever the modules stand.
    assert_eq!(p(&[above, package, text, asks]), expected);
    assert_eq!(p(&[asks, text, package, above]), expected);
}

#[test]
fn of_several_blocks_the_farthest_is_the_rule_s() {
    let text = "package a\n\n# METADATA\n# title: far\n\n# METADATA\n# title: near\np := rego.metadata.rule().title\n";
    assert_eq!(p(&[text]), "far");
}

#[test]
fn a_path_ends_at_the_first_variable() {
    let chain = |head: &str, value: &str| {
        let text = format!(
            "package a\n\np := {value}[0].path\n\n{head} := rego.metadata.chain() if some x in [1]\n"
        );
        p(&[&text])
    };
    assert_eq!(chain("q[x].r", "q[1].r"), json!(["a", "q"]));
    assert_eq!(
        chain("q.r[2][\"s t\"]", "q.r[2][\"s t\"]"),
        json!(["a", "q", "r", "2", "s t"])
    );
}

#[test]
fn nothing_moves() {
    let text =
        "package a\n\np := [rego.metadata.rule(), rego.metadata.chain( ), startswith(1, \"a\")]\n";
    let fault = failure(&[text]);
    assert!(fault.starts_with("0.rego:3:64: "), "{fault}");
    let modules = modules(&[text]).unwrap();
    assert_eq!(as_written(&modules.outlines()[0].text), text);
}

#[test]
fn metadata_that_is_wrong_is_told_where_it_is_asked_for() {
    let asks = "p := rego.metadata.rule()\n";
    for (text, told) in [
        (
            "package a\n# METADATA\nimport data.x\n",
            "0.rego:2:1: METADATA: there is nothing below it",
        ),
        (
            "package a\n# METADATA\n# title: x\nimport data.x\n",
            "0.rego:2:1: METADATA: it stands above an import",
        ),
        (
            "package a\nq := 1\n# METADATA\n# scope: x\n",
            "0.rego:3:1: METADATA: scope `x` is not known, expected one of rule, document, package, subpackages",
        ),
        (
            "# METADATA\n# scope: rule\npackage a\n",
            "0.rego:1:1: METADATA: the scope `rule` is for a rule, and it stands above package",
        ),
        (
            "package a\n# METADATA\n# scope: rule\n# entrypoint: true\n",
            "0.rego:2:1: METADATA: an entrypoint cannot have the scope `rule`",
        ),
        (
            "package a\n# METADATA\n# title: [x\n",
            "0.rego:3:1: METADATA: title: invalid type",
        ),
        (
            "package a\n# METADATA\n# authors: [{}]\n",
            "0.rego:2:1: METADATA: an author has a name or an email",
        ),
        (
            "package a\n# METADATA\n# related_resources: [x: y]\n",
            "0.rego:2:1: METADATA: a related resource is a URL, or has one in `ref`",
        ),
        (
            "package a\n# METADATA\n# schemas: [\"a.\": schema]\n",
            "0.rego:2:1: METADATA: `a.` is no path",
        ),
        (
            "# METADATA\n# title: x\n\n# METADATA\n# title: y\npackage a\n",
            "0.rego:4:1: METADATA: that of the package stands at 0.rego:1 already",
        ),
    ] {
        let failure = failure(&[&format!("{text}{asks}")]);
        assert!(failure.starts_with(told), "{text}: {failure}");
        // Nobody asks.
        assert_eq!(p(&[&format!("{text}p := 1\n")]), 1, "{text}");
    }
    let below = failure(&["package a\np := rego.metadata.chain()\n# METADATA\n# title: x\n"]);
    assert_eq!(below, "0.rego:3:1: METADATA: it stands above nothing");
    let argument = failure(&["package a\np if rego.metadata.chain(1)\n"]);
    assert_eq!(
        argument,
        "0.rego:2:6: `rego.metadata.chain` takes no argument"
    );
}
