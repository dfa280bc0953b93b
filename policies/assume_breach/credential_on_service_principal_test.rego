package zerotrust.assume_breach.credential_on_service_principal_test

import data.zerotrust.assume_breach.credential_on_service_principal as rule
import data.zerotrust.testing
import data.zerotrust.testing.service_principal as principals

inputs := {
	"both": principals.service_principal({"credentials": [testing.secret(0, {}), testing.certificate(0, {})]}),
	"saml_signing": principals.service_principal({
		"credentials": [
			testing.certificate(0, {"usage": "Sign", "id": "k1"}),
			testing.certificate(1, {"usage": "Verify", "id": "k2"}),
			testing.secret(0, {"id": "k1"}),
		],
		"preferred_single_sign_on_mode": "saml",
	}),
	"secret_beside_saml_signing": principals.service_principal({
		"credentials": [
			testing.certificate(0, {"usage": "Sign", "id": "k1"}),
			testing.certificate(1, {"usage": "Verify", "id": "k2"}),
			testing.secret(0, {}),
		],
		"preferred_single_sign_on_mode": "saml",
	}),
	"signing_without_ids": principals.service_principal({
		"credentials": [testing.certificate(0, {"usage": "Sign", "id": null, "thumbprint": null})],
		"preferred_single_sign_on_mode": "saml",
	}),
	"signing_without_saml": principals.service_principal({"credentials": [testing.certificate(
		0,
		{"usage": "Sign", "id": "k1"},
	)]}),
	"managed_identity": principals.managed_identity({"credentials": [testing.certificate(0, {})]}),
	"first_party": principals.first_party({"credentials": [testing.secret(0, {})]}),
	"type_unknown": principals.service_principal({
		"credentials": [testing.secret(0, {})],
		"managed_identity": null,
		"first_party": null,
		"own": null,
	}),
	"none": principals.service_principal({"credentials": []}),
}

test_reports_both if {
	expected := {
		{"at": "/passwordCredentials/0", "kind": "secret", "name": "deploy"},
		{"at": "/keyCredentials/0", "kind": "certificate", "name": "CN=shop"},
	}
	rule.deny == expected with input as inputs.both
}

test_reports_secret_beside_saml_signing if {
	expected := {{"at": "/passwordCredentials/0", "kind": "secret", "name": "deploy"}}
	rule.deny == expected with input as inputs.secret_beside_saml_signing
}

test_reports_signing_without_saml if {
	expected := {{"at": "/keyCredentials/0", "kind": "certificate", "name": "CN=shop"}}
	rule.deny == expected with input as inputs.signing_without_saml
}

test_reports_where_the_type_is_unknown if {
	expected := {{"at": "/passwordCredentials/0", "kind": "secret", "name": "deploy"}}
	rule.deny == expected with input as inputs.type_unknown
}

test_allows_saml_signing if {
	rule.deny == set() with input as inputs.saml_signing
}

test_allows_signing_without_ids if {
	rule.deny == set() with input as inputs.signing_without_ids
}

test_leaves_managed_identities_alone if {
	rule.deny == set() with input as inputs.managed_identity
}

test_leaves_microsoft_to_another_rule if {
	rule.deny == set() with input as inputs.first_party
}

test_allows_none if {
	rule.deny == set() with input as inputs.none
}
