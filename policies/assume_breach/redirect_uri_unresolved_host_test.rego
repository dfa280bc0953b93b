package zerotrust.assume_breach.redirect_uri_unresolved_host_test

import data.zerotrust.assume_breach.redirect_uri_unresolved_host as rule
import data.zerotrust.testing

inputs := {
	"host": _application([testing.redirect_uri(0, {})], {"shop.contoso.com": _lookup(false, [])}),
	"alias": _application(
		[testing.redirect_uri(0, {})],
		{"shop.contoso.com": _lookup(false, ["shop.trafficmanager.net", "shop.azurewebsites.net"])},
	),
	"two_uris": _application(
		[testing.redirect_uri(0, {}), testing.redirect_uri(1, {"uri": "https://shop.contoso.com/b", "path": "/b"})],
		{"shop.contoso.com": _lookup(false, [])},
	),
	"one_of_several": _application(
		[testing.redirect_uri(0, {}), _host(1, "old.contoso.com"), _host(2, "slow.contoso.com")],
		{
			"shop.contoso.com": _lookup(true, []),
			"old.contoso.com": _lookup(false, []),
			"slow.contoso.com": _lookup(null, []),
		},
	),
	"resolves": _application([testing.redirect_uri(0, {})], {"shop.contoso.com": _lookup(true, [])}),
	"alias_resolves": _application(
		[testing.redirect_uri(0, {})],
		{"shop.contoso.com": _lookup(true, ["shop.azurewebsites.net"])},
	),
	"no_answer": _application([testing.redirect_uri(0, {})], {"shop.contoso.com": _lookup(null, [])}),
	"not_asked": _application([testing.redirect_uri(0, {})], {}),
	"custom_scheme": _application([_custom_scheme], {"auth": _lookup(false, [])}),
	"unparsable": _application([_unparsable], {}),
}

_application(redirects, dns) := testing.application({"redirect_uris": redirects, "dns": dns})

_lookup(resolves, cname) := {"resolves": resolves, "cname": cname, "no_answer": null}

_host(index, host) := testing.redirect_uri(index, {"uri": sprintf("https://%s/auth", [host]), "host": host})

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

test_reports_a_missing_host if {
	rule.deny == {{
		"at": "/web/redirectUris/0",
		"uri": "https://shop.contoso.com/auth",
		"host": "shop.contoso.com",
		"missing": "shop.contoso.com",
		"chain": "shop.contoso.com",
	}} with input as inputs.host
}

test_reports_the_end_of_an_alias if {
	rule.deny == {{
		"at": "/web/redirectUris/0",
		"uri": "https://shop.contoso.com/auth",
		"host": "shop.contoso.com",
		"missing": "shop.azurewebsites.net",
		"chain": "shop.contoso.com -> shop.trafficmanager.net -> shop.azurewebsites.net",
	}} with input as inputs.alias
}

test_reports_each_uri_of_a_host if {
	{at | some finding in rule.deny; at := finding.at} == {
		"/web/redirectUris/0",
		"/web/redirectUris/1",
	} with input as inputs.two_uris
}

test_reports_the_missing_host_of_several if {
	rule.deny == {{
		"at": "/web/redirectUris/1",
		"uri": "https://old.contoso.com/auth",
		"host": "old.contoso.com",
		"missing": "old.contoso.com",
		"chain": "old.contoso.com",
	}} with input as inputs.one_of_several
}

test_allows_a_host_that_resolves if {
	rule.deny == set() with input as inputs.resolves
}

test_allows_an_alias_that_resolves if {
	rule.deny == set() with input as inputs.alias_resolves
}

test_does_not_guess_without_an_answer if {
	rule.deny == set() with input as inputs.no_answer
}

test_skips_a_host_that_was_not_asked if {
	rule.deny == set() with input as inputs.not_asked
}

test_leaves_out_custom_schemes if {
	rule.deny == set() with input as inputs.custom_scheme
}

test_leaves_out_unparsable_uris if {
	rule.deny == set() with input as inputs.unparsable
}
