package zerotrust.assume_breach.logout_url_missing_or_insecure_test

import data.zerotrust.assume_breach.logout_url_missing_or_insecure as rule
import data.zerotrust.testing

inputs := {
	"plain_http": testing.application({"urls": _urls(_plain)}),
	"plain_http_declared": testing.declared_application(
		{"type": "web"},
		{"urls": _urls(_plain), "redirect_uris": [testing.redirect_uri(0, {})]},
	),
	"unparsable": testing.application({"urls": _urls(testing.link("/web/logoutUrl", {
		"uri": "logout",
		"valid": false,
		"scheme": null,
		"host": null,
		"path": null,
		"registrable_domain": null,
	}))}),
	"missing_web": _declared({"type": "web"}, [testing.redirect_uri(0, {})]),
	"missing_single_page": _declared({"type": "spa"}, [testing.redirect_uri(0, {
		"platform": "spa",
		"at": "/spa/redirectUris/0",
	})]),
	"missing_undeclared": testing.application({"urls": _urls({}), "redirect_uris": [testing.redirect_uri(0, {})]}),
	"missing_without_a_declared_type": _declared({"environment": "production"}, [testing.redirect_uri(0, {})]),
	"missing_daemon": _declared({"type": "daemon"}, [testing.redirect_uri(0, {})]),
	"missing_without_redirect_uris": _declared({"type": "web"}, []),
	"missing_with_unknown_redirect_uris": _declared({"type": "web"}, null),
	"https": testing.declared_application(
		{"type": "web"},
		{
			"urls": _urls(testing.link("/web/logoutUrl", {
				"uri": "https://shop.contoso.com/logout",
				"path": "/logout",
			})),
			"redirect_uris": [testing.redirect_uri(0, {})],
		},
	),
}

_urls(logout) := {
	"home": null,
	"logout": logout,
	"privacy": null,
	"terms": null,
	"support": null,
	"marketing": null,
	"saml_metadata": null,
}

_plain := testing.link("/web/logoutUrl", {
	"uri": "http://shop.contoso.com/logout",
	"scheme": "http",
	"path": "/logout",
})

_declared(declared, redirects) := testing.declared_application(
	declared,
	{"urls": _urls({}), "redirect_uris": redirects},
)

test_reports_plain_http if {
	rule.deny == {{
		"at": "/web/logoutUrl",
		"uri": "http://shop.contoso.com/logout",
		"problem": "`http://shop.contoso.com/logout` does not use https",
	}} with input as inputs.plain_http
}

test_reports_plain_http_once if {
	count(rule.deny) == 1 with input as inputs.plain_http_declared
}

test_reports_an_unparsable_url if {
	rule.deny == {{
		"at": "/web/logoutUrl",
		"uri": "logout",
		"problem": "`logout` does not use https",
	}} with input as inputs.unparsable
}

test_reports_a_missing_url_of_a_web_application if {
	rule.deny == {{
		"at": "application.urls.logout",
		"problem": "is not set",
		"severity": "info",
	}} with input as inputs.missing_web
}

test_reports_a_missing_url_of_a_single_page_application if {
	rule.deny == {{
		"at": "application.urls.logout",
		"problem": "is not set",
		"severity": "info",
	}} with input as inputs.missing_single_page
}

test_says_nothing_of_an_undeclared_application if {
	rule.deny == set() with input as inputs.missing_undeclared
}

test_says_nothing_without_a_declared_type if {
	rule.deny == set() with input as inputs.missing_without_a_declared_type
}

test_allows_a_daemon_without_one if {
	rule.deny == set() with input as inputs.missing_daemon
}

test_allows_none_without_redirect_uris if {
	rule.deny == set() with input as inputs.missing_without_redirect_uris
}

test_does_not_guess_redirect_uris if {
	rule.deny == set() with input as inputs.missing_with_unknown_redirect_uris
}

test_allows_https if {
	rule.deny == set() with input as inputs.https
}
