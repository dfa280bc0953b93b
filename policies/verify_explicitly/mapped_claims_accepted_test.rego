package zerotrust.verify_explicitly.mapped_claims_accepted_test

import data.zerotrust.testing
import data.zerotrust.verify_explicitly.mapped_claims_accepted as rule

inputs := {
	"accepted": testing.application({"api": {"accepts_mapped_claims": true}}),
	"multitenant": testing.application({
		"sign_in_audience": "AzureADMultipleOrgs",
		"multitenant": true,
		"api": {"accepts_mapped_claims": true},
	}),
	"audience_unknown": testing.application({
		"sign_in_audience": null,
		"multitenant": null,
		"personal_accounts": null,
		"api": {"accepts_mapped_claims": true},
	}),
	"refused": testing.application({
		"sign_in_audience": "AzureADMultipleOrgs",
		"multitenant": true,
		"api": {"accepts_mapped_claims": false},
	}),
}

test_reports_single_tenant if {
	rule.deny == {{"at": "application.api.accepts_mapped_claims"}} with input as inputs.accepted
}

test_reports_multitenant_as_critical if {
	rule.deny == {
		{"at": "application.api.accepts_mapped_claims", "severity": "critical"},
	} with input as inputs.multitenant
}

test_reports_unknown_audience if {
	rule.deny == {{"at": "application.api.accepts_mapped_claims"}} with input as inputs.audience_unknown
}

test_allows_refusal if {
	rule.deny == set() with input as inputs.refused
}
