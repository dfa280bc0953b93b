# METADATA
# title: Inputs of the inventory for the tests of rules
# description: Builders of inputs. Every fact starts as not collected (null); a test states the facts that matter.
package zerotrust.testing.inventory

# METADATA
# description: The input of an inventory with the given facts.
inventory(facts) := {
	"schema": "ztvet/input/v1",
	"kind": "inventory",
	"now": "2026-11-23T06:00:00Z",
	"source": {"path": "(the whole run)", "format": "msgraph", "pointer": ""},
	"subject": {"id": null, "name": null},
	"declared": null,
	"unknown": [],
	"inventory": object.union(_inventory, facts),
}

# METADATA
# description: The registration of that number.
application(number) := {
	"kind": "application",
	"app_id": sprintf("1f0e2d3c-0000-4000-8000-%012d", [number]),
	"object_id": null,
	"name": sprintf("Shop %d", [number]),
	"at": sprintf("apps.json#/value/%d", [number]),
}

_inventory := {
	"applications": 2,
	"service_principals": 0,
	"shared_redirect_uris": null,
	"shared_identifier_uris": null,
	"shared_certificates": null,
	"shared_names": null,
	"privileged_owners": null,
	"unpaired": null,
}
