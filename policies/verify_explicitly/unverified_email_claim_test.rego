package zerotrust.verify_explicitly.unverified_email_claim_test

import data.zerotrust.testing
import data.zerotrust.verify_explicitly.unverified_email_claim as rule

inputs := {
	"switched_off": testing.application({
		"sign_in_audience": "AzureADMultipleOrgs",
		"multitenant": true,
		"authentication_behaviors": _switched_off,
		"created": "2023-07-01T00:00:00Z",
		"optional_claims": _email_in_id_token,
	}),
	"every_token": testing.application({
		"sign_in_audience": "AzureADMultipleOrgs",
		"multitenant": true,
		"authentication_behaviors": _switched_off,
		"optional_claims": {
			"access_token": [testing.optional_claim("accessToken", 0, "email")],
			"id_token": [testing.optional_claim("idToken", 0, "email")],
			"saml2_token": [testing.optional_claim("saml2Token", 0, "email")],
		},
	}),
	"old": testing.application({
		"sign_in_audience": "AzureADMultipleOrgs",
		"multitenant": true,
		"authentication_behaviors": _not_set,
		"created": "2023-06-30T23:59:59Z",
		"optional_claims": _email_in_id_token,
	}),
	"unknown_age": testing.application({
		"sign_in_audience": "AzureADMultipleOrgs",
		"multitenant": true,
		"authentication_behaviors": _not_set,
		"optional_claims": _email_in_id_token,
	}),
	"one_list": testing.application({
		"sign_in_audience": "AzureADMultipleOrgs",
		"multitenant": true,
		"authentication_behaviors": _not_set,
		"optional_claims": {
			"access_token": null,
			"id_token": [testing.optional_claim("idToken", 0, "email")],
			"saml2_token": null,
		},
	}),
	"verified_in_other_token": testing.application({
		"sign_in_audience": "AzureADMultipleOrgs",
		"multitenant": true,
		"authentication_behaviors": _not_set,
		"optional_claims": {
			"access_token": [
				testing.optional_claim("accessToken", 0, "email"),
				testing.optional_claim("accessToken", 1, "xms_edov"),
			],
			"id_token": [testing.optional_claim("idToken", 0, "email")],
			"saml2_token": [],
		},
	}),
	"personal": testing.application({
		"sign_in_audience": "AzureADandPersonalMicrosoftAccount",
		"multitenant": true,
		"personal_accounts": true,
		"authentication_behaviors": _switched_off,
		"optional_claims": _email_in_id_token,
	}),
	"verified": testing.application({
		"sign_in_audience": "AzureADMultipleOrgs",
		"multitenant": true,
		"authentication_behaviors": _switched_off,
		"optional_claims": {
			"access_token": [],
			"id_token": [
				testing.optional_claim("idToken", 0, "email"),
				testing.optional_claim("idToken", 1, "xms_edov"),
			],
			"saml2_token": [],
		},
	}),
	"single_tenant": testing.application({
		"authentication_behaviors": _switched_off,
		"optional_claims": _email_in_id_token,
	}),
	"switched_on": testing.application({
		"sign_in_audience": "AzureADMultipleOrgs",
		"multitenant": true,
		"authentication_behaviors": _switched_on,
		"created": "2023-06-30T23:59:59Z",
		"optional_claims": _email_in_id_token,
	}),
	"created_later": testing.application({
		"sign_in_audience": "AzureADMultipleOrgs",
		"multitenant": true,
		"authentication_behaviors": _not_set,
		"created": "2023-07-01T00:00:00Z",
		"optional_claims": _email_in_id_token,
	}),
	"no_email": testing.application({
		"sign_in_audience": "AzureADMultipleOrgs",
		"multitenant": true,
		"authentication_behaviors": _switched_off,
		"optional_claims": {
			"access_token": [],
			"id_token": [testing.optional_claim("idToken", 0, "upn")],
			"saml2_token": [],
		},
	}),
	"not_collected": testing.application({
		"sign_in_audience": "AzureADMultipleOrgs",
		"multitenant": true,
		"authentication_behaviors": _switched_off,
	}),
}

test_reports_switched_off_removal_as_critical if {
	rule.deny == {
		{
			"at": "/optionalClaims/idToken/0",
			"token": "ID token",
			"problem": "removal of unverified addresses is switched off",
			"severity": "critical",
		},
	} with input as inputs.switched_off
}

test_reports_each_token if {
	rule.deny == {
		{
			"at": "/optionalClaims/accessToken/0",
			"token": "access token",
			"problem": "removal of unverified addresses is switched off",
			"severity": "critical",
		},
		{
			"at": "/optionalClaims/idToken/0",
			"token": "ID token",
			"problem": "removal of unverified addresses is switched off",
			"severity": "critical",
		},
		{
			"at": "/optionalClaims/saml2Token/0",
			"token": "SAML token",
			"problem": "removal of unverified addresses is switched off",
			"severity": "critical",
		},
	} with input as inputs.every_token
}

test_reports_old_application if {
	rule.deny == {
		{
			"at": "/optionalClaims/idToken/0",
			"token": "ID token",
			"problem": "removal of unverified addresses is not switched on",
		},
	} with input as inputs.old
}

test_reports_application_of_unknown_age if {
	rule.deny == {
		{
			"at": "/optionalClaims/idToken/0",
			"token": "ID token",
			"problem": "removal of unverified addresses is not switched on",
		},
	} with input as inputs.unknown_age
}

test_reports_where_other_lists_are_unknown if {
	rule.deny == {
		{
			"at": "/optionalClaims/idToken/0",
			"token": "ID token",
			"problem": "removal of unverified addresses is not switched on",
		},
	} with input as inputs.one_list
}

test_looks_for_verification_in_the_same_token if {
	rule.deny == {
		{
			"at": "/optionalClaims/idToken/0",
			"token": "ID token",
			"problem": "removal of unverified addresses is not switched on",
		},
	} with input as inputs.verified_in_other_token
}

test_reports_audience_with_personal_accounts if {
	rule.deny == {
		{
			"at": "/optionalClaims/idToken/0",
			"token": "ID token",
			"problem": "removal of unverified addresses is switched off",
			"severity": "critical",
		},
	} with input as inputs.personal
}

test_allows_verification_claim if {
	rule.deny == set() with input as inputs.verified
}

test_allows_single_tenant if {
	rule.deny == set() with input as inputs.single_tenant
}

test_allows_removal if {
	rule.deny == set() with input as inputs.switched_on
}

test_allows_newer_application if {
	rule.deny == set() with input as inputs.created_later
}

test_allows_other_claims if {
	rule.deny == set() with input as inputs.no_email
}

test_needs_optional_claims if {
	rule.deny == set() with input as inputs.not_collected
}

_switched_off := {
	"remove_unverified_email_claim": false,
	"block_azure_ad_graph_access": null,
	"require_client_service_principal": null,
}

_email_in_id_token := {
	"access_token": [],
	"id_token": [testing.optional_claim("idToken", 0, "email")],
	"saml2_token": [],
}

_not_set := {
	"remove_unverified_email_claim": null,
	"block_azure_ad_graph_access": null,
	"require_client_service_principal": null,
}

_switched_on := {
	"remove_unverified_email_claim": true,
	"block_azure_ad_graph_access": null,
	"require_client_service_principal": null,
}
