package zerotrust.assume_breach.multitenant_undeclared_test

import data.zerotrust.assume_breach.multitenant_undeclared as rule
import data.zerotrust.testing

_multitenant := {"sign_in_audience": "AzureADMultipleOrgs", "multitenant": true}

_with_personal := {
	"sign_in_audience": "AzureADandPersonalMicrosoftAccount",
	"multitenant": true,
	"personal_accounts": true,
}

_personal_only := {"sign_in_audience": "PersonalMicrosoftAccount", "multitenant": true, "personal_accounts": true}

inputs := {
	"nothing_declared": testing.application(_multitenant),
	"declaration_silent": testing.declared_application({"type": "web"}, _multitenant),
	"declared_single": testing.declared_application({"multitenant": false}, _multitenant),
	"personal_declared": testing.declared_application({"personal_accounts": true}, _with_personal),
	"personal_only": testing.application(_personal_only),
	"personal_only_declared": testing.declared_application({"personal_accounts": true}, _personal_only),
	"declared": testing.declared_application({"multitenant": true}, _multitenant),
	"single_tenant": testing.application({}),
}

_finding(audience) := {"at": "application.sign_in_audience", "audience": audience}

test_reports_without_declaration if {
	rule.deny == {_finding("AzureADMultipleOrgs")} with input as inputs.nothing_declared
}

test_reports_when_the_declaration_does_not_say if {
	rule.deny == {_finding("AzureADMultipleOrgs")} with input as inputs.declaration_silent
}

test_reports_when_declared_otherwise if {
	rule.deny == {_finding("AzureADMultipleOrgs")} with input as inputs.declared_single
}

test_reports_organisations_beside_declared_personal_accounts if {
	rule.deny == {_finding("AzureADandPersonalMicrosoftAccount")} with input as inputs.personal_declared
}

test_reports_personal_accounts_only if {
	rule.deny == {_finding("PersonalMicrosoftAccount")} with input as inputs.personal_only
}

test_allows_declared_personal_accounts_only if {
	rule.deny == set() with input as inputs.personal_only_declared
}

test_allows_declared if {
	rule.deny == set() with input as inputs.declared
}

test_allows_single_tenant if {
	rule.deny == set() with input as inputs.single_tenant
}
