package zerotrust.assume_breach.development_beside_production_test

import data.zerotrust.assume_breach.development_beside_production as rule
import data.zerotrust.testing

inputs := {
	"loopback": _application([testing.redirect_uri(0, {}), _loopback(1, {})]),
	"tunnel": _application([testing.redirect_uri(0, {}), testing.redirect_uri(1, {
		"uri": "https://a1b2.ngrok.io/auth",
		"host": "a1b2.ngrok.io",
		"registrable_domain": "a1b2.ngrok.io",
		"tunnel": "ngrok.io",
	})]),
	"labels": _application([
		testing.redirect_uri(0, {}),
		_host(1, "dev.contoso.com"),
		_host(2, "shop.test.contoso.com"),
		_host(3, "staging.contoso.com"),
		_host(4, "uat.contoso.com"),
		_host(5, "qa.contoso.com"),
		_host(6, "int.contoso.com"),
	]),
	"part_of_a_label": _application([testing.redirect_uri(0, {}), _host(1, "shop-dev.contoso.com")]),
	"shared_hosting": _application([_hosted(0, "shop"), _hosted(1, "shop-test")]),
	"single_page": _application([
		object.union(testing.redirect_uri(0, {}), {"platform": "spa", "at": "/spa/redirectUris/0"}),
		_loopback(1, {"platform": "spa", "at": "/spa/redirectUris/1"}),
	]),
	"only_development": _application([
		_loopback(0, {}),
		_host(1, "dev.contoso.com"),
		_host(2, "shop-test.contoso.com"),
		_hosted(3, "shop-qa"),
	]),
	"only_production": _application([testing.redirect_uri(0, {}), _host(1, "www.contoso.com")]),
	"labels_that_contain_a_word": _application([
		_host(0, "device.contoso.com"),
		_host(1, "latest.contoso.com"),
		_host(2, "print.contoso.com"),
		_host(3, "equality.contoso.com"),
	]),
	"words_in_the_domain": _application([
		testing.redirect_uri(0, {
			"uri": "https://shop.contoso.dev/auth",
			"host": "shop.contoso.dev",
			"registrable_domain": "contoso.dev",
		}),
		testing.redirect_uri(1, {
			"uri": "https://shop.test.com/auth",
			"host": "shop.test.com",
			"registrable_domain": "test.com",
		}),
		testing.redirect_uri(2, {
			"uri": "https://qa.com/dev",
			"host": "qa.com",
			"path": "/dev",
			"registrable_domain": "qa.com",
		}),
	]),
	"native_loopback": _application([testing.redirect_uri(0, {}), _loopback(1, {
		"platform": "public_client",
		"at": "/publicClient/redirectUris/0",
	})]),
	"localhost_as_a_label": _application([testing.redirect_uri(0, {}), testing.redirect_uri(1, {
		"uri": "https://localhost.evil.com/auth",
		"host": "localhost.evil.com",
		"registrable_domain": "evil.com",
	})]),
	"address": _application([_loopback(0, {}), testing.redirect_uri(1, {
		"uri": "https://203.0.113.7/auth",
		"host": "203.0.113.7",
		"registrable_domain": null,
		"ip": true,
	})]),
	"intranet_host": _application([_loopback(0, {}), testing.redirect_uri(1, {
		"uri": "https://shop/auth",
		"host": "shop",
		"registrable_domain": null,
	})]),
	"development_on_the_intranet": _application([testing.redirect_uri(0, {}), testing.redirect_uri(1, {
		"uri": "https://shop-dev/auth",
		"host": "shop-dev",
		"registrable_domain": null,
	})]),
	"custom_scheme": _application([testing.redirect_uri(0, {}), object.union(_custom_scheme, {
		"uri": "com.contoso.shop://dev",
		"platform": "web",
		"host": "dev",
		"at": "/web/redirectUris/1",
	})]),
	"unparsable": _application([_unparsable, _loopback(1, {})]),
}

_application(redirects) := testing.application({"redirect_uris": redirects})

_host(index, host) := testing.redirect_uri(index, {"uri": sprintf("https://%s/auth", [host]), "host": host})

_hosted(index, name) := testing.redirect_uri(index, {
	"uri": sprintf("https://%s.azurewebsites.net/auth", [name]),
	"host": sprintf("%s.azurewebsites.net", [name]),
	"registrable_domain": sprintf("%s.azurewebsites.net", [name]),
	"shared_hosting": "azurewebsites.net",
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

_finding(development, production) := {
	"at": "application.redirect_uris",
	"development": development,
	"production": production,
}

test_reports_loopback if {
	rule.deny == {_finding(["localhost"], ["shop.contoso.com"])} with input as inputs.loopback
}

test_reports_a_tunnel if {
	rule.deny == {_finding(["a1b2.ngrok.io"], ["shop.contoso.com"])} with input as inputs.tunnel
}

test_reports_every_label_once if {
	rule.deny == {_finding(
		[
			"dev.contoso.com",
			"int.contoso.com",
			"qa.contoso.com",
			"shop.test.contoso.com",
			"staging.contoso.com",
			"uat.contoso.com",
		],
		["shop.contoso.com"],
	)} with input as inputs.labels
}

test_reports_a_word_in_a_label_with_hyphens if {
	rule.deny == {_finding(["shop-dev.contoso.com"], ["shop.contoso.com"])} with input as inputs.part_of_a_label
}

test_reports_names_under_a_hosting_suffix if {
	rule.deny == {_finding(
		["shop-test.azurewebsites.net"],
		["shop.azurewebsites.net"],
	)} with input as inputs.shared_hosting
}

test_reports_the_single_page_platform if {
	rule.deny == {_finding(["localhost"], ["shop.contoso.com"])} with input as inputs.single_page
}

test_reports_development_on_the_intranet if {
	rule.deny == {_finding(["shop-dev"], ["shop.contoso.com"])} with input as inputs.development_on_the_intranet
}

test_reports_an_intranet_host_as_production if {
	rule.deny == {_finding(["localhost"], ["shop"])} with input as inputs.intranet_host
}

test_allows_only_development if {
	rule.deny == set() with input as inputs.only_development
}

test_allows_only_production if {
	rule.deny == set() with input as inputs.only_production
}

test_allows_labels_that_contain_a_word if {
	rule.deny == set() with input as inputs.labels_that_contain_a_word
}

test_allows_words_in_the_domain if {
	rule.deny == set() with input as inputs.words_in_the_domain
}

test_allows_the_loopback_of_a_native_client if {
	rule.deny == set() with input as inputs.native_loopback
}

test_allows_localhost_as_a_label if {
	rule.deny == set() with input as inputs.localhost_as_a_label
}

test_does_not_take_an_address_for_production if {
	rule.deny == set() with input as inputs.address
}

test_leaves_out_custom_schemes if {
	rule.deny == set() with input as inputs.custom_scheme
}

test_leaves_out_unparsable_uris if {
	rule.deny == set() with input as inputs.unparsable
}
