package zerotrust.least_privilege.catch_all_scope_test

import data.zerotrust.least_privilege.catch_all_scope as rule
import data.zerotrust.testing

ztvet := {"parameters": {"LP-201": {"catch_alls": [
	"user_impersonation",
	"access_as_user",
	"full_access",
	".default",
	"*",
	"all",
]}}}

inputs := {
	"user_impersonation": testing.application(_api([testing.scope(0, _catch_all("user_impersonation", "full"))], [])),
	"access_as_user": testing.application(_api([testing.scope(0, _catch_all("access_as_user", "full"))], [])),
	"full_access": testing.application(_api([testing.scope(0, _catch_all("full_access", "full"))], [])),
	"default": testing.application(_api([testing.scope(0, _catch_all(".default", "other"))], [])),
	"asterisk": testing.application(_api([testing.scope(0, _catch_all("*", "other"))], [])),
	"all": testing.application(_api([testing.scope(0, _catch_all("All", "other"))], [])),
	"beside_a_disabled_one": testing.application(_api(
		[
			testing.scope(0, {"enabled": false}),
			testing.scope(1, _catch_all("user_impersonation", "full")),
		],
		[],
	)),
	"with_a_catch_all_role": testing.application(_api(
		[testing.scope(0, _catch_all("access_as_user", "full"))],
		[testing.app_role(0, _catch_all("access_as_user", "full"))],
	)),
	"with_a_disabled_role": testing.application(_api(
		[testing.scope(0, _catch_all("access_as_user", "full"))],
		[testing.app_role(0, {"enabled": false})],
	)),
	"with_a_role_without_value": testing.application(_api(
		[testing.scope(0, _catch_all("access_as_user", "full"))],
		[testing.app_role(0, _catch_all("", "other"))],
	)),
	"narrowed_by_a_role": testing.application(_api(
		[testing.scope(0, _catch_all("access_as_user", "full"))],
		[testing.app_role(0, {})],
	)),
	"pair": testing.application(_api([testing.scope(0, {}), testing.scope(1, _write)], [])),
	"one_of_two": testing.application(_api(
		[
			testing.scope(0, _catch_all("user_impersonation", "full")),
			testing.scope(1, {}),
		],
		[],
	)),
	"granular": testing.application(_api([testing.scope(0, {})], [])),
	"longer_name": testing.application(_api([testing.scope(0, _catch_all("user_impersonation_orders", "other"))], [])),
	"disabled": testing.application(_api(
		[testing.scope(0, object.union(_catch_all("user_impersonation", "full"), {"enabled": false}))],
		[],
	)),
	"enabled_unknown": testing.application(_api(
		[testing.scope(0, object.union(_catch_all("user_impersonation", "full"), {"enabled": null}))],
		[],
	)),
	"other_may_be_enabled": testing.application(_api(
		[
			testing.scope(0, _catch_all("user_impersonation", "full")),
			testing.scope(1, {"enabled": null}),
		],
		[],
	)),
	"value_unknown": testing.application(_api([testing.scope(0, _catch_all(null, "other"))], [])),
	"role_value_unknown": testing.application(_api(
		[testing.scope(0, _catch_all("user_impersonation", "full"))],
		[testing.app_role(0, _catch_all(null, "other"))],
	)),
	"role_may_be_enabled": testing.application(_api(
		[testing.scope(0, _catch_all("user_impersonation", "full"))],
		[testing.app_role(0, {"enabled": null})],
	)),
	"nothing_offered": testing.application(_api([], [])),
}

test_reports_user_impersonation if {
	rule.deny == {{
		"at": "/api/oauth2PermissionScopes/0",
		"scope": "user_impersonation",
	}} with input as inputs.user_impersonation with data.ztvet as ztvet
}

test_reports_access_as_user if {
	_reported == {"access_as_user"} with input as inputs.access_as_user with data.ztvet as ztvet
}

test_reports_full_access if {
	_reported == {"full_access"} with input as inputs.full_access with data.ztvet as ztvet
}

test_reports_default if {
	_reported == {".default"} with input as inputs["default"] with data.ztvet as ztvet
}

test_reports_asterisk if {
	_reported == {"*"} with input as inputs.asterisk with data.ztvet as ztvet
}

test_reports_any_case if {
	_reported == {"All"} with input as inputs.all with data.ztvet as ztvet
}

test_does_not_count_disabled_scope if {
	rule.deny == {{
		"at": "/api/oauth2PermissionScopes/1",
		"scope": "user_impersonation",
	}} with input as inputs.beside_a_disabled_one with data.ztvet as ztvet
}

test_is_not_narrowed_by_catch_all_role if {
	count(rule.deny) == 1 with input as inputs.with_a_catch_all_role with data.ztvet as ztvet
}

test_is_not_narrowed_by_disabled_role if {
	count(rule.deny) == 1 with input as inputs.with_a_disabled_role with data.ztvet as ztvet
}

test_is_not_narrowed_by_role_without_value if {
	count(rule.deny) == 1 with input as inputs.with_a_role_without_value with data.ztvet as ztvet
}

test_allows_scope_narrowed_by_role if {
	rule.deny == set() with input as inputs.narrowed_by_a_role with data.ztvet as ztvet
}

test_allows_read_and_write if {
	rule.deny == set() with input as inputs.pair with data.ztvet as ztvet
}

test_allows_catch_all_beside_another_scope if {
	rule.deny == set() with input as inputs.one_of_two with data.ztvet as ztvet
}

test_allows_single_granular_scope if {
	rule.deny == set() with input as inputs.granular with data.ztvet as ztvet
}

test_allows_longer_name if {
	rule.deny == set() with input as inputs.longer_name with data.ztvet as ztvet
}

test_allows_disabled_scope if {
	rule.deny == set() with input as inputs.disabled with data.ztvet as ztvet
}

test_is_silent_where_enabled_is_unknown if {
	rule.deny == set() with input as inputs.enabled_unknown with data.ztvet as ztvet
}

test_is_silent_where_another_may_be_enabled if {
	rule.deny == set() with input as inputs.other_may_be_enabled with data.ztvet as ztvet
}

test_is_silent_on_unknown_value if {
	rule.deny == set() with input as inputs.value_unknown with data.ztvet as ztvet
}

test_is_silent_where_a_role_may_narrow if {
	rule.deny == set() with input as inputs.role_value_unknown with data.ztvet as ztvet
}

test_is_silent_where_a_role_may_be_enabled if {
	rule.deny == set() with input as inputs.role_may_be_enabled with data.ztvet as ztvet
}

test_is_silent_where_nothing_is_offered if {
	rule.deny == set() with input as inputs.nothing_offered with data.ztvet as ztvet
}

test_heeds_the_parameter if {
	_reported == {"Orders.Read"} with input as inputs.granular
		with data.ztvet.parameters["LP-201"].catch_alls as ["orders.read"]
}

_reported contains scope if {
	some finding in rule.deny
	scope := finding.scope
}

_api(scopes, roles) := {"api": {"scopes": scopes}, "app_roles": roles}

_catch_all(value, access) := {
	"value": value,
	"resource": null,
	"operation": null,
	"constraint": null,
	"access": access,
}

_write := {
	"value": "Orders.ReadWrite",
	"resource": "Orders",
	"operation": "ReadWrite",
	"constraint": "",
	"access": "write",
}
