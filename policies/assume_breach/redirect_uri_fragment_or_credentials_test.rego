package zerotrust.assume_breach.redirect_uri_fragment_or_credentials_test

import data.zerotrust.assume_breach.redirect_uri_fragment_or_credentials as rule
import data.zerotrust.testing

inputs := {
	"fragment": _application([testing.redirect_uri(0, {"uri": "https://shop.contoso.com/auth#done", "fragment": true})]),
	"password": _application([testing.redirect_uri(0, {
		"uri": "https://ada:s3cret@shop.contoso.com/auth",
		"userinfo": true,
	})]),
	"disguised_host": _application([testing.redirect_uri(0, {
		"uri": "https://shop.contoso.com@evil.net/auth",
		"host": "evil.net",
		"registrable_domain": "evil.net",
		"userinfo": true,
	})]),
	"both": _application([testing.redirect_uri(0, {
		"uri": "https://ada:p@ss@shop.contoso.com/auth#done",
		"fragment": true,
		"userinfo": true,
	})]),
	"several": _application([
		testing.redirect_uri(0, {"uri": "https://shop.contoso.com/a#", "path": "/a", "fragment": true}),
		testing.redirect_uri(1, {}),
		testing.redirect_uri(2, {"uri": "https://shop.contoso.com/b#", "path": "/b", "fragment": true}),
	]),
	"query": _application([testing.redirect_uri(0, {"uri": "https://shop.contoso.com/auth?a=b", "query": true})]),
	"at_sign_in_the_path": _application([testing.redirect_uri(0, {
		"uri": "https://shop.contoso.com/@ada",
		"path": "/@ada",
	})]),
	"plain": _application([testing.redirect_uri(0, {})]),
}

_application(redirects) := testing.application({"redirect_uris": redirects})

test_reports_a_fragment if {
	rule.deny == {{
		"at": "/web/redirectUris/0",
		"uri": "https://shop.contoso.com/auth#done",
		"problem": "a fragment",
	}} with input as inputs.fragment
}

test_reports_and_hides_a_password if {
	rule.deny == {{
		"at": "/web/redirectUris/0",
		"uri": "…@shop.contoso.com/auth",
		"problem": "a user name or password",
	}} with input as inputs.password
}

test_reports_a_disguised_host if {
	rule.deny == {{
		"at": "/web/redirectUris/0",
		"uri": "…@evil.net/auth",
		"problem": "a user name or password",
	}} with input as inputs.disguised_host
}

test_reports_both_problems if {
	rule.deny == {
		{"at": "/web/redirectUris/0", "uri": "…@shop.contoso.com/auth#done", "problem": "a fragment"},
		{"at": "/web/redirectUris/0", "uri": "…@shop.contoso.com/auth#done", "problem": "a user name or password"},
	} with input as inputs.both
}

test_reports_each_uri if {
	rule.deny == {
		{"at": "/web/redirectUris/0", "uri": "https://shop.contoso.com/a#", "problem": "a fragment"},
		{"at": "/web/redirectUris/2", "uri": "https://shop.contoso.com/b#", "problem": "a fragment"},
	} with input as inputs.several
}

test_allows_a_query if {
	rule.deny == set() with input as inputs.query
}

test_allows_an_at_sign_in_the_path if {
	rule.deny == set() with input as inputs.at_sign_in_the_path
}

test_allows_a_plain_uri if {
	rule.deny == set() with input as inputs.plain
}
