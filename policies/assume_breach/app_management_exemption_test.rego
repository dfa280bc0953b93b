package zerotrust.assume_breach.app_management_exemption_test

import data.zerotrust.assume_breach.app_management_exemption as rule
import data.zerotrust.testing.tenant as testing

_block(facts) := testing.restriction("1#/value/0/restrictions/passwordCredentials/0", facts)

_lifetime(facts) := testing.restriction(
	"1#/value/0/restrictions/passwordCredentials/0",
	object.union(
		{"restriction_type": "passwordLifetime", "max_lifetime": "P180D", "max_lifetime_days": 180},
		facts,
	),
)

_tenant(enabled, policies) := testing.tenant({
	"app_management": {
		"enabled": enabled,
		"applications": [
			testing.restriction("/applicationRestrictions/passwordCredentials/0", {}),
			_lifetime({"at": "/applicationRestrictions/passwordCredentials/1"}),
		],
		"service_principals": [],
	},
	"app_management_policies": policies,
})

_payroll := testing.target({})

_shop := testing.target({"display_name": null, "app_id": null})

_provisioned := testing.target({"kind": "service_principal", "display_name": "Vendor"})

_unclear := testing.target({"kind": null})

_with(restrictions, targets) := _tenant(true, [testing.policy(0, {"restrictions": restrictions, "applies_to": targets})])

inputs := {
	"none": _tenant(true, []),
	"disabled": _with([_block({"enabled": false})], [_payroll, _shop]),
	"longer": _with([_lifetime({"max_lifetime": "P730D", "max_lifetime_days": 730})], [_payroll]),
	"unlimited": _with([_lifetime({"max_lifetime": "", "max_lifetime_days": null})], [_payroll]),
	"later": _with([_block({"created_after": "2025-01-01T00:00:00Z", "all_applications": false})], [_payroll]),
	"several": _with(
		[_block({"enabled": false}), _lifetime({"max_lifetime": "P730D", "max_lifetime_days": 730})],
		[_payroll],
	),
	"unclear_kind": _with([_block({"enabled": false})], [_unclear]),
	"stricter": _with([_lifetime({"max_lifetime": "P30D", "max_lifetime_days": 30})], [_payroll]),
	"minimal_date": _with([_block({"created_after": "0001-01-01T00:00:00Z"})], [_payroll]),
	"same": _with([_block({}), _lifetime({})], [_payroll]),
	"silent": _with([], [_payroll]),
	"unassigned": _with([_block({"enabled": false})], []),
	"not_restricted_by_default": _with(
		[testing.restriction("1#/value/0/restrictions/keyCredentials/0", {
			"kind": "key",
			"restriction_type": "asymmetricKeyLifetime",
			"enabled": false,
		})],
		[_payroll],
	),
	"service_principal": _with([_block({"enabled": false})], [_provisioned]),
	"switched_off": _tenant(true, [testing.policy(0, {
		"enabled": false,
		"restrictions": [_block({"enabled": false})],
		"applies_to": [_payroll],
	})]),
	"default_off": _tenant(false, [testing.policy(0, {
		"restrictions": [_block({"enabled": false})],
		"applies_to": [_payroll],
	})]),
	"not_collected": _tenant(true, [
		testing.policy(0, {"restrictions": [_block({"enabled": false})], "applies_to": null}),
		testing.policy(1, {"restrictions": null, "applies_to": [_payroll]}),
	]),
	"unknown": _with([_block({"enabled": null, "created_after": null, "all_applications": null})], [_payroll]),
}

_finding(restrictions, targets) := {
	"at": "1#/value/0",
	"policy": "Legacy",
	"restrictions": restrictions,
	"targets": targets,
}

test_reports_exemptions_and_names_them if {
	expected := {_finding(["passwordAddition"], ["Payroll", "a1b2c3d4-0000-4000-8000-000000000001"])}
	rule.deny == expected with input as inputs.disabled
}

test_reports_longer_lifetimes if {
	expected := {_finding(["passwordLifetime"], ["Payroll"])}
	rule.deny == expected with input as inputs.longer
	rule.deny == expected with input as inputs.unlimited
}

test_reports_later_dates if {
	expected := {_finding(["passwordAddition"], ["Payroll"])}
	rule.deny == expected with input as inputs.later
}

test_reports_a_policy_once if {
	expected := {_finding(["passwordAddition", "passwordLifetime"], ["Payroll"])}
	rule.deny == expected with input as inputs.several
}

test_a_target_of_unknown_kind_counts if {
	expected := {_finding(["passwordAddition"], ["Payroll"])}
	rule.deny == expected with input as inputs.unclear_kind
}

test_allows_none if {
	rule.deny == set() with input as inputs.none
}

test_allows_stricter_policies if {
	rule.deny == set() with input as inputs.stricter
	rule.deny == set() with input as inputs.same
	rule.deny == set() with input as inputs.minimal_date
}

test_what_is_not_named_is_as_by_default if {
	rule.deny == set() with input as inputs.silent
}

test_allows_policies_that_are_not_assigned if {
	rule.deny == set() with input as inputs.unassigned
}

test_nothing_is_loosened_that_is_free_by_default if {
	rule.deny == set() with input as inputs.not_restricted_by_default
	rule.deny == set() with input as inputs.service_principal
	rule.deny == set() with input as inputs.default_off
}

test_allows_policies_that_are_off if {
	rule.deny == set() with input as inputs.switched_off
}

test_reports_nothing_unknown if {
	rule.deny == set() with input as inputs.not_collected
	rule.deny == set() with input as inputs.unknown
}
