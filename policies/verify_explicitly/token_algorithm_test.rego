package zerotrust.verify_explicitly.token_algorithm_test

import data.zerotrust.testing.token as tokens
import data.zerotrust.verify_explicitly.token_algorithm as rule

_with(algorithm) := tokens.token({"header": {"alg": algorithm}})

inputs := {
	"none": _with("none"),
	"none_in_capitals": _with("NoNe"),
	"shared_secret": _with("HS256"),
	"lower_case": _with("rs256"),
	"empty": _with(""),
	"number": _with(256),
	"missing": tokens.headed({"typ": "JWT"}),
	"rs256": _with("RS256"),
	"rs384": _with("RS384"),
	"rs512": _with("RS512"),
	"ps256": _with("PS256"),
	"es256": _with("ES256"),
}

test_reports_none if {
	expected := {{"at": "token.header.alg", "algorithm": "none"}}
	rule.deny == expected with input as inputs.none
}

test_reports_none_in_any_case if {
	expected := {{"at": "token.header.alg", "algorithm": "NoNe"}}
	rule.deny == expected with input as inputs.none_in_capitals
}

test_reports_a_shared_secret if {
	expected := {{"at": "token.header.alg", "algorithm": "HS256"}}
	rule.deny == expected with input as inputs.shared_secret
}

test_reports_what_is_no_name_of_the_standard if {
	expected := {{"at": "token.header.alg", "algorithm": "rs256"}}
	rule.deny == expected with input as inputs.lower_case
}

test_reports_an_empty_name if {
	expected := {{"at": "token.header.alg", "algorithm": ""}}
	rule.deny == expected with input as inputs.empty
}

_nothing_named := {{
	"at": "token.header.alg",
	"algorithm": null,
	"message": "the token's header names no algorithm in `alg`",
}}

test_reports_a_number if {
	rule.deny == _nothing_named with input as inputs.number
}

test_reports_missing if {
	rule.deny == _nothing_named with input as inputs.missing
}

test_allows_asymmetric_algorithms if {
	rule.deny == set() with input as inputs.rs256
	rule.deny == set() with input as inputs.rs384
	rule.deny == set() with input as inputs.rs512
	rule.deny == set() with input as inputs.ps256
	rule.deny == set() with input as inputs.es256
}
