//! `rego.metadata.rule()` and `rego.metadata.chain()` in a team's own policies.

use serde_json::json;

use crate::sandbox::{Sandbox, texts};

const PACKAGE: &str = "# METADATA
# title: Own
# custom:
#   id: OWN-1
#   owner: payments
package own
";

/// In another file than the METADATA of its package.
const POLICY: &str = "package own

# METADATA
# title: Name
# custom:
#   words: 3
deny contains finding if {
	finding := {
		\"msg\": rego.metadata.rule().title,
		\"owner\": rego.metadata.chain()[1].annotations.custom.owner,
		\"path\": concat(\"/\", rego.metadata.chain()[0].path),
	}
}
";

const TEST: &str = "package own_test

import data.own

# METADATA
# title: Test
test_title if rego.metadata.rule().title == \"Test\"

test_none if rego.metadata.rule() == {}

test_chain if {
	count(rego.metadata.chain()) == 2
}
";

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::shop();
    for (name, text) in [
        ("policies/package.rego", PACKAGE),
        ("policies/own.rego", POLICY),
        ("policies/own_test.rego", TEST),
    ] {
        sandbox.write(name, text.as_bytes());
    }
    sandbox
}

#[test]
fn a_finding_can_tell_its_metadata() {
    let sandbox = sandbox();
    let report = sandbox.report("shop.json --policy policies --select OWN-1");
    assert_eq!(
        texts(&report, "/findings", "/message"),
        ["Name"],
        "{report}"
    );
    let details = &report["findings"][0]["details"];
    assert_eq!(*details, json!({"owner": "payments", "path": "own/deny"}));
    let asked = sandbox.run("eval data.own.deny --policy policies --format value");
    assert_eq!(asked.json()[0]["msg"], "Name", "{}", asked.all());
}

#[test]
fn a_test_that_fails_shows_the_call_and_its_value() {
    let ran = sandbox().run("test policies");
    ran.ends_with(1);
    assert!(
        ran.stdout.contains("FAILED: 2 passed, 1 failed"),
        "{}",
        ran.all()
    );
    for line in [
        "policies/own_test.rego:12:2: `count(rego.metadata.chain()) == 2` is false",
        "count(rego.metadata.chain()) = 1",
        "rego.metadata.chain()        = [{\"path\": [\"own_test\", \"test_chain\"]}]",
    ] {
        assert!(ran.stdout.contains(line), "{line}\n{}", ran.all());
    }
}

#[test]
fn metadata_that_is_wrong_is_told() {
    let sandbox = sandbox();
    sandbox.write(
        "policies/lib.rego",
        b"package lib\n\n# METADATA\n# scope: rules\nx := 1\n",
    );
    for command in [
        "check shop.json --policy policies",
        "eval 1 --policy policies",
        "test policies",
    ] {
        sandbox
            .run(command)
            .fails_with("policies/lib.rego:3:1: METADATA: scope `rules` is not known, expected one of rule, document");
    }
    let ran = sandbox.run("eval rego.metadata.chain()");
    ran.ends_with(2);
    let told = "query:1:20: `rego.metadata.chain` can be called within a rule alone";
    assert!(ran.stderr.contains(told), "{}", ran.all());
}
