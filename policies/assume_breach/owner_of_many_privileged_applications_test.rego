package zerotrust.assume_breach.owner_of_many_privileged_applications_test

import data.zerotrust.assume_breach.owner_of_many_privileged_applications as rule
import data.zerotrust.testing.inventory

ztvet := {"parameters": {"AB-705": {"max_privileged_apps": 2}}}

inputs := {
	"three": inventory.inventory({"privileged_owners": [{
		"id": "a1b2c3d4-0000-4000-8000-000000000001",
		"display_name": "Ada",
		"applications": [inventory.application(number) | some number in numbers.range(1, 3)],
	}]}),
	"two": inventory.inventory({"privileged_owners": [{
		"id": "a1b2c3d4-0000-4000-8000-000000000001",
		"display_name": "Ada",
		"applications": [inventory.application(number) | some number in numbers.range(1, 2)],
	}]}),
	"none": inventory.inventory({"privileged_owners": []}),
}

test_reports_three if {
	expected := {{
		"at": "apps.json#/value/1", "applications": [
			"Shop 1 (1f0e2d3c-0000-4000-8000-000000000001)",
			"Shop 2 (1f0e2d3c-0000-4000-8000-000000000002)",
			"Shop 3 (1f0e2d3c-0000-4000-8000-000000000003)",
		],
		"owner": "Ada", "owner_id": "a1b2c3d4-0000-4000-8000-000000000001", "count": 3, "limit": 2,
	}}
	rule.deny == expected with input as inputs.three with data.ztvet as ztvet
}

test_allows_two if {
	rule.deny == set() with input as inputs.two with data.ztvet as ztvet
}

test_allows_none if {
	rule.deny == set() with input as inputs.none with data.ztvet as ztvet
}
