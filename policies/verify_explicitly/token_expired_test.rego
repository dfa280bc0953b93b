package zerotrust.verify_explicitly.token_expired_test

import data.zerotrust.testing.token as tokens
import data.zerotrust.verify_explicitly.token_expired as rule

ztvet := {"parameters": {"VE-307": {"clock_skew_seconds": 300}}}

_strict := {"parameters": {"VE-307": {"clock_skew_seconds": 0}}}

_expires(at, seconds) := tokens.token({"expires": at, "expires_in_seconds": seconds})

inputs := {
	"long_ago": _expires("2026-11-22T06:00:00Z", -86400),
	"at_the_skew": _expires("2026-11-23T05:55:00Z", -300),
	"within_the_skew": _expires("2026-11-23T05:55:01Z", -299),
	"now": _expires("2026-11-23T06:00:00Z", 0),
	"later": tokens.token({}),
	"missing": _expires(null, null),
}

test_reports_expired if {
	expected := {{"at": "token.claims.exp", "expires": "2026-11-22T06:00:00Z"}}
	rule.deny == expected with input as inputs.long_ago with data.ztvet as ztvet
}

test_reports_at_the_skew if {
	expected := {{"at": "token.claims.exp", "expires": "2026-11-23T05:55:00Z"}}
	rule.deny == expected with input as inputs.at_the_skew with data.ztvet as ztvet
}

test_reports_now_without_skew if {
	count(rule.deny) == 1 with input as inputs.now with data.ztvet as _strict
}

test_reports_missing if {
	expected := {{
		"at": "token.claims.exp",
		"expires": null,
		"message": "the token has no `exp` that is a number of seconds, and would never expire",
	}}
	rule.deny == expected with input as inputs.missing with data.ztvet as ztvet
}

test_allows_within_the_skew if {
	rule.deny == set() with input as inputs.within_the_skew with data.ztvet as ztvet
	rule.deny == set() with input as inputs.now with data.ztvet as ztvet
}

test_allows_what_has_not_expired if {
	rule.deny == set() with input as inputs.later with data.ztvet as ztvet
	rule.deny == set() with input as inputs.later with data.ztvet as _strict
}
