package zerotrust.assume_breach.secret_in_manifest_test

import data.zerotrust.assume_breach.secret_in_manifest as rule
import data.zerotrust.testing

inputs := {
	"secret": testing.application({"credentials": [testing.secret(0, {"has_value": true})]}),
	"private_key": testing.application({"credentials": [testing.certificate(0, {"has_value": true})]}),
	"expired": testing.application({"credentials": [testing.secret(0, {
		"start": "2025-10-01T00:00:00Z",
		"end": "2026-01-01T00:00:00Z",
		"days_left": -327,
		"has_value": true,
	})]}),
	"nothing_but_the_value": testing.application({"credentials": [testing.secret(0, {
		"id": null,
		"name": null,
		"start": null,
		"end": null,
		"lifetime_days": null,
		"days_left": null,
		"has_value": true,
	})]}),
	"several": testing.application({"credentials": [
		testing.secret(0, {"has_value": true}),
		testing.secret(1, {}),
		testing.secret(2, {"name": "backup", "has_value": true}),
		testing.certificate(0, {}),
	]}),
	"without_value": testing.application({"credentials": [testing.secret(0, {}), testing.certificate(0, {})]}),
	"none": testing.application({"credentials": []}),
}

_secret(index, name) := {
	"at": sprintf("/passwordCredentials/%d", [index]),
	"kind": "secret",
	"name": name,
	"material": "value",
}

test_reports_secret if {
	rule.deny == {_secret(0, "deploy")} with input as inputs.secret
}

test_reports_private_key if {
	rule.deny == {{
		"at": "/keyCredentials/0",
		"kind": "certificate",
		"name": "CN=shop",
		"material": "private key",
	}} with input as inputs.private_key
}

test_reports_expired if {
	rule.deny == {_secret(0, "deploy")} with input as inputs.expired
}

test_reports_secret_of_which_nothing_else_is_known if {
	rule.deny == {_secret(0, "unnamed")} with input as inputs.nothing_but_the_value
}

test_reports_each_credential if {
	rule.deny == {_secret(0, "deploy"), _secret(2, "backup")} with input as inputs.several
}

test_allows_credentials_without_value if {
	rule.deny == set() with input as inputs.without_value
}

test_allows_none if {
	rule.deny == set() with input as inputs.none
}
