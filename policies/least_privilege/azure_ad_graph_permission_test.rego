package zerotrust.least_privilege.azure_ad_graph_permission_test

import data.zerotrust.least_privilege.azure_ad_graph_permission as rule
import data.zerotrust.testing

inputs := {
	"named": testing.application({"permissions": [testing.permission(0, _directory)]}),
	"unnamed": testing.application({"permissions": [testing.permission(0, _unnamed)]}),
	"several": testing.application({"permissions": [
		testing.permission(0, _directory),
		testing.permission(1, {}),
		testing.permission(2, _unnamed),
	]}),
	"graph": testing.application({"permissions": [testing.permission(0, {})]}),
	"exchange": testing.application({"permissions": [testing.permission(0, _mail)]}),
	"resource_unknown": testing.application({"permissions": [testing.permission(0, _resource_unknown)]}),
}

test_reports_named_permission if {
	rule.deny == {{
		"at": "/requiredResourceAccess/0/resourceAccess/0",
		"permission": "Directory.Read.All",
	}} with input as inputs.named
}

test_reports_permission_without_a_name_by_its_id if {
	rule.deny == {{
		"at": "/requiredResourceAccess/0/resourceAccess/0",
		"permission": "311a71cc-e848-46a1-bdf8-97ff7156d8e6",
	}} with input as inputs.unnamed
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

test_allows_exchange_with_its_similar_id if {
	rule.deny == set() with input as inputs.exchange
}

test_is_silent_on_unknown_resource if {
	rule.deny == set() with input as inputs.resource_unknown
}

_directory := {
	"resource": {"app_id": "00000002-0000-0000-c000-000000000000", "name": "Windows Azure Active Directory"},
	"id": "5778995a-e1bf-45b8-affa-663a9f3f4d04",
	"name": "Directory.Read.All",
	"kind": "application",
	"privilege_level": null,
	"admin_consent": null,
}

_unnamed := {
	"resource": {"app_id": "00000002-0000-0000-c000-000000000000", "name": "Windows Azure Active Directory"},
	"id": "311a71cc-e848-46a1-bdf8-97ff7156d8e6",
	"name": null,
	"known": null,
	"privilege_level": null,
	"admin_consent": null,
	"access": null,
	"delegated_sibling": null,
}

_mail := {
	"resource": {"app_id": "00000002-0000-0ff1-ce00-000000000000", "name": "Office 365 Exchange Online"},
	"id": "185758ba-798d-4b72-9e54-429a413a2510",
	"name": "Mail.Read",
	"privilege_level": null,
	"risk": "medium",
	"admin_consent": null,
}

_resource_unknown := {
	"resource": {"app_id": null, "name": null},
	"id": "311a71cc-e848-46a1-bdf8-97ff7156d8e6",
	"name": null,
	"known": null,
	"privilege_level": null,
	"admin_consent": null,
	"access": null,
	"delegated_sibling": null,
}
