package zerotrust.assume_breach.public_client_with_identifier_uri_test

import data.zerotrust.assume_breach.public_client_with_identifier_uri as rule
import data.zerotrust.testing

_identifiers := [
	testing.identifier_uri(0, {"uri": "https://shop.contoso.com/api", "path": "/api"}),
	testing.identifier_uri(1, {"uri": "https://shop.contoso.com/admin", "path": "/admin"}),
]

_native := testing.redirect_uri(0, {
	"uri": "http://localhost",
	"scheme": "http",
	"host": "localhost",
	"path": "",
	"registrable_domain": null,
	"loopback": true,
	"platform": "public_client",
	"at": "/publicClient/redirectUris/0",
})

_spa := testing.redirect_uri(0, {"platform": "spa", "at": "/spa/redirectUris/0"})

_web := testing.redirect_uri(0, {})

_facts(redirect_uris) := {"identifier_uris": _identifiers, "redirect_uris": redirect_uris}

_with(facts) := object.union(_facts([_native]), facts)

inputs := {
	"native": testing.application(_facts([_native])),
	"spa": testing.application(_facts([_spa])),
	"fallback": testing.application(object.union(_facts([]), {"public_client_fallback": true})),
	"no_credentials": testing.application(_with({"credentials": [], "federated_credentials": []})),
	"encryption_certificate": testing.application(_with({"credentials": [testing.certificate(
		0,
		{"usage": "Encrypt"},
	)]})),
	"native_and_web": testing.application(_facts([_native, _web])),
	"web": testing.application(_facts([_web])),
	"web_with_fallback": testing.application(object.union(_facts([_web]), {"public_client_fallback": true})),
	"api_without_redirects": testing.application(_facts([])),
	"secret": testing.application(_with({"credentials": [testing.secret(0, {})]})),
	"federated": testing.application(_with({"federated_credentials": [testing.federated_credential(0, {})]})),
	"declared_api": testing.declared_application({"type": "api"}, _facts([_native])),
	"no_identifier": testing.application({"identifier_uris": [], "redirect_uris": [_native]}),
}

_findings := {
	{"at": "/identifierUris/0", "uri": "https://shop.contoso.com/api"},
	{"at": "/identifierUris/1", "uri": "https://shop.contoso.com/admin"},
}

test_reports_each_uri_of_a_native_client if {
	rule.deny == _findings with input as inputs.native
}

test_reports_single_page_application if {
	rule.deny == _findings with input as inputs.spa
}

test_reports_fallback_without_web if {
	rule.deny == _findings with input as inputs.fallback
}

test_reports_without_credentials if {
	rule.deny == _findings with input as inputs.no_credentials
}

test_encryption_makes_no_confidential_client if {
	rule.deny == _findings with input as inputs.encryption_certificate
}

test_allows_native_and_web if {
	rule.deny == set() with input as inputs.native_and_web
}

test_allows_web if {
	rule.deny == set() with input as inputs.web
}

test_allows_web_with_fallback if {
	rule.deny == set() with input as inputs.web_with_fallback
}

test_allows_api_without_redirects if {
	rule.deny == set() with input as inputs.api_without_redirects
}

test_allows_secret if {
	rule.deny == set() with input as inputs.secret
}

test_allows_federated_credential if {
	rule.deny == set() with input as inputs.federated
}

test_allows_declared_api if {
	rule.deny == set() with input as inputs.declared_api
}

test_allows_no_identifier if {
	rule.deny == set() with input as inputs.no_identifier
}
