package zerotrust.assume_breach.redirect_uri_foreign_domain_test

import data.zerotrust.assume_breach.redirect_uri_foreign_domain as rule
import data.zerotrust.testing

ztvet := {
	"parameters": {},
	"organization": {
		"tenants": null,
		"domains": ["contoso.com"],
		"repositories": null,
		"trusted_issuers": null,
		"certificate_issuers": null,
	},
}

inputs := {
	"foreign": _application([_foreign(0, "shop.fabrikam.com", "fabrikam.com")]),
	"evil_prefix": _application([_foreign(0, "evilcontoso.com", "evilcontoso.com")]),
	"own_domain_as_a_label": _application([_foreign(0, "contoso.com.evil.net", "evil.net")]),
	"localhost_as_a_label": _application([_foreign(0, "localhost.evil.com", "evil.com")]),
	"shared_hosting": _application([object.union(
		_foreign(0, "shop.azurewebsites.net", "shop.azurewebsites.net"),
		{"shared_hosting": "azurewebsites.net"},
	)]),
	"plain_http": _application([object.union(
		_foreign(0, "shop.fabrikam.com", "fabrikam.com"),
		{"uri": "http://shop.fabrikam.com/auth", "scheme": "http"},
	)]),
	"several": _application([
		_foreign(0, "shop.fabrikam.com", "fabrikam.com"),
		testing.redirect_uri(1, {"own_domain": true}),
		_foreign(2, "shop.adatum.com", "adatum.com"),
	]),
	"own": _application([testing.redirect_uri(0, {
		"uri": "https://contoso.com/auth",
		"host": "contoso.com",
		"own_domain": true,
	})]),
	"own_sub_domain": _application([testing.redirect_uri(0, {
		"uri": "https://sub.contoso.com/auth",
		"host": "sub.contoso.com",
		"own_domain": true,
	})]),
	"loopback": _application([_loopback(0, {"own_domain": false})]),
	"broker": _application([testing.redirect_uri(0, {
		"uri": "msauth://com.contoso.shop/1wIqXSqBj7w%2Bh11ZifsnqwgyKrY%3D",
		"platform": "public_client",
		"scheme": "msauth",
		"host": "com.contoso.shop",
		"path": "/1wIqXSqBj7w%2Bh11ZifsnqwgyKrY%3D",
		"registrable_domain": null,
		"own_domain": false,
		"broker": {"platform": "android", "well_formed": true, "problem": ""},
		"at": "/publicClient/redirectUris/0",
	})]),
	"custom_scheme": _application([object.union(_custom_scheme, {"own_domain": false})]),
	"no_host": _application([_unparsable]),
	"microsoft_page": _application([object.union(
		_foreign(0, "login.microsoftonline.com", "microsoftonline.com"),
		{
			"uri": "https://login.microsoftonline.com/common/oauth2/nativeclient",
			"platform": "public_client",
			"path": "/common/oauth2/nativeclient",
			"at": "/publicClient/redirectUris/0",
		},
	)]),
	"like_the_microsoft_page": _application([object.union(
		_foreign(0, "login.microsoftonline.com.evil.net", "evil.net"),
		{
			"uri": "https://login.microsoftonline.com.evil.net/common/oauth2/nativeclient",
			"platform": "public_client",
			"path": "/common/oauth2/nativeclient",
			"at": "/publicClient/redirectUris/0",
		},
	)]),
}

_application(redirects) := testing.application({"redirect_uris": redirects})

_foreign(index, host, registrable_domain) := testing.redirect_uri(index, {
	"uri": sprintf("https://%s/auth", [host]),
	"host": host,
	"registrable_domain": registrable_domain,
	"own_domain": false,
})

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

test_reports_a_foreign_host if {
	rule.deny == {{
		"at": "/web/redirectUris/0",
		"uri": "https://shop.fabrikam.com/auth",
		"host": "shop.fabrikam.com",
	}} with input as inputs.foreign with data.ztvet as ztvet
}

test_reports_a_domain_that_only_ends_like_ours if {
	rule.deny == {{
		"at": "/web/redirectUris/0",
		"uri": "https://evilcontoso.com/auth",
		"host": "evilcontoso.com",
	}} with input as inputs.evil_prefix with data.ztvet as ztvet
}

test_reports_our_domain_as_a_label if {
	rule.deny == {{
		"at": "/web/redirectUris/0",
		"uri": "https://contoso.com.evil.net/auth",
		"host": "contoso.com.evil.net",
	}} with input as inputs.own_domain_as_a_label with data.ztvet as ztvet
}

test_reports_localhost_as_a_label if {
	rule.deny == {{
		"at": "/web/redirectUris/0",
		"uri": "https://localhost.evil.com/auth",
		"host": "localhost.evil.com",
	}} with input as inputs.localhost_as_a_label with data.ztvet as ztvet
}

test_reports_shared_hosting if {
	rule.deny == {{
		"at": "/web/redirectUris/0",
		"uri": "https://shop.azurewebsites.net/auth",
		"host": "shop.azurewebsites.net",
	}} with input as inputs.shared_hosting with data.ztvet as ztvet
}

test_reports_plain_http if {
	rule.deny == {{
		"at": "/web/redirectUris/0",
		"uri": "http://shop.fabrikam.com/auth",
		"host": "shop.fabrikam.com",
	}} with input as inputs.plain_http with data.ztvet as ztvet
}

test_reports_each_foreign_host if {
	rule.deny == {
		{"at": "/web/redirectUris/0", "uri": "https://shop.fabrikam.com/auth", "host": "shop.fabrikam.com"},
		{"at": "/web/redirectUris/2", "uri": "https://shop.adatum.com/auth", "host": "shop.adatum.com"},
	} with input as inputs.several with data.ztvet as ztvet
}

test_allows_our_domain if {
	rule.deny == set() with input as inputs.own with data.ztvet as ztvet
}

test_allows_our_sub_domain if {
	rule.deny == set() with input as inputs.own_sub_domain with data.ztvet as ztvet
}

test_allows_loopback if {
	rule.deny == set() with input as inputs.loopback with data.ztvet as ztvet
}

test_allows_the_broker if {
	rule.deny == set() with input as inputs.broker with data.ztvet as ztvet
}

test_allows_a_custom_scheme if {
	rule.deny == set() with input as inputs.custom_scheme with data.ztvet as ztvet
}

test_skips_a_uri_without_a_host if {
	rule.deny == set() with input as inputs.no_host with data.ztvet as ztvet
}

test_allows_the_page_for_native_clients if {
	rule.deny == set() with input as inputs.microsoft_page with data.ztvet as ztvet
}

test_reports_an_imitation_of_that_page if {
	rule.deny == {{
		"at": "/publicClient/redirectUris/0",
		"uri": "https://login.microsoftonline.com.evil.net/common/oauth2/nativeclient",
		"host": "login.microsoftonline.com.evil.net",
	}} with input as inputs.like_the_microsoft_page with data.ztvet as ztvet
}
