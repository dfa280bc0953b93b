package zerotrust.verify_explicitly.authentication_context_not_requested_test

import data.zerotrust.testing
import data.zerotrust.verify_explicitly.authentication_context_not_requested as rule

inputs := {
	"web": testing.declared_application({"auth_contexts": ["c1", "c3"], "type": "web"}, {
		"optional_claims": {"access_token": [], "id_token": [], "saml2_token": null},
	}),
	"api": testing.declared_application({"auth_contexts": ["c1", "c3"], "type": "api"}, {
		"optional_claims": {"access_token": [], "id_token": [], "saml2_token": null},
		"redirect_uris": [testing.redirect_uri(0, {})],
	}),
	"scope": testing.declared_application({"auth_contexts": ["c1", "c3"]}, {
		"api": {"scopes": [testing.scope(0, {})]},
		"optional_claims": {
			"access_token": [testing.optional_claim("accessToken", 0, "xms_cc")],
			"id_token": [],
			"saml2_token": null,
		},
	}),
	"redirect": testing.declared_application({"auth_contexts": ["c1", "c3"]}, {
		"redirect_uris": [testing.redirect_uri(0, {})],
		"optional_claims": {"access_token": [], "id_token": [], "saml2_token": null},
	}),
	"both": testing.declared_application({"auth_contexts": ["c1", "c3"], "type": "spa"}, {
		"api": {"scopes": [testing.scope(0, {})]},
		"optional_claims": {"access_token": [], "id_token": [], "saml2_token": null},
	}),
	"one_missing": testing.declared_application({"auth_contexts": ["c1", "c3"], "type": "spa"}, {
		"api": {"scopes": [testing.scope(0, {})]},
		"optional_claims": {
			"access_token": [testing.optional_claim("accessToken", 0, "acrs")],
			"id_token": [],
			"saml2_token": null,
		},
	}),
	"present": testing.declared_application({"auth_contexts": ["c1", "c3"], "type": "web"}, {
		"api": {"scopes": [testing.scope(0, {})]},
		"optional_claims": {
			"access_token": [testing.optional_claim("accessToken", 0, "acrs")],
			"id_token": [testing.optional_claim("idToken", 0, "acrs")],
			"saml2_token": null,
		},
	}),
	"not_received": testing.declared_application({"auth_contexts": ["c1", "c3"], "type": "web"}, {
		"api": {"scopes": []},
		"optional_claims": {
			"access_token": [],
			"id_token": [testing.optional_claim("idToken", 0, "acrs")],
			"saml2_token": null,
		},
	}),
	"no_context": testing.declared_application({"auth_contexts": [], "type": "web"}, {
		"optional_claims": {"access_token": [], "id_token": [], "saml2_token": null},
	}),
	"daemon": testing.declared_application({"auth_contexts": ["c1", "c3"], "type": "daemon"}, {
		"redirect_uris": [testing.redirect_uri(0, {})],
		"optional_claims": {"access_token": [], "id_token": [], "saml2_token": null},
	}),
	"nothing_known": testing.declared_application({"auth_contexts": ["c1", "c3"]}, {
		"optional_claims": {"access_token": [], "id_token": [], "saml2_token": null},
	}),
}

test_reports_id_token_of_web_application if {
	rule.deny == {
		{"at": "application.optional_claims.id_token", "contexts": ["c1", "c3"], "token": "ID token"},
	} with input as inputs.web
}

test_reports_access_token_of_api if {
	rule.deny == {
		{"at": "application.optional_claims.access_token", "contexts": ["c1", "c3"], "token": "access token"},
	} with input as inputs.api
}

test_reports_access_token_where_scope_is_exposed if {
	rule.deny == {
		{"at": "application.optional_claims.access_token", "contexts": ["c1", "c3"], "token": "access token"},
	} with input as inputs.scope
}

test_reports_id_token_where_users_return if {
	rule.deny == {
		{"at": "application.optional_claims.id_token", "contexts": ["c1", "c3"], "token": "ID token"},
	} with input as inputs.redirect
}

test_reports_both_tokens if {
	rule.deny == {
		{"at": "application.optional_claims.access_token", "contexts": ["c1", "c3"], "token": "access token"},
		{"at": "application.optional_claims.id_token", "contexts": ["c1", "c3"], "token": "ID token"},
	} with input as inputs.both
}

test_reports_the_token_without_claim if {
	rule.deny == {
		{"at": "application.optional_claims.id_token", "contexts": ["c1", "c3"], "token": "ID token"},
	} with input as inputs.one_missing
}

test_allows_claim if {
	rule.deny == set() with input as inputs.present
}

test_allows_token_that_is_not_received if {
	rule.deny == set() with input as inputs.not_received
}

test_allows_no_context if {
	rule.deny == set() with input as inputs.no_context
}

test_allows_daemon if {
	rule.deny == set() with input as inputs.daemon
}

test_needs_sign_of_a_token if {
	rule.deny == set() with input as inputs.nothing_known
}
