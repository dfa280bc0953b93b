package zerotrust.verify_explicitly.app_proxy_passthrough_test

import data.zerotrust.testing
import data.zerotrust.verify_explicitly.app_proxy_passthrough as rule

inputs := {
	"passthrough": testing.application({
		"on_premises_publishing": {"external_authentication_type": "passthru", "at": "/onPremisesPublishing"},
	}),
	"new_value": testing.application({
		"on_premises_publishing": {
			"external_authentication_type": "unknownFutureValue",
			"at": "/onPremisesPublishing",
		},
	}),
	"pre_authentication": testing.application({
		"on_premises_publishing": {
			"external_authentication_type": "aadPreAuthentication",
			"at": "/onPremisesPublishing",
		},
	}),
	"other_case": testing.application({
		"on_premises_publishing": {
			"external_authentication_type": "AadPreAuthentication",
			"at": "/onPremisesPublishing",
		},
	}),
	"empty": testing.application({
		"on_premises_publishing": {"external_authentication_type": "", "at": "/onPremisesPublishing"},
	}),
	"type_unknown": testing.application({
		"on_premises_publishing": {"external_authentication_type": null, "at": "/onPremisesPublishing"},
	}),
	"not_collected": testing.application({}),
}

test_reports_passthrough if {
	rule.deny == {
		{"at": "application.on_premises_publishing.external_authentication_type", "mode": "passthru"},
	} with input as inputs.passthrough
}

test_reports_values_to_come if {
	rule.deny == {
		{"at": "application.on_premises_publishing.external_authentication_type", "mode": "unknownFutureValue"},
	} with input as inputs.new_value
}

test_allows_pre_authentication if {
	rule.deny == set() with input as inputs.pre_authentication
}

test_ignores_case if {
	rule.deny == set() with input as inputs.other_case
}

test_allows_no_proxy if {
	rule.deny == set() with input as inputs.empty
}

test_needs_type if {
	rule.deny == set() with input as inputs.type_unknown
}

test_needs_proxy if {
	rule.deny == set() with input as inputs.not_collected
}
