package zerotrust.verify_explicitly.personal_accounts_with_v1_tokens_test

import data.zerotrust.testing
import data.zerotrust.verify_explicitly.personal_accounts_with_v1_tokens as rule

inputs := {
	"both": testing.application({
		"sign_in_audience": "AzureADandPersonalMicrosoftAccount",
		"multitenant": true,
		"personal_accounts": true,
		"api": {"access_token_version": 1},
	}),
	"personal": testing.application({
		"sign_in_audience": "PersonalMicrosoftAccount",
		"multitenant": true,
		"personal_accounts": true,
		"api": {"access_token_version": 1},
	}),
	"version_2": testing.application({
		"sign_in_audience": "AzureADandPersonalMicrosoftAccount",
		"multitenant": true,
		"personal_accounts": true,
		"api": {"access_token_version": 2},
	}),
	"organisations": testing.application({
		"sign_in_audience": "AzureADMultipleOrgs",
		"multitenant": true,
		"api": {"access_token_version": 1},
	}),
	"single_tenant": testing.application({"api": {"access_token_version": 1}}),
}

test_reports_organisations_and_personal_accounts if {
	rule.deny == {{"at": "application.api.access_token_version", "version": 1}} with input as inputs.both
}

test_reports_personal_accounts if {
	rule.deny == {{"at": "application.api.access_token_version", "version": 1}} with input as inputs.personal
}

test_allows_version_2 if {
	rule.deny == set() with input as inputs.version_2
}

test_allows_organisations if {
	rule.deny == set() with input as inputs.organisations
}

test_allows_single_tenant if {
	rule.deny == set() with input as inputs.single_tenant
}
