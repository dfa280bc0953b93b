package zerotrust.assume_breach.no_owner_test

import data.zerotrust.assume_breach.no_owner as rule
import data.zerotrust.testing
import data.zerotrust.testing.service_principal as principals

inputs := {
	"principal": principals.service_principal({"owners": []}),
	"principal_with_owner": principals.service_principal({"owners": [testing.owner(0, {})]}),
	"foreign_principal": principals.foreign({"owners": []}),
	"managed_identity": principals.managed_identity({"owners": []}),
	"first_party_principal": principals.first_party({"owners": []}),
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

test_reports_service_principal if {
	expected := {{"at": "service_principal.owners"}}
	rule.deny == expected with input as inputs.principal
}

test_allows_service_principal_with_owner if {
	rule.deny == set() with input as inputs.principal_with_owner
}

test_leaves_foreign_alone if {
	rule.deny == set() with input as inputs.foreign_principal
}

test_leaves_managed_identities_alone if {
	rule.deny == set() with input as inputs.managed_identity
}

test_leaves_microsoft_alone if {
	rule.deny == set() with input as inputs.first_party_principal
}
