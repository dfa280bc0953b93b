package zerotrust.assume_breach.published_url_plain_http_test

import data.zerotrust.assume_breach.published_url_plain_http as rule
import data.zerotrust.testing

inputs := {
	"all": _application({
		"home": _plain("/web/homePageUrl"),
		"privacy": _plain("/info/privacyStatementUrl"),
		"terms": _plain("/info/termsOfServiceUrl"),
		"support": _plain("/info/supportUrl"),
		"marketing": _plain("/info/marketingUrl"),
	}),
	"one_of_several": _application({
		"home": testing.link("/web/homePageUrl", {}),
		"privacy": _plain("/info/privacyStatementUrl"),
		"terms": {},
	}),
	"https": _application({
		"home": testing.link("/web/homePageUrl", {}),
		"privacy": testing.link("/info/privacyStatementUrl", {}),
	}),
	"empty": _application({
		"home": {},
		"privacy": {},
		"terms": {},
		"support": {},
		"marketing": {},
	}),
	"not_collected": _application({}),
	"other_links": _application({
		"logout": _plain("/web/logoutUrl"),
		"saml_metadata": _plain("/samlMetadataUrl"),
	}),
	"unparsable": _application({"home": testing.link("/web/homePageUrl", {
		"uri": "http//shop",
		"valid": false,
		"scheme": null,
		"host": null,
		"path": null,
		"registrable_domain": null,
	})}),
}

_application(urls) := testing.application({"urls": object.union(
	{
		"home": null,
		"logout": null,
		"privacy": null,
		"terms": null,
		"support": null,
		"marketing": null,
		"saml_metadata": null,
	},
	urls,
)})

_plain(at) := testing.link(at, {"uri": "http://shop.contoso.com/page", "scheme": "http", "path": "/page"})

_finding(at, link) := {"at": at, "uri": "http://shop.contoso.com/page", "link": link}

test_reports_each_link if {
	rule.deny == {
		_finding("/web/homePageUrl", "home page"),
		_finding("/info/privacyStatementUrl", "privacy statement"),
		_finding("/info/termsOfServiceUrl", "terms of service"),
		_finding("/info/supportUrl", "support"),
		_finding("/info/marketingUrl", "marketing"),
	} with input as inputs.all
}

test_reports_one_of_several if {
	rule.deny == {_finding("/info/privacyStatementUrl", "privacy statement")} with input as inputs.one_of_several
}

test_allows_https if {
	rule.deny == set() with input as inputs.https
}

test_allows_empty_links if {
	rule.deny == set() with input as inputs.empty
}

test_skips_links_that_were_not_collected if {
	rule.deny == set() with input as inputs.not_collected
}

test_leaves_other_links_alone if {
	rule.deny == set() with input as inputs.other_links
}

test_skips_an_unparsable_url if {
	rule.deny == set() with input as inputs.unparsable
}
