package zerotrust.assume_breach.weak_certificate_test

import data.zerotrust.assume_breach.weak_certificate as rule
import data.zerotrust.testing
import data.zerotrust.testing.service_principal as principals

_organization := {
	"domains": null,
	"tenants": null,
	"repositories": null,
	"trusted_issuers": null,
	"certificate_issuers": null,
}

ztvet := {
	"parameters": {},
	"organization": object.union(_organization, {"certificate_issuers": ["CN=Contoso Issuing CA"]}),
}

_nothing_configured := {"parameters": {}, "organization": _organization}

_good := {
	"key_type": "rsa",
	"key_bits": 2048,
	"signature_hash": "sha256",
	"self_signed": false,
	"issuer": "CN=Contoso Issuing CA",
	"subject": "CN=shop",
}

_self_signed := {"self_signed": true, "issuer": "CN=shop"}

_credential(index, facts) := testing.certificate(index, {"certificate": object.union(_good, facts)})

_with(facts) := testing.application({"credentials": [_credential(0, facts)]})

inputs := {
	"principal": principals.service_principal({"credentials": [testing.certificate(
		0,
		{"certificate": {
			"key_type": "rsa",
			"key_bits": 1024,
			"signature_hash": "sha256",
			"self_signed": false,
			"issuer": "CN=ca",
			"subject": "CN=shop",
		}},
	)]}),
	"managed_identity": principals.managed_identity({"credentials": [testing.certificate(
		0,
		{"certificate": {
			"key_type": "rsa",
			"key_bits": 1024,
			"signature_hash": "sha256",
			"self_signed": false,
			"issuer": "CN=ca",
			"subject": "CN=shop",
		}},
	)]}),
	"rsa_2048": _with({}),
	"rsa_2047": _with({"key_bits": 2047}),
	"rsa_1024": _with({"key_bits": 1024}),
	"rsa_unknown": _with({"key_bits": null}),
	"ec_256": _with({"key_type": "ec", "key_bits": 256}),
	"other_key": _with({"key_type": "other", "key_bits": null, "signature_hash": "other"}),
	"sha1": _with({"signature_hash": "sha1"}),
	"md5": _with({"signature_hash": "md5"}),
	"self_signed": _with(_self_signed),
	"all_problems": _with(object.union(_self_signed, {"key_bits": 1024, "signature_hash": "sha1"})),
	"not_in_the_source": testing.application({"credentials": [testing.certificate(0, {})]}),
	"several": testing.application({"credentials": [
		testing.secret(0, {}),
		testing.certificate(0, {}),
		_credential(1, {"key_bits": 1024}),
		_credential(2, {}),
		_credential(3, {"signature_hash": "sha1"}),
	]}),
	"none": testing.application({"credentials": []}),
}

_finding(index, problem) := {
	"at": sprintf("/keyCredentials/%d", [index]),
	"name": "CN=shop",
	"problem": problem,
}

_self_signed_finding := object.union(_finding(0, "is self-signed"), {"severity": "info"})

test_allows_rsa_of_2048_bits if {
	rule.deny == set() with input as inputs.rsa_2048 with data.ztvet as ztvet
}

test_reports_rsa_of_2047_bits if {
	findings := {_finding(0, "has an RSA key of 2047 bits")}
	rule.deny == findings with input as inputs.rsa_2047 with data.ztvet as ztvet
}

test_reports_rsa_of_1024_bits if {
	findings := {_finding(0, "has an RSA key of 1024 bits")}
	rule.deny == findings with input as inputs.rsa_1024 with data.ztvet as ztvet
}

test_does_not_guess_the_size if {
	rule.deny == set() with input as inputs.rsa_unknown with data.ztvet as ztvet
}

test_allows_elliptic_curve if {
	rule.deny == set() with input as inputs.ec_256 with data.ztvet as ztvet
}

test_allows_other_keys if {
	rule.deny == set() with input as inputs.other_key with data.ztvet as ztvet
}

test_reports_sha1 if {
	rule.deny == {_finding(0, "is signed with `sha1`")} with input as inputs.sha1 with data.ztvet as ztvet
}

test_reports_md5 if {
	rule.deny == {_finding(0, "is signed with `md5`")} with input as inputs.md5 with data.ztvet as ztvet
}

test_self_signed_is_info if {
	rule.deny == {_self_signed_finding} with input as inputs.self_signed with data.ztvet as ztvet
}

test_allows_self_signed_without_issuers if {
	rule.deny == set() with input as inputs.self_signed with data.ztvet as _nothing_configured
}

test_reports_each_problem if {
	findings := {
		_finding(0, "has an RSA key of 1024 bits"),
		_finding(0, "is signed with `sha1`"),
		_self_signed_finding,
	}
	rule.deny == findings with input as inputs.all_problems with data.ztvet as ztvet
}

test_reports_weakness_without_issuers if {
	findings := {_finding(0, "has an RSA key of 1024 bits"), _finding(0, "is signed with `sha1`")}
	rule.deny == findings with input as inputs.all_problems with data.ztvet as _nothing_configured
}

test_does_not_guess_a_key_that_is_not_there if {
	rule.deny == set() with input as inputs.not_in_the_source with data.ztvet as ztvet
}

test_reports_each_certificate if {
	findings := {_finding(1, "has an RSA key of 1024 bits"), _finding(3, "is signed with `sha1`")}
	rule.deny == findings with input as inputs.several with data.ztvet as ztvet
}

test_allows_none if {
	rule.deny == set() with input as inputs.none with data.ztvet as ztvet
}

test_reports_service_principal if {
	expected := {{"at": "/keyCredentials/0", "name": "CN=shop", "problem": "has an RSA key of 1024 bits"}}
	rule.deny == expected with input as inputs.principal with data.ztvet as ztvet
}

test_leaves_managed_identities_alone if {
	rule.deny == set() with input as inputs.managed_identity with data.ztvet as ztvet
}
