package contoso.secret_in_production_test

import data.contoso.secret_in_production as rule

_input(environment, kind) := {
	"declared": {"environment": environment},
	"application": {"credentials": [{"kind": kind, "name": "deploy", "at": "/passwordCredentials/0"}]},
}

test_reports_a_secret_in_production if {
	rule.deny == {{"at": "/passwordCredentials/0", "secret": "deploy"}} with input as _input("production", "secret")
}

test_allows_a_certificate_in_production if {
	rule.deny == set() with input as _input("production", "certificate")
}

test_allows_a_secret_in_development if {
	rule.deny == set() with input as _input("development", "secret")
}
