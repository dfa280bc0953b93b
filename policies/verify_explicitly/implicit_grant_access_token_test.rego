package zerotrust.verify_explicitly.implicit_grant_access_token_test

import data.zerotrust.testing
import data.zerotrust.verify_explicitly.implicit_grant_access_token as rule

inputs := {
	"access_token": testing.application({
		"implicit_grant": {"access_token": true, "id_token": true, "at": "/web/implicitGrantSettings"},
	}),
	"id_token": testing.application({
		"implicit_grant": {"access_token": false, "id_token": true, "at": "/web/implicitGrantSettings"},
	}),
	"off": testing.application({
		"implicit_grant": {"access_token": false, "id_token": false, "at": "/web/implicitGrantSettings"},
	}),
}

test_reports_access_token if {
	rule.deny == {{"at": "application.implicit_grant.access_token"}} with input as inputs.access_token
}

test_leaves_id_token_to_its_rule if {
	rule.deny == set() with input as inputs.id_token
}

test_allows_code_flow if {
	rule.deny == set() with input as inputs.off
}
