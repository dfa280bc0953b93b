package zerotrust.assume_breach.redirect_uri_tunnel_test

import data.zerotrust.assume_breach.redirect_uri_tunnel as rule
import data.zerotrust.testing

inputs := {
	"ngrok": _application([_tunnel(0, "ngrok.io")]),
	"several": _application([_tunnel(0, "ngrok.io"), testing.redirect_uri(1, {}), _tunnel(2, "devtunnels.ms")]),
	"own_domain": _application([object.union(_tunnel(0, "ngrok.io"), {"own_domain": true})]),
	"other_host": _application([testing.redirect_uri(0, {"own_domain": false})]),
	"suffix_as_a_label": _application([testing.redirect_uri(0, {
		"uri": "https://ngrok.io.contoso.com/ngrok.io",
		"host": "ngrok.io.contoso.com",
		"path": "/ngrok.io",
	})]),
	"custom_scheme": _application([testing.redirect_uri(0, {
		"uri": "com.contoso.shop://a1b2.ngrok.io",
		"platform": "public_client",
		"scheme": "com.contoso.shop",
		"host": "a1b2.ngrok.io",
		"path": "",
		"registrable_domain": "a1b2.ngrok.io",
		"tunnel": "ngrok.io",
		"at": "/publicClient/redirectUris/0",
	})]),
}

_application(redirects) := testing.application({"redirect_uris": redirects})

_tunnel(index, suffix) := testing.redirect_uri(index, {
	"uri": sprintf("https://a1b2.%s/auth", [suffix]),
	"host": sprintf("a1b2.%s", [suffix]),
	"registrable_domain": sprintf("a1b2.%s", [suffix]),
	"tunnel": suffix,
})

test_reports_a_tunnel if {
	rule.deny == {{
		"at": "/web/redirectUris/0",
		"uri": "https://a1b2.ngrok.io/auth",
		"tunnel": "ngrok.io",
	}} with input as inputs.ngrok
}

test_reports_each_tunnel if {
	rule.deny == {
		{"at": "/web/redirectUris/0", "uri": "https://a1b2.ngrok.io/auth", "tunnel": "ngrok.io"},
		{"at": "/web/redirectUris/2", "uri": "https://a1b2.devtunnels.ms/auth", "tunnel": "devtunnels.ms"},
	} with input as inputs.several
}

test_allows_our_domain if {
	rule.deny == set() with input as inputs.own_domain
}

test_allows_another_host if {
	rule.deny == set() with input as inputs.other_host
}

test_allows_the_suffix_elsewhere if {
	rule.deny == set() with input as inputs.suffix_as_a_label
}

test_allows_a_custom_scheme if {
	rule.deny == set() with input as inputs.custom_scheme
}
