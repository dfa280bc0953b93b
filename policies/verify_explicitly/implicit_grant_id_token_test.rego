package zerotrust.verify_explicitly.implicit_grant_id_token_test

import data.zerotrust.testing
import data.zerotrust.verify_explicitly.implicit_grant_id_token as rule

inputs := {
	"id_token": testing.application({
		"implicit_grant": {"access_token": false, "id_token": true, "at": "/web/implicitGrantSettings"},
	}),
	"hybrid_flow": testing.declared_application({"hybrid_flow": true}, {"implicit_grant": {"id_token": true}}),
	"no_hybrid_flow": testing.declared_application({"hybrid_flow": false}, {
		"implicit_grant": {"id_token": true},
	}),
	"other_declaration": testing.declared_application({"type": "web"}, {"implicit_grant": {"id_token": true}}),
	"access_token": testing.application({"implicit_grant": {"access_token": true, "id_token": false}}),
	"off": testing.application({"implicit_grant": {"access_token": false, "id_token": false}}),
}

test_reports_id_token if {
	rule.deny == {{"at": "application.implicit_grant.id_token"}} with input as inputs.id_token
}

test_allows_hybrid_flow if {
	rule.deny == set() with input as inputs.hybrid_flow
}

test_reports_where_hybrid_flow_is_denied if {
	rule.deny == {{"at": "application.implicit_grant.id_token"}} with input as inputs.no_hybrid_flow
}

test_reports_where_hybrid_flow_is_not_declared if {
	rule.deny == {{"at": "application.implicit_grant.id_token"}} with input as inputs.other_declaration
}

test_leaves_access_token_to_its_rule if {
	rule.deny == set() with input as inputs.access_token
}

test_allows_code_flow if {
	rule.deny == set() with input as inputs.off
}
