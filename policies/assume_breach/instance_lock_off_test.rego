package zerotrust.assume_breach.instance_lock_off_test

import data.zerotrust.assume_breach.instance_lock_off as rule
import data.zerotrust.testing

_at := "/servicePrincipalLockConfiguration"

_lock(enabled, all_properties) := {"enabled": enabled, "all_properties": all_properties, "at": _at}

inputs := {
	"off": testing.application({"lock": _lock(false, false)}),
	"off_with_all_properties": testing.application({"lock": _lock(false, true)}),
	"partial": testing.application({"lock": _lock(true, false)}),
	"off_multitenant": testing.application({
		"sign_in_audience": "AzureADMultipleOrgs",
		"multitenant": true,
		"lock": _lock(false, false),
	}),
	"partial_multitenant": testing.application({
		"sign_in_audience": "AzureADMultipleOrgs",
		"multitenant": true,
		"lock": _lock(true, false),
	}),
	"audience_unknown": testing.application({
		"sign_in_audience": null,
		"multitenant": null,
		"personal_accounts": null,
		"lock": _lock(false, false),
	}),
	"locked": testing.application({"lock": _lock(true, true)}),
	"locked_multitenant": testing.application({
		"sign_in_audience": "AzureADMultipleOrgs",
		"multitenant": true,
		"lock": _lock(true, true),
	}),
}

test_reports_off if {
	expected := {{"at": _at, "problem": "is off"}}
	rule.deny == expected with input as inputs.off
}

test_reports_off_with_all_properties if {
	expected := {{"at": _at, "problem": "is off"}}
	rule.deny == expected with input as inputs.off_with_all_properties
}

test_reports_partial if {
	expected := {{"at": _at, "problem": "does not cover all properties"}}
	rule.deny == expected with input as inputs.partial
}

test_off_is_high_when_multitenant if {
	expected := {{"at": _at, "problem": "is off", "severity": "high"}}
	rule.deny == expected with input as inputs.off_multitenant
}

test_partial_is_high_when_multitenant if {
	finding := {"at": _at, "problem": "does not cover all properties", "severity": "high"}
	expected := {finding}
	rule.deny == expected with input as inputs.partial_multitenant
}

test_unknown_audience_keeps_the_severity if {
	expected := {{"at": _at, "problem": "is off"}}
	rule.deny == expected with input as inputs.audience_unknown
}

test_allows_locked if {
	rule.deny == set() with input as inputs.locked
}

test_allows_locked_multitenant if {
	rule.deny == set() with input as inputs.locked_multitenant
}
