package zerotrust.assume_breach.redirect_uri_shared_hosting_test

import data.zerotrust.assume_breach.redirect_uri_shared_hosting as rule
import data.zerotrust.testing

inputs := {
	"azure": _application([_hosted(0, "azurewebsites.net")]),
	"several": _application([_hosted(0, "azurewebsites.net"), testing.redirect_uri(1, {}), _hosted(2, "github.io")]),
	"domains_configured": _application([object.union(_hosted(0, "azurewebsites.net"), {"own_domain": false})]),
	"own_domain": _application([object.union(_hosted(0, "azurewebsites.net"), {"own_domain": true})]),
	"other_host": _application([testing.redirect_uri(0, {})]),
	"suffix_in_the_path": _application([_substring]),
	"suffix_as_a_label": _application([testing.redirect_uri(0, {
		"uri": "https://shop.azurewebsites.net.contoso.com/auth",
		"host": "shop.azurewebsites.net.contoso.com",
	})]),
	"suffix_without_a_dot": _application([testing.redirect_uri(0, {
		"uri": "https://shopazurewebsites.net/auth",
		"host": "shopazurewebsites.net",
		"registrable_domain": "shopazurewebsites.net",
	})]),
	"custom_scheme": _application([testing.redirect_uri(0, {
		"uri": "com.contoso.shop://shop.azurewebsites.net",
		"platform": "public_client",
		"scheme": "com.contoso.shop",
		"host": "shop.azurewebsites.net",
		"path": "",
		"registrable_domain": "shop.azurewebsites.net",
		"shared_hosting": "azurewebsites.net",
		"at": "/publicClient/redirectUris/0",
	})]),
	"unparsable": _application([_unparsable]),
}

_application(redirects) := testing.application({"redirect_uris": redirects})

_hosted(index, suffix) := testing.redirect_uri(index, {
	"uri": sprintf("https://shop.%s/auth", [suffix]),
	"host": sprintf("shop.%s", [suffix]),
	"registrable_domain": sprintf("shop.%s", [suffix]),
	"shared_hosting": suffix,
})

_substring := testing.redirect_uri(0, {
	"uri": "https://localhost.evil.com/azurewebsites.net",
	"host": "localhost.evil.com",
	"path": "/azurewebsites.net",
	"registrable_domain": "evil.com",
})

_unparsable := testing.redirect_uri(0, {
	"uri": "https://",
	"valid": false,
	"scheme": null,
	"host": null,
	"path": null,
	"registrable_domain": null,
})

test_reports_shared_hosting if {
	rule.deny == {{
		"at": "/web/redirectUris/0",
		"uri": "https://shop.azurewebsites.net/auth",
		"suffix": "azurewebsites.net",
	}} with input as inputs.azure
}

test_reports_each_host if {
	rule.deny == {
		{"at": "/web/redirectUris/0", "uri": "https://shop.azurewebsites.net/auth", "suffix": "azurewebsites.net"},
		{"at": "/web/redirectUris/2", "uri": "https://shop.github.io/auth", "suffix": "github.io"},
	} with input as inputs.several
}

test_reports_a_host_outside_our_domains if {
	rule.deny == {{
		"at": "/web/redirectUris/0",
		"uri": "https://shop.azurewebsites.net/auth",
		"suffix": "azurewebsites.net",
	}} with input as inputs.domains_configured
}

test_allows_our_domain if {
	rule.deny == set() with input as inputs.own_domain
}

test_allows_another_host if {
	rule.deny == set() with input as inputs.other_host
}

test_allows_the_suffix_in_the_path if {
	rule.deny == set() with input as inputs.suffix_in_the_path
}

test_allows_the_suffix_as_a_label if {
	rule.deny == set() with input as inputs.suffix_as_a_label
}

test_allows_the_suffix_without_a_dot if {
	rule.deny == set() with input as inputs.suffix_without_a_dot
}

test_allows_a_custom_scheme if {
	rule.deny == set() with input as inputs.custom_scheme
}

test_skips_an_unparsable_uri if {
	rule.deny == set() with input as inputs.unparsable
}
