package zerotrust.assume_breach.too_many_credentials_test

import data.zerotrust.assume_breach.too_many_credentials as rule
import data.zerotrust.testing

ztvet := {"parameters": {"AB-405": {"max_credentials": 2}}, "organization": {
	"domains": null,
	"tenants": null,
	"repositories": null,
	"trusted_issuers": null,
	"certificate_issuers": null,
}}

_two_secrets := [testing.secret(0, {}), testing.secret(1, {})]

_two_certificates := [testing.certificate(0, {}), testing.certificate(1, {})]

_third(facts) := testing.application({"credentials": array.concat(_two_secrets, [testing.secret(2, facts)])})

inputs := {
	"two": testing.application({"credentials": _two_secrets}),
	"three_secrets": _third({}),
	"three_certificates": testing.application({"credentials": array.concat(
		_two_certificates,
		[testing.certificate(2, {})],
	)}),
	"three_of_each": testing.application({"credentials": array.concat(
		array.concat(_two_secrets, [testing.secret(2, {})]),
		array.concat(_two_certificates, [testing.certificate(2, {})]),
	)}),
	"two_of_each": testing.application({"credentials": array.concat(_two_secrets, _two_certificates)}),
	"third_expired": _third({"start": "2026-07-01T00:00:00Z", "end": "2026-10-01T00:00:00Z", "days_left": -54}),
	"third_ends_today": _third({"start": "2026-08-23T00:00:00Z", "end": "2026-11-23T12:00:00Z", "days_left": 0}),
	"third_without_end": _third({"end": "", "lifetime_days": null, "days_left": null}),
	"third_unknown": _third({"start": null, "end": null, "lifetime_days": null, "days_left": null}),
	"encryption": testing.application({"credentials": array.concat(
		_two_certificates,
		[testing.certificate(2, {"usage": "Encrypt"})],
	)}),
	"none": testing.application({"credentials": []}),
}

_finding(kind) := {"at": _first[kind], "kind": kind, "count": 3, "limit": 2}

_first := {"secret": "/passwordCredentials/0", "certificate": "/keyCredentials/0"}

test_allows_two if {
	rule.deny == set() with input as inputs.two with data.ztvet as ztvet
}

test_reports_three_secrets if {
	rule.deny == {_finding("secret")} with input as inputs.three_secrets with data.ztvet as ztvet
}

test_reports_three_certificates if {
	rule.deny == {_finding("certificate")} with input as inputs.three_certificates with data.ztvet as ztvet
}

test_reports_each_kind if {
	findings := {_finding("secret"), _finding("certificate")}
	rule.deny == findings with input as inputs.three_of_each with data.ztvet as ztvet
}

test_counts_each_kind_apart if {
	rule.deny == set() with input as inputs.two_of_each with data.ztvet as ztvet
}

test_expired_does_not_count if {
	rule.deny == set() with input as inputs.third_expired with data.ztvet as ztvet
}

test_the_last_day_counts if {
	rule.deny == {_finding("secret")} with input as inputs.third_ends_today with data.ztvet as ztvet
}

test_one_without_end_counts if {
	rule.deny == {_finding("secret")} with input as inputs.third_without_end with data.ztvet as ztvet
}

test_does_not_guess_the_end if {
	rule.deny == set() with input as inputs.third_unknown with data.ztvet as ztvet
}

test_token_encryption_does_not_count if {
	rule.deny == set() with input as inputs.encryption with data.ztvet as ztvet
}

test_allows_none if {
	rule.deny == set() with input as inputs.none with data.ztvet as ztvet
}

test_limit_can_be_raised if {
	rule.deny == set() with input as inputs.three_secrets
		with data.ztvet.parameters as {"AB-405": {"max_credentials": 3}}
}
