package zerotrust.assume_breach.personal_accounts_undeclared_test

import data.zerotrust.assume_breach.personal_accounts_undeclared as rule
import data.zerotrust.testing

_mixed := {
	"sign_in_audience": "AzureADandPersonalMicrosoftAccount",
	"multitenant": true,
	"personal_accounts": true,
}

_personal_only := {"sign_in_audience": "PersonalMicrosoftAccount", "multitenant": true, "personal_accounts": true}

inputs := {
	"nothing_declared": testing.application(_mixed),
	"personal_only": testing.application(_personal_only),
	"multitenant_declared": testing.declared_application({"multitenant": true}, _mixed),
	"declared_otherwise": testing.declared_application({"personal_accounts": false}, _mixed),
	"declared": testing.declared_application({"personal_accounts": true}, _mixed),
	"organisations_only": testing.application({"sign_in_audience": "AzureADMultipleOrgs", "multitenant": true}),
}

_finding(audience) := {"at": "application.sign_in_audience", "audience": audience}

test_reports_without_declaration if {
	rule.deny == {_finding("AzureADandPersonalMicrosoftAccount")} with input as inputs.nothing_declared
}

test_reports_personal_accounts_only if {
	rule.deny == {_finding("PersonalMicrosoftAccount")} with input as inputs.personal_only
}

test_reports_when_only_multitenant_is_declared if {
	rule.deny == {_finding("AzureADandPersonalMicrosoftAccount")} with input as inputs.multitenant_declared
}

test_reports_when_declared_otherwise if {
	rule.deny == {_finding("AzureADandPersonalMicrosoftAccount")} with input as inputs.declared_otherwise
}

test_allows_declared if {
	rule.deny == set() with input as inputs.declared
}

test_allows_organisations_only if {
	rule.deny == set() with input as inputs.organisations_only
}
