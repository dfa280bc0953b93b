package zerotrust.verify_explicitly.embedded_web_view_redirect_test

import data.zerotrust.testing
import data.zerotrust.verify_explicitly.embedded_web_view_redirect as rule

inputs := {
	"all": testing.application({
		"redirect_uris": [
			testing.redirect_uri(0, {
				"platform": "public_client",
				"uri": "https://login.microsoftonline.com/common/oauth2/nativeclient",
				"host": "login.microsoftonline.com",
				"path": "/common/oauth2/nativeclient",
				"registrable_domain": "microsoftonline.com",
				"at": "/publicClient/redirectUris/0",
			}),
			testing.redirect_uri(1, {
				"platform": "public_client",
				"uri": "https://login.live.com/oauth20_desktop.srf",
				"host": "login.live.com",
				"path": "/oauth20_desktop.srf",
				"registrable_domain": "live.com",
				"at": "/publicClient/redirectUris/1",
			}),
			testing.redirect_uri(2, {
				"platform": "public_client",
				"uri": "urn:ietf:wg:oauth:2.0:oob",
				"scheme": "urn",
				"host": null,
				"path": "ietf:wg:oauth:2.0:oob",
				"registrable_domain": null,
				"at": "/publicClient/redirectUris/2",
			}),
		],
	}),
	"upper_case": testing.application({
		"redirect_uris": [testing.redirect_uri(0, {
			"platform": "public_client",
			"uri": "HTTPS://login.microsoftonline.com/common/oauth2/nativeclient",
			"host": "login.microsoftonline.com",
			"path": "/common/oauth2/nativeclient",
			"registrable_domain": "microsoftonline.com",
			"at": "/publicClient/redirectUris/0",
		})],
	}),
	"national_cloud": testing.application({
		"redirect_uris": [testing.redirect_uri(0, {
			"platform": "public_client",
			"uri": "https://login.microsoftonline.us/common/oauth2/nativeclient",
			"host": "login.microsoftonline.us",
			"path": "/common/oauth2/nativeclient",
			"registrable_domain": "microsoftonline.us",
			"at": "/publicClient/redirectUris/0",
		})],
	}),
	"loopback": testing.application({"redirect_uris": [_loopback]}),
	"other_host": testing.application({
		"redirect_uris": [
			testing.redirect_uri(0, {
				"platform": "public_client",
				"uri": "https://login.microsoftonline.com.contoso.com/common/oauth2/nativeclient",
				"host": "login.microsoftonline.com.contoso.com",
				"path": "/common/oauth2/nativeclient",
				"registrable_domain": "contoso.com",
				"at": "/publicClient/redirectUris/0",
			}),
			testing.redirect_uri(1, {
				"platform": "public_client",
				"uri": "https://shop.contoso.com/?next=https://login.microsoftonline.com/common/oauth2/nativeclient",
				"host": "shop.contoso.com",
				"path": "/",
				"registrable_domain": "contoso.com",
				"query": true,
				"at": "/publicClient/redirectUris/1",
			}),
		],
	}),
}

test_reports_each_form if {
	rule.deny == {
		{
			"at": "/publicClient/redirectUris/0",
			"uri": "https://login.microsoftonline.com/common/oauth2/nativeclient",
		},
		{"at": "/publicClient/redirectUris/1", "uri": "https://login.live.com/oauth20_desktop.srf"},
		{"at": "/publicClient/redirectUris/2", "uri": "urn:ietf:wg:oauth:2.0:oob"},
	} with input as inputs.all
}

test_ignores_case if {
	rule.deny == {
		{
			"at": "/publicClient/redirectUris/0",
			"uri": "HTTPS://login.microsoftonline.com/common/oauth2/nativeclient",
		},
	} with input as inputs.upper_case
}

test_reports_national_cloud if {
	rule.deny == {
		{
			"at": "/publicClient/redirectUris/0",
			"uri": "https://login.microsoftonline.us/common/oauth2/nativeclient",
		},
	} with input as inputs.national_cloud
}

test_allows_loopback if {
	rule.deny == set() with input as inputs.loopback
}

test_compares_the_whole_uri if {
	rule.deny == set() with input as inputs.other_host
}

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
