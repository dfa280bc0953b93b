package zerotrust.least_privilege.users_register_applications_test

import data.zerotrust.least_privilege.users_register_applications as rule
import data.zerotrust.testing.tenant as testing

inputs := {
	"allowed": testing.tenant({"authorization": {"allowed_to_create_apps": true}}),
	"refused": testing.tenant({"authorization": {"allowed_to_create_apps": false}}),
}

test_reports_that_all_may if {
	expected := {{"at": "tenant.authorization.allowed_to_create_apps", "allowed": true}}
	rule.deny == expected with input as inputs.allowed
}

test_allows_that_only_some_may if {
	rule.deny == set() with input as inputs.refused
}
