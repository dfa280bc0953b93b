package zerotrust.assume_breach.unpaired_registration_test

import data.zerotrust.assume_breach.unpaired_registration as rule
import data.zerotrust.testing.inventory

inputs := {
	"registration": inventory.inventory({"unpaired": [{
		"member": object.union(inventory.application(1), {"kind": "application"}),
		"own": true,
		"owner_organization": null,
		"sign_in_audience": null,
	}]}),
	"service_principal": inventory.inventory({"unpaired": [{
		"member": object.union(inventory.application(1), {"kind": "service_principal"}),
		"own": true,
		"owner_organization": null,
		"sign_in_audience": null,
	}]}),
	"foreign": inventory.inventory({"unpaired": [{
		"member": object.union(inventory.application(1), {"kind": "service_principal"}),
		"own": false,
		"owner_organization": null,
		"sign_in_audience": null,
	}]}),
	"owner_unknown": inventory.inventory({"unpaired": [{
		"member": object.union(inventory.application(1), {"kind": "service_principal"}),
		"own": null,
		"owner_organization": null,
		"sign_in_audience": null,
	}]}),
	"none": inventory.inventory({"unpaired": []}),
}

test_reports_registration if {
	expected := {{
		"at": "apps.json#/value/1",
		"name": "Shop 1",
		"app_id": "1f0e2d3c-0000-4000-8000-000000000001",
		"found": "registration",
		"missing": "service principal",
	}}
	rule.deny == expected with input as inputs.registration
}

test_reports_service_principal if {
	expected := {{
		"at": "apps.json#/value/1",
		"name": "Shop 1",
		"app_id": "1f0e2d3c-0000-4000-8000-000000000001",
		"found": "service principal",
		"missing": "registration",
	}}
	rule.deny == expected with input as inputs.service_principal
}

test_allows_foreign if {
	rule.deny == set() with input as inputs.foreign
}

test_skips_unknown_owner if {
	rule.deny == set() with input as inputs.owner_unknown
}

test_allows_none if {
	rule.deny == set() with input as inputs.none
}
