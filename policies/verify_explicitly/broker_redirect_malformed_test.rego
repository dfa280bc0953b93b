package zerotrust.verify_explicitly.broker_redirect_malformed_test

import data.zerotrust.testing
import data.zerotrust.verify_explicitly.broker_redirect_malformed as rule

inputs := {
	"android": testing.application({
		"redirect_uris": [
			testing.redirect_uri(0, {
				"platform": "public_client",
				"uri": "msauth://com.contoso.shop/abc",
				"scheme": "msauth",
				"host": "com.contoso.shop",
				"path": "/abc",
				"registrable_domain": null,
				"broker": {
					"platform": "android",
					"well_formed": false,
					"problem": "the signature hash is not 20 bytes",
				},
				"at": "/publicClient/redirectUris/0",
			}),
			testing.redirect_uri(1, {
				"platform": "public_client",
				"uri": "msauth://",
				"scheme": "msauth",
				"host": "",
				"path": "",
				"registrable_domain": null,
				"broker": {"platform": "android", "well_formed": false, "problem": "the package is missing"},
				"at": "/publicClient/redirectUris/1",
			}),
		],
	}),
	"apple": testing.application({
		"redirect_uris": [testing.redirect_uri(0, {
			"platform": "public_client",
			"uri": "msauth.com.contoso.shop://callback",
			"scheme": "msauth.com.contoso.shop",
			"host": "callback",
			"path": "",
			"registrable_domain": null,
			"broker": {"platform": "apple", "well_formed": false, "problem": "it does not end with ://auth"},
			"at": "/publicClient/redirectUris/0",
		})],
	}),
	"not_a_uri": testing.application({
		"redirect_uris": [testing.redirect_uri(0, {
			"platform": "public_client",
			"uri": "msauth.com.contoso.shop",
			"valid": false,
			"scheme": null,
			"host": null,
			"path": null,
			"registrable_domain": null,
			"broker": {"platform": "apple", "well_formed": false, "problem": "it does not end with ://auth"},
			"at": "/publicClient/redirectUris/0",
		})],
	}),
	"well_formed": testing.application({
		"redirect_uris": [
			_android,
			testing.redirect_uri(1, {
				"platform": "public_client",
				"uri": "msauth.com.contoso.shop://auth",
				"scheme": "msauth.com.contoso.shop",
				"host": "auth",
				"path": "",
				"registrable_domain": null,
				"broker": {"platform": "apple", "well_formed": true, "problem": ""},
				"at": "/publicClient/redirectUris/1",
			}),
		],
	}),
	"no_broker": testing.application({"redirect_uris": [testing.redirect_uri(0, {}), _loopback_1]}),
}

test_reports_each_malformed_uri if {
	rule.deny == {
		{
			"at": "/publicClient/redirectUris/0",
			"uri": "msauth://com.contoso.shop/abc",
			"problem": "the signature hash is not 20 bytes",
		},
		{"at": "/publicClient/redirectUris/1", "uri": "msauth://", "problem": "the package is missing"},
	} with input as inputs.android
}

test_reports_apple_form if {
	rule.deny == {
		{
			"at": "/publicClient/redirectUris/0",
			"uri": "msauth.com.contoso.shop://callback",
			"problem": "it does not end with ://auth",
		},
	} with input as inputs.apple
}

test_reports_what_is_not_a_uri if {
	rule.deny == {
		{
			"at": "/publicClient/redirectUris/0",
			"uri": "msauth.com.contoso.shop",
			"problem": "it does not end with ://auth",
		},
	} with input as inputs.not_a_uri
}

test_allows_well_formed if {
	rule.deny == set() with input as inputs.well_formed
}

test_allows_other_redirect_uris if {
	rule.deny == set() with input as inputs.no_broker
}

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
