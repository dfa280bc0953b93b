package zerotrust.assume_breach.redirect_uri_loopback_test

import data.zerotrust.assume_breach.redirect_uri_loopback as rule
import data.zerotrust.testing

inputs := {
	"web": _application([_loopback(0, {})]),
	"single_page": _application([_loopback(0, {"platform": "spa", "at": "/spa/redirectUris/0"})]),
	"https": _application([_loopback(0, {
		"uri": "https://localhost:44300/",
		"scheme": "https",
		"port": 44300,
		"path": "/",
	})]),
	"address": _application([_loopback(0, {"uri": "http://127.0.0.1/", "host": "127.0.0.1", "path": "/", "ip": true})]),
	"several": _application([
		_loopback(0, {}),
		testing.redirect_uri(1, {}),
		_loopback(2, {"uri": "http://localhost/b", "path": "/b"}),
	]),
	"declared_production": testing.declared_application(
		{"environment": "production"},
		{"redirect_uris": [_loopback(0, {})]},
	),
	"declared_without_environment": testing.declared_application({"type": "web"}, {"redirect_uris": [_loopback(0, {})]}),
	"declared_development": testing.declared_application(
		{"environment": "development"},
		{"redirect_uris": [_loopback(0, {})]},
	),
	"public_client": _application([_loopback(0, {
		"platform": "public_client",
		"at": "/publicClient/redirectUris/0",
	})]),
	"localhost_as_a_label": _application([_substring]),
	"custom_scheme": _application([_loopback(0, {"uri": "capacitor://localhost", "scheme": "capacitor"})]),
}

_application(redirects) := testing.application({"redirect_uris": redirects})

_loopback(index, facts) := testing.redirect_uri(index, object.union(
	{
		"uri": "http://localhost",
		"scheme": "http",
		"host": "localhost",
		"path": "",
		"registrable_domain": null,
		"loopback": true,
	},
	facts,
))

_substring := testing.redirect_uri(0, {
	"uri": "https://localhost.evil.com/azurewebsites.net",
	"host": "localhost.evil.com",
	"path": "/azurewebsites.net",
	"registrable_domain": "evil.com",
})

test_reports_the_web_platform if {
	rule.deny == {{"at": "/web/redirectUris/0", "uri": "http://localhost", "platform": "web"}} with input as inputs.web
}

test_reports_the_single_page_platform if {
	rule.deny == {{
		"at": "/spa/redirectUris/0",
		"uri": "http://localhost",
		"platform": "spa",
	}} with input as inputs.single_page
}

test_reports_https if {
	rule.deny == {{
		"at": "/web/redirectUris/0",
		"uri": "https://localhost:44300/",
		"platform": "web",
	}} with input as inputs.https
}

test_reports_a_loopback_address if {
	rule.deny == {{
		"at": "/web/redirectUris/0",
		"uri": "http://127.0.0.1/",
		"platform": "web",
	}} with input as inputs.address
}

test_reports_each_loopback_uri if {
	rule.deny == {
		{"at": "/web/redirectUris/0", "uri": "http://localhost", "platform": "web"},
		{"at": "/web/redirectUris/2", "uri": "http://localhost/b", "platform": "web"},
	} with input as inputs.several
}

test_reports_declared_production if {
	count(rule.deny) == 1 with input as inputs.declared_production
}

test_reports_without_a_declared_environment if {
	count(rule.deny) == 1 with input as inputs.declared_without_environment
}

test_allows_declared_development if {
	rule.deny == set() with input as inputs.declared_development
}

test_allows_public_clients if {
	rule.deny == set() with input as inputs.public_client
}

test_allows_localhost_as_a_label if {
	rule.deny == set() with input as inputs.localhost_as_a_label
}

test_allows_a_custom_scheme if {
	rule.deny == set() with input as inputs.custom_scheme
}
