package zerotrust.least_privilege.duplicate_permission_value_test

import data.zerotrust.least_privilege.duplicate_permission_value as rule
import data.zerotrust.testing

inputs := {
	"two_scopes": testing.application(_api([testing.scope(0, {}), testing.scope(1, {"id": "s2"})], [])),
	"three_scopes": testing.application(_api(
		[testing.scope(0, {}), testing.scope(1, {"id": "s2"}), testing.scope(2, {"id": "s3"})],
		[],
	)),
	"two_roles": testing.application(_api([], [testing.app_role(0, {}), testing.app_role(1, {"id": "r2"})])),
	"two_roles_that_share_a_member_type": testing.application(_api(
		[],
		[testing.app_role(0, {}), testing.app_role(1, {"id": "r2", "allowed_member_types": ["User", "Application"]})],
	)),
	"two_roles_for_both": testing.application(_api(
		[],
		[
			testing.app_role(0, {"allowed_member_types": ["User", "Application"]}),
			testing.app_role(1, {"id": "r2", "allowed_member_types": ["Application", "User"]}),
		],
	)),
	"scope_and_role_for_users": testing.application(_api(
		[testing.scope(0, {})],
		[testing.app_role(0, object.union(_read, {"allowed_member_types": ["User"]}))],
	)),
	"two_roles_for_users": testing.application(_api(
		[],
		[
			testing.app_role(0, {"allowed_member_types": ["User"]}),
			testing.app_role(1, {"id": "r2", "allowed_member_types": ["User"]}),
		],
	)),
	"scope_and_disabled_role": testing.application(_api(
		[testing.scope(0, {})],
		[testing.app_role(0, object.union(_read, {"allowed_member_types": ["User"], "enabled": false}))],
	)),
	"disabled_scope_and_role": testing.application(_api(
		[testing.scope(0, {"enabled": false})],
		[testing.app_role(0, object.union(_read, {"allowed_member_types": ["User"]}))],
	)),
	"scope_and_role_for_applications": testing.application(_api([testing.scope(0, {})], [testing.app_role(0, _read)])),
	"scope_and_role_of_one_id": testing.application(_api(
		[testing.scope(0, {"id": "same"})],
		[testing.app_role(0, object.union(_read, {"id": "same", "allowed_member_types": ["User"]}))],
	)),
	"roles_of_other_member_types": testing.application(_api(
		[],
		[testing.app_role(0, {}), testing.app_role(1, {"id": "r2", "allowed_member_types": ["User"]})],
	)),
	"different": testing.application(_api([testing.scope(0, {}), testing.scope(1, _write)], [testing.app_role(0, {})])),
	"one_disabled": testing.application(_api(
		[testing.scope(0, {}), testing.scope(1, {"id": "s2", "enabled": false})],
		[testing.app_role(0, {"enabled": false}), testing.app_role(1, {"id": "r2"})],
	)),
	"roles_without_value": testing.application(_api(
		[],
		[testing.app_role(0, _valueless), testing.app_role(1, object.union(_valueless, {"id": "r2"}))],
	)),
	"member_type_twice": testing.application(_api(
		[],
		[testing.app_role(0, {"allowed_member_types": ["Application", "Application"]})],
	)),
	"unknown": testing.application(_api(
		[
			testing.scope(0, _unknown),
			testing.scope(1, object.union(_unknown, {"id": "s2"})),
			testing.scope(2, {"enabled": null}),
			testing.scope(3, {"id": "s4"}),
		],
		[
			testing.app_role(0, {"allowed_member_types": null}),
			testing.app_role(1, {"id": "r2", "allowed_member_types": null}),
			testing.app_role(2, object.union(_read, {"id": null, "allowed_member_types": ["User"]})),
		],
	)),
	"id_of_the_scope_unknown": testing.application(_api(
		[testing.scope(0, {"id": null})],
		[testing.app_role(0, object.union(_read, {"allowed_member_types": ["User"]}))],
	)),
	"nothing_offered": testing.application(_api([], [])),
}

test_reports_two_scopes if {
	rule.deny == {{
		"at": "/api/oauth2PermissionScopes/1",
		"sharers": "two scopes",
		"value": "Orders.Read",
	}} with input as inputs.two_scopes
}

test_reports_each_repetition if {
	{finding.at | some finding in rule.deny} == {
		"/api/oauth2PermissionScopes/1",
		"/api/oauth2PermissionScopes/2",
	} with input as inputs.three_scopes
}

test_reports_two_roles if {
	rule.deny == {{
		"at": "/appRoles/1",
		"sharers": "two roles",
		"value": "Orders.Read.All",
	}} with input as inputs.two_roles
}

test_reports_two_roles_that_share_a_member_type if {
	{finding.at | some finding in rule.deny} == {"/appRoles/1"} with input as inputs.two_roles_that_share_a_member_type
}

test_reports_two_roles_for_users if {
	{finding.at | some finding in rule.deny} == {"/appRoles/1"} with input as inputs.two_roles_for_users
}

test_reports_two_roles_for_both_once if {
	count(rule.deny) == 1 with input as inputs.two_roles_for_both
}

test_reports_scope_and_role_for_users if {
	rule.deny == {{
		"at": "/appRoles/0",
		"sharers": "a scope and a role for users",
		"value": "Orders.Read",
	}} with input as inputs.scope_and_role_for_users
}

test_allows_scope_and_disabled_role if {
	rule.deny == set() with input as inputs.scope_and_disabled_role
}

test_allows_disabled_scope_and_role if {
	rule.deny == set() with input as inputs.disabled_scope_and_role
}

test_allows_scope_and_role_for_applications if {
	rule.deny == set() with input as inputs.scope_and_role_for_applications
}

test_allows_scope_and_role_of_one_id if {
	rule.deny == set() with input as inputs.scope_and_role_of_one_id
}

test_allows_roles_of_other_member_types if {
	rule.deny == set() with input as inputs.roles_of_other_member_types
}

test_allows_different_values if {
	rule.deny == set() with input as inputs.different
}

test_allows_where_one_is_disabled if {
	rule.deny == set() with input as inputs.one_disabled
}

test_allows_roles_without_value if {
	rule.deny == set() with input as inputs.roles_without_value
}

test_allows_member_type_twice if {
	rule.deny == set() with input as inputs.member_type_twice
}

test_is_silent_on_unknown_members if {
	rule.deny == set() with input as inputs.unknown
}

test_is_silent_where_the_id_of_the_scope_is_unknown if {
	rule.deny == set() with input as inputs.id_of_the_scope_unknown
}

test_is_silent_where_nothing_is_offered if {
	rule.deny == set() with input as inputs.nothing_offered
}

_api(scopes, roles) := {"api": {"scopes": scopes}, "app_roles": roles}

_read := {
	"value": "Orders.Read",
	"resource": "Orders",
	"operation": "Read",
	"constraint": "",
	"access": "read",
}

_write := {
	"value": "Orders.ReadWrite",
	"resource": "Orders",
	"operation": "ReadWrite",
	"constraint": "",
	"access": "write",
}

_valueless := {
	"value": "",
	"resource": null,
	"operation": null,
	"constraint": null,
	"access": "other",
}

_unknown := {
	"value": null,
	"resource": null,
	"operation": null,
	"constraint": null,
	"access": "other",
}
