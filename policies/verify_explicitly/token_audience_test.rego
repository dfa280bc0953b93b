package zerotrust.verify_explicitly.token_audience_test

import data.zerotrust.testing.token as tokens
import data.zerotrust.verify_explicitly.token_audience as rule

ztvet := {"tokens": {"audiences": ["1F0E2D3C-4B5A-4978-8695-A4B3C2D1E0F9", "api://orders/"]}}

_graph_is_accepted := {"tokens": {"audiences": ["00000003-0000-0000-c000-000000000000"]}}

_graph_is_accepted_by_uri := {"tokens": {"audiences": ["https://graph.microsoft.com/"]}}

_nothing_is_accepted := {"tokens": {"audiences": []}}

_for(audience) := tokens.token({"audience": audience, "resource": {"app_id": null}})

_other := tokens.token({
	"audience": ["2a0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9"],
	"resource": {"app_id": "2a0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9"},
})

inputs := {
	"other_id": _other,
	"other_uri": _for(["api://orders.evil.example"]),
	"other_case": _for(["api://Orders"]),
	"two_slashes": _for(["api://orders//"]),
	"graph": tokens.token(tokens.for_graph),
	"missing": _for([]),
	"id": tokens.token({}),
	"uri": _for(["api://orders"]),
	"uri_with_slash": _for(["api://orders/"]),
	"one_of_several": _for(["api://billing", "api://orders"]),
}

test_reports_another_id if {
	expected := {{
		"at": "token.claims.aud",
		"audience": ["2a0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9"],
		"service": null,
	}}
	rule.deny == expected with input as inputs.other_id with data.ztvet as ztvet
}

test_reports_what_only_resembles_the_uri if {
	count(rule.deny) == 1 with input as inputs.other_uri with data.ztvet as ztvet
	count(rule.deny) == 1 with input as inputs.other_case with data.ztvet as ztvet
	count(rule.deny) == 1 with input as inputs.two_slashes with data.ztvet as ztvet
}

test_reports_graph if {
	expected := {{
		"at": "token.claims.aud",
		"audience": ["https://graph.microsoft.com"],
		"service": "Microsoft Graph",
	}}
	rule.deny == expected with input as inputs.graph with data.ztvet as ztvet
}

test_reports_missing if {
	expected := {{
		"at": "token.claims.aud",
		"audience": [],
		"message": "the token names no audience in `aud`",
	}}
	rule.deny == expected with input as inputs.missing with data.ztvet as ztvet
}

test_reports_any_where_none_is_accepted if {
	count(rule.deny) == 1 with input as inputs.id with data.ztvet as _nothing_is_accepted
}

test_allows_the_id_in_any_case if {
	rule.deny == set() with input as inputs.id with data.ztvet as ztvet
}

test_allows_the_uri_with_or_without_a_slash if {
	rule.deny == set() with input as inputs.uri with data.ztvet as ztvet
	rule.deny == set() with input as inputs.uri_with_slash with data.ztvet as ztvet
}

test_allows_one_of_several if {
	rule.deny == set() with input as inputs.one_of_several with data.ztvet as ztvet
}

test_allows_graph_where_it_is_accepted if {
	rule.deny == set() with input as inputs.graph with data.ztvet as _graph_is_accepted
	rule.deny == set() with input as inputs.graph with data.ztvet as _graph_is_accepted_by_uri
}
