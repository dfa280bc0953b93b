//! What policies mean: nothing that OPA finds is lost.

use crate::{Fails, Finds, Refused, each, ends};

const XS: &str = r#"xs := [{"b": "1"}, {"a": "2"}, {"b": "3"}, {"a": "4"}]"#;

fn with_xs(rules: &str) -> String {
    format!("{XS}\n{rules}")
}

/// The interpreter throws all findings away where the head is undefined for the last element.
#[test]
fn heads_that_are_undefined_for_some() {
    for (name, rules) in [
        ("a reference", "deny contains x.b if some x in xs"),
        (
            "in a body with braces",
            "deny contains x.b if {\n\tsome x in xs\n\tx\n}",
        ),
        ("without a body", "deny contains xs[_].b"),
        (
            "an index",
            "deny contains xs[i].b if {\n\tsome i\n\txs[i]\n}",
        ),
        (
            "a call",
            "deny contains sprintf(\"%s\", [x.b]) if some x in xs",
        ),
        ("an object", "deny contains {\"msg\": x.b} if some x in xs"),
        (
            "over lines",
            "deny contains {\n\t\"msg\": x.b, # why\n} if {\n\tsome x in xs # each\n}",
        ),
        (
            "a helper",
            "bs contains x.b if some x in xs\ndeny contains b if some b in bs",
        ),
        (
            "an object of a helper",
            "bs[i] := x.b if some i, x in xs\ndeny contains b if some b in bs",
        ),
        (
            "a computed key",
            "bs[x.b] := i if some i, x in xs\ndeny contains b if some b, _ in bs",
        ),
        (
            "after a comprehension",
            "deny contains [y | y := x.b][_] if some x in xs",
        ),
    ] {
        let rules = with_xs(rules);
        each(&[(name, &rules, Finds(&["1", "3"]))]);
    }
}

#[test]
fn values_that_are_undefined_for_some() {
    let one = r#"xs := [{"b": "1"}, {"a": "2"}]"#;
    for (name, rules) in [
        ("a value", "first := x.b if some x in xs"),
        ("in braces", "first := x.b if {\n\tsome x in xs\n}"),
        (
            "else",
            "first := 2 if { false } else := x.b if { some x in xs }",
        ),
    ] {
        let rules = format!("{one}\n{rules}\ndeny contains first");
        each(&[(name, &rules, Finds(&["1"]))]);
    }
}

#[test]
fn heads_that_cannot_be_mended() {
    each(&[
        (
            "a set below a variable",
            "sets[i] contains x.b if some i, x in [{\"b\": 1}]\ndeny contains \"x\" if sets",
            Refused("findings would be lost"),
        ),
        (
            "a value below a variable",
            "sets[i].c := x.b if some i, x in [{\"b\": 1}]\ndeny contains \"x\" if sets",
            Refused("findings would be lost"),
        ),
    ]);
}

#[test]
fn what_is_no_set_of_findings() {
    each(&[
        (
            "true",
            "deny if true",
            Refused("`deny` is a rule with one value, expected a set"),
        ),
        (
            "a text",
            "deny := \"x\"",
            Refused("expected a set of findings"),
        ),
        (
            "true by =",
            "deny = true",
            Refused("expected a set of findings"),
        ),
        (
            "a set in one",
            "deny := {\"x\"}",
            Refused("expected a set of findings"),
        ),
        (
            "a list",
            "deny := [\"x\"]",
            Refused("expected a set of findings"),
        ),
        (
            "a default",
            "default deny := false",
            Refused("`deny` is a default"),
        ),
        (
            "a default beside a set",
            "default deny := false\ndeny contains \"x\" if true",
            Refused("`deny` is a default"),
        ),
        (
            "a function",
            "deny(x) := x",
            Refused("`deny` is a function"),
        ),
        (
            "an object",
            "deny[k] := \"x\" if some k in [1]",
            Refused("expected a set of findings"),
        ),
        (
            "an object of true",
            "deny[k] if some k in [1]",
            Refused("expected a set of findings"),
        ),
        (
            "sets in an object",
            "deny.a contains \"x\"",
            Refused("`deny` is an object of sets"),
        ),
        (
            "else",
            "deny := \"x\" if false else := \"y\"",
            Refused("expected a set of findings"),
        ),
        (
            "else of a set",
            "deny contains \"x\" if { false } else contains \"y\" if { true }",
            Refused("own.rego:2:"),
        ),
        (
            "a warning",
            "warn := \"x\"",
            Refused("`warn` is a rule with one value"),
        ),
        (
            "a violation",
            "violation_a := \"x\"",
            Refused("`violation_a` is a rule with one value"),
        ),
        (
            "an exception",
            "exception := [\"\"]\ndeny contains \"x\"",
            Refused("`exception` is a rule"),
        ),
        (
            "a number in a set",
            "deny contains 1",
            Fails("which is no finding"),
        ),
        (
            "null in a set",
            "deny contains null",
            Fails("which is no finding"),
        ),
        (
            "a set in a set",
            "deny contains {\"x\"}",
            Fails("which is no finding"),
        ),
        (
            "a message of another type",
            "deny contains {\"msg\": 1}",
            Fails("expected a string"),
        ),
    ]);
}

