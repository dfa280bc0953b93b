package zerotrust.least_privilege.granted_and_unused_test

import data.zerotrust.least_privilege.granted_and_unused as rule
import data.zerotrust.testing.service_principal as principals

inputs := {
	"used": principals.service_principal({
		"app_role_assignments": [principals.app_role_assignment(0, {})],
		"usage": {
			"resources": ["00000003-0000-0000-c000-000000000000"],
			"permissions": [{
				"resource_app_id": "00000003-0000-0000-c000-000000000000",
				"id": "df021288-bdef-4463-88db-98f22de89214",
				"calls": 3,
				"narrower": null,
			}],
		},
	}),
	"unused": principals.service_principal({
		"app_role_assignments": [principals.app_role_assignment(0, {})],
		"usage": {
			"resources": ["00000003-0000-0000-c000-000000000000"],
			"permissions": [{
				"resource_app_id": "00000003-0000-0000-c000-000000000000",
				"id": "df021288-bdef-4463-88db-98f22de89214",
				"calls": 0,
				"narrower": null,
			}],
		},
	}),
	"not_observed": principals.service_principal({
		"app_role_assignments": [principals.app_role_assignment(0, {})],
		"usage": {"resources": [], "permissions": []},
	}),
	"absent": principals.service_principal({
		"app_role_assignments": [principals.app_role_assignment(0, {})],
		"usage": {"resources": ["00000003-0000-0000-c000-000000000000"], "permissions": []},
	}),
	"narrower": principals.service_principal({
		"app_role_assignments": [principals.app_role_assignment(0, {})],
		"usage": {
			"resources": ["00000003-0000-0000-c000-000000000000"],
			"permissions": [{
				"resource_app_id": "00000003-0000-0000-c000-000000000000",
				"id": "df021288-bdef-4463-88db-98f22de89214",
				"calls": 3,
				"narrower": "User.ReadBasic.All",
			}],
		},
	}),
	"api_unknown": principals.service_principal({
		"app_role_assignments": [principals.app_role_assignment(
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
		)],
		"usage": {
			"resources": ["00000003-0000-0000-c000-000000000000"],
			"permissions": [{
				"resource_app_id": "00000003-0000-0000-c000-000000000000",
				"id": "df021288-bdef-4463-88db-98f22de89214",
				"calls": 3,
				"narrower": "User.ReadBasic.All",
			}],
		},
	}),
}

test_reports_unused if {
	expected := {{"at": "/value/0/appRoleAssignments/0", "permission": "User.Read.All", "resource": "Microsoft Graph"}}
	rule.deny == expected with input as inputs.unused
}

test_reports_absent if {
	expected := {{"at": "/value/0/appRoleAssignments/0", "permission": "User.Read.All", "resource": "Microsoft Graph"}}
	rule.deny == expected with input as inputs.absent
}

test_allows_used if {
	rule.deny == set() with input as inputs.used
}

test_skips_api_that_was_not_observed if {
	rule.deny == set() with input as inputs.not_observed
}

test_skips_unknown_api if {
	rule.deny == set() with input as inputs.api_unknown
}

test_leaves_narrower_to_another_rule if {
	rule.deny == set() with input as inputs.narrower
}
