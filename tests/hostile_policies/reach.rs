//! What policies reach for: the network, the environment, the clock, and each other.

use crate::{Finds, Refused, each, ends};

#[test]
fn what_is_outside() {
    each(&[
        (
            "the network",
            "deny contains \"x\" if http.send({\"method\": \"GET\", \"url\": \"https://a.example\"}).status_code == 200",
            Refused("`http.send` reaches the network"),
        ),
        (
            "a name server",
            "deny contains x if some x in net.lookup_ip_addr(\"a.example\")",
            Refused("reaches the network"),
        ),
        (
            "the environment",
            "deny contains \"x\" if opa.runtime().env",
            Refused("shows the environment"),
        ),
        (
            "the clock",
            "deny contains \"x\" if time.now_ns() > 0",
            Refused("use `input.now`"),
        ),
        (
            "dice",
            "deny contains \"x\" if rand.intn(\"a\", 2) == 0",
            Refused("another result in every run"),
        ),
        (
            "an id",
            "deny contains uuid.rfc4122(\"a\")",
            Refused("another result in every run"),
        ),
        (
            "in code that is never reached",
            "deny contains \"x\" if {\n\tfalse\n\thttp.send({})\n}",
            Refused("own.rego:4:2: `http.send`"),
        ),
        (
            "in a comprehension",
            "deny contains \"x\" if count([y | y := time.now_ns()]) == 1",
            Refused("`time.now_ns`"),
        ),
        (
            "in the place of another function",
            "deny contains \"x\" if count([1]) > 0 with count as http.send",
            Refused("`http.send` reaches the network"),
        ),
        (
            "in a default",
            "default f(_) := 1\nf(x) := time.now_ns() if x\ndeny contains \"x\" if f(true)",
            Refused("`time.now_ns`"),
        ),
        (
            "a file",
            "deny contains x if x := rego.parse_module(\"a.rego\", \"package a\")",
            Refused("there is no function"),
        ),
    ]);
}

#[test]
fn what_is_not_there() {
    each(&[
        (
            "a function",
            "deny contains nothing(1)",
            Refused("own.rego:2:15: there is no function `nothing`"),
        ),
        (
            "in code that is never reached",
            "deny contains \"x\" if {\n\tfalse\n\tnothing(1)\n}",
            Refused("own.rego:4:2: there is no function `nothing`"),
        ),
        (
            "a rule",
            "deny contains \"x\" if nothing",
            Refused("own.rego:2:"),
        ),
        (
            "a function of nothing",
            "deny contains nothing.at.all(1)",
            Refused("`nothing.at.all`"),
        ),
        (
            "too few arguments",
            "deny contains \"x\" if startswith(\"a\")",
            Refused("with 1 arguments, expected 2"),
        ),
        (
            "a result as an argument of a function that is added",
            "deny contains \"x\" if io.jwt.decode(\"a.b.c\", [_, _, _])",
            Refused("with 2 arguments, expected 1"),
        ),
        (
            "too many",
            "f(x) := x\ndeny contains f(1, 2, 3)",
            Refused("with 3 arguments, expected 1"),
        ),
    ]);
}

#[test]
fn themselves() {
    each(&[
        (
            "a rule",
            "a if a\ndeny contains \"x\" if a",
            Refused("recursion: `own.a` uses `own.a`"),
        ),
        (
            "two rules",
            "a if b\nb if a\ndeny contains \"x\" if a",
            Refused("recursion"),
        ),
        (
            "a set",
            "deny contains x if some x in deny",
            Refused("recursion: `own.deny` uses `own.deny`"),
        ),
        (
            "a function",
            "f(x) := f(x)\ndeny contains f(1)",
            Refused("recursion: `own.f` uses `own.f`"),
        ),
        (
            "two functions",
            "f(x) := g(x)\ng(x) := f(x)\ndeny contains f(1)",
            Refused("recursion"),
        ),
        (
            "a function that ends",
            "f(x) := f(x - 1) if x > 0\nf(0) := \"x\"\ndeny contains f(3)",
            Refused("recursion"),
        ),
        (
            "through a default",
            "default f(_) := 1\nf(x) := g(x)\ng(x) := f(x)\ndeny contains \"x\" if f(1)",
            Refused("recursion"),
        ),
        (
            "through `data`",
            "a if data.own.b\nb if a\ndeny contains \"x\" if a",
            Refused("recursion"),
        ),
        (
            "all of the package",
            "deny contains \"x\" if count(data.own) > 0",
            Refused("recursion"),
        ),
        (
            "all of `data`",
            "deny contains \"x\" if count(data) > 0",
            Refused("recursion"),
        ),
        (
            "by a name that is computed",
            "deny contains \"x\" if {\n\tsome p\n\tdata.own[p]\n}",
            Refused("recursion"),
        ),
        (
            "in the place of another function",
            "f(x) := g(x)\ng(x) := x\nh(x) := y if { y := f(x) with g as h }\ndeny contains h(1)",
            Refused("recursion"),
        ),
        (
            "in a comprehension",
            "a := [x | some x in b]\nb := [x | some x in a]\ndeny contains \"x\" if a",
            Refused("recursion"),
        ),
        (
            "parts of an object are not itself",
            "c.a := 1\nc.b := c.a + 1\ndeny contains \"x\" if c.b == 2",
            Finds(&["x"]),
        ),
    ]);
}

#[test]
fn each_other() {
    let one = "package own\ndeny contains \"x\" if data.other.a";
    let other = "package other\na if data.own.deny";
    ends(
        "packages",
        &[("own.rego", one), ("other.rego", other)],
        &Refused("recursion"),
    );
}

#[test]
fn what_belongs_to_ztvet() {
    for package in [
        "ztvet",
        "ztvet.parameters",
        "facts",
        "facts.graph_permissions",
        "zerotrust.lib",
        "zerotrust.lib.own",
    ] {
        let policy = format!("package {package}\ndeny contains \"x\"");
        ends(
            package,
            &[("own.rego", &policy)],
            &Refused("belongs to ztvet"),
        );
    }
}

/// The order in which an engine is told things must not decide what is trusted.
#[test]
fn trust_that_comes_too_late() {
    let bundle = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/bundles/unsigned.tar.gz");
    let keys = "bundle_keys: {opa: {algorithm: HS256, key: x}}";
    let config = ztvet::Config::parse("ztvet.yaml", keys).unwrap();
    let builder = ztvet::Engine::builder().policy_dir(bundle).unwrap();
    let error = builder.config("ztvet.yaml", config.clone()).build().err();
    let error = error.expect("the bundle was not checked").to_string();
    assert!(
        error.contains("before its signature could be checked"),
        "{error}"
    );
    let builder = ztvet::Engine::builder().config("ztvet.yaml", config);
    let error = builder.policy_dir(bundle).err().expect("it is not signed");
    assert!(error.to_string().contains("is not signed"), "{error}");

    let allowed = ztvet::Config::parse("ztvet.yaml", "allow_builtins: [time.now_ns]").unwrap();
    let policy = "package own\ndeny contains \"x\" if time.now_ns() > 0";
    assert!(ztvet::Engine::builder().policy("own.rego", policy).is_err());
    let builder = ztvet::Engine::builder().config("ztvet.yaml", allowed);
    assert!(builder.policy("own.rego", policy).is_ok());
}
