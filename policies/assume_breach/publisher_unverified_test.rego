package zerotrust.assume_breach.publisher_unverified_test

import data.zerotrust.assume_breach.publisher_unverified as rule
import data.zerotrust.testing

_multitenant(verified) := {
	"sign_in_audience": "AzureADMultipleOrgs",
	"multitenant": true,
	"publisher": {"domain": "contoso.com", "verified": verified},
}

inputs := {
	"unverified": testing.application(_multitenant(false)),
	"declared_multitenant": testing.declared_application({"multitenant": true}, _multitenant(false)),
	"verified": testing.application(_multitenant(true)),
	"not_collected": testing.application(_multitenant(null)),
	"single_tenant": testing.application({"publisher": {"domain": "contoso.com", "verified": false}}),
}

_finding := {"at": "application.publisher.verified", "audience": "AzureADMultipleOrgs"}

test_reports_unverified if {
	rule.deny == {_finding} with input as inputs.unverified
}

test_reports_declared_multitenant if {
	rule.deny == {_finding} with input as inputs.declared_multitenant
}

test_allows_verified if {
	rule.deny == set() with input as inputs.verified
}

test_does_not_guess if {
	rule.deny == set() with input as inputs.not_collected
}

test_allows_single_tenant if {
	rule.deny == set() with input as inputs.single_tenant
}
