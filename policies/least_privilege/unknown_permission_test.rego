package zerotrust.least_privilege.unknown_permission_test

import data.zerotrust.least_privilege.unknown_permission as rule
import data.zerotrust.testing

inputs := {
	"unknown": testing.application({"permissions": [testing.permission(0, _unknown)]}),
	"misspelt": testing.application({"permissions": [testing.permission(0, _misspelt)]}),
	"several": testing.application({"permissions": [
		testing.permission(0, _unknown),
		testing.permission(1, {}),
		testing.permission(2, object.union(_unknown, {"kind": "application"})),
	]}),
	"known": testing.application({"permissions": [testing.permission(0, {})]}),
	"known_without_level": testing.application({"permissions": [testing.permission(0, {"privilege_level": null})]}),
	"not_known_yet": testing.application({"permissions": [testing.permission(0, _not_known_yet)]}),
	"own_api": testing.application({"permissions": [testing.permission(0, _own_api)]}),
	"unknown_elsewhere": testing.application({"permissions": [testing.permission(0, _elsewhere)]}),
}

test_reports_unknown_id if {
	rule.deny == {{
		"at": "/requiredResourceAccess/0/resourceAccess/0",
		"permission": "0b1d5f0a-2c3d-4e5f-8a6b-7c8d9e0f1a2b",
		"kind": "delegated",
	}} with input as inputs.unknown
}

test_reports_misspelt_name_in_place_of_an_id if {
	rule.deny == {{
		"at": "/requiredResourceAccess/0/resourceAccess/0",
		"permission": "User.Reed",
		"kind": "delegated",
	}} with input as inputs.misspelt
}

test_reports_each if {
	{finding.at | some finding in rule.deny} == {
		"/requiredResourceAccess/0/resourceAccess/0",
		"/requiredResourceAccess/0/resourceAccess/2",
	} with input as inputs.several
}

test_allows_known_permission if {
	rule.deny == set() with input as inputs.known
}

test_allows_known_permission_without_a_level if {
	rule.deny == set() with input as inputs.known_without_level
}

test_is_silent_on_id_that_is_not_known_yet if {
	rule.deny == set() with input as inputs.not_known_yet
}

test_is_silent_on_own_api if {
	rule.deny == set() with input as inputs.own_api
}

test_is_silent_on_another_resource if {
	rule.deny == set() with input as inputs.unknown_elsewhere
}

_unknown := {
	"id": "0b1d5f0a-2c3d-4e5f-8a6b-7c8d9e0f1a2b",
	"name": null,
	"known": false,
	"privilege_level": null,
	"admin_consent": null,
	"access": null,
	"delegated_sibling": null,
}

_misspelt := {
	"id": "User.Reed",
	"name": null,
	"known": false,
	"privilege_level": null,
	"admin_consent": null,
	"access": null,
	"delegated_sibling": null,
}

_not_known_yet := {
	"id": null,
	"name": null,
	"known": null,
	"privilege_level": null,
	"admin_consent": null,
	"access": null,
	"delegated_sibling": null,
}

_own_api := {
	"resource": {"app_id": "2b7f1c44-6a0e-4f57-9a5e-0c1d2e3f4a5b", "name": null},
	"id": "6c1e2f3a-0000-4000-8000-000000000001",
	"name": null,
	"known": null,
	"privilege_level": null,
	"admin_consent": null,
	"access": null,
	"delegated_sibling": null,
}

_elsewhere := {
	"resource": {"app_id": "2b7f1c44-6a0e-4f57-9a5e-0c1d2e3f4a5b", "name": null},
	"id": "6c1e2f3a-0000-4000-8000-000000000001",
	"name": null,
	"known": false,
	"privilege_level": null,
	"admin_consent": null,
	"access": null,
	"delegated_sibling": null,
}
