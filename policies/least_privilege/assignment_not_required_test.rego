package zerotrust.least_privilege.assignment_not_required_test

import data.zerotrust.least_privilege.assignment_not_required as rule
import data.zerotrust.testing.service_principal as principals

inputs := {
	"open": principals.service_principal({"app_role_assignment_required": false}),
	"required": principals.service_principal({"app_role_assignment_required": true}),
	"disabled": principals.service_principal({"app_role_assignment_required": false, "account_enabled": false}),
	"account_unknown": principals.service_principal({"app_role_assignment_required": false, "account_enabled": null}),
	"foreign": principals.foreign({"app_role_assignment_required": false}),
	"managed_identity": principals.managed_identity({"app_role_assignment_required": false}),
	"first_party": principals.first_party({"app_role_assignment_required": false}),
}

test_reports_open if {
	expected := {{"at": "service_principal.app_role_assignment_required", "name": "Shop"}}
	rule.deny == expected with input as inputs.open
}

test_reports_open_where_the_account_is_unknown if {
	expected := {{"at": "service_principal.app_role_assignment_required", "name": "Shop"}}
	rule.deny == expected with input as inputs.account_unknown
}

test_allows_required if {
	rule.deny == set() with input as inputs.required
}

test_allows_what_nobody_can_sign_in_to if {
	rule.deny == set() with input as inputs.disabled
}

test_leaves_others_alone if {
	rule.deny == set() with input as inputs.foreign
}

test_leaves_managed_identities_alone if {
	rule.deny == set() with input as inputs.managed_identity
}

test_leaves_microsoft_alone if {
	rule.deny == set() with input as inputs.first_party
}
