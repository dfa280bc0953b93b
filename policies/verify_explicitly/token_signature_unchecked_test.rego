package zerotrust.verify_explicitly.token_signature_unchecked_test

import data.zerotrust.testing.token as tokens
import data.zerotrust.verify_explicitly.token_signature_unchecked as rule

_nothing_said := {"tokens": {"claims_only": null}}

_claims_only := {"tokens": {"claims_only": true}}

_unchecked := {"token": {"signature": {"status": "unchecked", "reason": "no keys were given"}}}

inputs := {
	"unchecked": object.union(tokens.token({}), _unchecked),
	"without_reason": tokens.token({"signature": {"status": "unchecked"}}),
	"claims": object.union(tokens.headed(null), _unchecked),
	"verified": tokens.token({}),
	"invalid": tokens.token({"signature": {"status": "invalid", "reason": "it does not fit the key"}}),
}

test_reports_unchecked if {
	expected := {{"at": "token.signature", "reason": "no keys were given"}}
	rule.deny == expected with input as inputs.unchecked with data.ztvet as _nothing_said
}

test_reports_unchecked_without_reason if {
	expected := {{"at": "token.signature", "reason": "no reason is known"}}
	rule.deny == expected with input as inputs.without_reason with data.ztvet as _nothing_said
}

test_reports_claims if {
	count(rule.deny) == 1 with input as inputs.claims with data.ztvet as _nothing_said
}

test_reports_a_whole_token_where_claims_are_expected if {
	count(rule.deny) == 1 with input as inputs.unchecked with data.ztvet as _claims_only
}

test_allows_claims_that_are_given_on_purpose if {
	rule.deny == set() with input as inputs.claims with data.ztvet as _claims_only
}

test_allows_verified if {
	rule.deny == set() with input as inputs.verified with data.ztvet as _nothing_said
}

test_leaves_invalid_to_another_rule if {
	rule.deny == set() with input as inputs.invalid with data.ztvet as _nothing_said
}
