package zerotrust.verify_explicitly.token_not_valid_yet_test

import data.zerotrust.testing.token as tokens
import data.zerotrust.verify_explicitly.token_not_valid_yet as rule

ztvet := {"parameters": {"VE-308": {"clock_skew_seconds": 300}}}

_strict := {"parameters": {"VE-308": {"clock_skew_seconds": 0}}}

_valid_from(at, seconds) := tokens.token({"not_before": at, "not_before_in_seconds": seconds})

_issued(at, seconds) := tokens.token({"issued": at, "issued_in_seconds": seconds})

inputs := {
	"not_before": _valid_from("2026-11-23T06:05:01Z", 301),
	"issued": _issued("2026-11-24T06:00:00Z", 86400),
	"both": tokens.token({
		"not_before": "2026-11-24T06:00:00Z",
		"not_before_in_seconds": 86400,
		"issued": "2026-11-24T06:00:00Z",
		"issued_in_seconds": 86400,
	}),
	"within_the_skew": _valid_from("2026-11-23T06:05:00Z", 300),
	"issued_within_the_skew": _issued("2026-11-23T06:05:00Z", 300),
	"past": tokens.token({}),
	"unknown": tokens.token({
		"not_before": null,
		"not_before_in_seconds": null,
		"issued": null,
		"issued_in_seconds": null,
	}),
}

test_reports_not_before if {
	expected := {{"at": "token.claims.nbf", "claim": "nbf", "seconds": 301}}
	rule.deny == expected with input as inputs.not_before with data.ztvet as ztvet
}

test_reports_issued if {
	expected := {{"at": "token.claims.iat", "claim": "iat", "seconds": 86400}}
	rule.deny == expected with input as inputs.issued with data.ztvet as ztvet
}

test_reports_both if {
	count(rule.deny) == 2 with input as inputs.both with data.ztvet as ztvet
}

test_reports_a_moment_without_skew if {
	count(rule.deny) == 1 with input as inputs.within_the_skew with data.ztvet as _strict
}

test_allows_within_the_skew if {
	rule.deny == set() with input as inputs.within_the_skew with data.ztvet as ztvet
	rule.deny == set() with input as inputs.issued_within_the_skew with data.ztvet as ztvet
}

test_allows_past if {
	rule.deny == set() with input as inputs.past with data.ztvet as ztvet
}

test_skips_unknown if {
	rule.deny == set() with input as inputs.unknown with data.ztvet as ztvet
}
