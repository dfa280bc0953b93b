package zerotrust.least_privilege.foreign_privileged_application_test

import data.zerotrust.least_privilege.foreign_privileged_application as rule
import data.zerotrust.testing.service_principal as principals

ztvet := {"organization": {"tenants": ["3f2504e0-0000-4000-8000-000000000001"]}}

inputs := {
	"tier_zero": principals.foreign({"app_role_assignments": [principals.app_role_assignment(
		0,
		{
			"id": "9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8",
			"name": "RoleManagement.ReadWrite.Directory",
			"privilege_level": 4,
			"tier": 0,
			"access": "write",
		},
	)]}),
	"level_four": principals.foreign({"app_role_assignments": [principals.app_role_assignment(
		0,
		{
			"id": "bf394140-e372-4bf9-a898-299cfc7564e5",
			"name": "SecurityEvents.ReadWrite.All",
			"privilege_level": 4,
			"access": "write",
		},
	)]}),
	"level_three": principals.foreign({"app_role_assignments": [principals.app_role_assignment(0, {})]}),
	"unknown": principals.foreign({"app_role_assignments": [principals.app_role_assignment(
		0,
		{
			"resource": {"app_id": null, "name": "Orders"},
			"id": "7d9f0c11-0000-4000-8000-000000000001",
			"name": null,
			"known": null,
			"privilege_level": null,
			"tier": null,
			"risk": null,
			"access": null,
			"delegated_sibling": null,
		},
	)]}),
	"own": principals.service_principal({"app_role_assignments": [principals.app_role_assignment(
		0,
		{
			"id": "9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8",
			"name": "RoleManagement.ReadWrite.Directory",
			"privilege_level": 4,
			"tier": 0,
			"access": "write",
		},
	)]}),
	"managed_identity": principals.managed_identity({"app_role_assignments": [principals.app_role_assignment(
		0,
		{
			"id": "9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8",
			"name": "RoleManagement.ReadWrite.Directory",
			"privilege_level": 4,
			"tier": 0,
			"access": "write",
		},
	)]}),
	"first_party": principals.first_party({"app_role_assignments": [principals.app_role_assignment(
		0,
		{
			"id": "9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8",
			"name": "RoleManagement.ReadWrite.Directory",
			"privilege_level": 4,
			"tier": 0,
			"access": "write",
		},
	)]}),
}

test_reports_tier_zero if {
	expected := {{
		"at": "/value/0/appRoleAssignments/0",
		"permission": "RoleManagement.ReadWrite.Directory",
		"resource": "Microsoft Graph",
		"tenant": "3f2504e0-0000-4000-8000-00000000000f",
	}}
	rule.deny == expected with input as inputs.tier_zero with data.ztvet as ztvet
}

test_reports_level_four_lower if {
	expected := {{
		"at": "/value/0/appRoleAssignments/0",
		"permission": "SecurityEvents.ReadWrite.All",
		"resource": "Microsoft Graph",
		"tenant": "3f2504e0-0000-4000-8000-00000000000f",
		"severity": "high",
	}}
	rule.deny == expected with input as inputs.level_four with data.ztvet as ztvet
}

test_allows_level_three if {
	rule.deny == set() with input as inputs.level_three with data.ztvet as ztvet
}

test_skips_unknown if {
	rule.deny == set() with input as inputs.unknown with data.ztvet as ztvet
}

test_leaves_own_to_another_rule if {
	rule.deny == set() with input as inputs.own with data.ztvet as ztvet
}

test_leaves_managed_identities_alone if {
	rule.deny == set() with input as inputs.managed_identity with data.ztvet as ztvet
}

test_leaves_microsoft_alone if {
	rule.deny == set() with input as inputs.first_party with data.ztvet as ztvet
}
