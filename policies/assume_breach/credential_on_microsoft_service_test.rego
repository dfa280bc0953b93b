package zerotrust.assume_breach.credential_on_microsoft_service_test

import data.zerotrust.assume_breach.credential_on_microsoft_service as rule
import data.zerotrust.testing
import data.zerotrust.testing.service_principal as principals

inputs := {
	"secret": principals.first_party({"credentials": [testing.secret(0, {})]}),
	"certificate": principals.first_party({"credentials": [testing.certificate(0, {})]}),
	"none": principals.first_party({"credentials": []}),
	"own": principals.service_principal({"credentials": [testing.secret(0, {})]}),
	"managed_identity": principals.managed_identity({"credentials": [testing.certificate(0, {})]}),
}

test_reports_secret if {
	expected := {{"at": "/passwordCredentials/0", "kind": "secret", "name": "deploy", "service": "Shop"}}
	rule.deny == expected with input as inputs.secret
}

test_reports_certificate if {
	expected := {{"at": "/keyCredentials/0", "kind": "certificate", "name": "CN=shop", "service": "Shop"}}
	rule.deny == expected with input as inputs.certificate
}

test_allows_none if {
	rule.deny == set() with input as inputs.none
}

test_leaves_own_to_another_rule if {
	rule.deny == set() with input as inputs.own
}

test_leaves_managed_identities_alone if {
	rule.deny == set() with input as inputs.managed_identity
}