#[test]
fn what_works_as_in_opa() {
    each(&[
        ("a literal", "deny contains \"x\"", Finds(&["x"])),
        (
            "twice the same",
            "deny contains \"x\"\ndeny contains \"x\" if true",
            Finds(&["x"]),
        ),
        (
            "several rules",
            "deny contains \"x\"\ndeny contains \"y\"",
            Finds(&["x", "y"]),
        ),
        ("none", "deny contains \"x\" if false", Finds(&[])),
        (
            "a helper with a name of a verb",
            "deny_of(x) := x\ndeny contains deny_of(\"x\")",
            Finds(&["x"]),
        ),
        (
            "names with a verb and words",
            "deny_a contains \"a\"\nwarn_b_c contains \"b\"\nviolation_1 contains \"c\"",
            Finds(&["a", "b", "c"]),
        ),
        (
            "else",
            "x := 1 if false else := \"y\"\ndeny contains x",
            Finds(&["y"]),
        ),
        (
            "every",
            "deny contains \"x\" if { every x in [1, 2] { x > 0 } }",
            Finds(&["x"]),
        ),
        (
            "every over nothing",
            "deny contains \"x\" if { every x in [] { x > 0 } }",
            Finds(&["x"]),
        ),
        (
            "not",
            "a if false\ndeny contains \"x\" if not a",
            Finds(&["x"]),
        ),
        (
            "not of undefined",
            "deny contains \"x\" if not input.nothing.at.all",
            Finds(&["x"]),
        ),
        (
            "with",
            "deny contains input.a\nwarn contains x if { some x in deny with input as {\"a\": \"x\"} }",
            Finds(&["x"]),
        ),
        (
            "with a function",
            "f(x) := x\ng(_) := \"y\"\ndeny contains x if { x := f(\"x\") with f as g }",
            Finds(&["y"]),
        ),
        (
            "some in undefined",
            "deny contains x if some x in input.nothing",
            Finds(&[]),
        ),
        (
            "defaults of functions",
            "default f(_) := \"x\"\nf(y) := y if y == 1\ndeny contains f(2)",
            Finds(&["x"]),
        ),
        (
            "a set of objects",
            "deny contains {\"msg\": m, \"n\": n} if some n, m in [\"x\", \"y\"]",
            Finds(&["x", "y"]),
        ),
        (
            "walk",
            "deny contains x if { walk({\"a\": [{\"b\": \"x\"}]}, [path, x]); path == [\"a\", 0, \"b\"] }",
            Finds(&["x"]),
        ),
        (
            "walk on the right",
            "deny contains x if { [path, x] := walk({\"a\": [{\"b\": \"x\"}]}); path == [\"a\", 0, \"b\"] }",
            Finds(&["x"]),
        ),
        (
            "walk in a comprehension",
            "all := {\"a\": \"x\", \"b\": \"y\"}\ndeny contains x if {\n\txs := [x |\n\t\t[_, x] = walk(all)\n\t\tis_string(x)\n\t]\n\tsome x in xs\n}",
            Finds(&["x", "y"]),
        ),
        (
            "replacing at once",
            "deny contains strings.replace_n({\"a\": \"b\", \"b\": \"a\"}, \"abba\")",
            Finds(&["baab"]),
        ),
        (
            "counting without overlaps",
            "deny contains format_int(strings.count(\"aaaa\", \"aa\"), 10)",
            Finds(&["2"]),
        ),
        (
            "counting nothing",
            "deny contains format_int(strings.count(\"aaa\", \"\"), 10)",
            Finds(&["4"]),
        ),
        (
            "print says nothing",
            "deny contains \"x\" if print(\"x\", input)",
            Finds(&["x"]),
        ),
    ]);
}

/// regorus would take all results of `walk` for one.
#[test]
fn walks_that_are_no_statements() {
    let refused = || Refused("`walk` has many results");
    each(&[
        (
            "compared",
            "deny contains \"x\" if walk(input) == [[], 1]",
            refused(),
        ),
        (
            "counted",
            "deny contains \"x\" if count(walk(input)) > 0",
            refused(),
        ),
        (
            "indexed",
            "deny contains \"x\" if walk(input)[_]",
            refused(),
        ),
        (
            "negated",
            "deny contains \"x\" if not walk(input)",
            refused(),
        ),
        (
            "in a head",
            "all := walk(input)\ndeny contains \"x\" if all",
            refused(),
        ),
        (
            "iterated",
            "deny contains \"x\" if some x in walk(input)",
            refused(),
        ),
        (
            "an alternative without text",
            "deny contains \"x\" if glob.match(\"{a,}b\", [], \"b\")",
            Fails("has an empty alternative"),
        ),
        (
            "keywords of later versions",
            "import future.keywords.not\ndeny contains \"x\" if not input.a",
            Refused("own.rego:2:1: the keyword `not` is not known"),
        ),
    ]);
}

