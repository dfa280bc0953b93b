package zerotrust.verify_explicitly.hand_written_oauth_test

import data.zerotrust.testing.project
import data.zerotrust.verify_explicitly.hand_written_oauth as rule

_generic := project.dependency(0, "nuget", "identitymodel.oidcclient")

_files(packages) := {
	"packages": packages,
	"configured": ["azure_ad"],
	"client_capabilities": [{"kind": "azure_ad", "capabilities": []}],
}

_package(ecosystem, name) := {"ecosystem": ecosystem, "normalized_name": name}

_own := _package("nuget", "identitymodel.oidcclient")

inputs := {
	"configured": project.with_files(project.manifest([_generic]), _files([_own])),
	"declared": project.declared(project.manifest([project.dependency(0, "npm", "simple-oauth2")]), {"type": "web"}),
	"gradle": project.with_files(
		project.manifest([project.dependency(0, "gradle", "net.openid:appauth")]),
		_files([_package("gradle", "net.openid:appauth")]),
	),
	"library": project.with_files(
		project.manifest([_generic]),
		_files([_package("nuget", "microsoft.identity.web"), _own]),
	),
	"library_in_gradle": project.with_files(
		project.manifest([project.dependency(0, "gradle", "net.openid:appauth")]),
		_files([_package("gradle", "com.microsoft.identity.client:msal")]),
	),
	"azure_identity": project.declared(
		project.manifest([
			project.dependency(0, "npm", "simple-oauth2"),
			project.dependency(1, "npm", "@azure/identity"),
		]),
		{},
	),
	"no_identity_declared": project.manifest([_generic]),
	"no_generic_client": project.with_files(
		project.manifest([project.dependency(0, "nuget", "newtonsoft.json")]),
		_files([_package("nuget", "newtonsoft.json")]),
	),
	"indirect": project.declared(
		project.manifest([object.union(project.dependency(0, "go", "golang.org/x/oauth2"), {"scope": "indirect"})]),
		{},
	),
	"configuration": project.configuration([project.azure_ad({})]),
}

test_reports_generic_client_beside_configuration if {
	expected := {{"at": "/dependencies/0", "name": "identitymodel.oidcclient", "ecosystem": "nuget"}}
	rule.deny == expected with input as inputs.configured
}

test_reports_generic_client_of_declared_application if {
	expected := {{"at": "/dependencies/0", "name": "simple-oauth2", "ecosystem": "npm"}}
	rule.deny == expected with input as inputs.declared
}

test_reports_gradle if {
	count(rule.deny) == 1 with input as inputs.gradle
}

test_allows_library_beside_it if {
	rule.deny == set() with input as inputs.library
}

test_allows_library_in_gradle if {
	rule.deny == set() with input as inputs.library_in_gradle
}

test_allows_azure_identity if {
	rule.deny == set() with input as inputs.azure_identity
}

test_allows_projects_that_declare_no_identity if {
	rule.deny == set() with input as inputs.no_identity_declared
}

test_allows_no_generic_client if {
	rule.deny == set() with input as inputs.no_generic_client
}

test_allows_what_others_ask_for if {
	rule.deny == set() with input as inputs.indirect
}

test_allows_configuration_itself if {
	rule.deny == set() with input as inputs.configuration
}
