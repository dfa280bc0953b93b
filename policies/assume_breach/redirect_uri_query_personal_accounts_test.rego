package zerotrust.assume_breach.redirect_uri_query_personal_accounts_test

import data.zerotrust.assume_breach.redirect_uri_query_personal_accounts as rule
import data.zerotrust.testing

inputs := {
	"personal": _application(true, "AzureADandPersonalMicrosoftAccount", [_query(0)]),
	"only_personal": _application(true, "PersonalMicrosoftAccount", [_query(0)]),
	"several": _application(true, "AzureADandPersonalMicrosoftAccount", [
		_query(0),
		testing.redirect_uri(1, {}),
		_query(2),
	]),
	"organisation_only": _application(false, "AzureADMyOrg", [_query(0)]),
	"organisations": _application(false, "AzureADMultipleOrgs", [_query(0)]),
	"no_query": _application(true, "AzureADandPersonalMicrosoftAccount", [testing.redirect_uri(0, {})]),
	"escaped_question_mark": _application(true, "AzureADandPersonalMicrosoftAccount", [testing.redirect_uri(0, {
		"uri": "https://shop.contoso.com/auth%3Fa=b",
		"path": "/auth%3Fa=b",
	})]),
}

_application(personal_accounts, audience, redirects) := testing.application({
	"sign_in_audience": audience,
	"multitenant": audience != "AzureADMyOrg",
	"personal_accounts": personal_accounts,
	"redirect_uris": redirects,
})

_query(index) := testing.redirect_uri(index, {"uri": "https://shop.contoso.com/auth?a=b", "query": true})

test_reports_a_query if {
	rule.deny == {{"at": "/web/redirectUris/0", "uri": "https://shop.contoso.com/auth?a=b"}} with input as inputs.personal
}

test_reports_personal_accounts_alone if {
	rule.deny == {{
		"at": "/web/redirectUris/0",
		"uri": "https://shop.contoso.com/auth?a=b",
	}} with input as inputs.only_personal
}

test_reports_each_query if {
	rule.deny == {
		{"at": "/web/redirectUris/0", "uri": "https://shop.contoso.com/auth?a=b"},
		{"at": "/web/redirectUris/2", "uri": "https://shop.contoso.com/auth?a=b"},
	} with input as inputs.several
}

test_allows_an_organisation if {
	rule.deny == set() with input as inputs.organisation_only
}

test_allows_organisations if {
	rule.deny == set() with input as inputs.organisations
}

test_allows_no_query if {
	rule.deny == set() with input as inputs.no_query
}

test_allows_an_escaped_question_mark if {
	rule.deny == set() with input as inputs.escaped_question_mark
}
