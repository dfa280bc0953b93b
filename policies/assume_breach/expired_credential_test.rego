package zerotrust.assume_breach.expired_credential_test

import data.zerotrust.assume_breach.expired_credential as rule
import data.zerotrust.testing

_expired := {"start": "2026-07-01T00:00:00Z", "end": "2026-10-01T00:00:00Z", "lifetime_days": 92, "days_left": -54}

_unknown := {"start": null, "end": null, "lifetime_days": null, "days_left": null}

inputs := {
	"secret": testing.application({"credentials": [testing.secret(0, _expired)]}),
	"certificate": testing.application({"credentials": [testing.certificate(0, _expired)]}),
	"just_expired": testing.application({"credentials": [testing.secret(0, {
		"start": "2026-08-23T05:59:59Z",
		"end": "2026-11-23T05:59:59Z",
		"days_left": -1,
	})]}),
	"today": testing.application({"credentials": [testing.secret(0, {
		"start": "2026-08-23T00:00:00Z",
		"end": "2026-11-23T12:00:00Z",
		"days_left": 0,
	})]}),
	"several": testing.application({"credentials": [
		testing.secret(0, _expired),
		testing.secret(1, {}),
		testing.secret(2, _unknown),
		testing.secret(3, object.union(_expired, {"name": "backup"})),
	]}),
	"future": testing.application({"credentials": [testing.secret(0, {}), testing.certificate(0, {})]}),
	"no_end": testing.application({"credentials": [testing.secret(0, {
		"end": "",
		"lifetime_days": null,
		"days_left": null,
	})]}),
	"unknown": testing.application({"credentials": [testing.secret(0, _unknown)]}),
	"none": testing.application({"credentials": []}),
}

_secret(index, name) := {
	"at": sprintf("/passwordCredentials/%d", [index]),
	"kind": "secret",
	"name": name,
	"end": "2026-10-01T00:00:00Z",
}

test_reports_secret if {
	rule.deny == {_secret(0, "deploy")} with input as inputs.secret
}

test_reports_certificate if {
	rule.deny == {{
		"at": "/keyCredentials/0",
		"kind": "certificate",
		"name": "CN=shop",
		"end": "2026-10-01T00:00:00Z",
	}} with input as inputs.certificate
}

test_reports_just_expired if {
	finding := object.union(_secret(0, "deploy"), {"end": "2026-11-23T05:59:59Z"})
	rule.deny == {finding} with input as inputs.just_expired
}

test_allows_today if {
	rule.deny == set() with input as inputs.today
}

test_reports_each_credential if {
	rule.deny == {_secret(0, "deploy"), _secret(3, "backup")} with input as inputs.several
}

test_allows_future if {
	rule.deny == set() with input as inputs.future
}

test_allows_no_end if {
	rule.deny == set() with input as inputs.no_end
}

test_does_not_guess if {
	rule.deny == set() with input as inputs.unknown
}

test_allows_none if {
	rule.deny == set() with input as inputs.none
}
