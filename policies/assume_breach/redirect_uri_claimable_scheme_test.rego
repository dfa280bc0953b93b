package zerotrust.assume_breach.redirect_uri_claimable_scheme_test

import data.zerotrust.assume_breach.redirect_uri_claimable_scheme as rule
import data.zerotrust.testing

inputs := {
	"short_scheme": _application([_native("shop")]),
	"other_client_id": _application([_native("msal00000000-4b5a-4978-8695-a4b3c2d1e0f9")]),
	"msal_alone": _application([_native("msal")]),
	"unknown_client_and_short_scheme": testing.application({"app_id": null, "redirect_uris": [_native("msalshop")]}),
	"several": _application([_native("shop"), _custom_scheme, object.union(
		_native("till"),
		{"at": "/publicClient/redirectUris/2"},
	)]),
	"reverse_domain": _application([_custom_scheme]),
	"own_client_id": _application([_native("msal1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9")]),
	"own_client_id_in_capitals": testing.application({
		"app_id": "1F0E2D3C-4B5A-4978-8695-A4B3C2D1E0F9",
		"redirect_uris": [_native("msal1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9")],
	}),
	"unknown_client_id": testing.application({
		"app_id": null,
		"redirect_uris": [_native("msal1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9")],
	}),
	"broker": _application([_native("msauth")]),
	"windows_broker": _application([_native("ms-appx-web")]),
	"loopback": _application([_loopback(0, {"platform": "public_client", "at": "/publicClient/redirectUris/0"})]),
	"https": _application([_native("https")]),
	"out_of_band": _application([testing.redirect_uri(0, {
		"uri": "urn:ietf:wg:oauth:2.0:oob",
		"platform": "public_client",
		"scheme": "urn",
		"host": null,
		"path": null,
		"registrable_domain": null,
		"at": "/publicClient/redirectUris/0",
	})]),
	"web_platform": _application([object.union(_native("shop"), {"platform": "web", "at": "/web/redirectUris/0"})]),
	"unparsable": _application([object.union(_unparsable, {"platform": "public_client"})]),
}

_application(redirects) := testing.application({"redirect_uris": redirects})

_native(scheme) := testing.redirect_uri(0, {
	"uri": sprintf("%s://auth", [scheme]),
	"platform": "public_client",
	"scheme": scheme,
	"host": "auth",
	"path": "",
	"registrable_domain": null,
	"at": "/publicClient/redirectUris/0",
})

_custom_scheme := testing.redirect_uri(0, {
	"uri": "com.contoso.shop://auth",
	"platform": "public_client",
	"scheme": "com.contoso.shop",
	"host": "auth",
	"path": "",
	"registrable_domain": null,
	"at": "/publicClient/redirectUris/0",
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

_unparsable := testing.redirect_uri(0, {
	"uri": "https://",
	"valid": false,
	"scheme": null,
	"host": null,
	"path": null,
	"registrable_domain": null,
})

test_reports_a_short_scheme if {
	rule.deny == {{
		"at": "/publicClient/redirectUris/0",
		"uri": "shop://auth",
		"scheme": "shop",
	}} with input as inputs.short_scheme
}

test_reports_the_client_id_of_another_application if {
	rule.deny == {{
		"at": "/publicClient/redirectUris/0",
		"uri": "msal00000000-4b5a-4978-8695-a4b3c2d1e0f9://auth",
		"scheme": "msal00000000-4b5a-4978-8695-a4b3c2d1e0f9",
	}} with input as inputs.other_client_id
}

test_reports_msal_without_a_client_id if {
	rule.deny == {{
		"at": "/publicClient/redirectUris/0",
		"uri": "msal://auth",
		"scheme": "msal",
	}} with input as inputs.msal_alone
}

test_reports_a_short_scheme_of_an_unknown_client if {
	rule.deny == {{
		"at": "/publicClient/redirectUris/0",
		"uri": "msalshop://auth",
		"scheme": "msalshop",
	}} with input as inputs.unknown_client_and_short_scheme
}

test_reports_each_scheme if {
	rule.deny == {
		{"at": "/publicClient/redirectUris/0", "uri": "shop://auth", "scheme": "shop"},
		{"at": "/publicClient/redirectUris/2", "uri": "till://auth", "scheme": "till"},
	} with input as inputs.several
}

test_allows_a_reverse_domain if {
	rule.deny == set() with input as inputs.reverse_domain
}

test_allows_the_own_client_id if {
	rule.deny == set() with input as inputs.own_client_id
}

test_compares_client_ids_without_case if {
	rule.deny == set() with input as inputs.own_client_id_in_capitals
}

test_does_not_guess_an_unknown_client_id if {
	rule.deny == set() with input as inputs.unknown_client_id
}

test_allows_the_broker if {
	rule.deny == set() with input as inputs.broker
}

test_allows_the_broker_of_windows if {
	rule.deny == set() with input as inputs.windows_broker
}

test_allows_loopback if {
	rule.deny == set() with input as inputs.loopback
}

test_allows_https if {
	rule.deny == set() with input as inputs.https
}

test_allows_the_out_of_band_urn if {
	rule.deny == set() with input as inputs.out_of_band
}

test_allows_other_platforms if {
	rule.deny == set() with input as inputs.web_platform
}

test_skips_an_unparsable_uri if {
	rule.deny == set() with input as inputs.unparsable
}
