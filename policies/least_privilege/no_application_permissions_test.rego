package zerotrust.least_privilege.no_application_permissions_test

import data.zerotrust.least_privilege.no_application_permissions as rule
import data.zerotrust.testing

inputs := {
	"scopes_alone": testing.application(_api([testing.scope(0, {}), testing.scope(1, _write)], [])),
	"beside_a_disabled_role": testing.application(_api([testing.scope(0, {})], [testing.app_role(0, {"enabled": false})])),
	"beside_a_role_for_users": testing.application(_api(
		[testing.scope(0, {})],
		[testing.app_role(0, {"allowed_member_types": ["User"]})],
	)),
	"delegated_only_denied": testing.declared_application(
		{"delegated_only": false},
		_api([testing.scope(0, {})], []),
	),
	"delegated_only_not_declared": testing.declared_application({"type": "api"}, _api([testing.scope(0, {})], [])),
	"both": testing.application(_api([testing.scope(0, {})], [testing.app_role(0, {})])),
	"role_for_both": testing.application(_api(
		[testing.scope(0, {})],
		[testing.app_role(0, {"allowed_member_types": ["User", "Application"]})],
	)),
	"delegated_only": testing.declared_application({"delegated_only": true}, _api([testing.scope(0, {})], [])),
	"disabled": testing.application(_api([testing.scope(0, {"enabled": false})], [])),
	"nothing_offered": testing.application(_api([], [])),
	"scope_unknown": testing.application(_api(
		[testing.scope(0, {"enabled": null}), testing.scope(1, _unknown)],
		[],
	)),
	"role_may_be_enabled": testing.application(_api([testing.scope(0, {})], [testing.app_role(0, {"enabled": null})])),
	"members_unknown": testing.application(_api(
		[testing.scope(0, {})],
		[testing.app_role(0, {"allowed_member_types": null})],
	)),
}

test_reports_scopes_alone if {
	rule.deny == {{
		"at": "application.app_roles",
		"scopes": ["Orders.Read", "Orders.ReadWrite"],
	}} with input as inputs.scopes_alone
}

test_reports_beside_disabled_role if {
	count(rule.deny) == 1 with input as inputs.beside_a_disabled_role
}

test_reports_beside_role_for_users if {
	count(rule.deny) == 1 with input as inputs.beside_a_role_for_users
}

test_reports_where_delegated_only_is_denied if {
	count(rule.deny) == 1 with input as inputs.delegated_only_denied
}

test_reports_where_delegated_only_is_not_declared if {
	count(rule.deny) == 1 with input as inputs.delegated_only_not_declared
}

test_allows_both if {
	rule.deny == set() with input as inputs.both
}

test_allows_role_for_both if {
	rule.deny == set() with input as inputs.role_for_both
}

test_allows_declared_delegated_only if {
	rule.deny == set() with input as inputs.delegated_only
}

test_allows_disabled_scope if {
	rule.deny == set() with input as inputs.disabled
}

test_allows_nothing_offered if {
	rule.deny == set() with input as inputs.nothing_offered
}

test_is_silent_on_unknown_scope if {
	rule.deny == set() with input as inputs.scope_unknown
}

test_is_silent_where_a_role_may_be_enabled if {
	rule.deny == set() with input as inputs.role_may_be_enabled
}

test_is_silent_on_unknown_members if {
	rule.deny == set() with input as inputs.members_unknown
}

_api(scopes, roles) := {"api": {"scopes": scopes}, "app_roles": roles}

_write := {
	"value": "Orders.ReadWrite",
	"resource": "Orders",
	"operation": "ReadWrite",
	"constraint": "",
	"access": "write",
}

_unknown := {
	"value": null,
	"resource": null,
	"operation": null,
	"constraint": null,
	"access": "other",
}
