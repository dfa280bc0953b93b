package zerotrust.least_privilege.overlapping_permissions_test

import data.zerotrust.least_privilege.overlapping_permissions as rule
import data.zerotrust.testing

inputs := {
	"own_read_with_write": testing.application({"permissions": [
		testing.permission(0, {}),
		testing.permission(1, _own_write),
	]}),
	"read_all_with_write_all": testing.application({"permissions": [
		testing.permission(0, _write_all_application),
		testing.permission(1, _read_all_application),
	]}),
	"own_with_all": testing.application({"permissions": [
		testing.permission(0, {}),
		testing.permission(1, _read_all),
	]}),
	"own_write_with_write_all": testing.application({"permissions": [
		testing.permission(0, _own_write),
		testing.permission(1, _write_all),
	]}),
	"another_constraint": testing.application({"permissions": [
		testing.permission(0, _read_roles),
		testing.permission(1, _write_roles),
	]}),
	"chain": testing.application({"permissions": [
		testing.permission(0, {}),
		testing.permission(1, _own_write),
		testing.permission(2, _read_all),
		testing.permission(3, _write_all),
	]}),
	"one_name_of_two_kinds": testing.application({"permissions": [
		testing.permission(0, _read_all),
		testing.permission(1, _read_all_application),
	]}),
	"write_of_the_other_kind": testing.application({"permissions": [
		testing.permission(0, _read_all),
		testing.permission(1, _write_all_application),
	]}),
	"write_of_another_resource": testing.application({"permissions": [
		testing.permission(0, _read_all_application),
		testing.permission(1, _sharepoint_write_all),
	]}),
	"read_all_with_own_write": testing.application({"permissions": [
		testing.permission(0, _own_write),
		testing.permission(1, _read_all),
	]}),
	"constraints_differ": testing.application({"permissions": [
		testing.permission(0, _shared_calendars),
		testing.permission(1, _write_calendars),
	]}),
	"other_operations": testing.application({"permissions": [
		testing.permission(0, _read_mail),
		testing.permission(1, _send_mail),
	]}),
	"names_of_one_word": testing.application({"permissions": [
		testing.permission(0, _openid),
		testing.permission(1, _profile),
	]}),
	"same_twice": testing.application({"permissions": [testing.permission(0, {}), testing.permission(1, {})]}),
	"unknown": testing.application({"permissions": [
		testing.permission(0, {}),
		testing.permission(1, object.union(_own_write, {"kind": null})),
		testing.permission(2, object.union(_read_all, {"resource": {"app_id": null, "name": null}})),
		testing.permission(3, _unknown),
		testing.permission(4, _unknown),
	]}),
}

test_reports_own_read_with_write if {
	rule.deny == {{
		"at": "/requiredResourceAccess/0/resourceAccess/0",
		"permission": "User.Read",
		"kind": "delegated",
		"enough": "User.ReadWrite",
	}} with input as inputs.own_read_with_write
}

test_reports_read_all_with_write_all if {
	rule.deny == {{
		"at": "/requiredResourceAccess/0/resourceAccess/1",
		"permission": "User.Read.All",
		"kind": "application",
		"enough": "User.ReadWrite.All",
	}} with input as inputs.read_all_with_write_all
}

test_reports_own_with_all if {
	_enough == {"User.Read": "User.Read.All"} with input as inputs.own_with_all
}

test_reports_own_write_with_write_all if {
	_enough == {"User.ReadWrite": "User.ReadWrite.All"} with input as inputs.own_write_with_write_all
}

test_reports_another_constraint if {
	_enough == {
		"RoleManagement.Read.Directory": "RoleManagement.ReadWrite.Directory",
	} with input as inputs.another_constraint
}

test_names_the_widest if {
	_enough == {
		"User.Read": "User.ReadWrite.All",
		"User.ReadWrite": "User.ReadWrite.All",
		"User.Read.All": "User.ReadWrite.All",
	} with input as inputs.chain
}

test_allows_one_name_of_two_kinds if {
	rule.deny == set() with input as inputs.one_name_of_two_kinds
}

test_allows_write_of_the_other_kind if {
	rule.deny == set() with input as inputs.write_of_the_other_kind
}

test_allows_write_of_another_resource if {
	rule.deny == set() with input as inputs.write_of_another_resource
}

