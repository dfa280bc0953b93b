package zerotrust.least_privilege.tenant_takeover_permission_test

import data.zerotrust.least_privilege.tenant_takeover_permission as rule
import data.zerotrust.testing

inputs := {
	"application_permission": testing.application({"permissions": [testing.permission(0, _role_management)]}),
	"several": testing.application({"permissions": [
		testing.permission(0, {}),
		testing.permission(1, _role_management),
		testing.permission(2, _owned_applications),
	]}),
	"delegated_sibling": testing.application({"permissions": [testing.permission(0, _role_management_delegated)]}),
	"user_read": testing.application({"permissions": [testing.permission(0, {})]}),
	"level_4_of_no_tier": testing.application({"permissions": [testing.permission(0, _calendars)]}),
	"same_name_elsewhere": testing.application({"permissions": [testing.permission(0, _sharepoint_users)]}),
	"kind_unknown": testing.application({"permissions": [testing.permission(0, _kind_unknown)]}),
	"permission_unknown": testing.application({"permissions": [testing.permission(0, _unknown)]}),
	"none": testing.application({"permissions": []}),
}

test_reports_application_permission if {
	rule.deny == {{
		"at": "/requiredResourceAccess/0/resourceAccess/0",
		"permission": "RoleManagement.ReadWrite.Directory",
		"resource": "Microsoft Graph",
	}} with input as inputs.application_permission
}

test_reports_each if {
	{finding.permission | some finding in rule.deny} == {
		"RoleManagement.ReadWrite.Directory",
		"Application.ReadWrite.OwnedBy",
	} with input as inputs.several
}

test_leaves_delegated_sibling_to_another_rule if {
	rule.deny == set() with input as inputs.delegated_sibling
}

test_allows_user_read if {
	rule.deny == set() with input as inputs.user_read
}

test_allows_level_4_of_no_tier if {
	rule.deny == set() with input as inputs.level_4_of_no_tier
}

test_allows_same_name_of_another_resource if {
	rule.deny == set() with input as inputs.same_name_elsewhere
}

test_is_silent_on_unknown_kind if {
	rule.deny == set() with input as inputs.kind_unknown
}

test_is_silent_on_unknown_permission if {
	rule.deny == set() with input as inputs.permission_unknown
}

test_is_silent_without_permissions if {
	rule.deny == set() with input as inputs.none
}

_role_management := {
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

_role_management_delegated := {
	"id": "d01b97e9-cbc0-49fe-810a-750afd5527a3",
	"name": "RoleManagement.ReadWrite.Directory",
	"privilege_level": 4,
	"tier": 0,
	"risk": "critical",
	"admin_consent": true,
	"access": "write",
	"read_sibling": "RoleManagement.Read.Directory",
}

_owned_applications := {
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

_calendars := {
	"id": "798ee544-9d2d-430c-a058-570e29e34338",
	"name": "Calendars.Read",
	"kind": "application",
	"privilege_level": 4,
	"risk": "medium",
	"admin_consent": true,
}

_sharepoint_users := {
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

_kind_unknown := object.union(_role_management, {"kind": null})

_unknown := {
	"id": "0b1d5f0a-2c3d-4e5f-8a6b-7c8d9e0f1a2b",
	"name": null,
	"kind": "application",
	"known": false,
	"privilege_level": null,
	"admin_consent": null,
	"access": null,
	"delegated_sibling": null,
}
