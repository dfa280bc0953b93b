package zerotrust.verify_explicitly.password_single_sign_on_test

import data.zerotrust.testing.service_principal as principals
import data.zerotrust.verify_explicitly.password_single_sign_on as rule

inputs := {
	"password": principals.service_principal({"preferred_single_sign_on_mode": "password"}),
	"saml": principals.service_principal({"preferred_single_sign_on_mode": "saml"}),
	"oidc": principals.service_principal({"preferred_single_sign_on_mode": "oidc"}),
	"none": principals.service_principal({"preferred_single_sign_on_mode": ""}),
}

test_reports_password if {
	expected := {{"at": "service_principal.preferred_single_sign_on_mode", "mode": "password"}}
	rule.deny == expected with input as inputs.password
}

test_allows_saml if {
	rule.deny == set() with input as inputs.saml
}

test_allows_oidc if {
	rule.deny == set() with input as inputs.oidc
}

test_allows_none if {
	rule.deny == set() with input as inputs.none
}
