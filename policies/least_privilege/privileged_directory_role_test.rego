package zerotrust.least_privilege.privileged_directory_role_test

import data.zerotrust.least_privilege.privileged_directory_role as rule
import data.zerotrust.testing
import data.zerotrust.testing.service_principal as principals

inputs := {
	"privileged": principals.service_principal({"role_assignments": [principals.role_assignment(0, {})]}),
	"limited": principals.service_principal({"role_assignments": [principals.role_assignment(
		0,
		{"scope": "/administrativeUnits/3f2504e0"},
	)]}),
	"scope_unknown": principals.service_principal({"role_assignments": [principals.role_assignment(
		0,
		{"scope": null},
	)]}),
	"secret": principals.service_principal({
		"role_assignments": [principals.role_assignment(0, {})],
		"credentials": [testing.secret(0, {})],
	}),
	"expired_secret": principals.service_principal({
		"role_assignments": [principals.role_assignment(0, {})],
		"credentials": [testing.secret(0, {"days_left": -1})],
	}),
	"certificate": principals.service_principal({
		"role_assignments": [principals.role_assignment(0, {})],
		"credentials": [testing.certificate(0, {})],
	}),
	"secret_on_registration": principals.service_principal({
		"role_assignments": [principals.role_assignment(0, {})],
		"registration": principals.registration({"has_secret": true}),
	}),
	"registration_without_secret": principals.service_principal({
		"role_assignments": [principals.role_assignment(0, {})],
		"registration": principals.registration({}),
	}),
	"directory_readers": principals.service_principal({"role_assignments": [principals.role_assignment(
		0,
		{"role_definition_id": "88d8e3e3-8f55-4a1e-953a-9b9898b8876b"},
	)]}),
	"role_unknown": principals.service_principal({"role_assignments": [principals.role_assignment(
		0,
		{"role_definition_id": null},
	)]}),
	"managed_identity": principals.managed_identity({"role_assignments": [principals.role_assignment(0, {})]}),
	"first_party": principals.first_party({"role_assignments": [principals.role_assignment(0, {})]}),
	"none": principals.service_principal({"role_assignments": []}),
}

test_reports_privileged if {
	expected := {{"at": "/value/0/roleAssignments/0", "role": "Application Administrator", "scope": "/"}}
	rule.deny == expected with input as inputs.privileged
}

test_reports_limited if {
	expected := {{
		"at": "/value/0/roleAssignments/0",
		"role": "Application Administrator",
		"scope": "/administrativeUnits/3f2504e0",
	}}
	rule.deny == expected with input as inputs.limited
}

test_reports_unknown_scope if {
	expected := {{"at": "/value/0/roleAssignments/0", "role": "Application Administrator", "scope": "/"}}
	rule.deny == expected with input as inputs.scope_unknown
}

test_reports_secret_as_critical if {
	expected := {{
		"at": "/value/0/roleAssignments/0",
		"role": "Application Administrator",
		"scope": "/",
		"severity": "critical",
	}}
	rule.deny == expected with input as inputs.secret
}

test_reports_secret_on_registration_as_critical if {
	expected := {{
		"at": "/value/0/roleAssignments/0",
		"role": "Application Administrator",
		"scope": "/",
		"severity": "critical",
	}}
	rule.deny == expected with input as inputs.secret_on_registration
}

test_reports_expired_secret_as_high if {
	expected := {{"at": "/value/0/roleAssignments/0", "role": "Application Administrator", "scope": "/"}}
	rule.deny == expected with input as inputs.expired_secret
}

test_reports_certificate_as_high if {
	expected := {{"at": "/value/0/roleAssignments/0", "role": "Application Administrator", "scope": "/"}}
	rule.deny == expected with input as inputs.certificate
}

test_reports_registration_without_secret_as_high if {
	expected := {{"at": "/value/0/roleAssignments/0", "role": "Application Administrator", "scope": "/"}}
	rule.deny == expected with input as inputs.registration_without_secret
}

test_reports_managed_identity if {
	expected := {{"at": "/value/0/roleAssignments/0", "role": "Application Administrator", "scope": "/"}}
	rule.deny == expected with input as inputs.managed_identity
}

test_allows_directory_readers if {
	rule.deny == set() with input as inputs.directory_readers
}

test_skips_unknown_role if {
	rule.deny == set() with input as inputs.role_unknown
}

test_leaves_microsoft_alone if {
	rule.deny == set() with input as inputs.first_party
}

test_allows_none if {
	rule.deny == set() with input as inputs.none
}
