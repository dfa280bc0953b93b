package zerotrust.assume_breach.credential_expires_soon_test

import data.zerotrust.assume_breach.credential_expires_soon as rule
import data.zerotrust.testing

ztvet := {"parameters": {"AB-407": {"warn_days": 30}}, "organization": {
	"domains": null,
	"tenants": null,
	"repositories": null,
	"trusted_issuers": null,
	"certificate_issuers": null,
}}

_ending(end, lifetime_days, days_left) := {"end": end, "lifetime_days": lifetime_days, "days_left": days_left}

_in_30_days := _ending("2026-12-23T12:00:00Z", 83, 30)

_in_31_days := _ending("2026-12-24T12:00:00Z", 84, 31)

_today := _ending("2026-11-23T12:00:00Z", 53, 0)

_yesterday := _ending("2026-11-22T12:00:00Z", 52, -1)

_with(others) := testing.application({"credentials": array.concat([testing.secret(0, _in_30_days)], others)})

inputs := {
	"in_30_days": _with([]),
	"in_31_days": testing.application({"credentials": [testing.secret(0, _in_31_days)]}),
	"today": testing.application({"credentials": [testing.secret(0, _today)]}),
	"expired": testing.application({"credentials": [testing.secret(0, _yesterday)]}),
	"newer": _with([testing.secret(1, {})]),
	"newer_of_other_kind": _with([testing.certificate(0, {})]),
	"newer_without_end": _with([testing.secret(1, {"end": "", "lifetime_days": null, "days_left": null})]),
	"other_unknown": _with([testing.secret(1, {
		"start": null,
		"end": null,
		"lifetime_days": null,
		"days_left": null,
	})]),
	"other_expired": _with([testing.secret(1, _yesterday)]),
	"both_soon": testing.application({"credentials": [testing.secret(0, _today), testing.secret(1, _in_30_days)]}),
	"certificate": testing.application({"credentials": [testing.certificate(0, _in_30_days)]}),
	"newer_for_encryption": testing.application({"credentials": [
		testing.certificate(0, _in_30_days),
		testing.certificate(1, {"usage": "Encrypt"}),
	]}),
	"unknown": testing.application({"credentials": [testing.secret(0, {
		"start": null,
		"end": null,
		"lifetime_days": null,
		"days_left": null,
	})]}),
	"no_end": testing.application({"credentials": [testing.secret(0, {
		"end": "",
		"lifetime_days": null,
		"days_left": null,
	})]}),
	"none": testing.application({"credentials": []}),
}

_secret(index) := {
	"at": sprintf("/passwordCredentials/%d", [index]),
	"kind": "secret",
	"name": "deploy",
	"end": "2026-12-23T12:00:00Z",
	"days_left": 30,
}

_certificate := {
	"at": "/keyCredentials/0",
	"kind": "certificate",
	"name": "CN=shop",
	"end": "2026-12-23T12:00:00Z",
	"days_left": 30,
}

test_reports_30_days if {
	rule.deny == {_secret(0)} with input as inputs.in_30_days with data.ztvet as ztvet
}

test_allows_31_days if {
	rule.deny == set() with input as inputs.in_31_days with data.ztvet as ztvet
}

test_reports_the_last_day if {
	finding := object.union(_secret(0), {"end": "2026-11-23T12:00:00Z", "days_left": 0})
	rule.deny == {finding} with input as inputs.today with data.ztvet as ztvet
}

test_leaves_expired_to_another_rule if {
	rule.deny == set() with input as inputs.expired with data.ztvet as ztvet
}

test_allows_newer if {
	rule.deny == set() with input as inputs.newer with data.ztvet as ztvet
}

test_other_kind_is_no_successor if {
	rule.deny == {_secret(0)} with input as inputs.newer_of_other_kind with data.ztvet as ztvet
}

test_allows_newer_without_end if {
	rule.deny == set() with input as inputs.newer_without_end with data.ztvet as ztvet
}

test_does_not_guess_the_end_of_another if {
	rule.deny == set() with input as inputs.other_unknown with data.ztvet as ztvet
}

test_expired_is_no_successor if {
	rule.deny == {_secret(0)} with input as inputs.other_expired with data.ztvet as ztvet
}

test_reports_the_last_of_several if {
	rule.deny == {_secret(1)} with input as inputs.both_soon with data.ztvet as ztvet
}

test_reports_certificate if {
	rule.deny == {_certificate} with input as inputs.certificate with data.ztvet as ztvet
}

test_other_usage_is_no_successor if {
	rule.deny == {_certificate} with input as inputs.newer_for_encryption with data.ztvet as ztvet
}

test_does_not_guess if {
	rule.deny == set() with input as inputs.unknown with data.ztvet as ztvet
}

test_allows_no_end if {
	rule.deny == set() with input as inputs.no_end with data.ztvet as ztvet
}

test_allows_none if {
	rule.deny == set() with input as inputs.none with data.ztvet as ztvet
}

test_days_can_be_raised if {
	finding := object.union(_secret(0), {"end": "2026-12-24T12:00:00Z", "days_left": 31})
	rule.deny == {finding} with input as inputs.in_31_days
		with data.ztvet.parameters as {"AB-407": {"warn_days": 31}}
}
