package zerotrust.least_privilege.users_consent_to_applications_test

import data.zerotrust.least_privilege.users_consent_to_applications as rule
import data.zerotrust.testing.tenant as testing

ztvet := {"parameters": {"LP-602": {"allowed_consent": "low", "allowed_policies": ["Contoso-Verified"]}}}

_tenant(policies) := testing.tenant({"authorization": {"permission_grant_policies": policies}})

inputs := {
	"none": _tenant([]),
	"low": _tenant([testing.grant_policy(0, "self", "microsoft-user-default-low")]),
	"recommended": _tenant([testing.grant_policy(0, "self", "microsoft-user-default-recommended")]),
	"legacy": _tenant([testing.grant_policy(0, "self", "microsoft-user-default-legacy")]),
	"own": _tenant([testing.grant_policy(0, "self", "contoso-verified")]),
	"unknown": _tenant([testing.grant_policy(0, "self", "contoso-everything")]),
	"groups": _tenant([testing.grant_policy(0, "owned_resource", "microsoft-user-default-legacy")]),
	"for_all": _tenant([testing.grant_policy(0, "all", "microsoft-user-default-low")]),
	"several": _tenant([
		testing.grant_policy(0, "self", "microsoft-user-default-low"),
		testing.grant_policy(1, "self", "microsoft-user-default-recommended"),
		testing.grant_policy(2, "self", "microsoft-user-default-legacy"),
	]),
}

_finding(index, name, severity) := {
	"at": sprintf("/defaultUserRolePermissions/permissionGrantPoliciesAssigned/%d", [index]),
	"policy": concat(".", ["ManagePermissionGrantsForSelf", name]),
	"allowed": "low",
	"severity": severity,
}

test_reports_recommended if {
	expected := {_finding(0, "microsoft-user-default-recommended", "high")}
	rule.deny == expected with input as inputs.recommended with data.ztvet as ztvet
}

test_legacy_is_critical if {
	expected := {_finding(0, "microsoft-user-default-legacy", "critical")}
	rule.deny == expected with input as inputs.legacy with data.ztvet as ztvet
}

test_reports_policies_that_are_not_known if {
	expected := {_finding(0, "contoso-everything", "high")}
	rule.deny == expected with input as inputs.unknown with data.ztvet as ztvet
}

test_reports_consent_for_all if {
	count(rule.deny) == 1 with input as inputs.for_all with data.ztvet as ztvet
}

test_reports_each if {
	expected := {
		_finding(1, "microsoft-user-default-recommended", "high"),
		_finding(2, "microsoft-user-default-legacy", "critical"),
	}
	rule.deny == expected with input as inputs.several with data.ztvet as ztvet
}

test_allows_none if {
	rule.deny == set() with input as inputs.none with data.ztvet as ztvet
}

test_allows_low if {
	rule.deny == set() with input as inputs.low with data.ztvet as ztvet
}

test_allows_own_policies if {
	rule.deny == set() with input as inputs.own with data.ztvet as ztvet
}

test_leaves_groups_to_another_rule if {
	rule.deny == set() with input as inputs.groups with data.ztvet as ztvet
}

test_less_can_be_allowed if {
	count(rule.deny) == 1 with input as inputs.low
		with data.ztvet.parameters as {"LP-602": {"allowed_consent": "none", "allowed_policies": []}}
}

test_more_can_be_allowed if {
	rule.deny == set() with input as inputs.recommended
		with data.ztvet.parameters as {"LP-602": {"allowed_consent": "recommended", "allowed_policies": []}}
}

test_legacy_cannot_be_allowed if {
	count(rule.deny) == 1 with input as inputs.legacy
		with data.ztvet.parameters as {"LP-602": {"allowed_consent": "recommended", "allowed_policies": []}}
}

test_an_unknown_level_allows_nothing if {
	count(rule.deny) == 1 with input as inputs.low
		with data.ztvet.parameters as {"LP-602": {"allowed_consent": "lowest", "allowed_policies": []}}
}
