package zerotrust.assume_breach.owner_of_privileged_application_test

import data.zerotrust.assume_breach.owner_of_privileged_application as rule
import data.zerotrust.testing

_tier_zero(index, kind) := testing.permission(index, {
	"id": "9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8",
	"name": "RoleManagement.ReadWrite.Directory",
	"kind": kind,
	"privilege_level": 4,
	"tier": 0,
	"risk": "critical",
	"admin_consent": true,
	"access": "write",
	"read_sibling": "RoleManagement.Read.Directory",
})

_second := testing.permission(1, {
	"id": "1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9",
	"name": "Application.ReadWrite.All",
	"kind": "application",
	"privilege_level": 4,
	"tier": 0,
	"risk": "critical",
	"admin_consent": true,
	"access": "write",
	"read_sibling": "Application.Read.All",
})

_unknown_permission := testing.permission(0, {
	"id": "00000000-0000-4000-8000-00000000000f",
	"name": null,
	"kind": null,
	"known": null,
	"privilege_level": null,
	"admin_consent": null,
	"access": null,
	"delegated_sibling": null,
})

_only_id := {"type": null, "display_name": null, "guest": null, "account_enabled": null}

_facts(owners, permissions) := {"owners": owners, "permissions": permissions}

inputs := {
	"user": testing.application(_facts([testing.owner(0, {})], [_tier_zero(0, "application")])),
	"only_id": testing.application(_facts([testing.owner(0, _only_id)], [_tier_zero(0, "application")])),
	"several": testing.application(_facts(
		[
			testing.owner(0, {}),
			testing.owner(1, {"display_name": "Grace", "guest": true}),
			testing.owner(2, {"type": "service_principal", "display_name": "Deployment"}),
		],
		[_tier_zero(0, "application"), _second, testing.permission(2, {})],
	)),
	"application_owner": testing.application(_facts(
		[testing.owner(0, {"type": "service_principal"})],
		[_tier_zero(0, "application")],
	)),
	"delegated": testing.application(_facts([testing.owner(0, {})], [_tier_zero(0, "delegated")])),
	"ordinary_permission": testing.application(_facts([testing.owner(0, {})], [testing.permission(0, {})])),
	"unknown_permission": testing.application(_facts([testing.owner(0, {})], [_unknown_permission])),
	"no_owner": testing.application(_facts([], [_tier_zero(0, "application")])),
	"no_permission": testing.application(_facts([testing.owner(0, {})], [])),
}

_finding(index, name) := {
	"at": sprintf("/owners/%d", [index]),
	"name": name,
	"permissions": ["RoleManagement.ReadWrite.Directory"],
}

test_reports_user if {
	rule.deny == {_finding(0, "Ada")} with input as inputs.user
}

test_reports_owner_of_unknown_type if {
	rule.deny == {_finding(0, "a1b2c3d4-0000-4000-8000-000000000001")} with input as inputs.only_id
}

test_reports_each_user_with_all_permissions if {
	permissions := ["Application.ReadWrite.All", "RoleManagement.ReadWrite.Directory"]
	rule.deny == {
		{"at": "/owners/0", "name": "Ada", "permissions": permissions},
		{"at": "/owners/1", "name": "Grace", "permissions": permissions},
	} with input as inputs.several
}

test_leaves_applications_to_another_rule if {
	rule.deny == set() with input as inputs.application_owner
}

test_allows_delegated_permission if {
	rule.deny == set() with input as inputs.delegated
}

test_allows_ordinary_permission if {
	rule.deny == set() with input as inputs.ordinary_permission
}

test_does_not_guess_a_permission if {
	rule.deny == set() with input as inputs.unknown_permission
}

test_allows_no_owner if {
	rule.deny == set() with input as inputs.no_owner
}

test_allows_no_permission if {
	rule.deny == set() with input as inputs.no_permission
}
