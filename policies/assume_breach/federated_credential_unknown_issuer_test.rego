package zerotrust.assume_breach.federated_credential_unknown_issuer_test

import data.zerotrust.assume_breach.federated_credential_unknown_issuer as rule
import data.zerotrust.testing

_organization := {
	"domains": null,
	"tenants": null,
	"repositories": null,
	"trusted_issuers": null,
	"certificate_issuers": null,
}

ztvet := {
	"parameters": {},
	"organization": object.union(_organization, {"trusted_issuers": ["https://oidc.contoso.com"]}),
}

_nothing_configured := {"parameters": {}, "organization": _organization}

_issuer(uri, scheme, host, provider) := {
	"issuer": {"uri": uri, "scheme": scheme, "host": host},
	"subject": "shop",
	"provider": provider,
	"trust": null,
}

_one(facts) := testing.application({"federated_credentials": [testing.federated_credential(0, facts)]})

_own := _issuer("https://oidc.contoso.com", "https", "oidc.contoso.com", "other")

_evil := _issuer("https://oidc.contoso.com.evil.net", "https", "oidc.contoso.com.evil.net", "other")

_aks := _issuer(
	"https://westeurope.oic.prod-aks.azure.com/3f2504e0/9c2d4e6f/", "https", "westeurope.oic.prod-aks.azure.com",
	"kubernetes",
)

inputs := {
	"unknown_provider": _one(_evil),
	"http": _one(_issuer("http://oidc.contoso.com", "http", "oidc.contoso.com", "other")),
	"http_of_known_host": _one(_issuer(
		"http://token.actions.githubusercontent.com",
		"http", "token.actions.githubusercontent.com", "github",
	)),
	"not_a_uri": _one(_issuer("oidc.contoso.com", null, null, "other")),
	"own": _one(_own),
	"own_with_slash": _one(_issuer("https://oidc.contoso.com/", "https", "oidc.contoso.com", "other")),
	"path_below_own": _one(_issuer("https://oidc.contoso.com/other", "https", "oidc.contoso.com", "other")),
	"github": _one({}),
	"kubernetes": _one(_aks),
	"entra": _one(_issuer(
		"https://login.microsoftonline.com/3f2504e0-4f89-41d3-9a0c-0305e82c3301/v2.0",
		"https", "login.microsoftonline.com", "entra",
	)),
	"unknown": _one({
		"name": null,
		"issuer": null,
		"subject": null,
		"expression": null,
		"audiences": null,
		"provider": null,
		"trust": null,
	}),
	"several": testing.application({"federated_credentials": [
		testing.federated_credential(0, {}),
		testing.federated_credential(1, _evil),
		testing.federated_credential(2, _own),
		testing.federated_credential(3, object.union(_evil, {"name": null})),
	]}),
	"none": testing.application({"federated_credentials": []}),
}

_finding(issuer, problem) := {
	"at": "/federatedIdentityCredentials/0",
	"name": "production",
	"issuer": issuer,
	"problem": problem,
}

_stranger := "is neither a known provider nor one of the organisation's"

_insecure := "does not use HTTPS"

test_reports_unknown_provider if {
	findings := {_finding("https://oidc.contoso.com.evil.net", _stranger)}
	rule.deny == findings with input as inputs.unknown_provider with data.ztvet as ztvet
}

test_reports_unknown_provider_without_configuration if {
	findings := {_finding("https://oidc.contoso.com.evil.net", _stranger)}
	rule.deny == findings with input as inputs.unknown_provider with data.ztvet as _nothing_configured
}

test_reports_http if {
	rule.deny == {_finding("http://oidc.contoso.com", _insecure)} with input as inputs.http with data.ztvet as ztvet
}

test_reports_http_of_known_host if {
	findings := {_finding("http://token.actions.githubusercontent.com", _insecure)}
	rule.deny == findings with input as inputs.http_of_known_host with data.ztvet as ztvet
}

test_reports_what_is_no_uri if {
	rule.deny == {_finding("oidc.contoso.com", _insecure)} with input as inputs.not_a_uri with data.ztvet as ztvet
}

test_allows_own if {
	rule.deny == set() with input as inputs.own with data.ztvet as ztvet
}

test_allows_own_with_slash if {
	rule.deny == set() with input as inputs.own_with_slash with data.ztvet as ztvet
}

test_reports_own_without_configuration if {
	findings := {_finding("https://oidc.contoso.com", _stranger)}
	rule.deny == findings with input as inputs.own with data.ztvet as _nothing_configured
}

test_reports_path_below_own if {
	findings := {_finding("https://oidc.contoso.com/other", _stranger)}
	rule.deny == findings with input as inputs.path_below_own with data.ztvet as ztvet
}

test_allows_github if {
	rule.deny == set() with input as inputs.github with data.ztvet as ztvet
}

test_allows_github_without_configuration if {
	rule.deny == set() with input as inputs.github with data.ztvet as _nothing_configured
}

test_allows_kubernetes if {
	rule.deny == set() with input as inputs.kubernetes with data.ztvet as ztvet
}

test_allows_entra if {
	rule.deny == set() with input as inputs.entra with data.ztvet as ztvet
}

test_does_not_guess if {
	rule.deny == set() with input as inputs.unknown with data.ztvet as ztvet
}

test_reports_each_credential if {
	finding := _finding("https://oidc.contoso.com.evil.net", _stranger)
	rule.deny == {
		object.union(finding, {"at": "/federatedIdentityCredentials/1"}),
		object.union(finding, {"at": "/federatedIdentityCredentials/3", "name": "unnamed"}),
	} with input as inputs.several with data.ztvet as ztvet
}

test_allows_none if {
	rule.deny == set() with input as inputs.none with data.ztvet as ztvet
}
