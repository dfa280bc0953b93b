package zerotrust.verify_explicitly.claims_challenge_not_handled_test

import data.zerotrust.testing.token as tokens
import data.zerotrust.verify_explicitly.claims_challenge_not_handled as rule

inputs := {
	"missing": tokens.token({"capabilities": []}),
	"other": tokens.token({"capabilities": ["cp10", "llt"]}),
	# `CP1` in the token is `cp1` in the input.
	"capable": tokens.token({"claims": {"xms_cc": ["CP1"]}, "capabilities": ["cp1"]}),
	"app_only": tokens.app_only({"capabilities": []}),
	"id": tokens.id({"capabilities": []}),
}

test_reports_missing if {
	expected := {{"at": "token.claims.xms_cc", "client": "9c2d4f60-7a18-4f0e-8f53-2d9b7c1e0a44"}}
	rule.deny == expected with input as inputs.missing
}

test_reports_other_capabilities if {
	count(rule.deny) == 1 with input as inputs.other
}

test_allows_the_capability if {
	rule.deny == set() with input as inputs.capable
}

test_asks_no_application if {
	rule.deny == set() with input as inputs.app_only
}

test_asks_no_id_token if {
	rule.deny == set() with input as inputs.id
}
