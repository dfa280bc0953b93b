package zerotrust.verify_explicitly.deprecated_authentication_library_test

import data.zerotrust.testing.project
import data.zerotrust.verify_explicitly.deprecated_authentication_library as rule

inputs := {
	"npm": project.manifest([project.dependency(0, "npm", "adal-node"), project.dependency(1, "npm", "react-adal")]),
	"nuget": project.manifest([object.union(
		project.dependency(0, "nuget", "microsoft.identitymodel.clients.activedirectory"),
		{"name": "Microsoft.IdentityModel.Clients.ActiveDirectory"},
	)]),
	"maven_by_gradle": project.manifest([project.dependency(0, "gradle", "com.microsoft.aad:adal")]),
	"maven": project.manifest([project.dependency(0, "maven", "com.microsoft.azure:adal4j")]),
	"pypi": project.manifest([project.dependency(0, "pypi", "adal")]),
	"cocoapods": project.manifest([project.dependency(0, "cocoapods", "ADAL")]),
	"swift": project.manifest([project.dependency(0, "swift", "github.com/azuread/azure-activedirectory-library-for-objc")]),
	"msal": project.manifest([
		project.dependency(0, "npm", "@azure/msal-browser"),
		project.dependency(1, "nuget", "microsoft.identity.client"),
		project.dependency(2, "pypi", "msal"),
		project.dependency(3, "gradle", "com.microsoft.identity.client:msal"),
		project.dependency(4, "cocoapods", "MSAL"),
	]),
	"name_contains_adal": project.manifest([
		project.dependency(0, "npm", "adalite"),
		project.dependency(1, "npm", "@contoso/adal-node"),
		project.dependency(2, "pypi", "adal-utils"),
		project.dependency(3, "maven", "com.microsoft.azure:adal4j-extensions"),
	]),
	"other_ecosystem": project.manifest([
		project.dependency(0, "npm", "adal"),
		project.dependency(1, "cargo", "adal"),
		project.dependency(2, "cocoapods", "adal"),
	]),
	"no_dependencies": project.manifest([]),
	"configuration": project.configuration([project.azure_ad({})]),
}

test_reports_npm if {
	expected := {
		{
			"at": "/dependencies/0", "name": "adal-node", "ecosystem": "npm", "requirement": "^1.0.0",
			"state": "is without support since 2023-06-30", "replacement": "@azure/msal-node",
		},
		{
			"at": "/dependencies/1", "name": "react-adal", "ecosystem": "npm", "requirement": "^1.0.0",
			"state": "is without support since 2023-06-30", "replacement": "@azure/msal-react",
		},
	}
	rule.deny == expected with input as inputs.npm
}

test_names_the_package_as_written if {
	some finding in rule.deny with input as inputs.nuget
	finding.name == "Microsoft.IdentityModel.Clients.ActiveDirectory"
	finding.replacement == "Microsoft.Identity.Client or Microsoft.Identity.Web"
}

test_reports_gradle if {
	some finding in rule.deny with input as inputs.maven_by_gradle
	finding.replacement == "com.microsoft.identity.client:msal"
}

test_reports_maven if {
	some finding in rule.deny with input as inputs.maven
	finding.replacement == "com.microsoft.azure:msal4j"
}

test_reports_pypi if {
	some finding in rule.deny with input as inputs.pypi
	finding.replacement == "msal"
}

test_reports_cocoapods if {
	some finding in rule.deny with input as inputs.cocoapods
	finding.replacement == "MSAL"
}

test_reports_swift if {
	count(rule.deny) == 1 with input as inputs.swift
}

test_allows_msal if {
	rule.deny == set() with input as inputs.msal
}

test_allows_names_that_merely_contain_adal if {
	rule.deny == set() with input as inputs.name_contains_adal
}

test_allows_the_name_in_another_ecosystem if {
	rule.deny == set() with input as inputs.other_ecosystem
}

test_allows_no_dependencies if {
	rule.deny == set() with input as inputs.no_dependencies
}

test_allows_configuration if {
	rule.deny == set() with input as inputs.configuration
}
