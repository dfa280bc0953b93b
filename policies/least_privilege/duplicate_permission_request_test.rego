package zerotrust.least_privilege.duplicate_permission_request_test

import data.zerotrust.least_privilege.duplicate_permission_request as rule
import data.zerotrust.testing

inputs := {
	"twice": testing.application({"permissions": [testing.permission(0, {}), testing.permission(1, {})]}),
	"three_times": testing.application({"permissions": [
		testing.permission(0, {}),
		testing.permission(1, _mail),
		testing.permission(2, {}),
		testing.permission(3, {}),
	]}),
	"apart": testing.application({"permissions": [
		testing.permission(0, {}),
		testing.permission(0, {"at": "/requiredResourceAccess/1/resourceAccess/0"}),
	]}),
	"unnamed": testing.application({"permissions": [testing.permission(0, _own_api), testing.permission(1, _own_api)]}),
	"once": testing.application({"permissions": [testing.permission(0, {}), testing.permission(1, _mail)]}),
	"other_kind": testing.application({"permissions": [
		testing.permission(0, _own_api),
		testing.permission(1, object.union(_own_api, {"kind": "application"})),
	]}),
	"other_resource": testing.application({"permissions": [
		testing.permission(0, _own_api),
		testing.permission(1, object.union(_own_api, {"resource": {"app_id": "9d8c7b6a-0000-4000-8000-000000000002"}})),
	]}),
	"same_name_of_both_kinds": testing.application({"permissions": [
		testing.permission(0, _mail),
		testing.permission(1, _mail_application),
	]}),
	"unknown": testing.application({"permissions": [
		testing.permission(0, object.union(_own_api, {"id": null})),
		testing.permission(1, object.union(_own_api, {"id": null})),
		testing.permission(2, object.union(_own_api, {"kind": null})),
		testing.permission(3, object.union(_own_api, {"kind": null})),
		testing.permission(4, object.union(_own_api, {"resource": {"app_id": null}})),
		testing.permission(5, object.union(_own_api, {"resource": {"app_id": null}})),
	]}),
	"many": testing.application({"permissions": [permission |
		some index in numbers.range(0, 11)
		permission := testing.permission(index, object.union(_own_api, {"id": sprintf("id-%d", [index % 11])}))
	]}),
}

test_reports_the_second if {
	rule.deny == {{
		"at": "/requiredResourceAccess/0/resourceAccess/1",
		"permission": "User.Read",
		"kind": "delegated",
		"resource": "Microsoft Graph",
	}} with input as inputs.twice
}

test_reports_each_repetition if {
	{finding.at | some finding in rule.deny} == {
		"/requiredResourceAccess/0/resourceAccess/2",
		"/requiredResourceAccess/0/resourceAccess/3",
	} with input as inputs.three_times
}

test_reports_another_entry_of_the_resource if {
	{finding.at | some finding in rule.deny} == {"/requiredResourceAccess/1/resourceAccess/0"} with input as inputs.apart
}

test_reports_unnamed_permission_by_its_id if {
	rule.deny == {{
		"at": "/requiredResourceAccess/0/resourceAccess/1",
		"permission": "6c1e2f3a-0000-4000-8000-000000000001",
		"kind": "delegated",
		"resource": "2b7f1c44-6a0e-4f57-9a5e-0c1d2e3f4a5b",
	}} with input as inputs.unnamed
}

test_keeps_the_order_of_the_document if {
	{finding.at | some finding in rule.deny} == {"/requiredResourceAccess/0/resourceAccess/11"} with input as inputs.many
}

test_allows_once if {
	rule.deny == set() with input as inputs.once
}

test_allows_other_kind if {
	rule.deny == set() with input as inputs.other_kind
}

test_allows_other_resource if {
	rule.deny == set() with input as inputs.other_resource
}

test_allows_same_name_of_both_kinds if {
	rule.deny == set() with input as inputs.same_name_of_both_kinds
}

test_is_silent_on_unknown_members if {
	rule.deny == set() with input as inputs.unknown
}

_mail := {
	"id": "570282fd-fa5c-430d-a7fd-fc8dc98a9dca",
	"name": "Mail.Read",
	"privilege_level": 2,
	"risk": "medium",
}

_mail_application := {
	"id": "810c84a8-4a9e-49e6-bf7d-12d183f40d01",
	"name": "Mail.Read",
	"kind": "application",
	"privilege_level": 3,
	"risk": "high",
	"admin_consent": true,
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
