package zerotrust.assume_breach.credential_lives_too_long_test

import data.zerotrust.assume_breach.credential_lives_too_long as rule
import data.zerotrust.testing
import data.zerotrust.testing.service_principal as principals

ztvet := {"parameters": {"AB-401": {"max_secret_days": 180, "max_certificate_days": 365}}, "organization": {
	"domains": null,
	"tenants": null,
	"repositories": null,
	"trusted_issuers": null,
	"certificate_issuers": null,
}}

_secret(index, end, lifetime_days, days_left) := testing.secret(index, {
	"end": end,
	"lifetime_days": lifetime_days,
	"days_left": days_left,
})

_certificate(end, lifetime_days, days_left) := testing.certificate(0, {
	"end": end,
	"lifetime_days": lifetime_days,
	"days_left": days_left,
})

_start_unknown := testing.secret(0, {
	"start": null,
	"end": "2028-10-01T00:00:00Z",
	"lifetime_days": null,
	"days_left": 677,
})

inputs := {
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
	"secret_180": testing.application({"credentials": [_secret(0, "2027-03-30T00:00:00Z", 180, 126)]}),
	"secret_181": testing.application({"credentials": [_secret(0, "2027-03-31T00:00:00Z", 181, 127)]}),
	"certificate_365": testing.application({"credentials": [_certificate("2027-10-01T00:00:00Z", 365, 311)]}),
	"certificate_366": testing.application({"credentials": [_certificate("2027-10-02T00:00:00Z", 366, 312)]}),
	"expired": testing.application({"credentials": [testing.secret(0, {
		"start": "2024-10-01T00:00:00Z",
		"end": "2026-10-01T00:00:00Z",
		"lifetime_days": 730,
		"days_left": -54,
	})]}),
	"several": testing.application({"credentials": [
		testing.secret(0, {}),
		_secret(1, "2027-10-01T00:00:00Z", 365, 311),
		testing.secret(2, {"start": null, "end": null, "lifetime_days": null, "days_left": null}),
		_secret(3, "2028-10-01T00:00:00Z", 731, 677),
		_certificate("2027-10-01T00:00:00Z", 365, 311),
	]}),
	"unnamed": testing.application({"credentials": [object.union(
		_secret(0, "2027-10-01T00:00:00Z", 365, 311),
		{"name": ""},
	)]}),
	"no_end": testing.application({"credentials": [_secret(0, "", null, null)]}),
	"start_unknown": testing.application({"credentials": [_start_unknown]}),
	"none": testing.application({"credentials": []}),
}

_secret_finding(index, name, lifetime_days) := {
	"at": sprintf("/passwordCredentials/%d", [index]),
	"kind": "secret",
	"name": name,
	"lifetime_days": lifetime_days,
	"limit": 180,
}

test_allows_secret_of_180_days if {
	rule.deny == set() with input as inputs.secret_180 with data.ztvet as ztvet
}

test_reports_secret_of_181_days if {
	findings := {_secret_finding(0, "deploy", 181)}
	rule.deny == findings with input as inputs.secret_181 with data.ztvet as ztvet
}

test_allows_certificate_of_365_days if {
	rule.deny == set() with input as inputs.certificate_365 with data.ztvet as ztvet
}

test_reports_certificate_of_366_days if {
	finding := {
		"at": "/keyCredentials/0",
		"kind": "certificate",
		"name": "CN=shop",
		"lifetime_days": 366,
		"limit": 365,
	}
	rule.deny == {finding} with input as inputs.certificate_366 with data.ztvet as ztvet
}

test_reports_expired if {
	findings := {_secret_finding(0, "deploy", 730)}
	rule.deny == findings with input as inputs.expired with data.ztvet as ztvet
}

test_reports_each_credential if {
	findings := {_secret_finding(1, "deploy", 365), _secret_finding(3, "deploy", 731)}
	rule.deny == findings with input as inputs.several with data.ztvet as ztvet
}

test_names_the_id_of_an_unnamed_one if {
	findings := {_secret_finding(0, "5c8a1f0e-0000-4000-8000-000000000001", 365)}
	rule.deny == findings with input as inputs.unnamed with data.ztvet as ztvet
}

test_leaves_no_end_to_another_rule if {
	rule.deny == set() with input as inputs.no_end with data.ztvet as ztvet
}

test_does_not_guess_the_start if {
	rule.deny == set() with input as inputs.start_unknown with data.ztvet as ztvet
}

test_allows_none if {
	rule.deny == set() with input as inputs.none with data.ztvet as ztvet
}

test_limits_can_be_lowered if {
	finding := object.union(_secret_finding(0, "deploy", 180), {"limit": 179})
	rule.deny == {finding} with input as inputs.secret_180
		with data.ztvet.parameters as {"AB-401": {"max_secret_days": 179, "max_certificate_days": 365}}
}

test_reports_service_principal if {
	expected := {{
		"at": "/passwordCredentials/0",
		"kind": "secret",
		"name": "deploy",
		"lifetime_days": 3000,
		"limit": 180,
	}}
	rule.deny == expected with input as inputs.principal with data.ztvet as ztvet
}

test_leaves_managed_identities_alone if {
	rule.deny == set() with input as inputs.managed_identity with data.ztvet as ztvet
}

test_leaves_microsoft_alone if {
	rule.deny == set() with input as inputs.first_party_principal with data.ztvet as ztvet
}

test_leaves_saml_signing_alone if {
	rule.deny == set() with input as inputs.saml_signing with data.ztvet as ztvet
}
