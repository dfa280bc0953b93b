//! What policies make of little: memory and time have an end.

use crate::{Fails, Finds, Refused, each};

#[test]
fn in_one_call() {
    let larger = || Fails("the result would be larger than");
    each(&[
        (
            "a range",
            "deny contains \"x\" if count(numbers.range(1, 1000000000)) > 0",
            larger(),
        ),
        (
            "a range of bignums",
            "deny contains \"x\" if count(numbers.range(1, 100000000000000000000000)) > 0",
            larger(),
        ),
        (
            "a range by steps",
            "deny contains \"x\" if count(numbers.range_step(1, 1000000000, 2)) > 0",
            larger(),
        ),
        (
            "a width",
            "deny contains \"x\" if sprintf(\"%1000000000d\", [1]) != \"\"",
            larger(),
        ),
        (
            "a shift",
            "deny contains \"x\" if bits.lsh(1, 1000000000) > 0",
            larger(),
        ),
        (
            "addresses",
            "deny contains \"x\" if count(net.cidr_expand(\"2001:db8::/32\")) > 0",
            larger(),
        ),
        (
            "addresses of IPv4",
            "deny contains \"x\" if count(net.cidr_expand(\"10.0.0.0/8\")) > 0",
            larger(),
        ),
        (
            "a product",
            "deny contains \"x\" if product([9999999 | some _ in numbers.range(1, 100000)]) > 0",
            larger(),
        ),
        (
            "a list of one text",
            "deny contains \"x\" if {\n\tlong := concat(\"\", [\"0123456789\" | some _ in numbers.range(1, 100000)])\n\tcount(concat(\"\", [long | some _ in numbers.range(1, 1000)])) > 0\n}",
            larger(),
        ),
        (
            "replacing a letter",
            "deny contains \"x\" if {\n\tlong := concat(\"\", [\"0\" | some _ in numbers.range(1, 100000)])\n\tcount(replace(long, \"0\", long)) > 0\n}",
            larger(),
        ),
        (
            "replacing by an expression",
            "deny contains \"x\" if {\n\tlong := concat(\"\", [\"0\" | some _ in numbers.range(1, 100000)])\n\tcount(regex.replace(long, \"0\", long)) > 0\n}",
            larger(),
        ),
        (
            "a number of many digits",
            "deny contains \"x\" if to_number(concat(\"\", [\"9\" | some _ in numbers.range(1, 100000)])) > 0",
            larger(),
        ),
    ]);
}

#[test]
fn by_doubling() {
    let doubled = |step: fn(usize) -> String, first: &str, last: &str| {
        let steps: String = (1..40).map(step).collect();
        format!("deny contains \"x\" if {{\n\tx0 := {first}\n{steps}\t{last}\n}}")
    };
    let text = doubled(
        |i| format!("\tx{i} := concat(\"\", [x{0}, x{0}])\n", i - 1),
        "\"xx\"",
        "count(x39) > 0",
    );
    let printed = doubled(
        |i| format!("\tx{i} := sprintf(\"%s%s\", [x{0}, x{0}])\n", i - 1),
        "\"xx\"",
        "count(x39) > 0",
    );
    let list = doubled(
        |i| format!("\tx{i} := array.concat(x{0}, x{0})\n", i - 1),
        "[1]",
        "count(x39) > 0",
    );
    let json = doubled(
        |i| format!("\tx{i} := [x{0}, x{0}]\n", i - 1),
        "1",
        "count(json.marshal(x39)) > 0",
    );
    let marshal = doubled(
        |i| format!("\tx{i} := json.marshal([x{0}, x{0}])\n", i - 1),
        "\"\\\"\"",
        "count(x39) > 0",
    );
    let square = doubled(
        |i| format!("\tx{i} := x{0} * x{0}\n", i - 1),
        "12345678901234567890",
        "x39 > 0",
    );
    let larger = || Fails("the result would be larger than");
    each(&[
        ("texts", &text, larger()),
        ("texts by sprintf", &printed, larger()),
        ("lists", &list, larger()),
        ("a value that shares its parts", &json, larger()),
        ("texts in texts", &marshal, larger()),
        (
            "squares",
            &square,
            Refused("more than 16 products in a row"),
        ),
    ]);
}

