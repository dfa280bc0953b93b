//! What is told of bodies that do not hold.

use super::{Explainer, Step, in_order};
use crate::rego::{Budget, Modules, Value};

/// What is said of the only body of `p`.
fn explain(body: &str) -> Vec<String> {
    let text = format!("package a\n\nlist := [1, 2, 3]\n\np if {{\n{body}\n}}\n");
    let mut modules = Modules::new();
    modules.add("a.rego", &text).unwrap();
    let session = modules
        .session(Value::new_object(), Budget::default())
        .unwrap();
    let module = &modules.outlines()[0];
    let explainer = Explainer {
        session: &session,
        module,
    };
    let body = &module.rules[1].bodies[0];
    let steps: Vec<Step<'_>> = in_order(&body.statements)
        .into_iter()
        .map(Step::Tried)
        .collect();
    explainer
        .stop(&steps)
        .map(|stop| stop.lines())
        .unwrap_or_default()
}

#[test]
fn the_first_expression_that_does_not_hold_is_told() {
    assert_eq!(explain("list[0] == 1\nlist[1] == 2"), Vec::<String>::new());
    let lines = explain("x := list[0]\nx == 2\nx == 3");
    assert_eq!(lines, ["a.rego:7:1: `x == 2` is false", "  x = 1"]);
    let lines = explain("list[5] == 1");
    assert_eq!(
        lines,
        [
            "a.rego:6:1: `list[5] == 1` is undefined",
            "  list[5] = undefined"
        ]
    );
    let lines = explain("some x in list\nx > 1\nnot x < 9");
    assert_eq!(
        lines,
        [
            "a.rego:8:1: `not x < 9` is false for each of 2 sets of values; the first:",
            "  x = 2"
        ]
    );
}

#[test]
fn an_expression_comes_after_what_binds_its_variables() {
    let lines = explain("some x\nx == 2\nx = list[0]");
    assert_eq!(lines, ["a.rego:7:1: `x == 2` is false", "  x = 1"]);
}

#[test]
fn variables_have_values_only_once_they_are_bound() {
    let lines = explain("some i\nlist[i] == 9");
    assert_eq!(
        lines,
        [
            "a.rego:7:1: `list[i] == 9` is false for each of 3 sets of values; the first:",
            "  list[i] = 1",
        ]
    );
    let lines = explain("some i in [0]\nlist[i] == 9");
    assert_eq!(
        lines[1..],
        ["  list[i] = 1", "  i       = 0"].map(str::to_owned)
    );
    let lines = explain("[x, 9] = array.slice(list, 0, 2)");
    assert_eq!(
        lines[1..],
        ["  array.slice(list, 0, 2) = [1, 2]".to_owned()]
    );
}

#[test]
fn the_element_at_which_every_fails_is_told() {
    let lines = explain("every v in {\"a\": 1, \"b\": 5} {\n  x := v * 2\n  x < 10\n}");
    assert_eq!(lines, ["a.rego:8:3: `x < 10` is false", "  x = 10"]);
    let lines = explain("every i, v in list { v == i }");
    assert_eq!(
        lines,
        ["a.rego:6:22: `v == i` is false", "  v = 1", "  i = 0"]
    );
}

#[test]
fn an_error_is_told_with_its_place() {
    let lines = explain("x := list[0]\ncount(x) == 1");
    assert_eq!(
        lines[0],
        "a.rego:7:1: `count(x) == 1` is an error: `count` requires array/object/set/string argument. Got `1`."
    );
}
