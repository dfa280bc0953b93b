//! Texts and places of what a module holds.

use super::*;
use crate::rego::Modules;

fn outline(text: &str) -> Outline {
    let mut modules = Modules::new();
    modules.add("a.rego", text).unwrap();
    modules.outlines().remove(0)
}

#[test]
fn statements_are_whole_and_in_their_place() {
    let outline = outline(
        "package a.b\n\nimport data.x.y as z\nimport data.x[\"k-l\"].m\n\np if {\n\t\"a\" in z.list\n\tsome x in z.list\n\tx == \"ä\" with input as `raw`\n\t x != \"\"\n}\n",
    );
    assert_eq!(outline.package, "a.b");
    let imports = ["import data.x.y as z", "import data.x[\"k-l\"].m"];
    assert_eq!(outline.imports, imports);
    let body = &outline.rules[0].bodies[0];
    let texts: Vec<&str> = body.statements.iter().map(|s| s.text.as_str()).collect();
    let expected = [
        "\"a\" in z.list",
        "some x in z.list",
        "x == \"ä\" with input as `raw`",
        "x != \"\"",
    ];
    assert_eq!(texts, expected);
    assert_eq!(body.statements[2].modifiers, "with input as `raw`");
    let columns: Vec<usize> = body.statements.iter().map(|s| s.at.column).collect();
    assert_eq!(columns, [2, 2, 2, 3]);
    assert_eq!(outline.lines, [7, 8, 9, 10].into());
}

#[test]
fn operands_are_what_has_a_value_to_tell() {
    let operands = |statement: &str| {
        let outline = outline(&format!("package a\n\np if {{\n{statement}\n}}\n"));
        outline.rules[0].bodies[0].statements[0].operands.clone()
    };
    assert_eq!(operands("count(x.y) == 1"), ["count(x.y)", "x.y"]);
    assert_eq!(operands("x := 1"), Vec::<String>::new());
    assert_eq!(operands("{f(1), 2} == set()"), ["{f(1), 2}"]);
    let object = "{\"a\": f(1), \"b\": 2, \"c\": \"x\"}";
    assert_eq!(operands(&format!("\tx == {object}")), ["x", object]);
    assert_eq!(operands("not xs[i].a"), ["xs[i].a", "i"]);
    assert_eq!(operands("x + 1 > 2"), ["x + 1", "x"]);
    assert_eq!(operands("every x in xs { x > 1 }"), ["xs"]);
}

#[test]
fn empty_sets_are_no_longer_than_they_are() {
    let outline = outline("package a\n\np if {\n\tset() == x\n}\n");
    let Form::Comparison(Some((left, right))) = &outline.rules[0].bodies[0].statements[0].form
    else {
        panic!("it is a comparison");
    };
    assert_eq!((left.as_str(), right.as_str()), ("set()", "x"));
}

#[test]
fn heads_are_taken_apart() {
    let outline = outline("package a\n\ntest_x[y][\"z\"] if y := 1\n");
    let rule = &outline.rules[0];
    assert_eq!(rule.name(), "test_x");
    let parts: Vec<&str> = rule.head.iter().map(|part| part.text.as_str()).collect();
    assert_eq!(parts, ["test_x", "y", "\"z\""]);
}
