package zerotrust.least_privilege.tenant_wide_consent_test

import data.zerotrust.least_privilege.tenant_wide_consent as rule
import data.zerotrust.testing.service_principal as principals

inputs := {
	"level_three_write": principals.service_principal({"permission_grants": [
		principals.permission_grant(
			0,
			{
				"id": "024d486e-b451-40bb-833d-3e66d98c5c73",
				"name": "Mail.ReadWrite",
				"privilege_level": 3,
				"access": "write",
			},
		),
		principals.permission_grant(1, {}),
	]}),
	"level_two_write": principals.service_principal({"permission_grants": [principals.permission_grant(
		0,
		{"name": "Tasks.ReadWrite", "privilege_level": 2, "access": "write"},
	)]}),
	"level_three_read": principals.service_principal({"permission_grants": [principals.permission_grant(
		0,
		{"name": "Mail.Read", "privilege_level": 3},
	)]}),
	"full": principals.service_principal({"permission_grants": [principals.permission_grant(
		0,
		{"name": "Directory.AccessAsUser.All", "privilege_level": 4, "access": "full"},
	)]}),
	"risky": principals.service_principal({"permission_grants": [principals.permission_grant(
		0,
		{"name": "Mail.Read", "privilege_level": 2, "risk": "high"},
	)]}),
	"one_user": principals.service_principal({"permission_grants": [object.union(
		principals.permission_grant(
			0,
			{
				"id": "024d486e-b451-40bb-833d-3e66d98c5c73",
				"name": "Mail.ReadWrite",
				"privilege_level": 3,
				"access": "write",
			},
		),
		{"consent_type": "Principal", "principal_id": "a1b2c3d4-0000-4000-8000-000000000001"},
	)]}),
	"sign_in": principals.service_principal({"permission_grants": [
		principals.permission_grant(0, {"name": "openid"}),
		principals.permission_grant(1, {"name": "profile"}),
	]}),
	"unknown": principals.service_principal({"permission_grants": [principals.permission_grant(
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
	"first_party": principals.first_party({"permission_grants": [principals.permission_grant(
		0,
		{
			"id": "024d486e-b451-40bb-833d-3e66d98c5c73",
			"name": "Mail.ReadWrite",
			"privilege_level": 3,
			"access": "write",
		},
	)]}),
	"none": principals.service_principal({"permission_grants": []}),
}

test_reports_write_of_level_three if {
	expected := {{
		"at": "/value/0/oauth2PermissionGrants/0",
		"permission": "Mail.ReadWrite",
		"resource": "Microsoft Graph",
	}}
	rule.deny == expected with input as inputs.level_three_write
}

test_reports_full_access if {
	expected := {{
		"at": "/value/0/oauth2PermissionGrants/0",
		"permission": "Directory.AccessAsUser.All",
		"resource": "Microsoft Graph",
	}}
	rule.deny == expected with input as inputs.full
}

test_reports_risky if {
	expected := {{"at": "/value/0/oauth2PermissionGrants/0", "permission": "Mail.Read", "resource": "Microsoft Graph"}}
	rule.deny == expected with input as inputs.risky
}

test_reports_what_was_granted_to_microsoft if {
	expected := {{
		"at": "/value/0/oauth2PermissionGrants/0",
		"permission": "Mail.ReadWrite",
		"resource": "Microsoft Graph",
	}}
	rule.deny == expected with input as inputs.first_party
}

test_allows_lower_level if {
	rule.deny == set() with input as inputs.level_two_write
}

test_allows_reading if {
	rule.deny == set() with input as inputs.level_three_read
}

test_allows_consent_of_one_user if {
	rule.deny == set() with input as inputs.one_user
}

test_allows_sign_in if {
	rule.deny == set() with input as inputs.sign_in
}

test_skips_unknown if {
	rule.deny == set() with input as inputs.unknown
}

test_allows_none if {
	rule.deny == set() with input as inputs.none
}
