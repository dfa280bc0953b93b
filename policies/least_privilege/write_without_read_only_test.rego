package zerotrust.least_privilege.write_without_read_only_test

import data.zerotrust.least_privilege.write_without_read_only as rule
import data.zerotrust.testing

inputs := {
	"scope": testing.application(_api([testing.scope(0, _write)], [])),
	"full_scope": testing.application(_api([testing.scope(0, _full)], [])),
	"role": testing.application(_api([], [testing.app_role(0, _write_all)])),
	"one_of_two_resources": testing.application(_api(
		[testing.scope(0, {}), testing.scope(1, _write), testing.scope(2, _write_invoices)],
		[],
	)),
	"several": testing.application(_api([testing.scope(0, _write), testing.scope(1, _full)], [])),
	"read_of_the_other_kind": testing.application(_api([testing.scope(0, _write)], [testing.app_role(0, {})])),
	"read_role_for_users": testing.application(_api(
		[],
		[testing.app_role(0, _write_all), testing.app_role(1, {"allowed_member_types": ["User"]})],
	)),
	"role_for_both": testing.application(_api(
		[],
		[testing.app_role(0, object.union(_write_all, {"allowed_member_types": ["User", "Application"]}))],
	)),
	"read_disabled": testing.application(_api([testing.scope(0, _write), testing.scope(1, {"enabled": false})], [])),
	"pair": testing.application(_api([testing.scope(0, {}), testing.scope(1, _write)], [])),
	"pair_of_roles": testing.application(_api([], [testing.app_role(0, {}), testing.app_role(1, _write_all)])),
	"pair_with_another_constraint": testing.application(_api(
		[testing.scope(0, {}), testing.scope(1, _write_all)],
		[],
	)),
	"disabled": testing.application(_api([testing.scope(0, object.union(_write, {"enabled": false}))], [])),
	"disabled_role": testing.application(_api(
		[],
		[testing.app_role(0, object.union(_write_all, {"enabled": false}))],
	)),
	"pair_of_roles_for_users": testing.application(_api(
		[],
		[
			testing.app_role(0, {"allowed_member_types": ["User"]}),
			testing.app_role(1, object.union(_write_all, {"allowed_member_types": ["User"]})),
		],
	)),
	"unnamed_disabled": testing.application(_api(
		[testing.scope(0, _write), testing.scope(1, object.union(_unknown, {"enabled": false}))],
		[],
	)),
	"other_access": testing.application(_api([testing.scope(0, _export)], [testing.app_role(0, _export)])),
	"read": testing.application(_api([testing.scope(0, {})], [])),
	"catch_all": testing.application(_api([testing.scope(0, _catch_all)], [])),
	"enabled_unknown": testing.application(_api([testing.scope(0, object.union(_write, {"enabled": null}))], [])),
	"read_may_be_enabled": testing.application(_api(
		[testing.scope(0, _write), testing.scope(1, {"enabled": null})],
		[],
	)),
	"value_unknown": testing.application(_api([testing.scope(0, _write), testing.scope(1, _unknown)], [])),
	"role_value_unknown": testing.application(_api([], [testing.app_role(0, _write_all), testing.app_role(1, _unknown)])),
	"members_unknown": testing.application(_api(
		[],
		[testing.app_role(0, object.union(_write_all, {"allowed_member_types": null}))],
	)),
	"members_of_read_unknown": testing.application(_api(
		[],
		[testing.app_role(0, _write_all), testing.app_role(1, {"allowed_member_types": null})],
	)),
	"nothing_offered": testing.application(_api([], [])),
}

test_reports_scope if {
	rule.deny == {{
		"at": "/api/oauth2PermissionScopes/0",
		"kind": "scope",
		"value": "Orders.ReadWrite",
		"resource": "Orders",
		"access": "write",
	}} with input as inputs.scope
}

test_reports_full_scope if {
	_reported == {"Orders.FullControl"} with input as inputs.full_scope
}

test_reports_role if {
	rule.deny == {{
		"at": "/appRoles/0",
		"kind": "role",
		"value": "Orders.ReadWrite.All",
		"resource": "Orders",
		"access": "write",
	}} with input as inputs.role
}

