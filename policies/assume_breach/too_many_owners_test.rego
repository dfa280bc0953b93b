package zerotrust.assume_breach.too_many_owners_test

import data.zerotrust.assume_breach.too_many_owners as rule
import data.zerotrust.testing

ztvet := {"parameters": {"AB-303": {"max_owners": 5}}, "organization": {
	"domains": null,
	"tenants": null,
	"repositories": null,
	"trusted_issuers": null,
	"certificate_issuers": null,
}}

_owners(total) := [testing.owner(index, {"id": sprintf("a1b2c3d4-0000-4000-8000-%012d", [index])}) |
	some index in numbers.range(1, total)
]

inputs := {
	"none": testing.application({"owners": []}),
	"five": testing.application({"owners": _owners(5)}),
	"six": testing.application({"owners": _owners(6)}),
}

test_reports_six if {
	finding := {"at": "application.owners", "count": 6, "limit": 5}
	rule.deny == {finding} with input as inputs.six with data.ztvet as ztvet
}

test_allows_five if {
	rule.deny == set() with input as inputs.five with data.ztvet as ztvet
}

test_allows_none if {
	rule.deny == set() with input as inputs.none with data.ztvet as ztvet
}

test_limit_can_be_lowered if {
	finding := {"at": "application.owners", "count": 5, "limit": 4}
	rule.deny == {finding} with input as inputs.five
		with data.ztvet.parameters as {"AB-303": {"max_owners": 4}}
}
