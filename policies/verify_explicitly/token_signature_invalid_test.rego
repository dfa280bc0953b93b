package zerotrust.verify_explicitly.token_signature_invalid_test

import data.zerotrust.testing.token as tokens
import data.zerotrust.verify_explicitly.token_signature_invalid as rule

_with(status, reason) := tokens.token({"signature": {"status": status, "reason": reason}})

inputs := {
	"invalid": _with("invalid", "no key has the id `H1yJzkDXmVd0XY`"),
	"without_reason": _with("invalid", null),
	"verified": _with("verified", null),
	"unchecked": _with("unchecked", "no keys were given"),
}

test_reports_invalid if {
	expected := {{"at": "token.signature", "reason": "no key has the id `H1yJzkDXmVd0XY`"}}
	rule.deny == expected with input as inputs.invalid
}

test_reports_invalid_without_reason if {
	expected := {{"at": "token.signature", "reason": "no reason is known"}}
	rule.deny == expected with input as inputs.without_reason
}

test_allows_verified if {
	rule.deny == set() with input as inputs.verified
}

test_leaves_unchecked_to_another_rule if {
	rule.deny == set() with input as inputs.unchecked
}
