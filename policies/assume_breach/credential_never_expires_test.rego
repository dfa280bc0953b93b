package zerotrust.assume_breach.credential_never_expires_test

import data.zerotrust.assume_breach.credential_never_expires as rule
import data.zerotrust.testing
import data.zerotrust.testing.service_principal as principals

_ending(end, lifetime_days, days_left) := testing.secret(0, {
	"end": end,
	"lifetime_days": lifetime_days,
	"days_left": days_left,
})

_unknown := {"start": null, "end": null, "lifetime_days": null, "days_left": null}

_no_start(end, days_left) := testing.secret(0, {
	"start": null,
	"end": end,
	"lifetime_days": null,
	"days_left": days_left,
})

inputs := {
	"five_years": testing.application({"credentials": [_ending("2031-10-02T00:00:00Z", 1827, 1773)]}),
	"over_five_years": testing.application({"credentials": [_ending("2031-10-03T00:00:00Z", 1828, 1774)]}),
	"principal": principals.service_principal({"credentials": [testing.secret(
		0,
		{"lifetime_days": 3000, "days_left": 2900, "end": "2034-11-01T00:00:00Z"},
	)]}),
	"managed_identity": principals.managed_identity({"credentials": [testing.secret(
		0,
		{"lifetime_days": 3000, "days_left": 2900, "end": "2034-11-01T00:00:00Z"},
	)]}),
	"first_party_principal": principals.first_party({"credentials": [testing.secret(
		0,
		{"lifetime_days": 3000, "days_left": 2900, "end": "2034-11-01T00:00:00Z"},
	)]}),
	"saml_signing": principals.service_principal({
		"credentials": [testing.certificate(
			0,
			{"usage": "Sign", "lifetime_days": 3000, "days_left": 2900, "end": "2034-11-01T00:00:00Z"},
		)],
		"preferred_single_sign_on_mode": "saml",
	}),
	"two_years": testing.application({"credentials": [_ending("2028-10-01T00:00:00Z", 731, 677)]}),
	"end_2299": testing.application({"credentials": [_ending("2299-12-31T00:00:00Z", 99802, 99748)]}),
	"end_2262": testing.application({"credentials": [_no_start("2262-01-01T00:00:00Z", null)]}),
	"end_2261": testing.application({"credentials": [testing.secret(0, {
		"start": "2261-06-01T00:00:00Z",
		"end": "2261-12-31T23:59:59Z",
		"lifetime_days": 213,
		"days_left": 85870,
	})]}),
	"no_end": testing.application({"credentials": [_ending("", null, null)]}),
	"end_unknown": testing.application({"credentials": [testing.secret(0, _unknown)]}),
	"start_unknown": testing.application({"credentials": [_no_start("2040-01-01T00:00:00Z", 4786)]}),
	"start_unknown_near_end": testing.application({"credentials": [_no_start("2031-11-23T00:00:00Z", 1825)]}),
	"early_end": testing.application({"credentials": [testing.secret(0, {
		"start": "0001-01-01T00:00:00Z",
		"end": "0001-01-01T00:00:00Z",
		"lifetime_days": 0,
		"days_left": -739943,
	})]}),
	"several": testing.application({"credentials": [
		testing.secret(0, _unknown),
		testing.secret(1, {}),
		testing.secret(2, {"end": "", "lifetime_days": null, "days_left": null}),
		testing.certificate(0, {"end": "9999-12-31T23:59:59Z", "lifetime_days": 2912169, "days_left": 2912116}),
	]}),
	"none": testing.application({"credentials": []}),
}

_finding(period) := {"at": "/passwordCredentials/0", "kind": "secret", "name": "deploy", "period": period}

test_allows_five_years if {
	rule.deny == set() with input as inputs.five_years
}

test_reports_over_five_years if {
	rule.deny == {_finding("until `2031-10-03T00:00:00Z`")} with input as inputs.over_five_years
}

test_allows_two_years if {
	rule.deny == set() with input as inputs.two_years
}

test_reports_2299 if {
	rule.deny == {_finding("until `2299-12-31T00:00:00Z`")} with input as inputs.end_2299
}

test_reports_2262_without_lifetime if {
	rule.deny == {_finding("until `2262-01-01T00:00:00Z`")} with input as inputs.end_2262
}

test_allows_short_life_that_ends_before_2262 if {
	rule.deny == set() with input as inputs.end_2261
}

test_reports_no_end if {
	rule.deny == {_finding("without end")} with input as inputs.no_end
}

test_does_not_guess_the_end if {
	rule.deny == set() with input as inputs.end_unknown
}

test_reports_far_end_of_unknown_start if {
	rule.deny == {_finding("until `2040-01-01T00:00:00Z`")} with input as inputs.start_unknown
}

test_does_not_guess_the_start if {
	rule.deny == set() with input as inputs.start_unknown_near_end
}

test_allows_early_end if {
	rule.deny == set() with input as inputs.early_end
}

test_reports_each_credential if {
	rule.deny == {
		{"at": "/passwordCredentials/2", "kind": "secret", "name": "deploy", "period": "without end"},
		{
			"at": "/keyCredentials/0",
			"kind": "certificate",
			"name": "CN=shop",
			"period": "until `9999-12-31T23:59:59Z`",
		},
	} with input as inputs.several
}

test_allows_none if {
	rule.deny == set() with input as inputs.none
}

test_reports_service_principal if {
	expected := {{
		"at": "/passwordCredentials/0",
		"kind": "secret",
		"name": "deploy",
		"period": "until `2034-11-01T00:00:00Z`",
	}}
	rule.deny == expected with input as inputs.principal
}

test_leaves_managed_identities_alone if {
	rule.deny == set() with input as inputs.managed_identity
}

test_leaves_microsoft_alone if {
	rule.deny == set() with input as inputs.first_party_principal
}

test_leaves_saml_signing_alone if {
	rule.deny == set() with input as inputs.saml_signing
}
