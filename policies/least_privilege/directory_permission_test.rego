package zerotrust.least_privilege.directory_permission_test

import data.zerotrust.least_privilege.directory_permission as rule
import data.zerotrust.testing

inputs := {
	"read": testing.application({"permissions": [testing.permission(0, _read)]}),
	"read_delegated": testing.application({"permissions": [testing.permission(0, _read_delegated)]}),
	"write": testing.application({"permissions": [testing.permission(0, _write)]}),
	"as_user": testing.application({"permissions": [testing.permission(0, _as_user)]}),
	"several": testing.application({"permissions": [
		testing.permission(0, _read),
		testing.permission(1, {}),
		testing.permission(2, _as_user),
	]}),
	"users": testing.application({"permissions": [testing.permission(0, _users)]}),
	"mail": testing.application({"permissions": [testing.permission(0, _mail)]}),
	"recommendations": testing.application({"permissions": [testing.permission(0, _recommendations)]}),
	"azure_ad_graph": testing.application({"permissions": [testing.permission(0, _azure_ad_graph)]}),
	"unknown": testing.application({"permissions": [
		testing.permission(0, _unknown),
		testing.permission(1, object.union(_read, {"resource": {"app_id": null, "name": null}})),
	]}),
}

test_reports_read if {
	rule.deny == {{
		"at": "/requiredResourceAccess/0/resourceAccess/0",
		"permission": "Directory.Read.All",
		"narrower": ["User.Read.All", "GroupMember.Read.All", "Application.Read.All", "Device.Read.All"],
		"remediation": "Request only the kinds of object that the calls read.",
	}} with input as inputs.read
}

test_reports_delegated_read if {
	_reported == {"Directory.Read.All"} with input as inputs.read_delegated
}

test_reports_write if {
	_reported == {"Directory.ReadWrite.All"} with input as inputs.write
}

test_reports_access_as_user if {
	_reported == {"Directory.AccessAsUser.All"} with input as inputs.as_user
}

test_reports_each if {
	_reported == {"Directory.Read.All", "Directory.AccessAsUser.All"} with input as inputs.several
}

test_allows_users if {
	rule.deny == set() with input as inputs.users
}

test_leaves_mail_to_another_rule if {
	rule.deny == set() with input as inputs.mail
}

test_allows_recommendations_with_their_similar_name if {
	rule.deny == set() with input as inputs.recommendations
}

test_leaves_azure_ad_graph_to_another_rule if {
	rule.deny == set() with input as inputs.azure_ad_graph
}

test_is_silent_on_unknown_members if {
	rule.deny == set() with input as inputs.unknown
}

_reported contains permission if {
	some finding in rule.deny
	permission := finding.permission
}

_read := {
	"id": "7ab1d382-f21e-4acd-a863-ba3e13f7da61",
	"name": "Directory.Read.All",
	"kind": "application",
	"privilege_level": 3,
	"risk": "high",
	"admin_consent": true,
}

_read_delegated := {
	"id": "06da0dbc-49e2-44d2-8312-53f166ab848a",
	"name": "Directory.Read.All",
	"privilege_level": 3,
	"risk": "high",
	"admin_consent": true,
}

_write := {
	"id": "19dbc75e-c2e2-444c-a770-ec69d8559fc7",
	"name": "Directory.ReadWrite.All",
	"kind": "application",
	"privilege_level": 4,
	"tier": 0,
	"risk": "critical",
	"admin_consent": true,
	"access": "write",
	"read_sibling": "Directory.Read.All",
}

_as_user := {
	"id": "0e263e50-5827-48a4-b97c-d940288653c7",
	"name": "Directory.AccessAsUser.All",
	"privilege_level": 3,
	"risk": "critical",
	"admin_consent": true,
	"access": "full",
	"read_sibling": "Directory.Read.All",
}

_users := {
	"id": "df021288-bdef-4463-88db-98f22de89214",
	"name": "User.Read.All",
	"kind": "application",
	"privilege_level": 3,
	"risk": "high",
	"admin_consent": true,
}

_mail := {
	"id": "810c84a8-4a9e-49e6-bf7d-12d183f40d01",
	"name": "Mail.Read",
	"kind": "application",
	"privilege_level": 3,
	"risk": "high",
	"admin_consent": true,
}

_recommendations := {
	"id": "ae73097b-cb2a-4447-b064-5d80f6093921",
	"name": "DirectoryRecommendations.Read.All",
	"kind": "application",
	"privilege_level": 3,
	"risk": "low",
	"admin_consent": true,
}

_azure_ad_graph := {
	"resource": {"app_id": "00000002-0000-0000-c000-000000000000", "name": "Windows Azure Active Directory"},
	"id": "5778995a-e1bf-45b8-affa-663a9f3f4d04",
	"name": "Directory.Read.All",
	"kind": "application",
	"privilege_level": null,
	"admin_consent": null,
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
