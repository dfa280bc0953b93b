package zerotrust.verify_explicitly.client_not_authenticated_test

import data.zerotrust.testing.token as tokens
import data.zerotrust.verify_explicitly.client_not_authenticated as rule

ztvet := {"tokens": {"require_confidential_client": true, "require_client_certificate": null}}

_certificate := {"tokens": {"require_confidential_client": true, "require_client_certificate": true}}

_only_certificate := {"tokens": {"require_confidential_client": false, "require_client_certificate": true}}

_nothing := {"tokens": {"require_confidential_client": false, "require_client_certificate": false}}

_with(method) := tokens.token({"client": {"auth_method": method}})

inputs := {
	"none": _with("none"),
	"none_v1": tokens.token(object.union(tokens.version_1, {"client": {"auth_method": "none"}})),
	"unknown": _with("unknown"),
	"secret": _with("secret"),
	"certificate": _with("certificate"),
	"id": tokens.id({}),
}

_reported(method, problem) := {{
	"at": "token.claims.azpacr",
	"client": "9c2d4f60-7a18-4f0e-8f53-2d9b7c1e0a44",
	"auth_method": method,
	"problem": problem,
}}

test_reports_none if {
	expected := _reported("none", "did not authenticate itself")
	rule.deny == expected with input as inputs.none with data.ztvet as ztvet
	rule.deny == expected with input as inputs.none with data.ztvet as _only_certificate
}

test_points_to_the_claim_of_version_1 if {
	places := {finding.at | some finding in rule.deny} with input as inputs.none_v1 with data.ztvet as ztvet
	places == {"token.claims.appidacr"}
}

test_reports_unknown if {
	expected := _reported(
		"unknown",
		"does not appear to have authenticated itself: neither `azpacr` nor `appidacr` says how",
	)
	rule.deny == expected with input as inputs.unknown with data.ztvet as ztvet
}

test_reports_a_secret_where_a_certificate_is_required if {
	expected := _reported("secret", "authenticated itself with a secret, and a certificate is required")
	rule.deny == expected with input as inputs.secret with data.ztvet as _certificate
	rule.deny == expected with input as inputs.secret with data.ztvet as _only_certificate
}

test_allows_a_secret if {
	rule.deny == set() with input as inputs.secret with data.ztvet as ztvet
}

test_allows_a_certificate if {
	rule.deny == set() with input as inputs.certificate with data.ztvet as ztvet
	rule.deny == set() with input as inputs.certificate with data.ztvet as _certificate
}

test_allows_none_where_nothing_is_required if {
	rule.deny == set() with input as inputs.none with data.ztvet as _nothing
}

test_leaves_id_tokens_alone if {
	rule.deny == set() with input as inputs.id with data.ztvet as ztvet
}
