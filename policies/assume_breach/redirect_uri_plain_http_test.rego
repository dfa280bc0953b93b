package zerotrust.assume_breach.redirect_uri_plain_http_test

import data.zerotrust.assume_breach.redirect_uri_plain_http as rule
import data.zerotrust.testing

inputs := {
	"plain_http": _application([_plain(0, {})]),
	"several": _application([_plain(0, {}), testing.redirect_uri(1, {}), _plain(2, {
		"uri": "http://shop.contoso.com/cb",
		"platform": "spa",
		"path": "/cb",
		"at": "/spa/redirectUris/0",
	})]),
	"localhost_as_a_label": _application([_plain(0, {
		"uri": "http://localhost.evil.com/auth",
		"host": "localhost.evil.com",
		"registrable_domain": "evil.com",
	})]),
	"password": _application([_plain(0, {
		"uri": "http://ada:s3cret@shop.contoso.com/auth",
		"userinfo": true,
	})]),
	"at_sign_in_the_path": _application([_plain(0, {
		"uri": "http://shop.contoso.com/@ada",
		"path": "/@ada",
	})]),
	"localhost": _application([_loopback(0, {})]),
	"localhost_with_a_port": _application([_loopback(0, {
		"uri": "http://localhost:5001/cb",
		"port": 5001,
		"path": "/cb",
	})]),
	"loopback_address": _application([_loopback(0, {
		"uri": "http://127.0.0.1:8400",
		"host": "127.0.0.1",
		"port": 8400,
		"ip": true,
	})]),
	"https": _application([testing.redirect_uri(0, {})]),
	"custom_scheme": _application([_custom_scheme]),
	"unparsable": _application([_unparsable]),
	"none": _application([]),
}

_application(redirects) := testing.application({"redirect_uris": redirects})

_plain(index, facts) := testing.redirect_uri(index, object.union(
	{"uri": "http://shop.contoso.com/auth", "scheme": "http"},
	facts,
))

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

_custom_scheme := testing.redirect_uri(0, {
	"uri": "com.contoso.shop://auth",
	"platform": "public_client",
	"scheme": "com.contoso.shop",
	"host": "auth",
	"path": "",
	"registrable_domain": null,
	"at": "/publicClient/redirectUris/0",
})

_unparsable := testing.redirect_uri(0, {
	"uri": "https://",
	"valid": false,
	"scheme": null,
	"host": null,
	"path": null,
	"registrable_domain": null,
})

test_reports_plain_http if {
	rule.deny == {{"at": "/web/redirectUris/0", "uri": "http://shop.contoso.com/auth"}} with input as inputs.plain_http
}

test_reports_each_plain_uri if {
	rule.deny == {
		{"at": "/web/redirectUris/0", "uri": "http://shop.contoso.com/auth"},
		{"at": "/spa/redirectUris/0", "uri": "http://shop.contoso.com/cb"},
	} with input as inputs.several
}

test_reports_a_host_that_only_starts_with_localhost if {
	rule.deny == {{
		"at": "/web/redirectUris/0",
		"uri": "http://localhost.evil.com/auth",
	}} with input as inputs.localhost_as_a_label
}

test_hides_a_password if {
	rule.deny == {{"at": "/web/redirectUris/0", "uri": "…@shop.contoso.com/auth"}} with input as inputs.password
}

test_shows_an_at_sign_in_the_path if {
	rule.deny == {{
		"at": "/web/redirectUris/0",
		"uri": "http://shop.contoso.com/@ada",
	}} with input as inputs.at_sign_in_the_path
}

test_allows_localhost if {
	rule.deny == set() with input as inputs.localhost
}

test_allows_localhost_with_a_port if {
	rule.deny == set() with input as inputs.localhost_with_a_port
}

test_allows_a_loopback_address if {
	rule.deny == set() with input as inputs.loopback_address
}

test_allows_https if {
	rule.deny == set() with input as inputs.https
}

test_allows_a_custom_scheme if {
	rule.deny == set() with input as inputs.custom_scheme
}

test_skips_an_unparsable_uri if {
	rule.deny == set() with input as inputs.unparsable
}

test_allows_none if {
	rule.deny == set() with input as inputs.none
}
