//! `ztvet eval`: any query of any input, and why a rule says what it says.

use insta::assert_snapshot;

use crate::sandbox::{SHOP, Sandbox, texts};

const POLICY: &str = "# METADATA
# custom:
#   id: OWN-1
#   applies_to: [application]
#   requires: [application.tags]
package own

deny contains finding if {
	some tag in input.application.tags
	prefix := data.prefix
	startswith(tag, prefix)
	finding := {\"tag\": tag}
}

default level := \"low\"

level := \"high\" if {
	count(deny) > 5
} else := \"medium\" if {
	count(deny) > 0
}

broken if count(input.kind.name) > 0

broken if {
	x := json.unmarshal(\"5\")
	count(x) > 0
}

twice(x) := 2 * x
";

/// Two registrations, one with tags.
const APPS: &str = r#"[
  {"appId": "1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9", "displayName": "Shop", "signInAudience": "AzureADMyOrg",
   "tags": ["team:shop", "tier:1"]},
  {"appId": "9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d", "displayName": "Reports", "signInAudience": "AzureADMyOrg"}
]"#;

fn sandbox() -> Sandbox {
    Sandbox::new(&[
        ("own.rego", POLICY),
        ("apps.json", APPS),
        ("shop.json", SHOP),
        ("prefix.yaml", "prefix: \"team:\"\n"),
        ("ztvet.yaml", "policies: [own.rego]\n"),
    ])
}

/// The answers to a query without white space.
fn value(sandbox: &Sandbox, query: &str) -> String {
    let ran = sandbox.run(&format!("eval {query} --format value --data prefix.yaml"));
    ran.ends_with(0);
    ran.stdout
}

#[test]
fn a_query_needs_no_input() {
    let sandbox = sandbox();
    assert_eq!(value(&sandbox, "1+1"), "2\n");
    assert_eq!(value(&sandbox, "x:=[1,2][_]"), "{\"x\":1}\n{\"x\":2}\n");
    assert_eq!(value(&sandbox, "data.own.twice(4)"), "8\n");
    assert_eq!(value(&sandbox, "input.kind"), "undefined\n");
    assert_eq!(value(&sandbox, "1>2"), "false\n");
    assert_eq!(value(&sandbox, "\"a\";{\"b\"}"), "[\"a\",[\"b\"]]\n");
}

#[test]
fn every_subject_is_asked_about() {
    let sandbox = sandbox();
    let ran = sandbox.run("eval input.subject.name -i apps.json --format json");
    ran.ends_with(0);
    let asked = ran.json();
    assert_eq!(asked["schema"], "ztvet/eval/v1");
    assert_eq!(asked["query"], "input.subject.name");
    let kinds = texts(&asked, "/results", "/subject/kind");
    assert_eq!(kinds, ["application", "application", "inventory"]);
    assert_eq!(
        asked["results"][1]["result"][0]["expressions"][0]["value"],
        "Reports"
    );
    for id in ["Reports", "9B1DEB4D-3b7d-4bad-9bdd-2b0d7b3dcb6d"] {
        let ran = sandbox.run(&format!(
            "eval input.subject.name -i apps.json --subject {id} --format value"
        ));
        assert_eq!(ran.stdout, "\"Reports\"\n", "{}", ran.all());
    }
    sandbox
        .run("eval input -i apps.json --subject Nobody")
        .fails_with("`apps.json` holds no subject with the id or name `Nobody`");
}

