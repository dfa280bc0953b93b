package zerotrust.least_privilege.legacy_api_permission_test

import data.zerotrust.least_privilege.legacy_api_permission as rule
import data.zerotrust.testing

inputs := {
	"exchange": testing.application({"permissions": [testing.permission(0, _full_access)]}),
	"sharepoint": testing.application({"permissions": [testing.permission(0, _sites)]}),
	"skype": testing.application({"permissions": [testing.permission(0, _skype)]}),
	"several": testing.application({"permissions": [
		testing.permission(0, _sites),
		testing.permission(1, {}),
		testing.permission(2, _skype),
	]}),
	"graph": testing.application({"permissions": [testing.permission(0, {})]}),
	"azure_ad_graph": testing.application({"permissions": [testing.permission(0, _directory)]}),
	"own_api": testing.application({"permissions": [testing.permission(0, _own_api)]}),
	"resource_unknown": testing.application({"permissions": [testing.permission(0, _resource_unknown)]}),
}

test_reports_exchange if {
	rule.deny == {{
		"at": "/requiredResourceAccess/0/resourceAccess/0",
		"permission": "full_access_as_app",
		"resource": "Office 365 Exchange Online",
	}} with input as inputs.exchange
}

test_reports_sharepoint if {
	rule.deny == {{
		"at": "/requiredResourceAccess/0/resourceAccess/0",
		"permission": "AllSites.Read",
		"resource": "Office 365 SharePoint Online",
	}} with input as inputs.sharepoint
}

test_reports_skype_by_the_id_of_an_unnamed_permission if {
	rule.deny == {{
		"at": "/requiredResourceAccess/0/resourceAccess/0",
		"permission": "4a5b6c7d-0000-4000-8000-000000000001",
		"resource": "Skype for Business Online",
	}} with input as inputs.skype
}

test_reports_each if {
	{finding.at | some finding in rule.deny} == {
		"/requiredResourceAccess/0/resourceAccess/0",
		"/requiredResourceAccess/0/resourceAccess/2",
	} with input as inputs.several
}

test_allows_microsoft_graph if {
	rule.deny == set() with input as inputs.graph
}

test_leaves_azure_ad_graph_to_another_rule if {
	rule.deny == set() with input as inputs.azure_ad_graph
}

test_allows_own_api if {
	rule.deny == set() with input as inputs.own_api
}

test_is_silent_on_unknown_resource if {
	rule.deny == set() with input as inputs.resource_unknown
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

_sites := {
	"resource": {"app_id": "00000003-0000-0ff1-ce00-000000000000", "name": "Office 365 SharePoint Online"},
	"id": "4e0d77b0-96ba-4398-af14-3baa780278f4",
	"name": "AllSites.Read",
	"privilege_level": null,
	"risk": "medium",
	"admin_consent": null,
}

_skype := {
	"resource": {"app_id": "00000004-0000-0ff1-ce00-000000000000", "name": "Skype for Business Online"},
	"id": "4a5b6c7d-0000-4000-8000-000000000001",
	"name": null,
	"known": null,
	"privilege_level": null,
	"admin_consent": null,
	"access": null,
	"delegated_sibling": null,
}

_directory := {
	"resource": {"app_id": "00000002-0000-0000-c000-000000000000", "name": "Windows Azure Active Directory"},
	"id": "5778995a-e1bf-45b8-affa-663a9f3f4d04",
	"name": "Directory.Read.All",
	"kind": "application",
	"privilege_level": null,
	"admin_consent": null,
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

_resource_unknown := {
	"resource": {"app_id": null, "name": null},
	"id": "4a5b6c7d-0000-4000-8000-000000000001",
	"name": null,
	"known": null,
	"privilege_level": null,
	"admin_consent": null,
	"access": null,
	"delegated_sibling": null,
}
