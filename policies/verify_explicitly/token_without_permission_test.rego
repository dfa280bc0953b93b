package zerotrust.verify_explicitly.token_without_permission_test

import data.zerotrust.testing.token as tokens
import data.zerotrust.verify_explicitly.token_without_permission as rule

_without(facts) := tokens.token(object.union({"scopes": null, "permissions": []}, facts))

inputs := {
	"neither": _without({}),
	"empty": _without({"scopes": [], "roles": []}),
	"unknown_type": _without({"type": "unknown", "flow": "unknown"}),
	"app_only": tokens.app_only({"roles": null, "permissions": []}),
	"scope": tokens.token({}),
	"role": tokens.app_only({}),
	"id": tokens.id({}),
}

test_reports_neither if {
	rule.deny == {{"at": "token.claims"}} with input as inputs.neither
}

test_reports_empty_claims if {
	count(rule.deny) == 1 with input as inputs.empty
}

test_reports_a_token_of_unknown_type if {
	count(rule.deny) == 1 with input as inputs.unknown_type
}

test_reports_an_application_without_a_role if {
	count(rule.deny) == 1 with input as inputs.app_only
}

test_allows_a_scope if {
	rule.deny == set() with input as inputs.scope
}

test_allows_a_role if {
	rule.deny == set() with input as inputs.role
}

test_leaves_id_tokens_to_another_rule if {
	rule.deny == set() with input as inputs.id
}
