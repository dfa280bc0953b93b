package zerotrust.verify_explicitly.app_only_callers_indistinct_test

import data.zerotrust.testing
import data.zerotrust.verify_explicitly.app_only_callers_indistinct as rule

inputs := {
	"missing": testing.application({
		"app_roles": [
			testing.app_role(0, {}),
			testing.app_role(1, {
				"id": "7d9f0c11-0000-4000-8000-000000000102",
				"value": "Orders.ReadWrite.All",
				"operation": "ReadWrite",
				"access": "write",
			}),
		],
		"optional_claims": {
			"access_token": [testing.optional_claim("accessToken", 0, "xms_cc")],
			"id_token": null,
			"saml2_token": null,
		},
	}),
	"both_members": testing.application({
		"app_roles": [testing.app_role(0, {"allowed_member_types": ["User", "Application"]})],
		"optional_claims": {"access_token": [], "id_token": null, "saml2_token": null},
	}),
	"id_token_only": testing.application({
		"app_roles": [testing.app_role(0, {})],
		"optional_claims": {
			"access_token": [],
			"id_token": [testing.optional_claim("idToken", 0, "idtyp")],
			"saml2_token": null,
		},
	}),
	"no_value": testing.application({
		"app_roles": [testing.app_role(0, {
			"value": "",
			"resource": null,
			"operation": null,
			"constraint": null,
			"access": "other",
		})],
		"optional_claims": {"access_token": [], "id_token": null, "saml2_token": null},
	}),
	"members_unknown": testing.application({
		"app_roles": [
			testing.app_role(0, {"allowed_member_types": null}),
			testing.app_role(1, {
				"id": "7d9f0c11-0000-4000-8000-000000000102",
				"value": "Orders.ReadWrite.All",
				"operation": "ReadWrite",
				"access": "write",
				"enabled": null,
			}),
		],
		"optional_claims": {"access_token": [], "id_token": null, "saml2_token": null},
	}),
	"present": testing.application({
		"app_roles": [testing.app_role(0, {})],
		"optional_claims": {
			"access_token": [
				testing.optional_claim("accessToken", 0, "xms_cc"),
				testing.optional_claim("accessToken", 1, "idtyp"),
			],
			"id_token": null,
			"saml2_token": null,
		},
	}),
	"users": testing.application({
		"app_roles": [testing.app_role(0, {"allowed_member_types": ["User"]})],
		"optional_claims": {"access_token": [], "id_token": null, "saml2_token": null},
	}),
	"disabled": testing.application({
		"app_roles": [testing.app_role(0, {"enabled": false})],
		"optional_claims": {"access_token": [], "id_token": null, "saml2_token": null},
	}),
	"no_roles": testing.application({
		"app_roles": [],
		"api": {"scopes": [testing.scope(0, {})]},
		"optional_claims": {"access_token": [], "id_token": null, "saml2_token": null},
	}),
}

test_reports_application_once if {
	rule.deny == {
		{
			"at": "application.optional_claims.access_token",
			"roles": ["Orders.Read.All", "Orders.ReadWrite.All"],
		},
	} with input as inputs.missing
}

test_reports_role_for_both if {
	rule.deny == {
		{"at": "application.optional_claims.access_token", "roles": ["Orders.Read.All"]},
	} with input as inputs.both_members
}

test_reports_claim_in_id_token_only if {
	rule.deny == {
		{"at": "application.optional_claims.access_token", "roles": ["Orders.Read.All"]},
	} with input as inputs.id_token_only
}

test_names_role_by_id if {
	rule.deny == {
		{"at": "application.optional_claims.access_token", "roles": ["7d9f0c11-0000-4000-8000-000000000101"]},
	} with input as inputs.no_value
}

test_skips_role_of_unknown_members if {
	rule.deny == {
		{"at": "application.optional_claims.access_token", "roles": ["Orders.ReadWrite.All"]},
	} with input as inputs.members_unknown
}

test_allows_claim if {
	rule.deny == set() with input as inputs.present
}

test_allows_roles_of_users if {
	rule.deny == set() with input as inputs.users
}

test_allows_disabled_role if {
	rule.deny == set() with input as inputs.disabled
}

test_allows_scopes_alone if {
	rule.deny == set() with input as inputs.no_roles
}
