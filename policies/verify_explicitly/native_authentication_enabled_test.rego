package zerotrust.verify_explicitly.native_authentication_enabled_test

import data.zerotrust.testing
import data.zerotrust.verify_explicitly.native_authentication_enabled as rule

inputs := {
	"all": testing.application({"native_authentication": "all"}),
	"new_value": testing.application({"native_authentication": "email"}),
	"none": testing.application({"native_authentication": "none"}),
	"none_in_capitals": testing.application({"native_authentication": "None"}),
	"empty": testing.application({"native_authentication": ""}),
}

test_reports_native_authentication if {
	rule.deny == {{"at": "application.native_authentication", "mode": "all"}} with input as inputs.all
}

test_reports_values_to_come if {
	rule.deny == {{"at": "application.native_authentication", "mode": "email"}} with input as inputs.new_value
}

test_allows_none if {
	rule.deny == set() with input as inputs.none
}

test_ignores_case if {
	rule.deny == set() with input as inputs.none_in_capitals
}

test_allows_empty if {
	rule.deny == set() with input as inputs.empty
}
