package zerotrust.verify_explicitly.token_not_bound_test

import data.zerotrust.testing.token as tokens
import data.zerotrust.verify_explicitly.token_not_bound as rule

ztvet := {"tokens": {"require_proof_of_possession": true}}

_not_required := {"tokens": {"require_proof_of_possession": false}}

_with(claims) := tokens.token({"claims": claims})

inputs := {
	"missing": _with({}),
	"empty": _with({"cnf": {}}),
	"text": _with({"cnf": "bound"}),
	"key": _with({"cnf": {"kid": "buc7x2HxS_hPnVJb9J5mwPr6jCw8Y_2LHDz-gp_-6KM"}}),
	"certificate": _with({"cnf": {"x5t#S256": "buc7x2HxS_hPnVJb9J5mwPr6jCw8Y_2LHDz-gp_-6KM"}}),
}

test_reports_missing if {
	expected := {{"at": "token.claims.cnf"}}
	rule.deny == expected with input as inputs.missing with data.ztvet as ztvet
}

test_reports_what_binds_to_nothing if {
	count(rule.deny) == 1 with input as inputs.empty with data.ztvet as ztvet
	count(rule.deny) == 1 with input as inputs.text with data.ztvet as ztvet
}

test_allows_bound if {
	rule.deny == set() with input as inputs.key with data.ztvet as ztvet
	rule.deny == set() with input as inputs.certificate with data.ztvet as ztvet
}

test_allows_missing_where_it_is_not_required if {
	rule.deny == set() with input as inputs.missing with data.ztvet as _not_required
}
