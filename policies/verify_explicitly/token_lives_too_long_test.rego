package zerotrust.verify_explicitly.token_lives_too_long_test

import data.zerotrust.testing.token as tokens
import data.zerotrust.verify_explicitly.token_lives_too_long as rule

ztvet := {"parameters": {"VE-309": {"max_hours": 2, "max_hours_with_challenges": 24}}}

_generous := {"parameters": {"VE-309": {"max_hours": 2, "max_hours_with_challenges": 28}}}

_lives(seconds, capabilities) := tokens.token({"lifetime_seconds": seconds, "capabilities": capabilities})

inputs := {
	"default": _lives(5400, []),
	"two_hours": _lives(7200, []),
	"longer": _lives(7201, []),
	"longer_with_another_capability": _lives(7201, ["llt"]),
	"longer_with_challenges": _lives(7201, ["cp1"]),
	"day_with_challenges": _lives(86400, ["cp1"]),
	"longest_with_challenges": _lives(100800, ["cp1"]),
	"longest": _lives(100800, []),
	"ends_before_it_starts": _lives(-60, []),
}

test_reports_more_than_two_hours if {
	expected := {{
		"at": "token.claims.exp",
		"client": "without `cp1`",
		"minutes": 121,
		"limit_minutes": 120,
	}}
	rule.deny == expected with input as inputs.longer with data.ztvet as ztvet
	rule.deny == expected with input as inputs.longer_with_another_capability with data.ztvet as ztvet
}

test_reports_more_than_a_day_with_challenges if {
	expected := {{
		"at": "token.claims.exp",
		"client": "with `cp1`",
		"minutes": 1680,
		"limit_minutes": 1440,
	}}
	rule.deny == expected with input as inputs.longest_with_challenges with data.ztvet as ztvet
}

test_reports_the_longest_without_challenges if {
	count(rule.deny) == 1 with input as inputs.longest with data.ztvet as _generous
}

test_allows_what_the_parameter_allows if {
	rule.deny == set() with input as inputs.longest_with_challenges with data.ztvet as _generous
}

test_allows_the_limits if {
	rule.deny == set() with input as inputs.default with data.ztvet as ztvet
	rule.deny == set() with input as inputs.two_hours with data.ztvet as ztvet
	rule.deny == set() with input as inputs.longer_with_challenges with data.ztvet as ztvet
	rule.deny == set() with input as inputs.day_with_challenges with data.ztvet as ztvet
}

test_leaves_a_token_that_never_lives_to_other_rules if {
	rule.deny == set() with input as inputs.ends_before_it_starts with data.ztvet as ztvet
}
