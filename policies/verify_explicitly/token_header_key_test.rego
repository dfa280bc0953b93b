package zerotrust.verify_explicitly.token_header_key_test

import data.zerotrust.testing.token as tokens
import data.zerotrust.verify_explicitly.token_header_key as rule

_with(parameters) := tokens.token({"header": parameters})

inputs := {
	"jwk": _with({"jwk": {"kty": "RSA", "n": "AQAB", "e": "AQAB"}}),
	"jku": _with({"jku": "https://keys.example/jwks"}),
	"x5c": _with({"x5c": ["MIIB"]}),
	"x5u": _with({"x5u": "https://keys.example/certificate"}),
	"crit": _with({"crit": ["exp"], "exp": 1795413600}),
	"null": _with({"jwk": null}),
	"several": _with({"jku": "https://keys.example/jwks", "x5u": "https://keys.example/certificate"}),
	"kid_and_x5t": _with({"x5t": "H1yJzkDXmVd0XY", "x5t#S256": "buc7x2HxS_hPnVJb9J5mwPr6jCw8Y_2LHDz-gp_-6KM"}),
	"nonce": _with({"nonce": "AQABAAAA"}),
}

_reported(input_) := {finding.parameter |
	some finding in rule.deny with input as input_
}

test_reports_an_embedded_key if {
	expected := {{"at": "token.header.jwk", "parameter": "jwk", "meaning": "a key of its own"}}
	rule.deny == expected with input as inputs.jwk
}

test_reports_the_address_of_keys if {
	_reported(inputs.jku) == {"jku"}
}

test_reports_an_embedded_certificate if {
	_reported(inputs.x5c) == {"x5c"}
}

test_reports_the_address_of_a_certificate if {
	_reported(inputs.x5u) == {"x5u"}
}

test_reports_critical_extensions if {
	_reported(inputs.crit) == {"crit"}
}

test_reports_null if {
	_reported(inputs["null"]) == {"jwk"}
}

test_reports_each if {
	_reported(inputs.several) == {"jku", "x5u"}
}

test_allows_the_names_of_published_keys if {
	rule.deny == set() with input as inputs.kid_and_x5t
}

test_allows_other_parameters if {
	rule.deny == set() with input as inputs.nonce
}
