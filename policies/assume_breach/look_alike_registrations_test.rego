package zerotrust.assume_breach.look_alike_registrations_test

import data.zerotrust.assume_breach.look_alike_registrations as rule
import data.zerotrust.testing.inventory

inputs := {
	"shared": inventory.inventory({"shared_names": [{
		"value": "shop",
		"applications": [inventory.application(1), inventory.application(2)],
	}]}),
	"none": inventory.inventory({"shared_names": []}),
	"unnamed": inventory.inventory({"shared_names": [{
		"value": "shop",
		"applications": [
			object.union(inventory.application(1), {"name": null}),
			object.union(inventory.application(2), {"app_id": null}),
		],
	}]}),
}

test_reports_shared if {
	expected := {{
		"at": "apps.json#/value/1", "applications": [
			"Shop 1 (1f0e2d3c-0000-4000-8000-000000000001)",
			"Shop 2 (1f0e2d3c-0000-4000-8000-000000000002)",
		],
		"name": "shop",
	}}
	rule.deny == expected with input as inputs.shared
}

test_reports_by_what_is_known if {
	expected := {{
		"at": "apps.json#/value/1",
		"applications": ["1f0e2d3c-0000-4000-8000-000000000001", "Shop 2"],
		"name": "shop",
	}}
	rule.deny == expected with input as inputs.unnamed
}

test_allows_none if {
	rule.deny == set() with input as inputs.none
}
