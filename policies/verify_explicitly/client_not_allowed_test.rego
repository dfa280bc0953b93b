package zerotrust.verify_explicitly.client_not_allowed_test

import data.zerotrust.testing.token as tokens
import data.zerotrust.verify_explicitly.client_not_allowed as rule

ztvet := {"tokens": {"clients": ["9C2D4F60-7A18-4F0E-8F53-2D9B7C1E0A44"]}}

_none := {"tokens": {"clients": []}}

_stranger := {"client": {"app_id": "4b0e2d3c-7a18-4f0e-8f53-2d9b7c1e0a44"}}

inputs := {
	"stranger": tokens.token(_stranger),
	"stranger_v1": tokens.token(object.union(tokens.version_1, _stranger)),
	"app_only_stranger": tokens.app_only(_stranger),
	"missing": tokens.token({"client": {"app_id": null}}),
	"listed": tokens.token({}),
	"id": tokens.id({}),
}

test_reports_another_client if {
	expected := {{"at": "token.claims.azp", "client": "4b0e2d3c-7a18-4f0e-8f53-2d9b7c1e0a44"}}
	rule.deny == expected with input as inputs.stranger with data.ztvet as ztvet
	rule.deny == expected with input as inputs.app_only_stranger with data.ztvet as ztvet
}

test_points_to_the_claim_of_version_1 if {
	expected := {{"at": "token.claims.appid", "client": "4b0e2d3c-7a18-4f0e-8f53-2d9b7c1e0a44"}}
	rule.deny == expected with input as inputs.stranger_v1 with data.ztvet as ztvet
}

test_reports_a_missing_client if {
	expected := {{"at": "token.claims.azp", "client": "(missing)"}}
	rule.deny == expected with input as inputs.missing with data.ztvet as ztvet
}

test_reports_any_where_none_is_allowed if {
	count(rule.deny) == 1 with input as inputs.listed with data.ztvet as _none
}

test_allows_a_listed_client_in_any_case if {
	rule.deny == set() with input as inputs.listed with data.ztvet as ztvet
}

test_leaves_id_tokens_alone if {
	rule.deny == set() with input as inputs.id with data.ztvet as ztvet
}
