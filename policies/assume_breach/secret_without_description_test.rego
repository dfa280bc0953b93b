package zerotrust.assume_breach.secret_without_description_test

import data.zerotrust.assume_breach.secret_without_description as rule
import data.zerotrust.testing

inputs := {
	"empty": testing.application({"credentials": [testing.secret(0, {"name": ""})]}),
	"white_space": testing.application({"credentials": [testing.secret(0, {"name": "  "})]}),
	"without_id": testing.application({"credentials": [testing.secret(0, {"name": "", "id": null})]}),
	"several": testing.application({"credentials": [
		testing.secret(0, {"name": ""}),
		testing.secret(1, {}),
		testing.secret(2, {"name": null}),
		testing.secret(3, {"name": ""}),
	]}),
	"named": testing.application({"credentials": [testing.secret(0, {})]}),
	"unknown": testing.application({"credentials": [testing.secret(0, {"name": null})]}),
	"certificate": testing.application({"credentials": [testing.certificate(0, {"name": ""})]}),
	"none": testing.application({"credentials": []}),
}

_finding(index) := {
	"at": sprintf("/passwordCredentials/%d", [index]),
	"id": "5c8a1f0e-0000-4000-8000-000000000001",
}

test_reports_empty if {
	rule.deny == {_finding(0)} with input as inputs.empty
}

test_white_space_describes_nothing if {
	rule.deny == {_finding(0)} with input as inputs.white_space
}

test_reports_secret_without_id if {
	rule.deny == {{"at": "/passwordCredentials/0", "id": "unnamed"}} with input as inputs.without_id
}

test_reports_each_secret if {
	rule.deny == {_finding(0), _finding(3)} with input as inputs.several
}

test_allows_named if {
	rule.deny == set() with input as inputs.named
}

test_does_not_guess if {
	rule.deny == set() with input as inputs.unknown
}

test_allows_certificate if {
	rule.deny == set() with input as inputs.certificate
}

test_allows_none if {
	rule.deny == set() with input as inputs.none
}
