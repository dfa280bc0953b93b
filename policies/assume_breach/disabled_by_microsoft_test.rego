package zerotrust.assume_breach.disabled_by_microsoft_test

import data.zerotrust.assume_breach.disabled_by_microsoft as rule
import data.zerotrust.testing
import data.zerotrust.testing.service_principal as principals

_status := "DisabledDueToViolationOfServicesAgreement"

inputs := {
	"principal_disabled": principals.service_principal({
		"disabled_by_microsoft": "DisabledDueToViolationOfServicesAgreement",
	}),
	"principal_enabled": principals.service_principal({"disabled_by_microsoft": ""}),
	"disabled": testing.application({"disabled_by_microsoft": _status}),
	"other_reason": testing.application({"disabled_by_microsoft": "DisabledForAnotherReason"}),
	"not_disabled": testing.application({"disabled_by_microsoft": "NotDisabled"}),
	"empty": testing.application({"disabled_by_microsoft": ""}),
	"not_collected": testing.application({"disabled_by_microsoft": null}),
}

_finding(status) := {"at": "application.disabled_by_microsoft", "status": status}

test_reports_disabled if {
	expected := {_finding(_status)}
	rule.deny == expected with input as inputs.disabled
}

test_reports_any_other_status if {
	expected := {_finding("DisabledForAnotherReason")}
	rule.deny == expected with input as inputs.other_reason
}

test_allows_not_disabled if {
	rule.deny == set() with input as inputs.not_disabled
}

test_allows_empty if {
	rule.deny == set() with input as inputs.empty
}

test_does_not_guess if {
	rule.deny == set() with input as inputs.not_collected
}

test_reports_service_principal if {
	expected := {{
		"at": "service_principal.disabled_by_microsoft",
		"status": "DisabledDueToViolationOfServicesAgreement",
	}}
	rule.deny == expected with input as inputs.principal_disabled
}

test_allows_service_principal_that_is_not if {
	rule.deny == set() with input as inputs.principal_enabled
}
