package zerotrust.assume_breach.too_many_redirect_uris_test

import data.zerotrust.assume_breach.too_many_redirect_uris as rule
import data.zerotrust.testing

ztvet := {"parameters": {"AB-112": {"max_redirect_uris": 20}}, "organization": {}}

inputs := {
	"uris_0": _application(0, false),
	"uris_20": _application(20, false),
	"uris_21": _application(21, false),
	"uris_256": _application(256, false),
	"uris_257": _application(257, false),
	"personal_100": _application(100, true),
	"personal_101": _application(101, true),
	"unknown_audience_101": _application(101, null),
	"unknown_audience_257": _application(257, null),
}

_application(total, personal_accounts) := testing.application({
	"sign_in_audience": _audience(personal_accounts),
	"multitenant": personal_accounts,
	"personal_accounts": personal_accounts,
	"redirect_uris": [redirect |
		some i in numbers.range(1, total)
		i <= total
		i > 0
		redirect := testing.redirect_uri(i - 1, {})
	],
})

_audience(true) := "AzureADandPersonalMicrosoftAccount"

_audience(false) := "AzureADMyOrg"

_audience(null) := null

test_allows_none if {
	rule.deny == set() with input as inputs.uris_0 with data.ztvet as ztvet
}

test_allows_20 if {
	rule.deny == set() with input as inputs.uris_20 with data.ztvet as ztvet
}

test_reports_21 if {
	rule.deny == {{
		"at": "application.redirect_uris",
		"count": 21,
		"limit": 20,
	}} with input as inputs.uris_21 with data.ztvet as ztvet
}

test_follows_the_parameter if {
	rule.deny == set() with input as inputs.uris_21
		with data.ztvet as {"parameters": {"AB-112": {"max_redirect_uris": 21}}}
}

test_reports_256_at_the_default_severity if {
	rule.deny == {{
		"at": "application.redirect_uris",
		"count": 256,
		"limit": 20,
	}} with input as inputs.uris_256 with data.ztvet as ztvet
}

test_reports_257_as_high if {
	rule.deny == {{
		"at": "application.redirect_uris",
		"count": 257,
		"limit": 256,
		"severity": "high",
	}} with input as inputs.uris_257 with data.ztvet as ztvet
}

test_keeps_the_platform_limit_over_the_parameter if {
	count(rule.deny) == 1 with input as inputs.uris_257
		with data.ztvet as {"parameters": {"AB-112": {"max_redirect_uris": 300}}}
}

test_reports_100_with_personal_accounts_at_the_default_severity if {
	rule.deny == {{
		"at": "application.redirect_uris",
		"count": 100,
		"limit": 20,
	}} with input as inputs.personal_100 with data.ztvet as ztvet
}

test_reports_101_with_personal_accounts_as_high if {
	rule.deny == {{
		"at": "application.redirect_uris",
		"count": 101,
		"limit": 100,
		"severity": "high",
	}} with input as inputs.personal_101 with data.ztvet as ztvet
}

test_does_not_assume_personal_accounts if {
	rule.deny == {{
		"at": "application.redirect_uris",
		"count": 101,
		"limit": 20,
	}} with input as inputs.unknown_audience_101 with data.ztvet as ztvet
}

test_reports_257_of_any_audience_as_high if {
	rule.deny == {{
		"at": "application.redirect_uris",
		"count": 257,
		"limit": 256,
		"severity": "high",
	}} with input as inputs.unknown_audience_257 with data.ztvet as ztvet
}
