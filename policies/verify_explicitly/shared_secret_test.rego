package zerotrust.verify_explicitly.shared_secret_test

import data.zerotrust.testing
import data.zerotrust.verify_explicitly.shared_secret as rule

inputs := {
	"live": testing.application({"credentials": [testing.secret(0, {})]}),
	"two": testing.application({
		"credentials": [
			testing.secret(0, {}),
			testing.secret(1, {"name": "backup"}),
			testing.certificate(0, {}),
		],
	}),
	"last_day": testing.application({
		"credentials": [testing.secret(0, {
			"end": "2026-11-23T12:00:00Z",
			"lifetime_days": 53,
			"days_left": 0,
		})],
	}),
	"never_expires": testing.application({
		"credentials": [testing.secret(0, {"end": "", "lifetime_days": null, "days_left": null})],
	}),
	"unnamed": testing.application({"credentials": [testing.secret(0, {"name": null})]}),
	"expired": testing.application({
		"credentials": [testing.secret(0, {
			"end": "2026-11-22T12:00:00Z",
			"lifetime_days": 52,
			"days_left": -1,
		})],
	}),
	"unknown_end": testing.application({
		"credentials": [
			testing.secret(0, {"end": null, "lifetime_days": null, "days_left": null}),
			testing.secret(1, {}),
		],
	}),
	"certificate": testing.application({"credentials": [testing.certificate(0, {})]}),
	"federated": testing.application({
		"credentials": [],
		"federated_credentials": [testing.federated_credential(0, {})],
	}),
}

test_reports_live_secret if {
	rule.deny == {{"at": "/passwordCredentials/0", "name": "deploy"}} with input as inputs.live
}

test_reports_each_secret if {
	rule.deny == {
		{"at": "/passwordCredentials/0", "name": "deploy"},
		{"at": "/passwordCredentials/1", "name": "backup"},
	} with input as inputs.two
}

test_reports_secret_on_its_last_day if {
	rule.deny == {{"at": "/passwordCredentials/0", "name": "deploy"}} with input as inputs.last_day
}

test_reports_secret_without_end if {
	rule.deny == {{"at": "/passwordCredentials/0", "name": "deploy"}} with input as inputs.never_expires
}

test_names_secret_by_id if {
	rule.deny == {
		{"at": "/passwordCredentials/0", "name": "5c8a1f0e-0000-4000-8000-000000000001"},
	} with input as inputs.unnamed
}

test_allows_expired_secret if {
	rule.deny == set() with input as inputs.expired
}

test_skips_secret_of_unknown_end if {
	rule.deny == {{"at": "/passwordCredentials/1", "name": "deploy"}} with input as inputs.unknown_end
}

test_allows_certificate if {
	rule.deny == set() with input as inputs.certificate
}

test_allows_federated_credential if {
	rule.deny == set() with input as inputs.federated
}
