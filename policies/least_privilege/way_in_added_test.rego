package zerotrust.least_privilege.way_in_added_test

import data.zerotrust.least_privilege.way_in_added as rule
import data.zerotrust.testing
import data.zerotrust.testing.change as changes

_redirects(gained) := changes.change({
	"old": {"redirect_uris": [changes.old(testing.redirect_uri(0, {}))]},
	"redirect_uris": {"gained": gained, "lost": []},
})

_native(index, scheme, host) := testing.redirect_uri(index, {
	"platform": "public_client",
	"uri": sprintf("%s://%s", [scheme, host]),
	"scheme": scheme,
	"host": host,
})

inputs := {
	"host": _redirects([testing.redirect_uri(1, {"uri": "https://shop.fabrikam.com/auth", "host": "shop.fabrikam.com"})]),
	"native": _redirects([_native(1, "msauth.com.contoso.shop", "auth")]),
	"secret": changes.change({"credentials": {"gained": [testing.secret(0, {})], "lost": []}}),
	"rotated": changes.change({"credentials": {
		"gained": [testing.certificate(0, {"name": ""})],
		"lost": [changes.old(testing.secret(0, {}))],
	}}),
	"federated": changes.change({"federated_credentials": {
		"gained": [testing.federated_credential(0, {})],
		"lost": [],
	}}),
	"path": _redirects([testing.redirect_uri(1, {"uri": "https://shop.contoso.com/signin", "path": "/signin"})]),
	"platform": _redirects([testing.redirect_uri(1, {"platform": "spa"})]),
	"loopback": _redirects([testing.redirect_uri(1, {
		"uri": "http://localhost",
		"scheme": "http",
		"host": "localhost",
		"loopback": true,
	})]),
	"removed": changes.change({
		"credentials": {"gained": [], "lost": [changes.old(testing.secret(0, {}))]},
		"federated_credentials": {"gained": [], "lost": [changes.old(testing.federated_credential(0, {}))]},
	}),
	"nothing": changes.change({}),
}

test_reports_a_new_host if {
	rule.deny == {{
		"at": "/web/redirectUris/1",
		"way": "redirect URI on a new host",
		"name": "https://shop.fabrikam.com/auth",
	}} with input as inputs.host
}

test_reports_a_new_scheme if {
	count(rule.deny) == 1 with input as inputs.native
}

test_reports_credentials if {
	rule.deny == {{
		"at": "/passwordCredentials/0",
		"way": "secret",
		"name": "deploy",
	}} with input as inputs.secret
	rule.deny == {{
		"at": "/keyCredentials/0",
		"way": "certificate",
		"name": "5c8a1f0e-0000-4000-8000-000000000002",
	}} with input as inputs.rotated
}

test_reports_federated_credentials if {
	rule.deny == {{
		"at": "/federatedIdentityCredentials/0",
		"way": "federated credential for",
		"name": "repo:contoso/shop:environment:production",
		"issuer": "https://token.actions.githubusercontent.com",
	}} with input as inputs.federated
}

test_allows_what_is_no_new_way_in if {
	rule.deny == set() with input as inputs.path
	rule.deny == set() with input as inputs.platform
	rule.deny == set() with input as inputs.loopback
	rule.deny == set() with input as inputs.removed
	rule.deny == set() with input as inputs.nothing
}