#[test]
fn what_contradicts_itself() {
    each(&[
        (
            "two values",
            "x := 1\nx := 2\ndeny contains \"x\" if x == 1",
            Fails("own.rego:"),
        ),
        (
            "two values of an iteration",
            "x := y if some y in [1, 2]\ndeny contains \"x\" if x",
            Fails("own.rego:2:"),
        ),
        (
            "two values of a function",
            "f(_) := 1\nf(_) := 2\ndeny contains \"x\" if f(1) == 1",
            Fails("own.rego:"),
        ),
        (
            "two values of a key",
            "o.a := 1\no.a := 2\ndeny contains \"x\" if o.a == 1",
            Fails("own.rego:"),
        ),
        (
            "a function and a value",
            "f(x) := x\nf := 1\ndeny contains \"x\" if f(1)",
            Refused("`own.f` is defined at own.rego:2"),
        ),
        (
            "a function of one and of two",
            "f(x) := x\nf(x, y) := y if x\ndeny contains \"x\" if f(1)",
            Refused("`own.f` is defined at own.rego:2"),
        ),
    ]);
}

#[test]
fn types_that_do_not_fit_are_told() {
    each(&[
        (
            "a builtin",
            "deny contains \"x\" if startswith(input.now, 1)",
            Fails("own.rego:2:"),
        ),
        (
            "below not",
            "deny contains \"x\" if not startswith(null, \"x\")",
            Fails("own.rego:2:"),
        ),
        (
            "some in null",
            "deny contains x if some x in null",
            Fails("own.rego:2:"),
        ),
        (
            "some in a text",
            "deny contains x if some x in input.now",
            Fails("own.rego:2:"),
        ),
        (
            "arithmetic",
            "deny contains \"x\" if null - 1 == 0",
            Fails("own.rego:2:"),
        ),
        (
            "a date",
            "deny contains \"x\" if time.parse_rfc3339_ns(\"2299-12-31T00:00:00Z\") > 0",
            Fails("own.rego:2:"),
        ),
    ]);
}

#[test]
fn several_files_of_one_package() {
    let one = "package own\ndeny contains \"one\" if helper";
    let two = "package own\nhelper := true\ndeny contains \"two\"";
    ends(
        "two files",
        &[("a.rego", one), ("b.rego", two)],
        &Finds(&["one", "two"]),
    );

    let metadata = "# METADATA\n# title: x\npackage own\ndeny contains \"x\"";
    let files = [("a.rego", metadata), ("b.rego", metadata)];
    ends(
        "METADATA twice",
        &files,
        &Refused("the METADATA of this package stands in a.rego"),
    );
}

#[test]
fn packages_and_rules_of_one_name() {
    let rule = "package own\na contains \"x\"\ndeny contains \"x\"";
    let package = "package own.a\ndeny contains \"y\"";
    let files = [("a.rego", rule), ("b.rego", package)];
    ends(
        "a package below",
        &files,
        &Refused("the package `own.a` has the name of a rule"),
    );
    let files = [("b.rego", package), ("a.rego", rule)];
    ends(
        "the other way round",
        &files,
        &Refused("the package `own.a` has the name of a rule"),
    );
}

#[test]
fn imports() {
    let lib = "package lib\nf(x) := x\nxs := [\"x\"]";
    for (name, rules, end) in [
        (
            "of a package",
            "import data.lib\ndeny contains lib.f(\"x\")",
            Finds(&["x"]),
        ),
        (
            "with another name",
            "import data.lib as other\ndeny contains x if some x in other.xs",
            Finds(&["x"]),
        ),
        (
            "of a rule",
            "import data.lib.xs\ndeny contains x if some x in xs",
            Finds(&["x"]),
        ),
        (
            "of nothing",
            "import data.nothing\ndeny contains \"x\" if not nothing.a",
            Finds(&["x"]),
        ),
        (
            "of nothing that is called",
            "import data.nothing\ndeny contains \"x\" if nothing.f(1)",
            Refused("there is no function `nothing.f`"),
        ),
        (
            "of the input",
            "import input.now as now\ndeny contains \"x\" if now",
            Finds(&["x"]),
        ),
    ] {
        let policy = format!("package own\n{rules}");
        ends(name, &[("lib.rego", lib), ("own.rego", &policy)], &end);
    }
}
