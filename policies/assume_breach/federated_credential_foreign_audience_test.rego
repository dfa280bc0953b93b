package zerotrust.assume_breach.federated_credential_foreign_audience_test

import data.zerotrust.assume_breach.federated_credential_foreign_audience as rule
import data.zerotrust.testing

_for(audiences) := testing.application({"federated_credentials": [testing.federated_credential(
	0,
	{"audiences": audiences},
)]})

inputs := {
	"foreign": _for(["https://github.com/contoso"]),
	"foreign_beside_own": _for(["api://AzureADTokenExchange", "sts.amazonaws.com"]),
	"longer": _for(["api://AzureADTokenExchange/extra"]),
	"other_case": _for(["api://azureadtokenexchange"]),
	"empty": _for([]),
	"public": _for(["api://AzureADTokenExchange"]),
	"us_government": _for(["api://AzureADTokenExchangeUSGov"]),
	"china": _for(["api://AzureADTokenExchangeChina"]),
	"two_clouds": _for(["api://AzureADTokenExchange", "api://AzureADTokenExchangeChina"]),
	"unknown": _for(null),
	"several": testing.application({"federated_credentials": [
		testing.federated_credential(0, {}),
		testing.federated_credential(1, {"audiences": ["shop"]}),
		testing.federated_credential(2, {"audiences": null}),
		testing.federated_credential(3, {"name": null, "audiences": ["shop"]}),
	]}),
	"none": testing.application({"federated_credentials": []}),
}

_finding(index, name, audience) := {
	"at": sprintf("/federatedIdentityCredentials/%d", [index]),
	"name": name,
	"audience": audience,
}

test_reports_foreign if {
	rule.deny == {_finding(0, "production", "https://github.com/contoso")} with input as inputs.foreign
}

test_reports_foreign_beside_own if {
	finding := _finding(0, "production", "api://AzureADTokenExchange, sts.amazonaws.com")
	rule.deny == {finding} with input as inputs.foreign_beside_own
}

test_reports_longer if {
	rule.deny == {_finding(0, "production", "api://AzureADTokenExchange/extra")} with input as inputs.longer
}

test_reports_other_case if {
	rule.deny == {_finding(0, "production", "api://azureadtokenexchange")} with input as inputs.other_case
}

test_reports_empty if {
	rule.deny == {_finding(0, "production", "")} with input as inputs.empty
}

test_allows_public if {
	rule.deny == set() with input as inputs.public
}

test_allows_us_government if {
	rule.deny == set() with input as inputs.us_government
}

test_allows_china if {
	rule.deny == set() with input as inputs.china
}

test_reports_two_clouds if {
	finding := _finding(0, "production", "api://AzureADTokenExchange, api://AzureADTokenExchangeChina")
	rule.deny == {finding} with input as inputs.two_clouds
}

test_does_not_guess if {
	rule.deny == set() with input as inputs.unknown
}

test_reports_each_credential if {
	findings := {_finding(1, "production", "shop"), _finding(3, "unnamed", "shop")}
	rule.deny == findings with input as inputs.several
}

test_allows_none if {
	rule.deny == set() with input as inputs.none
}
