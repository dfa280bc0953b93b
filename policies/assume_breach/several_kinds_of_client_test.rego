package zerotrust.assume_breach.several_kinds_of_client_test

import data.zerotrust.assume_breach.several_kinds_of_client as rule
import data.zerotrust.testing

inputs := {
	"three_platforms": _application([_web, _single_page, _custom_scheme]),
	"web_and_public_client": _application([_web, _custom_scheme]),
	"public_client_and_daemon": testing.application({
		"redirect_uris": [_custom_scheme],
		"permissions": [testing.permission(0, {}), testing.permission(1, {"kind": "application"})],
	}),
	"web_public_client_and_daemon": testing.application({
		"redirect_uris": [_web, _custom_scheme],
		"permissions": [testing.permission(0, {"kind": "application"})],
	}),
	"web_and_single_page": _application([_web, _single_page]),
	"single_page_and_public_client": _application([_single_page, _custom_scheme]),
	"web_and_daemon": testing.application({
		"redirect_uris": [_web],
		"permissions": [testing.permission(0, {"kind": "application"})],
	}),
	"public_client": testing.application({
		"redirect_uris": [_custom_scheme],
		"permissions": [testing.permission(0, {})],
	}),
	"unknown_permissions": _application([_custom_scheme]),
	"unknown_kind_of_permission": testing.application({
		"redirect_uris": [_custom_scheme],
		"permissions": [testing.permission(0, {"kind": null})],
	}),
	"web": _application([_web]),
	"none": _application([]),
}

_application(redirects) := testing.application({"redirect_uris": redirects})

_web := testing.redirect_uri(0, {})

_single_page := testing.redirect_uri(0, {"platform": "spa", "at": "/spa/redirectUris/0"})

_custom_scheme := testing.redirect_uri(0, {
	"uri": "com.contoso.shop://auth",
	"platform": "public_client",
	"scheme": "com.contoso.shop",
	"host": "auth",
	"path": "",
	"registrable_domain": null,
	"at": "/publicClient/redirectUris/0",
})

test_reports_three_platforms_once if {
	rule.deny == {{
		"at": "application.redirect_uris",
		"kinds": ["public client", "single-page", "web"],
		"hosts": ["shop.contoso.com"],
	}} with input as inputs.three_platforms
}

test_reports_web_with_public_client if {
	rule.deny == {{
		"at": "application.redirect_uris",
		"kinds": ["public client", "web"],
		"hosts": ["shop.contoso.com"],
	}} with input as inputs.web_and_public_client
}

test_reports_public_client_with_application_permissions if {
	rule.deny == {{
		"at": "application.redirect_uris",
		"kinds": ["daemon (application permissions)", "public client"],
		"hosts": [],
	}} with input as inputs.public_client_and_daemon
}

test_reports_each_mixture if {
	rule.deny == {
		{
			"at": "application.redirect_uris",
			"kinds": ["public client", "web"],
			"hosts": ["shop.contoso.com"],
		},
		{
			"at": "application.redirect_uris",
			"kinds": ["daemon (application permissions)", "public client"],
			"hosts": ["shop.contoso.com"],
		},
	} with input as inputs.web_public_client_and_daemon
}

test_allows_web_and_single_page_of_a_host if {
	rule.deny == set() with input as inputs.web_and_single_page
}

test_allows_single_page_and_public_client if {
	rule.deny == set() with input as inputs.single_page_and_public_client
}

test_allows_a_web_application_with_application_permissions if {
	rule.deny == set() with input as inputs.web_and_daemon
}

test_allows_a_public_client if {
	rule.deny == set() with input as inputs.public_client
}

test_does_not_guess_permissions if {
	rule.deny == set() with input as inputs.unknown_permissions
}

test_does_not_guess_the_kind_of_a_permission if {
	rule.deny == set() with input as inputs.unknown_kind_of_permission
}

test_allows_a_web_application if {
	rule.deny == set() with input as inputs.web
}

test_allows_none if {
	rule.deny == set() with input as inputs.none
}
