package zerotrust.least_privilege.user_consent_to_write_test

import data.zerotrust.least_privilege.user_consent_to_write as rule
import data.zerotrust.testing

inputs := {
	"write": testing.application({"api": {"scopes": [testing.scope(0, object.union(_write, {"type": "User"}))]}}),
	"full": testing.application({"api": {"scopes": [testing.scope(0, object.union(_full, {"type": "User"}))]}}),
	"several": testing.application({"api": {"scopes": [
		testing.scope(0, object.union(_write, {"type": "User"})),
		testing.scope(1, {"type": "User"}),
		testing.scope(2, object.union(_full, {"type": "User"})),
	]}}),
	"admin": testing.application({"api": {"scopes": [testing.scope(0, _write)]}}),
	"read": testing.application({"api": {"scopes": [testing.scope(0, {"type": "User"})]}}),
	"disabled": testing.application({"api": {"scopes": [testing.scope(
		0,
		object.union(_write, {"type": "User", "enabled": false}),
	)]}}),
	"unknown": testing.application({"api": {"scopes": [
		testing.scope(0, object.union(_write, {"type": null})),
		testing.scope(1, object.union(_write, {"type": "User", "enabled": null})),
		testing.scope(2, object.union(_unknown, {"type": "User"})),
	]}}),
	"nothing_offered": testing.application({"api": {"scopes": []}}),
}

test_reports_write if {
	rule.deny == {{
		"at": "/api/oauth2PermissionScopes/0",
		"scope": "Orders.ReadWrite",
		"access": "write",
	}} with input as inputs.write
}

test_reports_full if {
	rule.deny == {{
		"at": "/api/oauth2PermissionScopes/0",
		"scope": "access_as_user",
		"access": "full",
	}} with input as inputs.full
}

test_reports_each if {
	{finding.scope | some finding in rule.deny} == {"Orders.ReadWrite", "access_as_user"} with input as inputs.several
}

test_allows_admin if {
	rule.deny == set() with input as inputs.admin
}

test_allows_read if {
	rule.deny == set() with input as inputs.read
}

test_allows_disabled_scope if {
	rule.deny == set() with input as inputs.disabled
}

test_is_silent_on_unknown_members if {
	rule.deny == set() with input as inputs.unknown
}

test_is_silent_where_nothing_is_offered if {
	rule.deny == set() with input as inputs.nothing_offered
}

_write := {
	"value": "Orders.ReadWrite",
	"resource": "Orders",
	"operation": "ReadWrite",
	"constraint": "",
	"access": "write",
}

_full := {
	"value": "access_as_user",
	"resource": null,
	"operation": null,
	"constraint": null,
	"access": "full",
}

_unknown := {
	"value": null,
	"resource": null,
	"operation": null,
	"constraint": null,
	"access": "other",
}
