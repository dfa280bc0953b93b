package zerotrust.assume_breach.redirect_uri_wildcard_test

import data.zerotrust.assume_breach.redirect_uri_wildcard as rule
import data.zerotrust.testing

inputs := {
	"host": _application([testing.redirect_uri(0, {
		"uri": "https://*.contoso.com/auth",
		"host": "*.contoso.com",
		"wildcard": true,
	})]),
	"path": _application([testing.redirect_uri(0, {
		"uri": "https://shop.contoso.com/*",
		"path": "/*",
		"wildcard": true,
	})]),
	"escaped_in_the_query": _application([testing.redirect_uri(0, {
		"uri": "https://shop.contoso.com/auth?tenant=%2A",
		"query": true,
		"wildcard": true,
	})]),
	"several": _application([
		testing.redirect_uri(0, {"uri": "https://shop.contoso.com/a*", "path": "/a*", "wildcard": true}),
		testing.redirect_uri(1, {}),
		testing.redirect_uri(2, {"uri": "https://shop.contoso.com/b*", "path": "/b*", "wildcard": true}),
	]),
	"none": _application([testing.redirect_uri(0, {})]),
	"other_escape": _application([testing.redirect_uri(0, {
		"uri": "https://shop.contoso.com/a%20b",
		"path": "/a%20b",
	})]),
}

_application(redirects) := testing.application({"redirect_uris": redirects})

test_reports_a_wildcard_host if {
	rule.deny == {{"at": "/web/redirectUris/0", "uri": "https://*.contoso.com/auth"}} with input as inputs.host
}

test_reports_a_wildcard_path if {
	rule.deny == {{"at": "/web/redirectUris/0", "uri": "https://shop.contoso.com/*"}} with input as inputs.path
}

test_reports_an_escaped_wildcard_in_the_query if {
	rule.deny == {{
		"at": "/web/redirectUris/0",
		"uri": "https://shop.contoso.com/auth?tenant=%2A",
	}} with input as inputs.escaped_in_the_query
}

test_reports_each_wildcard if {
	rule.deny == {
		{"at": "/web/redirectUris/0", "uri": "https://shop.contoso.com/a*"},
		{"at": "/web/redirectUris/2", "uri": "https://shop.contoso.com/b*"},
	} with input as inputs.several
}

test_allows_a_complete_uri if {
	rule.deny == set() with input as inputs.none
}

test_allows_another_escape if {
	rule.deny == set() with input as inputs.other_escape
}
