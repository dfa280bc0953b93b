package zerotrust.least_privilege.no_delegated_permissions_test

import data.zerotrust.least_privilege.no_delegated_permissions as rule
import data.zerotrust.testing

inputs := {
	"roles_alone": testing.application(_api([], [testing.app_role(0, {}), testing.app_role(1, _write)])),
	"role_for_both": testing.application(_api(
		[],
		[testing.app_role(0, {"allowed_member_types": ["User", "Application"]})],
	)),
	"beside_a_disabled_scope": testing.application(_api(
		[testing.scope(0, {"enabled": false})],
		[testing.app_role(0, {})],
	)),
	"declared_api": testing.declared_application({"type": "api"}, _api([], [testing.app_role(0, {})])),
	"role_without_value": testing.application(_api([], [testing.app_role(0, _valueless)])),
	"both": testing.application(_api([testing.scope(0, {})], [testing.app_role(0, {})])),
	"daemon": testing.declared_application({"type": "daemon"}, _api([], [testing.app_role(0, {})])),
	"role_for_users": testing.application(_api([], [testing.app_role(0, {"allowed_member_types": ["User"]})])),
	"disabled": testing.application(_api([], [testing.app_role(0, {"enabled": false})])),
	"nothing_offered": testing.application(_api([], [])),
	"scope_may_be_enabled": testing.application(_api([testing.scope(0, {"enabled": null})], [testing.app_role(0, {})])),
	"role_unknown": testing.application(_api(
		[],
		[testing.app_role(0, {"enabled": null}), testing.app_role(1, {"allowed_member_types": null})],
	)),
}

test_reports_roles_alone if {
	rule.deny == {{
		"at": "application.api.scopes",
		"roles": ["Orders.Read.All", "Orders.ReadWrite.All"],
	}} with input as inputs.roles_alone
}

test_reports_role_for_both if {
	count(rule.deny) == 1 with input as inputs.role_for_both
}

test_reports_beside_disabled_scope if {
	count(rule.deny) == 1 with input as inputs.beside_a_disabled_scope
}

test_reports_declared_api if {
	count(rule.deny) == 1 with input as inputs.declared_api
}

test_names_role_without_value_by_its_title if {
	rule.deny == {{"at": "application.api.scopes", "roles": ["Read orders"]}} with input as inputs.role_without_value
}

test_allows_both if {
	rule.deny == set() with input as inputs.both
}

test_allows_declared_daemon if {
	rule.deny == set() with input as inputs.daemon
}

test_allows_role_for_users if {
	rule.deny == set() with input as inputs.role_for_users
}

test_allows_disabled_role if {
	rule.deny == set() with input as inputs.disabled
}

test_allows_nothing_offered if {
	rule.deny == set() with input as inputs.nothing_offered
}

test_is_silent_where_a_scope_may_be_enabled if {
	rule.deny == set() with input as inputs.scope_may_be_enabled
}

test_is_silent_on_unknown_role if {
	rule.deny == set() with input as inputs.role_unknown
}

_api(scopes, roles) := {"api": {"scopes": scopes}, "app_roles": roles}

_write := {
	"value": "Orders.ReadWrite.All",
	"resource": "Orders",
	"operation": "ReadWrite",
	"constraint": "All",
	"access": "write",
}

_valueless := {
	"value": "",
	"resource": null,
	"operation": null,
	"constraint": null,
	"access": "other",
}
