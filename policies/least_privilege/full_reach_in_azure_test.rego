package zerotrust.least_privilege.full_reach_in_azure_test

import data.zerotrust.least_privilege.full_reach_in_azure as rule
import data.zerotrust.testing

inputs := {
	"management": testing.application({"permissions": [testing.permission(0, _on(_management))]}),
	"key_vault": testing.application({"permissions": [testing.permission(0, _on(_key_vault))]}),
	"storage": testing.application({"permissions": [testing.permission(0, _on(_storage))]}),
	"devops": testing.application({"permissions": [testing.permission(0, _on(_devops))]}),
	"several": testing.application({"permissions": [
		testing.permission(0, _on(_management)),
		testing.permission(1, {}),
		testing.permission(2, _on(_devops)),
	]}),
	"own_api": testing.application({"permissions": [testing.permission(0, _on(_own_api))]}),
	"narrower": testing.application({"permissions": [testing.permission(0, _work_items)]}),
	"graph": testing.application({"permissions": [testing.permission(0, {})]}),
	"unknown": testing.application({"permissions": [
		testing.permission(0, _on(null)),
		testing.permission(1, _unnamed),
	]}),
}

test_reports_management if {
	rule.deny == {{
		"at": "/requiredResourceAccess/0/resourceAccess/0",
		"permission": "user_impersonation",
		"resource": "Azure Service Management",
	}} with input as inputs.management
}

test_reports_key_vault if {
	_reported == {"Azure Key Vault"} with input as inputs.key_vault
}

test_reports_storage if {
	_reported == {"Azure Storage"} with input as inputs.storage
}

test_reports_devops if {
	_reported == {"Azure DevOps"} with input as inputs.devops
}

test_reports_each if {
	_reported == {"Azure Service Management", "Azure DevOps"} with input as inputs.several
}

test_allows_own_api if {
	rule.deny == set() with input as inputs.own_api
}

test_allows_narrower_permission if {
	rule.deny == set() with input as inputs.narrower
}

test_allows_graph if {
	rule.deny == set() with input as inputs.graph
}

test_is_silent_on_unknown_members if {
	rule.deny == set() with input as inputs.unknown
}

_reported contains resource if {
	some finding in rule.deny
	resource := finding.resource
}

_management := "797f4846-ba00-4fd7-ba43-dac1f8f63013"

_key_vault := "cfa8b339-82a2-471a-a3c9-0fc0be7a4093"

_storage := "e406a681-f3d4-42a8-90b6-c2b029497af1"

_devops := "499b84ac-1321-427f-aa17-267ca6975798"

_own_api := "2b7f1c44-6a0e-4f57-9a5e-0c1d2e3f4a5b"

_on(app_id) := {
	"resource": {"app_id": app_id, "name": null},
	"id": "41094075-9dad-400e-a0bd-54e686782033",
	"name": "user_impersonation",
	"privilege_level": null,
	"admin_consent": null,
	"access": "full",
}

_work_items := {
	"resource": {"app_id": "499b84ac-1321-427f-aa17-267ca6975798", "name": "Azure DevOps"},
	"id": "6f1e2d3c-0000-4000-8000-000000000003",
	"name": "vso.work",
	"privilege_level": null,
	"admin_consent": null,
	"access": "other",
}

_unnamed := {
	"resource": {"app_id": "797f4846-ba00-4fd7-ba43-dac1f8f63013", "name": "Azure Service Management"},
	"id": "6f1e2d3c-0000-4000-8000-000000000004",
	"name": null,
	"known": null,
	"privilege_level": null,
	"admin_consent": null,
	"access": null,
	"delegated_sibling": null,
}
