package zerotrust.assume_breach.new_secrets_allowed_test

import data.zerotrust.assume_breach.new_secrets_allowed as rule
import data.zerotrust.testing.tenant as testing

_app_place := "/applicationRestrictions/passwordCredentials/0"

_block := testing.restriction(_app_place, {})

_minimal := testing.restriction("/servicePrincipalRestrictions/passwordCredentials/0", {"created_after": "0001-01-01T00:00:00Z"})

_disabled := testing.restriction(_app_place, {"enabled": false})

_since := testing.restriction(_app_place, {"created_after": "2024-01-01T00:00:00Z", "all_applications": false})

_future := testing.restriction(_app_place, {"created_after": "2027-01-01T00:00:00Z", "all_applications": false})

_custom := testing.restriction(_app_place, {"restriction_type": "customPasswordAddition"})

_tenant(enabled, applications, service_principals) := testing.tenant({"app_management": {
	"enabled": enabled,
	"applications": applications,
	"service_principals": service_principals,
}})

inputs := {
	"blocked": _tenant(true, [_block], [_minimal]),
	"off": _tenant(false, [_block], [_minimal]),
	"empty": _tenant(true, [], []),
	"disabled": _tenant(true, [_disabled], [_minimal]),
	"since": _tenant(true, [_since], [_minimal]),
	"future": _tenant(true, [_future], [_minimal]),
	"custom": _tenant(true, [_custom], [_minimal]),
}

_not_blocked(scope, label) := {
	"at": concat(".", ["tenant.app_management", scope]),
	"scope": label,
	"problem": "not blocked",
}

_applications := _not_blocked("applications", "applications")

test_reports_a_policy_that_is_off_once if {
	expected := {{
		"at": "tenant.app_management.enabled",
		"scope": "applications and service principals",
		"problem": "not blocked, since the policy is not enabled",
	}}
	rule.deny == expected with input as inputs.off
}

test_reports_each_list if {
	expected := {_applications, _not_blocked("service_principals", "service principals")}
	rule.deny == expected with input as inputs.empty
}

test_reports_disabled if {
	expected := {_applications}
	rule.deny == expected with input as inputs.disabled
}

test_reports_what_has_not_begun if {
	expected := {_applications}
	rule.deny == expected with input as inputs.future
}

test_custom_passwords_are_another_restriction if {
	expected := {_applications}
	rule.deny == expected with input as inputs.custom
}

test_reports_a_late_date if {
	expected := {{
		"at": _app_place,
		"scope": "applications",
		"problem": "blocked only for those created after 2024-01-01T00:00:00Z",
	}}
	rule.deny == expected with input as inputs.since
}

test_allows_blocks_from_the_minimal_date if {
	rule.deny == set() with input as inputs.blocked
}
