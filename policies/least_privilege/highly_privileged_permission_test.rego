package zerotrust.least_privilege.highly_privileged_permission_test

import data.zerotrust.least_privilege.highly_privileged_permission as rule
import data.zerotrust.testing

inputs := {
	"level_4_application": testing.application({"permissions": [testing.permission(0, _calendars)]}),
	"level_4_delegated": testing.application({"permissions": [testing.permission(0, _users_delegated)]}),
	"tier_0_delegated": testing.application({"permissions": [testing.permission(0, _assignments_delegated)]}),
	"tier_0_application": testing.application({"permissions": [testing.permission(0, _role_management)]}),
	"tier_0_of_unknown_kind": testing.application({"permissions": [testing.permission(0, _kind_unknown)]}),
	"critical_elsewhere": testing.application({"permissions": [testing.permission(0, _full_access)]}),
	"high_elsewhere": testing.application({"permissions": [testing.permission(0, _sharepoint_read)]}),
	"medium_elsewhere": testing.application({"permissions": [testing.permission(0, _sharepoint_users)]}),
	"high_on_graph": testing.application({"permissions": [testing.permission(0, _mail)]}),
	"level_2": testing.application({"permissions": [testing.permission(0, {"privilege_level": 2})]}),
	"unknown": testing.application({"permissions": [testing.permission(0, _unknown), testing.permission(1, _own_api)]}),
	"several": testing.application({"permissions": [
		testing.permission(0, _calendars),
		testing.permission(1, {"privilege_level": 2}),
		testing.permission(2, _role_management),
		testing.permission(3, _full_access),
	]}),
}

test_reports_level_4_application_permission if {
	rule.deny == {{
		"at": "/requiredResourceAccess/0/resourceAccess/0",
		"permission": "Calendars.Read",
		"resource": "Microsoft Graph",
		"kind": "application",
		"privilege_level": 4,
		"tier": null,
		"risk": "medium",
	}} with input as inputs.level_4_application
}

test_reports_level_4_delegated_permission if {
	_reported == {"User.ReadWrite.All"} with input as inputs.level_4_delegated
}

test_reports_tier_0_delegated_permission if {
	_reported == {"AppRoleAssignment.ReadWrite.All"} with input as inputs.tier_0_delegated
}

test_leaves_tier_0_application_permission_to_another_rule if {
	rule.deny == set() with input as inputs.tier_0_application
}

test_reports_tier_0_of_unknown_kind if {
	_reported == {"RoleManagement.ReadWrite.Directory"} with input as inputs.tier_0_of_unknown_kind
}

test_reports_critical_permission_of_another_resource if {
	rule.deny == {{
		"at": "/requiredResourceAccess/0/resourceAccess/0",
		"permission": "full_access_as_app",
		"resource": "Office 365 Exchange Online",
		"kind": "application",
		"privilege_level": null,
		"tier": null,
		"risk": "critical",
	}} with input as inputs.critical_elsewhere
}

test_reports_high_permission_of_another_resource if {
	_reported == {"Sites.Read.All"} with input as inputs.high_elsewhere
}

test_allows_medium_permission_of_another_resource if {
	rule.deny == set() with input as inputs.medium_elsewhere
}

test_allows_level_3_of_graph_on_the_risky_list if {
	rule.deny == set() with input as inputs.high_on_graph
}

test_allows_level_2 if {
	rule.deny == set() with input as inputs.level_2
}

test_is_silent_on_unknown_permissions if {
	rule.deny == set() with input as inputs.unknown
}

test_reports_each if {
	_reported == {"Calendars.Read", "full_access_as_app"} with input as inputs.several
}

_reported contains permission if {
	some finding in rule.deny
	permission := finding.permission
}

_calendars := {
	"id": "798ee544-9d2d-430c-a058-570e29e34338",
	"name": "Calendars.Read",
	"kind": "application",
	"privilege_level": 4,
	"risk": "medium",
	"admin_consent": true,
}

_users_delegated := {
	"id": "204e0828-b5ca-4ad8-b9f3-f32a958e7cc4",
	"name": "User.ReadWrite.All",
	"privilege_level": 4,
	"tier": 0,
	"risk": "critical",
	"admin_consent": true,
	"access": "write",
	"read_sibling": "User.Read.All",
}

_assignments_delegated := {
	"id": "84bccea3-f856-4a8a-967b-dbe0a3d53a64",
	"name": "AppRoleAssignment.ReadWrite.All",
	"privilege_level": 3,
	"tier": 0,
	"risk": "high",
	"admin_consent": true,
	"access": "write",
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

_kind_unknown := object.union(_role_management, {"kind": null})

_mail := {
	"id": "810c84a8-4a9e-49e6-bf7d-12d183f40d01",
	"name": "Mail.Read",
	"kind": "application",
	"privilege_level": 3,
	"risk": "high",
	"admin_consent": true,
}

_full_access := {
	"resource": {"app_id": "00000002-0000-0ff1-ce00-000000000000", "name": "Office 365 Exchange Online"},
	"id": "dc890d15-9560-4a4c-9b7f-a736ec74ec40",
	"name": "full_access_as_app",
	"kind": "application",
	"privilege_level": null,
	"risk": "critical",
	"admin_consent": null,
	"access": "full",
	"delegated_sibling": false,
}

_sharepoint_read := {
	"resource": {"app_id": "00000003-0000-0ff1-ce00-000000000000", "name": "Office 365 SharePoint Online"},
	"id": "d13f72ca-a275-4b96-b789-48ebcc4da984",
	"name": "Sites.Read.All",
	"kind": "application",
	"privilege_level": null,
	"risk": "high",
	"admin_consent": null,
	"delegated_sibling": false,
}

_sharepoint_users := {
	"resource": {"app_id": "00000003-0000-0ff1-ce00-000000000000", "name": "Office 365 SharePoint Online"},
	"id": "df021288-bdef-4463-88db-98f22de89214",
	"name": "User.Read.All",
	"kind": "application",
	"privilege_level": null,
	"risk": "medium",
	"admin_consent": null,
}

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
