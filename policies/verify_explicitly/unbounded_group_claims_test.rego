package zerotrust.verify_explicitly.unbounded_group_claims_test

import data.zerotrust.testing
import data.zerotrust.verify_explicitly.unbounded_group_claims as rule

inputs := {
	"all": testing.application({"group_claims": "All"}),
	"all_among_others": testing.application({"group_claims": "ApplicationGroup, All"}),
	"lower_case": testing.application({"group_claims": "all"}),
	"application_group": testing.application({"group_claims": "ApplicationGroup"}),
	"security_group": testing.application({"group_claims": "SecurityGroup, DirectoryRole"}),
	"none": testing.application({"group_claims": "None"}),
	"empty": testing.application({"group_claims": ""}),
}

test_reports_all if {
	rule.deny == {{"at": "application.group_claims", "groups": "All"}} with input as inputs.all
}

test_reports_all_among_others if {
	rule.deny == {
		{"at": "application.group_claims", "groups": "ApplicationGroup, All"},
	} with input as inputs.all_among_others
}

test_ignores_case if {
	rule.deny == {{"at": "application.group_claims", "groups": "all"}} with input as inputs.lower_case
}

test_allows_application_groups if {
	rule.deny == set() with input as inputs.application_group
}

test_allows_other_kinds if {
	rule.deny == set() with input as inputs.security_group
}

test_allows_none if {
	rule.deny == set() with input as inputs.none
}

test_allows_empty if {
	rule.deny == set() with input as inputs.empty
}
