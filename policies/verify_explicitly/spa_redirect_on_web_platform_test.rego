package zerotrust.verify_explicitly.spa_redirect_on_web_platform_test

import data.zerotrust.testing
import data.zerotrust.verify_explicitly.spa_redirect_on_web_platform as rule

inputs := {
	"declared_spa": testing.declared_application({"type": "spa"}, {
		"redirect_uris": [
			testing.redirect_uri(0, {}),
			testing.redirect_uri(1, {"uri": "https://shop.contoso.com/callback", "path": "/callback"}),
		],
	}),
	"implicit": testing.application({
		"implicit_grant": {"access_token": true},
		"redirect_uris": [testing.redirect_uri(0, {})],
	}),
	"user_info": testing.application({
		"implicit_grant": {"access_token": true},
		"redirect_uris": [testing.redirect_uri(0, {
			"uri": "https://ada:pw@shop.contoso.com/auth",
			"userinfo": true,
		})],
	}),
	"declared_web": testing.declared_application({"type": "web"}, {
		"implicit_grant": {"access_token": true},
		"redirect_uris": [testing.redirect_uri(0, {})],
	}),
	"id_token_only": testing.application({
		"implicit_grant": {"access_token": false, "id_token": true},
		"redirect_uris": [testing.redirect_uri(0, {})],
	}),
	"spa_present": testing.declared_application({"type": "spa"}, {
		"implicit_grant": {"access_token": true},
		"redirect_uris": [
			testing.redirect_uri(1, {"uri": "https://shop.contoso.com/callback", "path": "/callback"}),
			_spa,
		],
	}),
	"native_only": testing.declared_application({"type": "spa"}, {"redirect_uris": [_loopback]}),
	"implicit_unknown": testing.application({"redirect_uris": [testing.redirect_uri(0, {})]}),
}

test_reports_each_web_uri_of_declared_spa if {
	rule.deny == {
		{"at": "/web/redirectUris/0", "uri": "https://shop.contoso.com/auth"},
		{"at": "/web/redirectUris/1", "uri": "https://shop.contoso.com/callback"},
	} with input as inputs.declared_spa
}

test_reports_implicit_grant if {
	rule.deny == {
		{"at": "/web/redirectUris/0", "uri": "https://shop.contoso.com/auth"},
	} with input as inputs.implicit
}

test_hides_password if {
	rule.deny == {
		{"at": "/web/redirectUris/0", "uri": "…@shop.contoso.com/auth"},
	} with input as inputs.user_info
}

test_allows_declared_web if {
	rule.deny == set() with input as inputs.declared_web
}

test_allows_id_token if {
	rule.deny == set() with input as inputs.id_token_only
}

test_allows_spa_redirect_uri if {
	rule.deny == set() with input as inputs.spa_present
}

test_allows_no_web_redirect_uri if {
	rule.deny == set() with input as inputs.native_only
}

test_needs_sign_of_single_page_application if {
	rule.deny == set() with input as inputs.implicit_unknown
}

_spa := testing.redirect_uri(0, {"platform": "spa", "at": "/spa/redirectUris/0"})

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
