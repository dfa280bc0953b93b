//! What policies are written like.

use crate::{End, Finds, Refused, each, ends, load};

#[test]
fn bytes() {
    for (name, policy, end) in [
        (
            "a byte order mark",
            "\u{feff}package own\ndeny contains \"x\"",
            Finds(&["x"]),
        ),
        (
            "carriage returns",
            "package own\r\n\r\ndeny contains \"x\" if {\r\n\ttrue\r\n}\r\n",
            Finds(&["x"]),
        ),
        (
            "a NUL byte",
            "package own\ndeny contains \"x\0\"",
            Refused("own.rego:2:17: a NUL byte"),
        ),
        ("nothing", "", Refused("own.rego:1:")),
        ("a comment alone", "# nothing", Refused("own.rego:1:")),
        (
            "another language",
            "def deny(): return []",
            Refused("own.rego:1:"),
        ),
        (
            "a text that does not end",
            "package own\ndeny contains \"x",
            Refused("own.rego:2:"),
        ),
        (
            "a brace that does not end",
            "package own\ndeny contains \"x\" if {",
            Refused("own.rego:2:"),
        ),
        (
            "letters of other scripts",
            "package own\ndeny contains \"ж漢🎉\"",
            Finds(&["ж漢🎉"]),
        ),
        (
            "a name of other scripts",
            "package own\nж := 1\ndeny contains \"x\"",
            Refused("own.rego:2:"),
        ),
    ] {
        ends(name, &[("own.rego", policy)], &end);
    }
}

#[test]
fn nesting() {
    for (open, close) in [
        ("[", "]"),
        ("{", "}"),
        ("(", ")"),
        ("{\"a\": ", "}"),
        ("[x | x := ", "]"),
        ("f(", ")"),
    ] {
        let policy = format!(
            "package own\nf(x) := x\nx := {}1{}\ndeny contains \"x\"",
            open.repeat(31),
            close.repeat(31)
        );
        ends(open, &[("own.rego", &policy)], &Refused("nested more than"));
    }
    // A little in many places is too much as well.
    let row = format!("x := {}1{}\n", "[".repeat(14), "]".repeat(14)).repeat(5000);
    let policy = format!("package own\n{row}deny contains \"x\"");
    ends(
        "rows of brackets",
        &[("own.rego", &policy)],
        &Refused("too many nested brackets"),
    );
}

#[test]
fn length() {
    let sum = format!(
        "x := 1{}\ndeny contains \"x\" if x > 0",
        "\n+ 1".repeat(5000)
    );
    let minus = format!("x := {}1\ndeny contains \"x\" if x", "-".repeat(900));
    let dots = format!(
        "x := input{}\ndeny contains \"x\" if not x",
        ".a".repeat(500)
    );
    let indexes = format!(
        "x := input{}\ndeny contains \"x\" if not x",
        "[0]".repeat(300)
    );
    let fits = format!("x := 1{}\ndeny contains \"x\" if x > 0", " + 1".repeat(100));
    let statements = format!(
        "deny contains \"x\" if {{\n{}}}",
        "1 + 1 == 2\n".repeat(500)
    );
    let line = format!("deny contains \"{}\"", "x".repeat(1 << 19));
    let wide = format!("deny contains \"x\" if \"{}\" != \"\"", "x".repeat(10_000));
    let file = format!("deny contains \"x\"\n{}", "# x\n".repeat(1 << 18));
    let operators = || Refused("more than 256 operators");
    each(&[
        ("a long sum", &sum, operators()),
        ("a long chain of signs", &minus, operators()),
        ("a long reference", &dots, operators()),
        ("a long chain of indexes", &indexes, operators()),
        ("a sum that is not too long", &fits, Finds(&["x"])),
        ("many statements", &statements, Finds(&["x"])),
        ("a line of ten thousand letters", &wide, Finds(&["x"])),
        ("a line of half a megabyte", &line, Refused("own.rego:2:")),
        (
            "a file of a megabyte",
            &file,
            Refused("maximum allowed policy file size"),
        ),
    ]);
}

#[test]
fn number_of_rules() {
    let rules: String = (0..2000)
        .map(|i| format!("deny contains \"{i}\" if false\n"))
        .collect();
    each(&[("two thousand rules", &rules, Finds(&[]))]);
    let rules: String = (0..100_000).map(|i| format!("r{i} := {i}\n")).collect();
    each(&[("a hundred thousand rules", &rules, Refused("own.rego:"))]);
}

#[test]
fn chains() {
    let chain = |length: usize| {
        let links: String = (1..length)
            .map(|i| format!("f{i}(x) := f{}(x)\n", i - 1))
            .collect();
        format!("f0(x) := x\n{links}deny contains f{}(\"x\")", length - 1)
    };
    each(&[
        ("functions in a row", &chain(200), Finds(&["x"])),
        (
            "too many functions in a row",
            &chain(5000),
            Refused("more than 256 rules that use each other"),
        ),
    ]);
    let rules: String = (1..5000).map(|i| format!("r{i} if r{}\n", i - 1)).collect();
    let rules = format!("r0 := true\n{rules}deny contains \"x\" if r4999");
    each(&[(
        "too many rules in a row",
        &rules,
        Refused("more than 256 rules that use each other"),
    )]);
}

#[test]
fn older_rego_is_told_apart() {
    let old = "package own\ndeny[msg] { msg := \"x\" }";
    ends(
        "version 0",
        &[("own.rego", old)],
        &Refused("`if` keyword is required"),
    );
}

#[test]
fn the_place_of_an_error_is_that_of_the_text() {
    let rules = "deny contains {\n\t\"msg\": x.b,\n} if {\n\tsome x in [1]\n}\n\nf(x) := startswith(x, 1)\ndeny contains \"x\" if f(\"a\")";
    let policy = format!("package own\n{rules}");
    let engine = load(&[("own.rego", &policy)]).unwrap();
    let error = crate::evaluate(&engine).unwrap_err();
    assert!(error.contains("own.rego:8:"), "{error}");
    let refused: End<'_> = Refused("own.rego:3:");
    each(&[(
        "a syntax error below",
        "deny contains \"x\"\nx := := 1",
        refused,
    )]);
}
