package zerotrust.verify_explicitly.mutable_claim_as_identifier_test

import data.zerotrust.testing
import data.zerotrust.verify_explicitly.mutable_claim_as_identifier as rule

inputs := {
	"email": testing.declared_application({"authorizes_by": ["email"]}, {
		"optional_claims": {
			"access_token": [testing.optional_claim("accessToken", 0, "email")],
			"id_token": [
				testing.optional_claim("idToken", 0, "email"),
				testing.optional_claim("idToken", 1, "upn"),
			],
			"saml2_token": [],
		},
	}),
	"each_claim": testing.declared_application(
		{"authorizes_by": ["upn", "email", "preferred_username", "verified_primary_email", "oid"]},
		{
			"optional_claims": {
				"access_token": null,
				"id_token": [
					testing.optional_claim("idToken", 0, "upn"),
					testing.optional_claim("idToken", 1, "email"),
					testing.optional_claim("idToken", 2, "preferred_username"),
					testing.optional_claim("idToken", 3, "verified_primary_email"),
				],
				"saml2_token": null,
			},
		},
	),
	"saml": testing.declared_application({"authorizes_by": ["email"]}, {
		"optional_claims": {
			"access_token": [],
			"id_token": [],
			"saml2_token": [testing.optional_claim("saml2Token", 0, "email")],
		},
	}),
	"immutable": testing.declared_application({"authorizes_by": ["oid", "tid", "sub"]}, {
		"optional_claims": {
			"access_token": [],
			"id_token": [
				testing.optional_claim("idToken", 0, "email"),
				testing.optional_claim("idToken", 1, "upn"),
			],
			"saml2_token": [],
		},
	}),
	"other_claim": testing.declared_application({"authorizes_by": ["email"]}, {
		"optional_claims": {
			"access_token": [],
			"id_token": [
				testing.optional_claim("idToken", 0, "upn"),
				testing.optional_claim("idToken", 1, "verified_secondary_email"),
			],
			"saml2_token": [],
		},
	}),
	"stable_claim": testing.declared_application({"authorizes_by": ["sid"]}, {
		"optional_claims": {
			"access_token": [],
			"id_token": [testing.optional_claim("idToken", 0, "sid")],
			"saml2_token": [],
		},
	}),
	"not_collected": testing.declared_application({"authorizes_by": ["email"]}, {}),
}

test_reports_claim_in_each_token if {
	rule.deny == {
		{"at": "/optionalClaims/accessToken/0", "claim": "email", "token": "access token"},
		{"at": "/optionalClaims/idToken/0", "claim": "email", "token": "ID token"},
	} with input as inputs.email
}

test_reports_each_mutable_claim if {
	rule.deny == {
		{"at": "/optionalClaims/idToken/0", "claim": "upn", "token": "ID token"},
		{"at": "/optionalClaims/idToken/1", "claim": "email", "token": "ID token"},
		{"at": "/optionalClaims/idToken/2", "claim": "preferred_username", "token": "ID token"},
		{"at": "/optionalClaims/idToken/3", "claim": "verified_primary_email", "token": "ID token"},
	} with input as inputs.each_claim
}

test_reports_saml_token if {
	rule.deny == {
		{"at": "/optionalClaims/saml2Token/0", "claim": "email", "token": "SAML token"},
	} with input as inputs.saml
}

test_allows_immutable_identifiers if {
	rule.deny == set() with input as inputs.immutable
}

test_allows_claim_for_display if {
	rule.deny == set() with input as inputs.other_claim
}

test_allows_other_claims if {
	rule.deny == set() with input as inputs.stable_claim
}

test_needs_optional_claims if {
	rule.deny == set() with input as inputs.not_collected
}