test_reports_the_resource_without_read if {
	_reported == {"Invoices.ReadWrite"} with input as inputs.one_of_two_resources
}

test_reports_each if {
	_reported == {"Orders.ReadWrite", "Orders.FullControl"} with input as inputs.several
}

test_reports_scope_where_only_a_role_reads if {
	_reported == {"Orders.ReadWrite"} with input as inputs.read_of_the_other_kind
}

test_reports_role_where_only_a_role_of_other_members_reads if {
	_reported == {"Orders.ReadWrite.All"} with input as inputs.read_role_for_users
}

test_reports_role_of_two_member_types_once if {
	count(rule.deny) == 1 with input as inputs.role_for_both
}

test_reports_where_read_is_disabled if {
	_reported == {"Orders.ReadWrite"} with input as inputs.read_disabled
}

test_reports_beside_unnamed_disabled_scope if {
	_reported == {"Orders.ReadWrite"} with input as inputs.unnamed_disabled
}

test_allows_pair if {
	rule.deny == set() with input as inputs.pair
}

test_allows_disabled_role if {
	rule.deny == set() with input as inputs.disabled_role
}

test_allows_pair_of_roles_for_users if {
	rule.deny == set() with input as inputs.pair_of_roles_for_users
}

test_allows_access_of_another_sort if {
	rule.deny == set() with input as inputs.other_access
}

test_allows_pair_of_roles if {
	rule.deny == set() with input as inputs.pair_of_roles
}

test_allows_pair_with_another_constraint if {
	rule.deny == set() with input as inputs.pair_with_another_constraint
}

test_allows_disabled_scope if {
	rule.deny == set() with input as inputs.disabled
}

test_allows_read_alone if {
	rule.deny == set() with input as inputs.read
}

test_leaves_catch_all_to_another_rule if {
	rule.deny == set() with input as inputs.catch_all
}

test_is_silent_where_enabled_is_unknown if {
	rule.deny == set() with input as inputs.enabled_unknown
}

test_is_silent_where_read_may_be_enabled if {
	rule.deny == set() with input as inputs.read_may_be_enabled
}

test_is_silent_where_a_value_is_unknown if {
	rule.deny == set() with input as inputs.value_unknown
}

test_is_silent_where_the_value_of_a_role_is_unknown if {
	rule.deny == set() with input as inputs.role_value_unknown
}

test_is_silent_on_unknown_members if {
	rule.deny == set() with input as inputs.members_unknown
}

test_is_silent_where_members_of_read_are_unknown if {
	rule.deny == set() with input as inputs.members_of_read_unknown
}

test_is_silent_where_nothing_is_offered if {
	rule.deny == set() with input as inputs.nothing_offered
}

_reported contains value if {
	some finding in rule.deny
	value := finding.value
}

_api(scopes, roles) := {"api": {"scopes": scopes}, "app_roles": roles}

_write := {
	"value": "Orders.ReadWrite",
	"resource": "Orders",
	"operation": "ReadWrite",
	"constraint": "",
	"access": "write",
}

_write_all := {
	"value": "Orders.ReadWrite.All",
	"resource": "Orders",
	"operation": "ReadWrite",
	"constraint": "All",
	"access": "write",
}

_write_invoices := {
	"value": "Invoices.ReadWrite",
	"resource": "Invoices",
	"operation": "ReadWrite",
	"constraint": "",
	"access": "write",
}

_full := {
	"value": "Orders.FullControl",
	"resource": "Orders",
	"operation": "FullControl",
	"constraint": "",
	"access": "full",
}

_catch_all := {
	"value": "access_as_user",
	"resource": null,
	"operation": null,
	"constraint": null,
	"access": "full",
}

_export := {
	"value": "Orders.Export",
	"resource": "Orders",
	"operation": "Export",
	"constraint": "",
	"access": "other",
}

_unknown := {
	"value": null,
	"resource": null,
	"operation": null,
	"constraint": null,
	"access": "other",
}
