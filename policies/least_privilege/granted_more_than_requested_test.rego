package zerotrust.least_privilege.granted_more_than_requested_test

import data.zerotrust.least_privilege.granted_more_than_requested as rule
import data.zerotrust.testing.service_principal as principals

inputs := {
	"equal": principals.service_principal({
		"app_role_assignments": [principals.app_role_assignment(0, {})],
		"permission_grants": [principals.permission_grant(0, {})],
		"registration": principals.registration({"permissions": [
			{"resource_app_id": "00000003-0000-0000-c000-000000000000", "id": "df021288-bdef-4463-88db-98f22de89214"},
			{"resource_app_id": "00000003-0000-0000-c000-000000000000", "id": "e1fe6dd8-ba31-4d61-89e7-88639da4683d"},
		]}),
	}),
	"both_more": principals.service_principal({
		"app_role_assignments": [principals.app_role_assignment(0, {})],
		"permission_grants": [principals.permission_grant(0, {})],
		"registration": principals.registration({}),
	}),
	"same_id_of_another_api": principals.service_principal({
		"app_role_assignments": [principals.app_role_assignment(0, {})],
		"permission_grants": [],
		"registration": principals.registration({"permissions": [{
			"resource_app_id": "00000002-0000-0000-c000-000000000000",
			"id": "df021288-bdef-4463-88db-98f22de89214",
		}]}),
	}),
	"grants_unknown": principals.service_principal({
		"app_role_assignments": [principals.app_role_assignment(0, {})],
		"permission_grants": null,
		"registration": principals.registration({}),
	}),
	"assignments_unknown": principals.service_principal({
		"app_role_assignments": null,
		"permission_grants": [principals.permission_grant(0, {})],
		"registration": principals.registration({"permissions": [
			{"resource_app_id": "00000003-0000-0000-c000-000000000000", "id": "df021288-bdef-4463-88db-98f22de89214"},
			{"resource_app_id": "00000003-0000-0000-c000-000000000000", "id": "e1fe6dd8-ba31-4d61-89e7-88639da4683d"},
		]}),
	}),
	"sign_in": principals.service_principal({
		"app_role_assignments": [],
		"permission_grants": [principals.permission_grant(
			0,
			{"name": "openid", "id": "37f7f235-527c-4136-accd-4a02d197296e"},
		)],
		"registration": principals.registration({}),
	}),
	"one_user": principals.service_principal({
		"app_role_assignments": [],
		"permission_grants": [object.union(principals.permission_grant(0, {}), {"consent_type": "Principal"})],
		"registration": principals.registration({}),
	}),
	"no_role": principals.service_principal({
		"app_role_assignments": [principals.app_role_assignment(
			0,
			{"id": "00000000-0000-0000-0000-000000000000", "name": null, "known": false},
		)],
		"permission_grants": [],
		"registration": principals.registration({}),
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
		"permission_grants": [principals.permission_grant(
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
		"registration": principals.registration({}),
	}),
	"own_role": principals.service_principal({
		"app_role_assignments": [principals.app_role_assignment(
			0,
			{
				"resource": {"app_id": "2a0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9", "name": "Orders"},
				"id": "7d9f0c11-0000-4000-8000-000000000101",
				"name": null,
				"known": null,
			},
		)],
		"permission_grants": [],
		"registration": principals.registration({}),
	}),
	"foreign": principals.foreign({
		"app_role_assignments": [principals.app_role_assignment(0, {})],
		"permission_grants": [principals.permission_grant(0, {})],
	}),
}

test_reports_both_kinds if {
	expected := {
		{
			"at": "/value/0/appRoleAssignments/0",
			"permission": "User.Read.All",
			"resource": "Microsoft Graph",
			"kind": "application",
		},
		{
			"at": "/value/0/oauth2PermissionGrants/0",
			"permission": "User.Read",
			"resource": "Microsoft Graph",
			"kind": "delegated",
		},
	}
	rule.deny == expected with input as inputs.both_more
}

test_reports_same_id_of_another_api if {
	expected := {{
		"at": "/value/0/appRoleAssignments/0",
		"permission": "User.Read.All",
		"resource": "Microsoft Graph",
		"kind": "application",
	}}
	rule.deny == expected with input as inputs.same_id_of_another_api
}

test_reports_without_the_grants if {
	expected := {{
		"at": "/value/0/appRoleAssignments/0",
		"permission": "User.Read.All",
		"resource": "Microsoft Graph",
		"kind": "application",
	}}
	rule.deny == expected with input as inputs.grants_unknown
}

test_reports_role_of_an_own_api if {
	expected := {{
		"at": "/value/0/appRoleAssignments/0",
		"permission": "7d9f0c11-0000-4000-8000-000000000101",
		"resource": "Orders",
		"kind": "application",
	}}
	rule.deny == expected with input as inputs.own_role
}

test_allows_equal if {
	rule.deny == set() with input as inputs.equal
}

test_allows_without_the_assignments if {
	rule.deny == set() with input as inputs.assignments_unknown
}

test_allows_sign_in if {
	rule.deny == set() with input as inputs.sign_in
}

test_allows_consent_of_one_user if {
	rule.deny == set() with input as inputs.one_user
}

test_allows_assignment_without_a_role if {
	rule.deny == set() with input as inputs.no_role
}

test_skips_unknown_api if {
	rule.deny == set() with input as inputs.api_unknown
}

test_leaves_foreign_alone if {
	rule.deny == set() with input as inputs.foreign
}
