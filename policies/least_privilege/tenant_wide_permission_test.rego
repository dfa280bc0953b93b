package zerotrust.least_privilege.tenant_wide_permission_test

import data.zerotrust.least_privilege.tenant_wide_permission as rule
import data.zerotrust.testing

inputs := {
	"sites": testing.application({"permissions": [testing.permission(0, _sites)]}),
	"files": testing.application({"permissions": [testing.permission(0, _files)]}),
	"mail": testing.application({"permissions": [testing.permission(0, _mail)]}),
	"calendars": testing.application({"permissions": [testing.permission(0, _calendars)]}),
	"sharepoint": testing.application({"permissions": [testing.permission(0, _sharepoint_sites)]}),
	"exchange": testing.application({"permissions": [testing.permission(0, _full_access)]}),
	"several": testing.application({"permissions": [
		testing.permission(0, _sites),
		testing.permission(1, _selected),
		testing.permission(2, _mail),
	]}),
	"selected": testing.application({"permissions": [testing.permission(0, _selected)]}),
	"delegated": testing.application({"permissions": [testing.permission(0, _mail_delegated)]}),
	"directory": testing.application({"permissions": [testing.permission(0, _directory)]}),
	"same_name_elsewhere": testing.application({"permissions": [testing.permission(0, _same_name)]}),
	"unknown": testing.application({"permissions": [
		testing.permission(0, _unknown),
		testing.permission(1, object.union(_sites, {"kind": null})),
		testing.permission(2, object.union(_sites, {"resource": {"app_id": null, "name": null}})),
	]}),
}

test_reports_sites if {
	rule.deny == {{
		"at": "/requiredResourceAccess/0/resourceAccess/0",
		"permission": "Sites.Read.All",
		"resource": "Microsoft Graph",
		"narrower": ["Sites.Selected"],
		"remediation": "Grant the application a role on each site that it needs, and remove this permission.",
	}} with input as inputs.sites
}

test_reports_files if {
	_narrower == {"Files.ReadWrite.All": ["Files.SelectedOperations.Selected"]} with input as inputs.files
}

test_reports_mail if {
	_narrower == {"Mail.Read": ["Application Mail.Read"]} with input as inputs.mail
}

test_reports_calendars if {
	_narrower == {"Calendars.ReadWrite": ["Application Calendars.ReadWrite"]} with input as inputs.calendars
}

test_reports_sites_of_sharepoint if {
	_narrower == {"Sites.FullControl.All": ["Sites.Selected"]} with input as inputs.sharepoint
}

test_reports_exchange_web_services if {
	_narrower == {"full_access_as_app": ["Application EWS.AccessAsApp"]} with input as inputs.exchange
}

test_reports_each if {
	{finding.permission | some finding in rule.deny} == {"Sites.Read.All", "Mail.Read"} with input as inputs.several
}

test_allows_selected_sites if {
	rule.deny == set() with input as inputs.selected
}

test_allows_delegated_permission if {
	rule.deny == set() with input as inputs.delegated
}

test_leaves_directory_to_another_rule if {
	rule.deny == set() with input as inputs.directory
}

test_allows_same_name_of_another_resource if {
	rule.deny == set() with input as inputs.same_name_elsewhere
}

test_is_silent_on_unknown_members if {
	rule.deny == set() with input as inputs.unknown
}

test_table_covers_the_named_families if {
	every name in {
		"Sites.Read.All",
		"Sites.ReadWrite.All",
		"Sites.FullControl.All",
		"Files.Read.All",
		"Files.ReadWrite.All",
		"Mail.Read",
		"Mail.ReadBasic",
		"Mail.ReadBasic.All",
		"Mail.ReadWrite",
		"Mail.Send",
		"Calendars.Read",
		"Calendars.ReadBasic.All",
		"Calendars.ReadWrite",
	} {
		count(data.facts.narrower_permissions["00000003-0000-0000-c000-000000000000"][name].narrower) == 1
	}
}

_narrower := {finding.permission: finding.narrower | some finding in rule.deny}

_sites := {
	"id": "332a536c-c7ef-4017-ab91-336970924f0d",
	"name": "Sites.Read.All",
	"kind": "application",
	"privilege_level": 4,
	"risk": "high",
	"admin_consent": true,
}

_files := {
	"id": "75359482-378d-4052-8f01-80520e7db3cd",
	"name": "Files.ReadWrite.All",
	"kind": "application",
	"privilege_level": 4,
	"risk": "critical",
	"admin_consent": true,
	"access": "write",
	"read_sibling": "Files.Read.All",
}

_mail := {
	"id": "810c84a8-4a9e-49e6-bf7d-12d183f40d01",
	"name": "Mail.Read",
	"kind": "application",
	"privilege_level": 3,
	"risk": "high",
	"admin_consent": true,
}

_mail_delegated := {
	"id": "570282fd-fa5c-430d-a7fd-fc8dc98a9dca",
	"name": "Mail.Read",
	"privilege_level": 2,
	"risk": "medium",
}

_calendars := {
	"id": "ef54d2bf-783f-4e0f-bca1-3210c0444d99",
	"name": "Calendars.ReadWrite",
	"kind": "application",
	"privilege_level": 3,
	"risk": "high",
	"admin_consent": true,
	"access": "write",
	"read_sibling": "Calendars.Read",
}

_selected := {
	"id": "883ea226-0bf2-4a8f-9f9d-92c9162a727d",
	"name": "Sites.Selected",
	"kind": "application",
	"privilege_level": 3,
	"admin_consent": true,
	"access": "other",
}

_directory := {
	"id": "7ab1d382-f21e-4acd-a863-ba3e13f7da61",
	"name": "Directory.Read.All",
	"kind": "application",
	"privilege_level": 3,
	"risk": "high",
	"admin_consent": true,
}

_sharepoint_sites := {
	"resource": {"app_id": "00000003-0000-0ff1-ce00-000000000000", "name": "Office 365 SharePoint Online"},
	"id": "678536fe-1083-478a-9c59-b99265e6b0d3",
	"name": "Sites.FullControl.All",
	"kind": "application",
	"privilege_level": null,
	"risk": "critical",
	"admin_consent": null,
	"access": "full",
	"delegated_sibling": false,
	"read_sibling": "Sites.Read.All",
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

_same_name := {
	"resource": {"app_id": "00000002-0000-0ff1-ce00-000000000000", "name": "Office 365 Exchange Online"},
	"id": "810c84a8-4a9e-49e6-bf7d-12d183f40d01",
	"name": "Mail.Read",
	"kind": "application",
	"privilege_level": null,
	"risk": "high",
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
