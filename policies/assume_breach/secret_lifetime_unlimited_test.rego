package zerotrust.assume_breach.secret_lifetime_unlimited_test

import data.zerotrust.assume_breach.secret_lifetime_unlimited as rule
import data.zerotrust.testing.tenant as testing

ztvet := {"parameters": {"AB-603": {"max_secret_days": 180}}}

_place := "/applicationRestrictions/passwordCredentials/0"

_lifetime(facts) := testing.restriction(_place, object.union({"restriction_type": "passwordLifetime"}, facts))

_days(days) := _lifetime({"max_lifetime": sprintf("P%dD", [days]), "max_lifetime_days": days})

_block(facts) := testing.restriction("/applicationRestrictions/passwordCredentials/1", facts)

_since := {"created_after": "2024-01-01T00:00:00Z", "all_applications": false}

_tenant(enabled, applications) := testing.tenant({"app_management": {
	"enabled": enabled,
	"applications": applications,
	"service_principals": [_days(90)],
}})

inputs := {
	"short": _tenant(true, [_days(90)]),
	"days_180": _tenant(true, [_days(180)]),
	"days_181": _tenant(true, [_days(181)]),
	"days_182": _tenant(true, [_days(182)]),
	"blocked": _tenant(true, [_days(730), _block({})]),
	"only_blocked": _tenant(true, [_block({})]),
	"blocked_in_part": _tenant(true, [_days(730), _block(_since)]),
	"off": _tenant(false, [_days(90)]),
	"empty": _tenant(true, []),
	"disabled": _tenant(true, [_lifetime({"enabled": false, "max_lifetime": "P90D", "max_lifetime_days": 90})]),
	"no_maximum": _tenant(true, [_lifetime({})]),
	"unknown_maximum": _tenant(true, [_lifetime({"max_lifetime": null})]),
	"certificates": _tenant(true, [object.union(_days(90), {"restriction_type": "asymmetricKeyLifetime"})]),
}

_finding(at, lifetime) := {"at": at, "scope": "applications", "lifetime": lifetime, "limit": 180}

_unlimited := _finding("tenant.app_management.applications", "not limited")

test_reports_long_lifetimes if {
	expected := {_finding(_place, "limited to 182 days")}
	rule.deny == expected with input as inputs.days_182 with data.ztvet as ztvet
}

test_allows_the_limit if {
	rule.deny == set() with input as inputs.days_180 with data.ztvet as ztvet
}

test_allows_a_day_more_since_less_is_evaluated if {
	rule.deny == set() with input as inputs.days_181 with data.ztvet as ztvet
}

test_allows_short_lifetimes if {
	rule.deny == set() with input as inputs.short with data.ztvet as ztvet
}

test_blocked_secrets_need_no_limit if {
	rule.deny == set() with input as inputs.blocked with data.ztvet as ztvet
	rule.deny == set() with input as inputs.only_blocked with data.ztvet as ztvet
}

test_secrets_that_are_blocked_for_some_need_a_limit if {
	expected := {_finding(_place, "limited to 730 days")}
	rule.deny == expected with input as inputs.blocked_in_part with data.ztvet as ztvet
}

test_reports_a_policy_that_is_off_once if {
	expected := {{
		"at": "tenant.app_management.enabled",
		"scope": "applications and service principals",
		"lifetime": "not limited, since the policy is not enabled",
		"limit": 180,
	}}
	rule.deny == expected with input as inputs.off with data.ztvet as ztvet
}

test_reports_no_limit if {
	expected := {_unlimited}
	rule.deny == expected with input as inputs.empty with data.ztvet as ztvet
	rule.deny == expected with input as inputs.disabled with data.ztvet as ztvet
	rule.deny == expected with input as inputs.certificates with data.ztvet as ztvet
}

test_reports_a_limit_without_a_maximum if {
	expected := {_finding(_place, "not limited")}
	rule.deny == expected with input as inputs.no_maximum with data.ztvet as ztvet
}

test_an_unknown_maximum_is_not_reported if {
	rule.deny == set() with input as inputs.unknown_maximum with data.ztvet as ztvet
}

test_limit_can_be_set if {
	expected := {"applications", "service principals"}
	found := {finding.scope | some finding in rule.deny} with input as inputs.short
		with data.ztvet.parameters as {"AB-603": {"max_secret_days": 30}}
	found == expected
}
