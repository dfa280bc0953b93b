package zerotrust.assume_breach.single_owner_test

import data.zerotrust.assume_breach.single_owner as rule
import data.zerotrust.testing

ztvet := {"parameters": {"AB-302": {"min_owners": 2}}, "organization": {
	"domains": null,
	"tenants": null,
	"repositories": null,
	"trusted_issuers": null,
	"certificate_issuers": null,
}}

_ada := testing.owner(0, {})

_grace := testing.owner(1, {"id": "a1b2c3d4-0000-4000-8000-000000000002", "display_name": "Grace"})

inputs := {
	"none": testing.application({"owners": []}),
	"one": testing.application({"owners": [_ada]}),
	"two": testing.application({"owners": [_ada, _grace]}),
}

test_reports_one if {
	finding := {"at": "application.owners", "count": 1, "minimum": 2}
	rule.deny == {finding} with input as inputs.one with data.ztvet as ztvet
}

test_allows_two if {
	rule.deny == set() with input as inputs.two with data.ztvet as ztvet
}

test_leaves_no_owner_to_another_rule if {
	rule.deny == set() with input as inputs.none with data.ztvet as ztvet
}

test_minimum_can_be_raised if {
	finding := {"at": "application.owners", "count": 2, "minimum": 3}
	rule.deny == {finding} with input as inputs.two
		with data.ztvet.parameters as {"AB-302": {"min_owners": 3}}
}

test_minimum_can_be_lowered if {
	rule.deny == set() with input as inputs.one
		with data.ztvet.parameters as {"AB-302": {"min_owners": 1}}
}
