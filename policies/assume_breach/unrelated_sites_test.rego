package zerotrust.assume_breach.unrelated_sites_test

import data.zerotrust.assume_breach.unrelated_sites as rule
import data.zerotrust.testing

ztvet := {"parameters": {"AB-121": {"max_sites": 2}}, "organization": {}}

inputs := {
	"three_sites": _application([_site(0, "contoso.com"), _site(1, "fabrikam.com"), _site(2, "adatum.com")]),
	"two_sites": _application([_site(0, "contoso.com"), _site(1, "fabrikam.com")]),
	"sub_domains": _application([
		_sub_domain(0, "shop"),
		_sub_domain(1, "admin"),
		_sub_domain(2, "api"),
		_sub_domain(3, "www"),
	]),
	"loopback": _application([
		_site(0, "contoso.com"),
		_site(1, "fabrikam.com"),
		_loopback(2, {}),
		_loopback(3, {"uri": "http://127.0.0.1", "host": "127.0.0.1", "ip": true}),
	]),
	"custom_scheme": _application([
		_site(0, "contoso.com"),
		_site(1, "fabrikam.com"),
		object.union(_custom_scheme, {
			"uri": "com.contoso.shop://adatum.com",
			"host": "adatum.com",
			"registrable_domain": "adatum.com",
		}),
	]),
	"microsoft_page": _application([_site(0, "contoso.com"), _site(1, "fabrikam.com"), testing.redirect_uri(2, {
		"uri": "https://login.microsoftonline.com/common/oauth2/nativeclient",
		"platform": "public_client",
		"host": "login.microsoftonline.com",
		"path": "/common/oauth2/nativeclient",
		"registrable_domain": "microsoftonline.com",
		"at": "/publicClient/redirectUris/0",
	})]),
	"unparsable": _application([_unparsable, _site(1, "contoso.com"), _site(2, "fabrikam.com")]),
	"none": _application([]),
}

_application(redirects) := testing.application({"redirect_uris": redirects})

_site(index, domain) := testing.redirect_uri(index, {
	"uri": sprintf("https://shop.%s/auth", [domain]),
	"host": sprintf("shop.%s", [domain]),
	"registrable_domain": domain,
})

_sub_domain(index, label) := testing.redirect_uri(index, {
	"uri": sprintf("https://%s.contoso.com/auth", [label]),
	"host": sprintf("%s.contoso.com", [label]),
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

test_reports_three_sites if {
	rule.deny == {{
		"at": "application.redirect_uris",
		"count": 3,
		"limit": 2,
		"domains": ["adatum.com", "contoso.com", "fabrikam.com"],
	}} with input as inputs.three_sites with data.ztvet as ztvet
}

test_follows_the_parameter if {
	rule.deny == {{
		"at": "application.redirect_uris",
		"count": 2,
		"limit": 1,
		"domains": ["contoso.com", "fabrikam.com"],
	}} with input as inputs.two_sites with data.ztvet as {"parameters": {"AB-121": {"max_sites": 1}}}
}

test_allows_two_sites if {
	rule.deny == set() with input as inputs.two_sites with data.ztvet as ztvet
}

test_allows_sub_domains if {
	rule.deny == set() with input as inputs.sub_domains with data.ztvet as ztvet
}

test_leaves_out_loopback if {
	rule.deny == set() with input as inputs.loopback with data.ztvet as ztvet
}

test_leaves_out_custom_schemes if {
	rule.deny == set() with input as inputs.custom_scheme with data.ztvet as ztvet
}

test_leaves_out_the_page_for_native_clients if {
	rule.deny == set() with input as inputs.microsoft_page with data.ztvet as ztvet
}

test_leaves_out_unparsable_uris if {
	rule.deny == set() with input as inputs.unparsable with data.ztvet as ztvet
}

test_allows_none if {
	rule.deny == set() with input as inputs.none with data.ztvet as ztvet
}
