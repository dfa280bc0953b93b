package zerotrust.least_privilege.role_for_users_and_applications_test

import data.zerotrust.least_privilege.role_for_users_and_applications as rule
import data.zerotrust.testing

inputs := {
	"both": testing.application({"app_roles": [testing.app_role(0, {"allowed_member_types": ["User", "Application"]})]}),
	"several": testing.application({"app_roles": [
		testing.app_role(0, {"allowed_member_types": ["Application", "User"]}),
		testing.app_role(1, {}),
		testing.app_role(2, object.union(_write, {"allowed_member_types": ["User", "Application"]})),
	]}),
	"without_value": testing.application({"app_roles": [testing.app_role(
		0,
		object.union(_valueless, {"allowed_member_types": ["User", "Application"]}),
	)]}),
	"application": testing.application({"app_roles": [testing.app_role(0, {})]}),
	"user": testing.application({"app_roles": [testing.app_role(0, {"allowed_member_types": ["User"]})]}),
	"one_each": testing.application({"app_roles": [
		testing.app_role(0, {}),
		testing.app_role(1, object.union(_write, {"allowed_member_types": ["User"]})),
	]}),
	"disabled": testing.application({"app_roles": [testing.app_role(
		0,
		{"enabled": false, "allowed_member_types": ["User", "Application"]},
	)]}),
	"unknown": testing.application({"app_roles": [
		testing.app_role(0, {"allowed_member_types": null}),
		testing.app_role(1, {"enabled": null, "allowed_member_types": ["User", "Application"]}),
	]}),
	"nothing_offered": testing.application({"app_roles": []}),
}

test_reports_both if {
	rule.deny == {{"at": "/appRoles/0", "role": "Orders.Read.All"}} with input as inputs.both
}

test_reports_each if {
	rule.deny == {
		{"at": "/appRoles/0", "role": "Orders.Read.All"},
		{"at": "/appRoles/2", "role": "Orders.ReadWrite.All"},
	} with input as inputs.several
}

test_names_role_without_value_by_its_title if {
	rule.deny == {{"at": "/appRoles/0", "role": "Read orders"}} with input as inputs.without_value
}

test_allows_application if {
	rule.deny == set() with input as inputs.application
}

test_allows_user if {
	rule.deny == set() with input as inputs.user
}

test_allows_one_each if {
	rule.deny == set() with input as inputs.one_each
}

test_allows_disabled_role if {
	rule.deny == set() with input as inputs.disabled
}

test_is_silent_on_unknown_members if {
	rule.deny == set() with input as inputs.unknown
}

test_is_silent_where_nothing_is_offered if {
	rule.deny == set() with input as inputs.nothing_offered
}

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
