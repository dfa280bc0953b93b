package zerotrust.verify_explicitly.app_only_token_test

import data.zerotrust.testing.token as tokens
import data.zerotrust.verify_explicitly.app_only_token as rule

ztvet := {"tokens": {"require_user": true}}

_no_user_required := {"tokens": {"require_user": false}}

inputs := {
	"app_only": tokens.app_only({"claims": {"idtyp": "app"}}),
	"unknown": tokens.token({"flow": "unknown"}),
	"delegated": tokens.token({}),
	"id": tokens.id({"flow": "unknown"}),
}

test_reports_app_only if {
	expected := {{"at": "token.claims.idtyp", "problem": "the token is app-only"}}
	rule.deny == expected with input as inputs.app_only with data.ztvet as ztvet
}

test_reports_unknown_lower if {
	expected := {{
		"at": "token.claims.idtyp",
		"problem": "the token does not say whether a user signed in",
		"severity": "medium",
	}}
	rule.deny == expected with input as inputs.unknown with data.ztvet as ztvet
}

test_allows_delegated if {
	rule.deny == set() with input as inputs.delegated with data.ztvet as ztvet
}

test_allows_the_user_of_an_id_token if {
	rule.deny == set() with input as inputs.id with data.ztvet as ztvet
}

test_allows_app_only_where_no_user_is_required if {
	rule.deny == set() with input as inputs.app_only with data.ztvet as _no_user_required
	rule.deny == set() with input as inputs.unknown with data.ztvet as _no_user_required
}
