package zerotrust.least_privilege.write_access_to_read_test

import data.zerotrust.least_privilege.write_access_to_read as rule
import data.zerotrust.testing

inputs := {
	"write": testing.declared_application({"access": "read"}, {"permissions": [testing.permission(0, _users)]}),
	"no_sibling": testing.declared_application({"access": "read"}, {"permissions": [testing.permission(0, _owned)]}),
	"full": testing.declared_application({"access": "read"}, {"permissions": [testing.permission(0, _vault)]}),
	"several": testing.declared_application({"access": "read"}, {"permissions": [
		testing.permission(0, _users),
		testing.permission(1, {}),
		testing.permission(2, _owned),
	]}),
	"read": testing.declared_application({"access": "read"}, {"permissions": [testing.permission(0, {})]}),
	"other": testing.declared_application({"access": "read"}, {"permissions": [testing.permission(0, _send)]}),
	"unknown": testing.declared_application({"access": "read"}, {"permissions": [testing.permission(0, _unknown)]}),
	"write_declared": testing.declared_application({"access": "write"}, {"permissions": [testing.permission(0, _users)]}),
	"access_not_declared": testing.declared_application({"type": "web"}, {"permissions": [testing.permission(0, _users)]}),
	"nothing_declared": testing.application({"permissions": [testing.permission(0, _users)]}),
}

test_reports_write_and_names_the_read_sibling if {
	rule.deny == {{
		"at": "/requiredResourceAccess/0/resourceAccess/0",
		"permission": "User.ReadWrite.All",
		"access": "write",
		"read_sibling": "User.Read.All",
		"advice": "`User.Read.All` is enough",
	}} with input as inputs.write
}

test_reports_write_without_read_sibling if {
	rule.deny == {{
		"at": "/requiredResourceAccess/0/resourceAccess/0",
		"permission": "Application.ReadWrite.OwnedBy",
		"access": "write",
		"read_sibling": null,
		"advice": "no permission of the same name only reads",
	}} with input as inputs.no_sibling
}

test_reports_full_access if {
	{finding.access | some finding in rule.deny} == {"full"} with input as inputs.full
}

test_reports_each if {
	{finding.at | some finding in rule.deny} == {
		"/requiredResourceAccess/0/resourceAccess/0",
		"/requiredResourceAccess/0/resourceAccess/2",
	} with input as inputs.several
}

test_allows_read if {
	rule.deny == set() with input as inputs.read
}

test_allows_access_of_another_sort if {
	rule.deny == set() with input as inputs.other
}

test_is_silent_on_unknown_permission if {
	rule.deny == set() with input as inputs.unknown
}

test_allows_write_where_declared if {
	rule.deny == set() with input as inputs.write_declared
}

test_is_silent_where_access_is_not_declared if {
	rule.deny == set() with input as inputs.access_not_declared
}

test_is_silent_where_nothing_is_declared if {
	rule.deny == set() with input as inputs.nothing_declared
}

_users := {
	"id": "204e0828-b5ca-4ad8-b9f3-f32a958e7cc4",
	"name": "User.ReadWrite.All",
	"privilege_level": 4,
	"tier": 0,
	"risk": "critical",
	"admin_consent": true,
	"access": "write",
	"read_sibling": "User.Read.All",
}

_owned := {
	"id": "18a4783c-866b-4cc7-a460-3d5e5662c884",
	"name": "Application.ReadWrite.OwnedBy",
	"kind": "application",
	"privilege_level": 3,
	"tier": 0,
	"risk": "high",
	"admin_consent": true,
	"access": "write",
	"delegated_sibling": false,
}

_vault := {
	"resource": {"app_id": "cfa8b339-82a2-471a-a3c9-0fc0be7a4093", "name": "Azure Key Vault"},
	"id": "f53da476-18e3-4152-8e01-aec403e6edc0",
	"name": "user_impersonation",
	"privilege_level": null,
	"admin_consent": null,
	"access": "full",
}

_send := {
	"id": "e383f46e-2787-4529-855e-0e479a3ffac0",
	"name": "Mail.Send",
	"privilege_level": 2,
	"risk": "high",
	"access": "other",
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