test_allows_read_all_with_own_write if {
	rule.deny == set() with input as inputs.read_all_with_own_write
}

test_allows_constraints_that_differ if {
	rule.deny == set() with input as inputs.constraints_differ
}

test_allows_other_operations if {
	rule.deny == set() with input as inputs.other_operations
}

test_allows_names_of_one_word if {
	rule.deny == set() with input as inputs.names_of_one_word
}

test_leaves_repeated_requests_to_another_rule if {
	rule.deny == set() with input as inputs.same_twice
}

test_is_silent_on_unknown_members if {
	rule.deny == set() with input as inputs.unknown
}

_enough := {finding.permission: finding.enough | some finding in rule.deny}

_own_write := {
	"id": "b4e74841-8e56-480b-be8b-910348b18b4c",
	"name": "User.ReadWrite",
	"privilege_level": 3,
	"access": "write",
	"read_sibling": "User.Read",
}

_read_all := {
	"id": "a154be20-db9c-4678-8ab7-66f6cc099a59",
	"name": "User.Read.All",
	"privilege_level": 3,
	"risk": "medium",
	"admin_consent": true,
}

_write_all := {
	"id": "204e0828-b5ca-4ad8-b9f3-f32a958e7cc4",
	"name": "User.ReadWrite.All",
	"privilege_level": 4,
	"tier": 0,
	"risk": "critical",
	"admin_consent": true,
	"access": "write",
	"read_sibling": "User.Read.All",
}

_read_all_application := {
	"id": "df021288-bdef-4463-88db-98f22de89214",
	"name": "User.Read.All",
	"kind": "application",
	"privilege_level": 3,
	"risk": "high",
	"admin_consent": true,
}

_write_all_application := {
	"id": "741f803b-c850-494e-b5df-cde7c675a1ca",
	"name": "User.ReadWrite.All",
	"kind": "application",
	"privilege_level": 4,
	"tier": 0,
	"risk": "critical",
	"admin_consent": true,
	"access": "write",
	"read_sibling": "User.Read.All",
}

_read_roles := {
	"id": "483bed4a-2ad3-4361-a73b-c83ccdbdc53c",
	"name": "RoleManagement.Read.Directory",
	"kind": "application",
	"privilege_level": 3,
	"risk": "medium",
	"admin_consent": true,
}

_write_roles := {
	"id": "9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8",
	"name": "RoleManagement.ReadWrite.Directory",
	"kind": "application",
	"privilege_level": 4,
	"tier": 0,
	"risk": "critical",
	"admin_consent": true,
	"access": "write",
	"read_sibling": "RoleManagement.Read.Directory",
}

_shared_calendars := {
	"id": "2b9c4092-424d-4249-948d-b43879977640",
	"name": "Calendars.Read.Shared",
	"privilege_level": 2,
	"risk": "low",
}

_write_calendars := {
	"id": "1ec239c2-d7c9-4623-a91a-a9775856bb36",
	"name": "Calendars.ReadWrite",
	"privilege_level": 2,
	"risk": "medium",
	"access": "write",
	"read_sibling": "Calendars.Read",
}

_read_mail := {
	"id": "570282fd-fa5c-430d-a7fd-fc8dc98a9dca",
	"name": "Mail.Read",
	"privilege_level": 2,
	"risk": "medium",
}

_send_mail := {
	"id": "e383f46e-2787-4529-855e-0e479a3ffac0",
	"name": "Mail.Send",
	"privilege_level": 2,
	"risk": "high",
	"access": "other",
}

_openid := {
	"id": "37f7f235-527c-4136-accd-4a02d197296e",
	"name": "openid",
	"privilege_level": null,
	"access": "other",
}

_profile := {
	"id": "14dad69e-099b-42c9-810b-d002981feec1",
	"name": "profile",
	"privilege_level": null,
	"access": "other",
}

_sharepoint_write_all := {
	"resource": {"app_id": "00000003-0000-0ff1-ce00-000000000000", "name": "Office 365 SharePoint Online"},
	"id": "741f803b-c850-494e-b5df-cde7c675a1ca",
	"name": "User.ReadWrite.All",
	"kind": "application",
	"privilege_level": null,
	"risk": "critical",
	"admin_consent": null,
	"access": "write",
	"read_sibling": "User.Read.All",
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
