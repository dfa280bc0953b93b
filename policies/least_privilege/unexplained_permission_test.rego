package zerotrust.least_privilege.unexplained_permission_test

import data.zerotrust.least_privilege.unexplained_permission as rule
import data.zerotrust.testing

inputs := {
	"no_admin_description": testing.application(_api([testing.scope(0, {"admin_consent_description": ""})], [])),
	"no_admin_title": testing.application(_api([testing.scope(0, {"admin_consent_display_name": ""})], [])),
	"no_user_text": testing.application(_api(
		[testing.scope(0, {
			"type": "User",
			"user_consent_description": "",
			"user_consent_display_name": "",
		})],
		[],
	)),
	"no_text": testing.application(_api(
		[testing.scope(0, {
			"type": "User",
			"admin_consent_description": "",
			"admin_consent_display_name": "",
			"user_consent_description": "",
			"user_consent_display_name": "",
		})],
		[],
	)),
	"blank": testing.application(_api([testing.scope(0, {"admin_consent_description": "  "})], [])),
	"role": testing.application(_api([], [testing.app_role(0, {"description": ""})])),
	"role_without_value": testing.application(_api(
		[],
		[testing.app_role(0, object.union(_valueless, {"description": ""}))],
	)),
	"several": testing.application(_api(
		[testing.scope(0, {"admin_consent_description": ""}), testing.scope(1, {})],
		[testing.app_role(0, {}), testing.app_role(1, {"description": ""})],
	)),
	"explained": testing.application(_api([testing.scope(0, {"type": "User"})], [testing.app_role(0, {})])),
	"no_user_text_for_admins": testing.application(_api(
		[testing.scope(0, {
			"user_consent_description": "",
			"user_consent_display_name": "",
		})],
		[],
	)),
	"disabled": testing.application(_api(
		[testing.scope(0, {"enabled": false, "admin_consent_description": ""})],
		[testing.app_role(0, {"enabled": false, "description": ""})],
	)),
	"unknown": testing.application(_api(
		[
			testing.scope(0, {
				"type": "User",
				"admin_consent_description": null,
				"admin_consent_display_name": null,
				"user_consent_description": null,
				"user_consent_display_name": null,
			}),
			testing.scope(1, {"enabled": null, "admin_consent_description": ""}),
			testing.scope(2, {"type": null, "user_consent_description": ""}),
		],
		[
			testing.app_role(0, {"description": null}),
			testing.app_role(1, {"enabled": null, "description": ""}),
		],
	)),
	"nothing_offered": testing.application(_api([], [])),
}

test_reports_missing_admin_description if {
	rule.deny == {{
		"at": "/api/oauth2PermissionScopes/0",
		"kind": "scope",
		"value": "Orders.Read",
		"missing": ["description for administrators"],
	}} with input as inputs.no_admin_description
}

test_reports_missing_admin_title if {
	_missing == {"title for administrators"} with input as inputs.no_admin_title
}

test_reports_missing_user_text if {
	_missing == {"description for users", "title for users"} with input as inputs.no_user_text
}

test_reports_missing_text_once if {
	rule.deny == {{
		"at": "/api/oauth2PermissionScopes/0",
		"kind": "scope",
		"value": "Orders.Read",
		"missing": [
			"description for administrators",
			"title for administrators",
			"description for users",
			"title for users",
		],
	}} with input as inputs.no_text
}

test_reports_blank_text if {
	_missing == {"description for administrators"} with input as inputs.blank
}

test_reports_role if {
	rule.deny == {{
		"at": "/appRoles/0",
		"kind": "role",
		"value": "Orders.Read.All",
		"missing": ["description"],
	}} with input as inputs.role
}

test_names_role_without_value_by_its_title if {
	{finding.value | some finding in rule.deny} == {"Read orders"} with input as inputs.role_without_value
}

test_reports_each if {
	{finding.at | some finding in rule.deny} == {
		"/api/oauth2PermissionScopes/0",
		"/appRoles/1",
	} with input as inputs.several
}

test_allows_explained if {
	rule.deny == set() with input as inputs.explained
}

test_allows_missing_user_text_where_users_cannot_consent if {
	rule.deny == set() with input as inputs.no_user_text_for_admins
}

test_allows_disabled if {
	rule.deny == set() with input as inputs.disabled
}

test_is_silent_on_unknown_members if {
	rule.deny == set() with input as inputs.unknown
}

test_is_silent_where_nothing_is_offered if {
	rule.deny == set() with input as inputs.nothing_offered
}

_missing contains text if {
	some finding in rule.deny
	some text in finding.missing
}

_api(scopes, roles) := {"api": {"scopes": scopes}, "app_roles": roles}

_valueless := {
	"value": "",
	"resource": null,
	"operation": null,
	"constraint": null,
	"access": "other",
}
