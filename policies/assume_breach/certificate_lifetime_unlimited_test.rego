package zerotrust.assume_breach.certificate_lifetime_unlimited_test

import data.zerotrust.assume_breach.certificate_lifetime_unlimited as rule
import data.zerotrust.testing.tenant as testing

ztvet := {"parameters": {"AB-604": {"max_certificate_days": 365}}}

_place := "/applicationRestrictions/keyCredentials/0"

_lifetime(facts) := testing.restriction(
	_place,
	object.union({"kind": "key", "restriction_type": "asymmetricKeyLifetime"}, facts),
)

_days(days) := _lifetime({"max_lifetime": sprintf("P%dD", [days]), "max_lifetime_days": days})

_tenant(enabled, applications) := testing.tenant({"app_management": {
	"enabled": enabled,
	"applications": applications,
	"service_principals": [_days(90)],
}})

inputs := {
	"days_365": _tenant(true, [_days(365)]),
	"days_366": _tenant(true, [_days(366)]),
	"no_secrets": _tenant(true, [testing.restriction("/applicationRestrictions/passwordCredentials/0", {})]),
	"off": _tenant(false, [_days(90)]),
	"disabled": _tenant(true, [_lifetime({"enabled": false, "max_lifetime": "P90D", "max_lifetime_days": 90})]),
	"no_maximum": _tenant(true, [_lifetime({})]),
	"since": _tenant(true, [object.union(_days(365), {
		"created_after": "2024-01-01T00:00:00Z",
		"all_applications": false,
	})]),
}

_finding(at, lifetime) := {"at": at, "scope": "applications", "lifetime": lifetime, "limit": 365}

_unlimited := _finding("tenant.app_management.applications", "not limited")

test_reports_long_lifetimes if {
	expected := {_finding(_place, "limited to 366 days")}
	rule.deny == expected with input as inputs.days_366 with data.ztvet as ztvet
}

test_allows_the_limit if {
	rule.deny == set() with input as inputs.days_365 with data.ztvet as ztvet
}

test_allows_limits_for_newer_applications if {
	rule.deny == set() with input as inputs.since with data.ztvet as ztvet
}

test_reports_no_limit if {
	expected := {_unlimited}
	rule.deny == expected with input as inputs.disabled with data.ztvet as ztvet
	rule.deny == expected with input as inputs.no_secrets with data.ztvet as ztvet
}

test_reports_a_limit_without_a_maximum if {
	expected := {_finding(_place, "not limited")}
	rule.deny == expected with input as inputs.no_maximum with data.ztvet as ztvet
}

test_reports_a_policy_that_is_off_once if {
	expected := {{
		"at": "tenant.app_management.enabled",
		"scope": "applications and service principals",
		"lifetime": "not limited, since the policy is not enabled",
		"limit": 365,
	}}
	rule.deny == expected with input as inputs.off with data.ztvet as ztvet
}

test_limit_can_be_set if {
	count(rule.deny) == 0 with input as inputs.days_366
		with data.ztvet.parameters as {"AB-604": {"max_certificate_days": 730}}
}
