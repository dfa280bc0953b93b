package zerotrust.verify_explicitly.client_capabilities_not_requested_test

import data.zerotrust.testing
import data.zerotrust.verify_explicitly.client_capabilities_not_requested as rule

inputs := {
	"missing": testing.application({
		"api": {"scopes": [testing.scope(0, {})]},
		"optional_claims": {
			"access_token": [testing.optional_claim("accessToken", 0, "idtyp")],
			"id_token": null,
			"saml2_token": null,
		},
	}),
	"empty": testing.application({
		"api": {"scopes": [testing.scope(0, {})]},
		"optional_claims": {
			"access_token": [],
			"id_token": [testing.optional_claim("idToken", 0, "xms_cc")],
			"saml2_token": null,
		},
	}),
	"enabled_unknown": testing.application({
		"api": {"scopes": [testing.scope(0, {"enabled": null})]},
		"optional_claims": {"access_token": [], "id_token": null, "saml2_token": null},
	}),
	"present": testing.application({
		"api": {"scopes": [testing.scope(0, {})]},
		"optional_claims": {
			"access_token": [
				testing.optional_claim("accessToken", 0, "idtyp"),
				testing.optional_claim("accessToken", 1, "xms_cc"),
			],
			"id_token": null,
			"saml2_token": null,
		},
	}),
	"no_scope": testing.application({
		"api": {"scopes": []},
		"app_roles": [testing.app_role(0, {})],
		"optional_claims": {"access_token": [], "id_token": null, "saml2_token": null},
	}),
	"disabled": testing.application({
		"api": {"scopes": [testing.scope(0, {"enabled": false})]},
		"optional_claims": {"access_token": [], "id_token": null, "saml2_token": null},
	}),
}

test_reports_missing_claim if {
	rule.deny == {{"at": "application.optional_claims.access_token"}} with input as inputs.missing
}

test_reports_claim_in_id_token_only if {
	rule.deny == {{"at": "application.optional_claims.access_token"}} with input as inputs.empty
}

test_reports_scope_of_unknown_state if {
	rule.deny == {{"at": "application.optional_claims.access_token"}} with input as inputs.enabled_unknown
}

test_allows_claim if {
	rule.deny == set() with input as inputs.present
}

test_allows_no_scope if {
	rule.deny == set() with input as inputs.no_scope
}

test_allows_disabled_scope if {
	rule.deny == set() with input as inputs.disabled
}