#[test]
fn a_rule_is_asked_as_a_check_would() {
    let ran = sandbox().run("eval data.own.deny -i apps.json --data prefix.yaml");
    ran.ends_with(0);
    assert_snapshot!(ran.stdout, @r#"
    apps.json: application Shop (1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9)
    [
      {
        "tag": "team:shop"
      }
    ]

    apps.json: application Reports (9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d)
    not asked: OWN-1 is not run, for want of `application.tags`

    (the whole run): inventory
    not asked: OWN-1 does not judge this kind of subject: inventory
    "#);
}

#[test]
fn a_document_may_be_asked_about_as_it_is() {
    let secret = r#"{"appId": "x", "signInAudience": "AzureADMyOrg", "passwordCredentials": [{"secretText": "Sup3r"}],
        "note": "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.c2ln"}"#;
    let sandbox = Sandbox::new(&[
        ("app.json", secret),
        ("any.yaml", "a: {password: hunter2}\n"),
    ]);
    let ran = sandbox.run("eval input --raw -i app.json --format value");
    ran.ends_with(0);
    assert!(
        ran.stdout.contains(r#""secretText":"***""#),
        "{}",
        ran.all()
    );
    assert!(ran.stdout.contains(r#""note":"***""#), "{}", ran.all());
    let ran = sandbox.run("eval input.a --raw -i any.yaml --format value");
    assert_eq!(ran.stdout, "{\"password\":\"***\"}\n");
    sandbox.run("eval input.a -i any.yaml").ends_with(2);
}

#[test]
fn standard_input_is_an_input() {
    let ran = sandbox().run_with(
        SHOP,
        "eval input.source.path -i - --format value --subject Shop",
    );
    assert_eq!(ran.stdout, "\"-\"\n", "{}", ran.all());
}

#[test]
fn bodies_that_do_not_hold_are_explained() {
    let sandbox = sandbox();
    let ran = sandbox.run("eval data.own.deny --explain -i apps.json --subject Shop");
    ran.ends_with(0);
    assert_snapshot!(ran.stdout, @r#"
    apps.json: application Shop (1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9)
    []
    why
      own.rego:8:1 does not hold
        own.rego:10:2: `prefix := data.prefix` is undefined
          data.prefix = undefined
    "#);
    let ran =
        sandbox.run("eval data.own.level --explain -i apps.json --subject Shop --data prefix.yaml");
    assert_snapshot!(ran.stdout, @r#"
    apps.json: application Shop (1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9)
    "medium"
    why
      own.rego:15:9 is the default, "low"
      own.rego:17:1 does not hold
        own.rego:18:2: `count(deny) > 5` is false
          count(deny) = 1
          deny        = {{"tag": "team:shop"}}
      own.rego:20:2 holds
    "#);
    let explained =
        sandbox.run("eval data.own.deny --explain -i apps.json --subject Shop --format json");
    let body = &explained.json()["results"][0]["explanation"]["bodies"][0];
    assert_eq!(body["holds"], "no");
    assert_eq!(body["stop"]["line"], 10);
    assert_eq!(body["stop"]["outcome"], "undefined");
}

#[test]
fn what_cannot_be_explained_says_so() {
    let sandbox = sandbox();
    sandbox
        .run("eval data.own.twice --explain")
        .fails_with("is a function");
    sandbox.run("eval data.own.lever --explain").fails_with(
        "`data.own.lever` is no rule that can be explained, did you mean `data.own.level`?",
    );
}

#[test]
fn errors_have_their_place() {
    let sandbox = sandbox();
    sandbox.run("eval 1+").fails_with("query:1:");
    sandbox
        .run("eval y>1")
        .fails_with("query:1:1: use of undefined variable `y` is unsafe");
    sandbox
        .run("eval nope(1)")
        .fails_with("query:1:5: unknown function nope");
    let ran = sandbox.run("eval data.own.broken");
    ran.ends_with(2);
    assert!(
        ran.stderr.contains("own.rego:27:8: `count` requires"),
        "{}",
        ran.all()
    );
    let ran = sandbox.run("eval data.own.broken -i shop.json --subject Shop");
    assert!(
        ran.stderr.starts_with("error: shop.json: own.rego:2"),
        "{}",
        ran.all()
    );
    sandbox
        .run("eval 1 --data missing.yaml")
        .fails_with("missing.yaml");
    sandbox
        .run("eval 1 --data apps.json")
        .fails_with("apps.json: data at the top must be an object");
}

#[test]
fn a_misspelt_rule_is_undefined_and_the_nearest_is_named() {
    let ran = sandbox().run("eval data.own.dent");
    ran.ends_with(0);
    assert_eq!(ran.stdout, "undefined\n");
    assert_eq!(
        ran.stderr,
        "there is no rule or package `data.own.dent`, did you mean `data.own.deny`?\n"
    );
}

#[test]
fn data_may_not_replace_a_rule() {
    let sandbox = sandbox();
    sandbox.write("more.json", br#"{"own": {"deny": []}}"#);
    sandbox
        .run("eval data.own.deny --data more.json")
        .fails_with("data stands in the place of the rule `own.deny`");
    sandbox.write("more.json", br#"{"facts": {}}"#);
    sandbox
        .run("eval data.own.deny --data more.json")
        .fails_with("more.json: `data.facts` belongs to ztvet");
}

#[test]
fn a_rule_for_several_kinds_lacks_only_facts_of_the_one_that_is_asked_about() {
    let app = r#"{"appId": "1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9", "signInAudience": "AzureADMyOrg", "passwordCredentials": []}"#;
    let sandbox = Sandbox::new(&[("app.json", app)]);
    let rule = "data.zerotrust.assume_breach.credential_lives_too_long.deny";
    let ran = sandbox.run(&format!("eval {rule} -i app.json"));
    ran.ends_with(0);
    assert!(!ran.all().contains("service_principal"), "{}", ran.all());
}
