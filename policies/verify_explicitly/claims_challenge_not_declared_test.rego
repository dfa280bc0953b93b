package zerotrust.verify_explicitly.claims_challenge_not_declared_test

import data.zerotrust.testing.project
import data.zerotrust.verify_explicitly.claims_challenge_not_declared as rule

_beside(kind) := {
	"packages": [],
	"configured": ["azure_ad"],
	"client_capabilities": [{"kind": kind, "capabilities": ["cp1"]}],
}

inputs := {
	"azure_ad": project.configuration([project.azure_ad({})]),
	"msal_android": project.configuration([project.msal_android({})]),
	"two_sections": project.configuration([
		project.azure_ad({"client_capabilities": ["cp1"]}),
		project.azure_ad({"name": "Partner", "at": "/Partner"}),
	]),
	"other_capability": project.configuration([project.azure_ad({"client_capabilities": ["cp2", "xcp1"]})]),
	"beside_of_another_kind": project.with_files(
		project.configuration([project.azure_ad({})]),
		_beside("msal_android"),
	),
	"declared": project.configuration([
		project.azure_ad({"client_capabilities": ["cp1"]}),
		project.msal_android({"client_capabilities": ["other", "cp1"]}),
	]),
	"declared_beside": project.with_files(project.configuration([project.azure_ad({})]), _beside("azure_ad")),
	"partial": project.configuration([project.azure_ad({"partial": true, "client_id": null})]),
	"b2c": project.configuration([project.azure_ad({"b2c": true})]),
	"unknown": project.configuration([project.azure_ad({"client_capabilities": null})]),
	"manifest": project.manifest([]),
}

test_reports_azure_ad if {
	expected := {{"at": "/AzureAd", "client": "client of this section", "section": "AzureAd"}}
	rule.deny == expected with input as inputs.azure_ad
}

test_reports_msal_android if {
	expected := {{"at": "", "client": "Android client", "section": ""}}
	rule.deny == expected with input as inputs.msal_android
}

test_reports_each_section if {
	expected := {{"at": "/Partner", "client": "client of this section", "section": "Partner"}}
	rule.deny == expected with input as inputs.two_sections
}

test_reports_other_capabilities if {
	count(rule.deny) == 1 with input as inputs.other_capability
}

test_reports_capability_of_another_client if {
	count(rule.deny) == 1 with input as inputs.beside_of_another_kind
}

test_allows_declared if {
	rule.deny == set() with input as inputs.declared
}

test_allows_declared_in_another_file if {
	rule.deny == set() with input as inputs.declared_beside
}

test_allows_sections_that_complete_others if {
	rule.deny == set() with input as inputs.partial
}

test_allows_b2c if {
	rule.deny == set() with input as inputs.b2c
}

test_allows_unknown if {
	rule.deny == set() with input as inputs.unknown
}

test_allows_manifest if {
	rule.deny == set() with input as inputs.manifest
}
