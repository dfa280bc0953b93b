package zerotrust.verify_explicitly.broker_bypassed_test

import data.zerotrust.testing
import data.zerotrust.verify_explicitly.broker_bypassed as rule

inputs := {
	"schemes": testing.application({"redirect_uris": [_custom_scheme, _msal_scheme]}),
	"declared_mobile": testing.declared_application({"type": "mobile"}, {"redirect_uris": [_loopback]}),
	"declared_mobile_empty": testing.declared_application({"type": "mobile"}, {"redirect_uris": []}),
	"declared_mobile_scheme": testing.declared_application({"type": "mobile"}, {
		"redirect_uris": [_custom_scheme, _loopback_1],
	}),
	"android": testing.declared_application({"type": "mobile"}, {"redirect_uris": [_android, _msal_scheme]}),
	"apple": testing.declared_application({"type": "mobile"}, {"redirect_uris": [_apple, _msal_scheme]}),
	"malformed": testing.application({
		"redirect_uris": [
			testing.redirect_uri(0, {
				"platform": "public_client",
				"uri": "msauth://com.contoso.shop",
				"scheme": "msauth",
				"host": "com.contoso.shop",
				"path": "",
				"registrable_domain": null,
				"broker": {
					"platform": "android",
					"well_formed": false,
					"problem": "the signature hash is missing",
				},
				"at": "/publicClient/redirectUris/0",
			}),
			_msal_scheme,
		],
	}),
	"desktop": testing.application({"redirect_uris": [_loopback]}),
	"declared_desktop": testing.declared_application({"type": "desktop"}, {
		"redirect_uris": [_custom_scheme, _msal_scheme],
	}),
	"windows_broker": testing.application({
		"redirect_uris": [testing.redirect_uri(0, {
			"platform": "public_client",
			"uri": "ms-appx-web://microsoft.aad.brokerplugin/1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9",
			"scheme": "ms-appx-web",
			"host": "microsoft.aad.brokerplugin",
			"path": "/1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9",
			"registrable_domain": null,
			"at": "/publicClient/redirectUris/0",
		})],
	}),
	"plain_scheme": testing.application({
		"redirect_uris": [testing.redirect_uri(0, {
			"platform": "public_client",
			"uri": "shop://auth",
			"scheme": "shop",
			"host": "auth",
			"path": "",
			"registrable_domain": null,
			"at": "/publicClient/redirectUris/0",
		})],
	}),
	"invalid": testing.application({
		"redirect_uris": [testing.redirect_uri(0, {
			"platform": "public_client",
			"uri": "shop",
			"valid": false,
			"scheme": null,
			"host": null,
			"path": null,
			"registrable_domain": null,
		})],
	}),
	"web": testing.declared_application({"type": "web"}, {"redirect_uris": [testing.redirect_uri(0, {})]}),
}

test_reports_each_mobile_scheme if {
	rule.deny == {
		{
			"at": "/publicClient/redirectUris/0",
			"uri": "com.contoso.shop://oauth",
			"problem": "redirect URI `com.contoso.shop://oauth` is not of the `msauth` form",
		},
		{
			"at": "/publicClient/redirectUris/1",
			"uri": "msal1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9://auth",
			"problem": "redirect URI `msal1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9://auth` is not of the `msauth` form",
		},
	} with input as inputs.schemes
}

test_reports_declared_mobile_without_broker if {
	rule.deny == {
		{"at": "application.redirect_uris", "problem": "no redirect URI is of the `msauth` form"},
	} with input as inputs.declared_mobile
}

test_reports_declared_mobile_without_redirect_uri if {
	rule.deny == {
		{"at": "application.redirect_uris", "problem": "no redirect URI is of the `msauth` form"},
	} with input as inputs.declared_mobile_empty
}

test_points_at_scheme_of_declared_mobile if {
	rule.deny == {
		{
			"at": "/publicClient/redirectUris/0",
			"uri": "com.contoso.shop://oauth",
			"problem": "redirect URI `com.contoso.shop://oauth` is not of the `msauth` form",
		},
	} with input as inputs.declared_mobile_scheme
}

test_allows_android_broker if {
	rule.deny == set() with input as inputs.android
}

test_allows_apple_broker if {
	rule.deny == set() with input as inputs.apple
}

test_leaves_malformed_broker_uri_to_its_rule if {
	rule.deny == set() with input as inputs.malformed
}

test_allows_desktop_loopback if {
	rule.deny == set() with input as inputs.desktop
}

test_allows_schemes_of_declared_desktop if {
	rule.deny == set() with input as inputs.declared_desktop
}

test_allows_windows_broker if {
	rule.deny == set() with input as inputs.windows_broker
}

test_allows_scheme_of_any_native_client if {
	rule.deny == set() with input as inputs.plain_scheme
}

test_skips_uri_without_scheme if {
	rule.deny == set() with input as inputs.invalid
}

test_allows_web if {
	rule.deny == set() with input as inputs.web
}

_custom_scheme := testing.redirect_uri(0, {
	"platform": "public_client",
	"uri": "com.contoso.shop://oauth",
	"scheme": "com.contoso.shop",
	"host": "oauth",
	"path": "",
	"registrable_domain": null,
	"at": "/publicClient/redirectUris/0",
})

_msal_scheme := testing.redirect_uri(1, {
	"platform": "public_client",
	"uri": "msal1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9://auth",
	"scheme": "msal1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9",
	"host": "auth",
	"path": "",
	"registrable_domain": null,
	"at": "/publicClient/redirectUris/1",
})

_loopback := testing.redirect_uri(0, {
	"platform": "public_client",
	"uri": "http://localhost",
	"scheme": "http",
	"host": "localhost",
	"path": "",
	"registrable_domain": null,
	"loopback": true,
	"at": "/publicClient/redirectUris/0",
})

_loopback_1 := testing.redirect_uri(1, {
	"platform": "public_client",
	"uri": "http://localhost",
	"scheme": "http",
	"host": "localhost",
	"path": "",
	"registrable_domain": null,
	"loopback": true,
	"at": "/publicClient/redirectUris/1",
})

_android := testing.redirect_uri(0, {
	"platform": "public_client",
	"uri": "msauth://com.contoso.shop/1wIqXSqBj7w%2Bh11ZifsnqwgyKrY%3D",
	"scheme": "msauth",
	"host": "com.contoso.shop",
	"path": "/1wIqXSqBj7w%2Bh11ZifsnqwgyKrY%3D",
	"registrable_domain": null,
	"broker": {"platform": "android", "well_formed": true, "problem": ""},
	"at": "/publicClient/redirectUris/0",
})

_apple := testing.redirect_uri(0, {
	"platform": "public_client",
	"uri": "msauth.com.contoso.shop://auth",
	"scheme": "msauth.com.contoso.shop",
	"host": "auth",
	"path": "",
	"registrable_domain": null,
	"broker": {"platform": "apple", "well_formed": true, "problem": ""},
	"at": "/publicClient/redirectUris/0",
})
