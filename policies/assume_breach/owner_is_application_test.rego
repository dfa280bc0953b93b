package zerotrust.assume_breach.owner_is_application_test

import data.zerotrust.assume_breach.owner_is_application as rule
import data.zerotrust.testing

_deployment := {"type": "service_principal", "display_name": "Deployment"}

inputs := {
	"application": testing.application({"owners": [testing.owner(0, _deployment)]}),
	"unnamed": testing.application({"owners": [testing.owner(0, {
		"type": "service_principal",
		"display_name": null,
		"guest": null,
		"account_enabled": null,
	})]}),
	"several": testing.application({"owners": [
		testing.owner(0, {}),
		testing.owner(1, _deployment),
		testing.owner(2, {"type": null, "display_name": null, "guest": null, "account_enabled": null}),
		testing.owner(3, {"type": "service_principal", "display_name": "Provisioning"}),
	]}),
	"user": testing.application({"owners": [testing.owner(0, {})]}),
	"other": testing.application({"owners": [testing.owner(0, {"type": "other"})]}),
	"unknown": testing.application({"owners": [testing.owner(0, {"type": null})]}),
	"none": testing.application({"owners": []}),
}

test_reports_application if {
	rule.deny == {{"at": "/owners/0", "name": "Deployment"}} with input as inputs.application
}

test_names_the_id_of_an_unnamed_one if {
	finding := {"at": "/owners/0", "name": "a1b2c3d4-0000-4000-8000-000000000001"}
	rule.deny == {finding} with input as inputs.unnamed
}

test_reports_each_application if {
	rule.deny == {
		{"at": "/owners/1", "name": "Deployment"},
		{"at": "/owners/3", "name": "Provisioning"},
	} with input as inputs.several
}

test_allows_user if {
	rule.deny == set() with input as inputs.user
}

test_allows_other_kind if {
	rule.deny == set() with input as inputs.other
}

test_does_not_guess if {
	rule.deny == set() with input as inputs.unknown
}

test_allows_none if {
	rule.deny == set() with input as inputs.none
}
