package zerotrust.assume_breach.custom_identifier_uri_with_v1_tokens_test

import data.zerotrust.assume_breach.custom_identifier_uri_with_v1_tokens as rule
import data.zerotrust.testing

_app := "1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9"

_default := testing.identifier_uri(0, {
	"uri": concat("", ["api://", _app]),
	"scheme": "api",
	"host": _app,
	"path": "",
	"registrable_domain": null,
	"default_form": true,
	"guid": _app,
})

_custom(index) := testing.identifier_uri(index, {"uri": "https://shop.contoso.com/api", "path": "/api"})

_api(version) := {
	"access_token_version": version,
	"accepts_mapped_claims": null,
	"scopes": null,
	"pre_authorized": null,
	"known_clients": null,
}

_facts(version, uris) := {"api": _api(version), "identifier_uris": uris}

_undecided := testing.identifier_uri(1, {
	"uri": concat("", ["api://", _app]),
	"scheme": "api",
	"host": _app,
	"path": "",
	"registrable_domain": null,
	"default_form": null,
	"guid": _app,
})

inputs := {
	"custom": testing.application(_facts(1, [_custom(0)])),
	"beside_default": testing.application(_facts(1, [_default, _custom(1), _custom(2)])),
	"undecided": testing.application(object.union({"app_id": null}, _facts(1, [_custom(0), _undecided]))),
	"version_2": testing.application(_facts(2, [_custom(0)])),
	"version_unknown": testing.application(_facts(null, [_custom(0)])),
	"default": testing.application(_facts(1, [_default])),
	"saml": testing.declared_application({"type": "saml"}, _facts(1, [_custom(0)])),
	"none": testing.application(_facts(1, [])),
}

_finding(index) := {
	"at": sprintf("/identifierUris/%d", [index]),
	"uri": "https://shop.contoso.com/api",
	"version": 1,
}

test_reports_custom_uri if {
	rule.deny == {_finding(0)} with input as inputs.custom
}

test_reports_each_custom_uri if {
	rule.deny == {_finding(1), _finding(2)} with input as inputs.beside_default
}

test_does_not_judge_what_may_be_the_default if {
	rule.deny == {_finding(0)} with input as inputs.undecided
}

test_allows_version_2 if {
	rule.deny == set() with input as inputs.version_2
}

test_does_not_guess_the_version if {
	rule.deny == set() with input as inputs.version_unknown
}

test_allows_default_uri if {
	rule.deny == set() with input as inputs["default"]
}

test_allows_saml if {
	rule.deny == set() with input as inputs.saml
}

test_allows_no_uri if {
	rule.deny == set() with input as inputs.none
}
