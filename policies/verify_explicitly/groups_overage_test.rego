package zerotrust.verify_explicitly.groups_overage_test

import data.zerotrust.testing.token as tokens
import data.zerotrust.verify_explicitly.groups_overage as rule

_with(claims) := tokens.token({"claims": claims})

inputs := {
	"has_groups": _with({"hasgroups": true}),
	"has_groups_as_text": _with({"hasgroups": "true"}),
	"source": _with({
		"_claim_names": {"groups": "src1"},
		"_claim_sources": {"src1": {"endpoint": "https://graph.microsoft.com/v1.0/users/u/getMemberObjects"}},
	}),
	"other_source": _with({"_claim_names": {"address": "src1"}}),
	"has_no_groups": _with({"hasgroups": false}),
	"groups": _with({"groups": ["5b0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9"]}),
	"nothing": _with({}),
}

test_reports_has_groups if {
	expected := {{"at": "token.claims.hasgroups", "claim": "hasgroups"}}
	rule.deny == expected with input as inputs.has_groups
	rule.deny == expected with input as inputs.has_groups_as_text
}

test_reports_a_source_of_groups if {
	expected := {{"at": "token.claims._claim_names", "claim": "_claim_names"}}
	rule.deny == expected with input as inputs.source
}

test_allows_a_source_of_something_else if {
	rule.deny == set() with input as inputs.other_source
}

test_allows_groups if {
	rule.deny == set() with input as inputs.groups
	rule.deny == set() with input as inputs.has_no_groups
	rule.deny == set() with input as inputs.nothing
}
