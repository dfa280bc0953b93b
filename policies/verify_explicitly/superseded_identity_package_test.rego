package zerotrust.verify_explicitly.superseded_identity_package_test

import data.zerotrust.testing.project
import data.zerotrust.verify_explicitly.superseded_identity_package as rule

_adal := "github.com/Azure/go-autorest/autorest/adal"

inputs := {
	"passport": project.manifest([project.dependency(0, "npm", "passport-azure-ad")]),
	"msal_1": project.manifest([project.dependency(0, "npm", "msal")]),
	"app_authentication": project.manifest([object.union(
		project.dependency(0, "nuget", "microsoft.azure.services.appauthentication"),
		{"name": "Microsoft.Azure.Services.AppAuthentication"},
	)]),
	"go": project.manifest([project.dependency(0, "go", _adal)]),
	"go_indirect": project.manifest([object.union(project.dependency(0, "go", _adal), {"scope": "indirect"})]),
	"successors": project.manifest([
		project.dependency(0, "npm", "@azure/msal-browser"),
		project.dependency(1, "npm", "passport"),
		project.dependency(2, "nuget", "azure.identity"),
		project.dependency(3, "go", "github.com/Azure/azure-sdk-for-go/sdk/azidentity"),
		project.dependency(4, "go", "github.com/Azure/go-autorest/autorest"),
	]),
	"msal_of_pypi": project.manifest([project.dependency(0, "pypi", "msal")]),
	"adal_is_another_rule": project.manifest([project.dependency(0, "npm", "adal-node")]),
	"no_dependencies": project.manifest([]),
}

test_reports_passport if {
	expected := {{
		"at": "/dependencies/0", "name": "passport-azure-ad", "ecosystem": "npm", "requirement": "^1.0.0",
		"state": "is without support since 2023-08-28", "replacement": "@azure/msal-node",
	}}
	rule.deny == expected with input as inputs.passport
}

test_reports_msal_1 if {
	some finding in rule.deny with input as inputs.msal_1
	finding.state == "is deprecated"
	finding.replacement == "@azure/msal-browser"
}

test_reports_app_authentication if {
	some finding in rule.deny with input as inputs.app_authentication
	finding.name == "Microsoft.Azure.Services.AppAuthentication"
}

test_reports_go_autorest if {
	some finding in rule.deny with input as inputs.go
	not finding.severity
}

test_reports_what_others_ask_for_at_low if {
	count(rule.deny) == 1 with input as inputs.go_indirect
	some finding in rule.deny with input as inputs.go_indirect
	finding.severity == "low"
}

test_allows_successors if {
	rule.deny == set() with input as inputs.successors
}

test_allows_msal_for_python if {
	rule.deny == set() with input as inputs.msal_of_pypi
}

test_leaves_adal_to_its_own_rule if {
	rule.deny == set() with input as inputs.adal_is_another_rule
}

test_allows_no_dependencies if {
	rule.deny == set() with input as inputs.no_dependencies
}
