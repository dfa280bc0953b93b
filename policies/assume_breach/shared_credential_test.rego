package zerotrust.assume_breach.shared_credential_test

import data.zerotrust.assume_breach.shared_credential as rule
import data.zerotrust.testing.inventory

inputs := {
	"shared": inventory.inventory({"shared_certificates": [{
		"value": "0F1E2D3C4B5A69788796A5B4C3D2E1F00F1E2D3C",
		"applications": [inventory.application(1), inventory.application(2)],
	}]}),
	"none": inventory.inventory({"shared_certificates": []}),
	"unnamed": inventory.inventory({"shared_certificates": [{
		"value": "0F1E2D3C4B5A69788796A5B4C3D2E1F00F1E2D3C",
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
		"thumbprint": "0F1E2D3C4B5A69788796A5B4C3D2E1F00F1E2D3C",
	}}
	rule.deny == expected with input as inputs.shared
}

test_reports_by_what_is_known if {
	expected := {{
		"at": "apps.json#/value/1",
		"applications": ["1f0e2d3c-0000-4000-8000-000000000001", "Shop 2"],
		"thumbprint": "0F1E2D3C4B5A69788796A5B4C3D2E1F00F1E2D3C",
	}}
	rule.deny == expected with input as inputs.unnamed
}

test_allows_none if {
	rule.deny == set() with input as inputs.none
}
