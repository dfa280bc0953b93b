package zerotrust.verify_explicitly.id_token_for_access_test

import data.zerotrust.testing.token as tokens
import data.zerotrust.verify_explicitly.id_token_for_access as rule

_nothing_said := {"tokens": {"authorization": null}}

_for_authorization := {"tokens": {"authorization": true}}

_for_sign_in := {"tokens": {"authorization": false}}

inputs := {
	"id": tokens.id({"claims": {"nonce": "678910"}}),
	"access": tokens.token({}),
	"unknown": tokens.token({"type": "unknown"}),
}

test_reports_an_id_token if {
	expected := {{"at": "token.claims"}}
	rule.deny == expected with input as inputs.id with data.ztvet as _nothing_said
	rule.deny == expected with input as inputs.id with data.ztvet as _for_authorization
}

test_allows_an_id_token_that_authorizes_nothing if {
	rule.deny == set() with input as inputs.id with data.ztvet as _for_sign_in
}

test_allows_an_access_token if {
	rule.deny == set() with input as inputs.access with data.ztvet as _nothing_said
}

test_leaves_unknown_to_other_rules if {
	rule.deny == set() with input as inputs.unknown with data.ztvet as _nothing_said
}
