package zerotrust.least_privilege.tenant_takeover_granted_test

import data.zerotrust.least_privilege.tenant_takeover_granted as rule
import data.zerotrust.testing.service_principal as principals

ztvet := {"organization": {"tenants": ["3f2504e0-0000-4000-8000-000000000001"]}}

inputs := {
	"tier_zero": principals.service_principal({"app_role_assignments": [
		principals.app_role_assignment(
			0,
			{
				"id": "9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8",
				"name": "RoleManagement.ReadWrite.Directory",
				"privilege_level": 4,
				"tier": 0,
				"access": "write",
			},
		),
		principals.app_role_assignment(1, {}),
	]}),
	"level_four": principals.service_principal({"app_role_assignments": [principals.app_role_assignment(
		0,
		{
			"id": "bf394140-e372-4bf9-a898-299cfc7564e5",
			"name": "SecurityEvents.ReadWrite.All",
			"privilege_level": 4,
			"access": "write",
		},
	)]}),
	"unknown": principals.service_principal({"app_role_assignments": [principals.app_role_assignment(
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
	"foreign": principals.foreign({"app_role_assignments": [principals.app_role_assignment(
		0,
		{
			"id": "9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8",
			"name": "RoleManagement.ReadWrite.Directory",
			"privilege_level": 4,
			"tier": 0,
			"access": "write",
		},
	)]}),
	"owner_unknown": principals.service_principal({
		"app_role_assignments": [principals.app_role_assignment(
			0,
			{
				"id": "9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8",
				"name": "RoleManagement.ReadWrite.Directory",
				"privilege_level": 4,
				"tier": 0,
				"access": "write",
			},
		)],
		"own": null,
	}),
}

test_reports_tier_zero if {
	expected := {{
		"at": "/value/0/appRoleAssignments/0",
		"permission": "RoleManagement.ReadWrite.Directory",
		"resource": "Microsoft Graph",
	}}
	rule.deny == expected with input as inputs.tier_zero with data.ztvet as ztvet
}

test_reports_managed_identity if {
	expected := {{
		"at": "/value/0/appRoleAssignments/0",
		"permission": "RoleManagement.ReadWrite.Directory",
		"resource": "Microsoft Graph",
	}}
	rule.deny == expected with input as inputs.managed_identity with data.ztvet as ztvet
}

test_reports_where_the_owner_is_unknown if {
	expected := {{
		"at": "/value/0/appRoleAssignments/0",
		"permission": "RoleManagement.ReadWrite.Directory",
		"resource": "Microsoft Graph",
	}}
	rule.deny == expected with input as inputs.owner_unknown with data.ztvet as ztvet
}

test_allows_level_four if {
	rule.deny == set() with input as inputs.level_four with data.ztvet as ztvet
}

test_skips_unknown if {
	rule.deny == set() with input as inputs.unknown with data.ztvet as ztvet
}

test_leaves_microsoft_alone if {
	rule.deny == set() with input as inputs.first_party with data.ztvet as ztvet
}

test_leaves_foreign_to_another_rule if {
	rule.deny == set() with input as inputs.foreign with data.ztvet as ztvet
}

test_reports_foreign_where_no_tenants_are_configured if {
	expected := {{
		"at": "/value/0/appRoleAssignments/0",
		"permission": "RoleManagement.ReadWrite.Directory",
		"resource": "Microsoft Graph",
	}}
	rule.deny == expected with input as inputs.foreign with data.ztvet as {"organization": {"tenants": null}}
}
