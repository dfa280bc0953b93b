package zerotrust.verify_explicitly.auth_context_missing_test

import data.zerotrust.testing.token as tokens
import data.zerotrust.verify_explicitly.auth_context_missing as rule

ztvet := {"tokens": {"required_auth_contexts": ["c1"]}}

_several := {"tokens": {"required_auth_contexts": ["c1", "c2"]}}

_none := {"tokens": {"required_auth_contexts": []}}

_satisfied(contexts) := tokens.token({"auth_contexts": contexts})

inputs := {
	"missing": _satisfied([]),
	"other": _satisfied(["c2", "c11", "p1"]),
	"other_case": _satisfied(["C1"]),
	"client_not_capable": tokens.token({"capabilities": []}),
	"unknown_flow": tokens.token({"flow": "unknown"}),
	"satisfied": _satisfied(["p1", "c1"]),
	"app_only": tokens.app_only({}),
}

_reported(context, capable) := {
	"at": "token.claims.acrs",
	"auth_context": context,
	"client_capable": capable,
}

test_reports_missing if {
	expected := {_reported("c1", true)}
	rule.deny == expected with input as inputs.missing with data.ztvet as ztvet
}

test_reports_others_in_its_place if {
	expected := {_reported("c1", true)}
	rule.deny == expected with input as inputs.other with data.ztvet as ztvet
	rule.deny == expected with input as inputs.other_case with data.ztvet as ztvet
}

test_tells_that_the_client_cannot_handle_a_challenge if {
	expected := {_reported("c1", false)}
	rule.deny == expected with input as inputs.client_not_capable with data.ztvet as ztvet
}

test_reports_each_of_several if {
	expected := {_reported("c1", true), _reported("c2", true)}
	rule.deny == expected with input as inputs.missing with data.ztvet as _several
}

test_reports_the_missing_one_of_several if {
	expected := {_reported("c2", true)}
	rule.deny == expected with input as inputs.satisfied with data.ztvet as _several
}

test_reports_where_the_flow_is_unknown if {
	expected := {_reported("c1", true)}
	rule.deny == expected with input as inputs.unknown_flow with data.ztvet as ztvet
}

test_allows_satisfied if {
	rule.deny == set() with input as inputs.satisfied with data.ztvet as ztvet
}

test_allows_where_none_is_required if {
	rule.deny == set() with input as inputs.missing with data.ztvet as _none
}

test_asks_no_application if {
	rule.deny == set() with input as inputs.app_only with data.ztvet as ztvet
}
