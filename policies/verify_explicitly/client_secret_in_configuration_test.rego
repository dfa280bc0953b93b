package zerotrust.verify_explicitly.client_secret_in_configuration_test

import data.zerotrust.testing.project
import data.zerotrust.verify_explicitly.client_secret_in_configuration as rule

inputs := {
	"secret": project.configuration([project.azure_ad({"client_secrets": [
		{"name": "ClientSecret", "at": "/AzureAd/ClientSecret"},
		{"name": "ClientSecret", "at": "/AzureAd/ClientCredentials/0/ClientSecret"},
	]})]),
	"partial": project.configuration([project.azure_ad({
		"partial": true,
		"client_id": null,
		"authorities": [],
		"client_secrets": [{"name": "ClientSecret", "at": "/AzureAd/ClientSecret"}],
	})]),
	"none": project.configuration([project.azure_ad({}), project.msal_android({})]),
	"manifest": project.manifest([]),
}

test_reports_each_secret if {
	expected := {
		{"at": "/AzureAd/ClientSecret", "key": "ClientSecret", "section": "AzureAd"},
		{"at": "/AzureAd/ClientCredentials/0/ClientSecret", "key": "ClientSecret", "section": "AzureAd"},
	}
	rule.deny == expected with input as inputs.secret
}

test_reports_sections_that_complete_others if {
	count(rule.deny) == 1 with input as inputs.partial
}

test_allows_none if {
	rule.deny == set() with input as inputs.none
}

test_allows_manifest if {
	rule.deny == set() with input as inputs.manifest
}
