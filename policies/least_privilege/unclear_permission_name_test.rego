package zerotrust.least_privilege.unclear_permission_name_test

import data.zerotrust.least_privilege.unclear_permission_name as rule
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
	"scope": testing.application(_api([testing.scope(0, _unclear("repairs_read"))], [])),
	"role": testing.application(_api([], [testing.app_role(0, _unclear("managers"))])),
	"several": testing.application(_api(
		[testing.scope(0, _unclear("repairs_read")), testing.scope(1, {})],
		[testing.app_role(0, {}), testing.app_role(1, _unclear("managers"))],
	)),
	"clear": testing.application(_api([testing.scope(0, {})], [testing.app_role(0, {})])),
	"catch_all": testing.application(_api(
		[testing.scope(0, _catch_all), testing.scope(1, _unclear(".default"))],
		[testing.app_role(0, _unclear("ALL"))],
	)),
	"disabled": testing.application(_api(
		[testing.scope(0, object.union(_unclear("repairs_read"), {"enabled": false}))],
		[testing.app_role(0, object.union(_unclear("managers"), {"enabled": false}))],
	)),
	"role_without_value": testing.application(_api([], [testing.app_role(0, _unclear(""))])),
	"unknown": testing.application(_api(
		[testing.scope(0, _unclear(null)), testing.scope(1, object.union(_unclear("repairs_read"), {"enabled": null}))],
		[testing.app_role(0, _unclear(null)), testing.app_role(1, object.union(_unclear("managers"), {"enabled": null}))],
	)),
	"nothing_offered": testing.application(_api([], [])),
}

test_reports_scope if {
	rule.deny == {{
		"at": "/api/oauth2PermissionScopes/0",
		"kind": "scope",
		"value": "repairs_read",
	}} with input as inputs.scope with data.ztvet as ztvet
}

test_reports_role if {
	rule.deny == {{
		"at": "/appRoles/0",
		"kind": "role",
		"value": "managers",
	}} with input as inputs.role with data.ztvet as ztvet
}

test_reports_each if {
	{finding.at | some finding in rule.deny} == {
		"/api/oauth2PermissionScopes/0",
		"/appRoles/1",
	} with input as inputs.several with data.ztvet as ztvet
}

test_allows_resource_and_operation if {
	rule.deny == set() with input as inputs.clear with data.ztvet as ztvet
}

test_leaves_catch_all_to_another_rule if {
	rule.deny == set() with input as inputs.catch_all with data.ztvet as ztvet
}

test_allows_disabled if {
	rule.deny == set() with input as inputs.disabled with data.ztvet as ztvet
}

test_allows_role_without_value if {
	rule.deny == set() with input as inputs.role_without_value with data.ztvet as ztvet
}

test_is_silent_on_unknown_members if {
	rule.deny == set() with input as inputs.unknown with data.ztvet as ztvet
}

test_is_silent_where_nothing_is_offered if {
	rule.deny == set() with input as inputs.nothing_offered with data.ztvet as ztvet
}

_api(scopes, roles) := {"api": {"scopes": scopes}, "app_roles": roles}

_unclear(value) := {
	"value": value,
	"resource": null,
	"operation": null,
	"constraint": null,
	"access": "other",
}

_catch_all := {
	"value": "user_impersonation",
	"resource": null,
	"operation": null,
	"constraint": null,
	"access": "full",
}
