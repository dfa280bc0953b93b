package zerotrust.assume_breach.owner_guest_or_disabled_test

import data.zerotrust.assume_breach.owner_guest_or_disabled as rule
import data.zerotrust.testing
import data.zerotrust.testing.service_principal as principals

_only_id := {"type": null, "display_name": null, "guest": null, "account_enabled": null}

inputs := {
	"principal": principals.service_principal({"owners": [testing.owner(0, {"guest": true})]}),
	"principal_with_member": principals.service_principal({"owners": [testing.owner(0, {})]}),
	"guest": testing.application({"owners": [testing.owner(0, {"guest": true})]}),
	"disabled": testing.application({"owners": [testing.owner(0, {"account_enabled": false})]}),
	"disabled_guest": testing.application({"owners": [testing.owner(0, {"guest": true, "account_enabled": false})]}),
	"guest_of_unknown_state": testing.application({"owners": [testing.owner(0, {
		"guest": true,
		"account_enabled": null,
		"display_name": null,
	})]}),
	"disabled_application": testing.application({"owners": [testing.owner(0, {
		"type": "service_principal",
		"display_name": "Deployment",
		"account_enabled": false,
	})]}),
	"several": testing.application({"owners": [
		testing.owner(0, {}),
		testing.owner(1, _only_id),
		testing.owner(2, {"display_name": "Grace", "guest": true}),
		testing.owner(3, {"display_name": "Joan", "account_enabled": false}),
	]}),
	"member": testing.application({"owners": [testing.owner(0, {})]}),
	"unknown": testing.application({"owners": [testing.owner(0, _only_id)]}),
	"none": testing.application({"owners": []}),
}

_finding(index, name, problem) := {"at": sprintf("/owners/%d", [index]), "name": name, "problem": problem}

test_reports_guest if {
	rule.deny == {_finding(0, "Ada", "is a guest")} with input as inputs.guest
}

test_reports_disabled if {
	rule.deny == {_finding(0, "Ada", "is disabled")} with input as inputs.disabled
}

test_reports_both_problems if {
	findings := {_finding(0, "Ada", "is a guest"), _finding(0, "Ada", "is disabled")}
	rule.deny == findings with input as inputs.disabled_guest
}

test_reports_guest_of_unknown_state_by_id if {
	findings := {_finding(0, "a1b2c3d4-0000-4000-8000-000000000001", "is a guest")}
	rule.deny == findings with input as inputs.guest_of_unknown_state
}

test_reports_disabled_application if {
	rule.deny == {_finding(0, "Deployment", "is disabled")} with input as inputs.disabled_application
}

test_reports_each_owner if {
	findings := {_finding(2, "Grace", "is a guest"), _finding(3, "Joan", "is disabled")}
	rule.deny == findings with input as inputs.several
}

test_allows_member if {
	rule.deny == set() with input as inputs.member
}

test_does_not_guess if {
	rule.deny == set() with input as inputs.unknown
}

test_allows_none if {
	rule.deny == set() with input as inputs.none
}

test_reports_owner_of_service_principal if {
	expected := {{"at": "/owners/0", "name": "Ada", "problem": "is a guest"}}
	rule.deny == expected with input as inputs.principal
}

test_allows_member_of_service_principal if {
	rule.deny == set() with input as inputs.principal_with_member
}