#[test]
fn by_composition() {
    let composed = |first: &str, count: usize| {
        let functions: String = (1..count)
            .map(|i| format!("f{i}(x) := f{0}(f{0}(x))\n", i - 1))
            .collect();
        let last = count - 1;
        format!("f0(x) := {first}\n{functions}deny contains \"x\" if f{last}(3)")
    };
    let wraps = composed("[x]", 30);
    let squares = composed("x * x", 30);
    let slow = composed("x + 1", 30);
    let deep = composed("[x]", 14);
    each(&[
        (
            "lists around lists",
            &wraps,
            Refused("levels of arrays and objects"),
        ),
        ("squares of squares", &squares, Refused("products in a row")),
        ("calls of calls", &slow, Fails("time")),
        ("lists as deep as they may be", &deep, Finds(&["x"])),
    ]);
}

#[test]
fn in_time() {
    let never = || Fails("time");
    each(&[
        (
            "loops in loops",
            "deny contains \"x\" if {\n\txs := numbers.range(1, 3000)\n\tcount([1 | some a in xs; some b in xs; some c in xs; a + b == c]) < 0\n}",
            never(),
        ),
        (
            "every in every",
            "deny contains \"x\" if {\n\txs := numbers.range(1, 3000)\n\tevery a in xs { every b in xs { every c in xs { a + b + c > 0 } } }\n}",
            never(),
        ),
        (
            "a set of pairs",
            "deny contains [a, b] if {\n\txs := numbers.range(1, 100000)\n\tsome a in xs\n\tsome b in xs\n}",
            never(),
        ),
    ]);
}

#[test]
fn patterns() {
    let long = "x".repeat(500);
    let nested = format!("deny contains \"x\" if regex.match(\"(a*)*b\", \"{long}\")");
    let rules = "deny contains \"x\" if not regex.match(`^(([a-z])+.)+[A-Z]([a-z])+$`, concat(\"\", [\"a\" | some _ in numbers.range(1, 50000)]))";
    each(&[
        ("an expression that others choke on", rules, Finds(&["x"])),
        ("nested repetition", &nested, Finds(&[])),
        (
            "a repetition of repetitions",
            "deny contains \"x\" if regex.match(`((((a{100}){100}){100}){100})`, \"a\")",
            Fails("exceeded size limit"),
        ),
        (
            "no expression",
            "deny contains \"x\" if regex.match(`(`, \"a\")",
            Fails("own.rego:2:"),
        ),
        (
            "a pattern of braces",
            "deny contains \"x\" if glob.match(\"{{{{{{{{{{a,b},c},d},e},f},g},h},i},j},k}\", [], \"a\")",
            Finds(&["x"]),
        ),
        (
            "stars",
            "deny contains \"x\" if glob.match(\"*a*a*a*a*a*a*a*a*a*a*a*a*b\", [], \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\")",
            Finds(&[]),
        ),
    ]);
}

#[test]
fn documents_in_texts() {
    let deep = format!(
        "deny contains \"x\" if json.unmarshal(\"{}{}\")",
        "[".repeat(400),
        "]".repeat(400)
    );
    let aliases = "deny contains \"x\" if yaml.unmarshal(\"a: &a [x,x,x,x,x,x,x,x,x]\\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\\ng: &g [*f,*f,*f,*f,*f,*f,*f,*f,*f]\\nh: &h [*g,*g,*g,*g,*g,*g,*g,*g,*g]\\ni: &i [*h,*h,*h,*h,*h,*h,*h,*h,*h]\")";
    each(&[
        ("deep JSON", &deep, Fails("own.rego:2:")),
        ("aliases of aliases", aliases, Fails("own.rego:2:")),
        (
            "no JSON",
            "deny contains \"x\" if json.unmarshal(\"{\")",
            Fails("own.rego:2:"),
        ),
        (
            "units",
            "deny contains \"x\" if units.parse_bytes(\"99999999999999999999999999999999999EiB\") > 0",
            Finds(&["x"]),
        ),
        (
            "no units",
            "deny contains \"x\" if units.parse(\"1 apple\") > 0",
            Fails("own.rego:2:"),
        ),
    ]);
}

#[test]
fn findings() {
    let tower: String = (1..60)
        .map(|i| format!("\tx{i} := [x{0}, x{0}]\n", i - 1))
        .collect();
    let towers = format!(
        "f(x) := x59 if {{\n\tx0 := [x]\n{tower}}}\ng(x) := x59 if {{\n\tx0 := [x]\n{tower}}}\n"
    );
    let found = format!("{towers}deny contains {{\"msg\": \"x\", \"of\": f(1)}}");
    let compared = format!("{towers}deny contains \"x\" if f(1) == g(1)");
    each(&[
        (
            "too large",
            &found,
            Fails("the findings have more than 1000000 values"),
        ),
        (
            "values that share their parts, compared",
            &compared,
            Fails("did not end within"),
        ),
    ]);
}
