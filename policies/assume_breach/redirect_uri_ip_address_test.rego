package zerotrust.assume_breach.redirect_uri_ip_address_test

import data.zerotrust.assume_breach.redirect_uri_ip_address as rule
import data.zerotrust.testing

inputs := {
	"ipv4": _application([_address(0, {})]),
	"hexadecimal": _application([_address(0, {"uri": "https://0xcb007107/auth"})]),
	"ipv6": _application([_address(0, {"uri": "https://[2001:db8::7]/auth", "host": "[2001:db8::7]"})]),
	"every_address": _application([_address(0, {"uri": "http://0.0.0.0/auth", "scheme": "http", "host": "0.0.0.0"})]),
	"several": _application([_address(0, {}), testing.redirect_uri(1, {}), _address(2, {})]),
	"loopback": _application([_loopback(0, {"uri": "http://127.0.0.1", "host": "127.0.0.1", "ip": true})]),
	"loopback_ipv6": _application([_loopback(0, {"uri": "http://[::1]", "host": "[::1]", "ip": true})]),
	"host_name": _application([testing.redirect_uri(0, {})]),
	"address_as_labels": _application([testing.redirect_uri(0, {
		"uri": "https://203.0.113.7.contoso.com/auth",
		"host": "203.0.113.7.contoso.com",
	})]),
	"custom_scheme": _application([_address(0, {
		"uri": "com.contoso.shop://203.0.113.7/auth",
		"platform": "public_client",
		"scheme": "com.contoso.shop",
		"at": "/publicClient/redirectUris/0",
	})]),
}

_application(redirects) := testing.application({"redirect_uris": redirects})

_address(index, facts) := testing.redirect_uri(index, object.union(
	{"uri": "https://203.0.113.7/auth", "host": "203.0.113.7", "registrable_domain": null, "ip": true},
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

test_reports_ipv4 if {
	rule.deny == {{
		"at": "/web/redirectUris/0",
		"uri": "https://203.0.113.7/auth",
		"host": "203.0.113.7",
	}} with input as inputs.ipv4
}

test_reports_another_notation if {
	rule.deny == {{
		"at": "/web/redirectUris/0",
		"uri": "https://0xcb007107/auth",
		"host": "203.0.113.7",
	}} with input as inputs.hexadecimal
}

test_reports_ipv6 if {
	rule.deny == {{
		"at": "/web/redirectUris/0",
		"uri": "https://[2001:db8::7]/auth",
		"host": "[2001:db8::7]",
	}} with input as inputs.ipv6
}

test_reports_the_address_of_every_interface if {
	rule.deny == {{
		"at": "/web/redirectUris/0",
		"uri": "http://0.0.0.0/auth",
		"host": "0.0.0.0",
	}} with input as inputs.every_address
}

test_reports_each_address if {
	rule.deny == {
		{"at": "/web/redirectUris/0", "uri": "https://203.0.113.7/auth", "host": "203.0.113.7"},
		{"at": "/web/redirectUris/2", "uri": "https://203.0.113.7/auth", "host": "203.0.113.7"},
	} with input as inputs.several
}

test_allows_loopback if {
	rule.deny == set() with input as inputs.loopback
}

test_allows_loopback_ipv6 if {
	rule.deny == set() with input as inputs.loopback_ipv6
}

test_allows_a_host_name if {
	rule.deny == set() with input as inputs.host_name
}

test_allows_an_address_as_labels if {
	rule.deny == set() with input as inputs.address_as_labels
}

test_allows_a_custom_scheme if {
	rule.deny == set() with input as inputs.custom_scheme
}
