package zerotrust.assume_breach.app_management_not_enforced_test

import data.zerotrust.assume_breach.app_management_not_enforced as rule
import data.zerotrust.testing.tenant as testing

_tenant(enabled, applications, service_principals) := testing.tenant({"app_management": {
	"enabled": enabled,
	"applications": applications,
	"service_principals": service_principals,
}})

_restriction := testing.restriction("/applicationRestrictions/passwordCredentials/0", {})

_disabled := testing.restriction("/applicationRestrictions/passwordCredentials/0", {"enabled": false})

_certificates := testing.restriction("/servicePrincipalRestrictions/keyCredentials/0", {
	"kind": "key",
	"restriction_type": "asymmetricKeyLifetime",
	"max_lifetime": "P365D",
	"max_lifetime_days": 365,
})

_unclear := testing.restriction("/applicationRestrictions/passwordCredentials/0", {"enabled": null})

inputs := {
	"both": _tenant(true, [_restriction], [_certificates]),
	"default": _tenant(false, [], []),
	"switched_off": _tenant(false, [_restriction], [_certificates]),
	"empty": _tenant(true, [], []),
	"only_applications": _tenant(true, [_disabled, _restriction], []),
	"only_service_principals": _tenant(true, [_disabled], [_certificates]),
	"unclear": _tenant(true, [_unclear], [_certificates]),
	"partly_known": _tenant(true, null, []),
}

_off := {"at": "tenant.app_management.enabled", "problem": "is not enabled"}

_applications := {
	"at": "tenant.app_management.applications",
	"problem": "restricts nothing for applications",
}

_service_principals := {
	"at": "tenant.app_management.service_principals",
	"problem": "restricts nothing for service principals",
}

test_reports_the_default if {
	expected := {_off}
	rule.deny == expected with input as inputs["default"]
}

test_reports_switched_off if {
	expected := {_off}
	rule.deny == expected with input as inputs.switched_off
}

test_reports_each_empty_list if {
	expected := {_applications, _service_principals}
	rule.deny == expected with input as inputs.empty
}

test_reports_service_principals if {
	expected := {_service_principals}
	rule.deny == expected with input as inputs.only_applications
}

test_disabled_restrictions_do_not_count if {
	expected := {_applications}
	rule.deny == expected with input as inputs.only_service_principals
}

test_allows_both if {
	rule.deny == set() with input as inputs.both
}

test_an_unknown_state_is_not_reported if {
	rule.deny == set() with input as inputs.unclear
}

test_reports_what_is_known if {
	expected := {_service_principals}
	rule.deny == expected with input as inputs.partly_known
}
