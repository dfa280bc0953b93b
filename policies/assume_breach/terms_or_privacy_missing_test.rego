package zerotrust.assume_breach.terms_or_privacy_missing_test

import data.zerotrust.assume_breach.terms_or_privacy_missing as rule
import data.zerotrust.testing

_terms := testing.link("/info/termsOfServiceUrl", {
	"uri": "https://contoso.com/terms",
	"host": "contoso.com",
	"path": "/terms",
})

_privacy := testing.link("/info/privacyStatementUrl", {
	"uri": "https://contoso.com/privacy",
	"host": "contoso.com",
	"path": "/privacy",
})

_urls(privacy, terms) := {
	"home": null,
	"logout": null,
	"privacy": privacy,
	"terms": terms,
	"support": null,
	"marketing": null,
	"saml_metadata": null,
}

_multitenant(urls) := {"sign_in_audience": "AzureADMultipleOrgs", "multitenant": true, "urls": urls}

inputs := {
	"neither": testing.application(_multitenant(_urls({}, {}))),
	"no_privacy": testing.application(_multitenant(_urls({}, _terms))),
	"no_terms": testing.application(_multitenant(_urls(_privacy, {}))),
	"both": testing.application(_multitenant(_urls(_privacy, _terms))),
	"not_collected": testing.application(_multitenant(_urls(null, null))),
	"single_tenant": testing.application({"urls": _urls({}, {})}),
}

_no_privacy := {"at": "application.urls.privacy", "document": "privacy statement"}

_no_terms := {"at": "application.urls.terms", "document": "terms of service"}

test_reports_each_missing_document if {
	rule.deny == {_no_privacy, _no_terms} with input as inputs.neither
}

test_reports_missing_privacy_statement if {
	rule.deny == {_no_privacy} with input as inputs.no_privacy
}

test_reports_missing_terms if {
	rule.deny == {_no_terms} with input as inputs.no_terms
}

test_allows_both if {
	rule.deny == set() with input as inputs.both
}

test_does_not_guess if {
	rule.deny == set() with input as inputs.not_collected
}

test_allows_single_tenant if {
	rule.deny == set() with input as inputs.single_tenant
}
