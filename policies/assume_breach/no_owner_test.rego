package zerotrust.assume_breach.no_owner_test

import data.zerotrust.assume_breach.no_owner as rule
import data.zerotrust.testing

inputs := {
	"none": testing.application({"owners": []}),
	"one": testing.application({"owners": [testing.owner(0, {})]}),
	"only_id": testing.application({"owners": [testing.owner(0, {
		"type": null,
		"display_name": null,
		"guest": null,
		"account_enabled": null,
	})]}),
}

test_reports_no_owner if {
	rule.deny == {{"at": "application.owners"}} with input as inputs.none
}

test_allows_one if {
	rule.deny == set() with input as inputs.one
}

test_allows_owner_known_by_id_only if {
	rule.deny == set() with input as inputs.only_id
}
