package zerotrust.least_privilege.more_privilege_requested_test

import data.zerotrust.least_privilege.more_privilege_requested as rule
import data.zerotrust.testing
import data.zerotrust.testing.change as changes

_change(gained, lost) := changes.change({"permissions": {
	"gained": gained,
	"lost": [changes.old(permission) | some permission in lost],
}})

_application(name, level, tier) := testing.permission(0, {
	"id": "00000000-0000-4000-8000-000000000001",
	"name": name,
	"kind": "application",
	"privilege_level": level,
	"tier": tier,
})

_orders := testing.permission(0, {
	"resource": {"app_id": "2a0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9", "name": null},
	"id": "7d9f0c11-0000-4000-8000-000000000001",
	"name": null,
	"known": null,
	"privilege_level": null,
	"access": null,
	"delegated_sibling": null,
})

inputs := {
	"takes_over": _change([_application("RoleManagement.ReadWrite.Directory", 4, 0)], []),
	"highest": _change([_application("Sites.FullControl.All", 4, null)], []),
	"some": _change([_application("User.Read.All", 3, null)], []),
	"least": _change([testing.permission(0, {})], []),
	"unknown": _change([_orders], []),
	"another_resource": _change([_application("User.Read.All", 3, null)], [_application("Mail.ReadWrite", 4, null)]),
	"higher": _change([_application("User.ReadWrite.All", 4, null)], [_application("User.Read.All", 3, null)]),
	"takes_over_by_less": _change(
		[_application("Application.ReadWrite.All", 3, 0)],
		[_application("Application.ReadWrite.Everything", 4, 0)],
	),
	"read_sibling": _change(
		[_application("User.Read.All", 3, null)],
		[object.union(_application("User.ReadWrite.All", 3, null), {"read_sibling": "User.Read.All"})],
	),
	"lower": _change([_application("User.Read.All", 3, null)], [_application("User.ReadWrite.All", 4, null)]),
	"on_behalf": _change(
		[object.union(_application("Mail.Read", 3, null), {"kind": "delegated"})],
		[_application("Mail.Read", 3, null)],
	),
	"fewer": _change([], [_application("User.Read.All", 3, null)]),
}

_severities contains finding.severity if some finding in rule.deny

test_severity_follows_privilege if {
	_severities == {"critical"} with input as inputs.takes_over
	_severities == {"high"} with input as inputs.highest
	_severities == {"medium"} with input as inputs.some
	_severities == {"low"} with input as inputs.least
	_severities == {"medium"} with input as inputs.unknown
}

test_names_the_permission if {
	rule.deny == {{
		"at": "/requiredResourceAccess/0/resourceAccess/0",
		"severity": "medium",
		"permission": "7d9f0c11-0000-4000-8000-000000000001",
		"resource": "2a0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9",
		"kind": "delegated",
		"privilege_level": null,
		"tier": null,
	}} with input as inputs.unknown
}

test_reports_what_replaces_nothing_higher if {
	count(rule.deny) == 1 with input as inputs.another_resource
	count(rule.deny) == 1 with input as inputs.higher
	count(rule.deny) == 1 with input as inputs.takes_over_by_less
}

test_allows_lower_ones_in_the_place_of_higher_ones if {
	rule.deny == set() with input as inputs.read_sibling
	rule.deny == set() with input as inputs.lower
	rule.deny == set() with input as inputs.on_behalf
	rule.deny == set() with input as inputs.fewer
}
