package zerotrust.assume_breach.disabled_by_microsoft_test

import data.zerotrust.assume_breach.disabled_by_microsoft as rule
import data.zerotrust.testing

_status := "DisabledDueToViolationOfServicesAgreement"

inputs := {
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
