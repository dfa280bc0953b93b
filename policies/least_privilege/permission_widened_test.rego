package zerotrust.least_privilege.permission_widened_test

import data.zerotrust.least_privilege.permission_widened as rule
import data.zerotrust.testing
import data.zerotrust.testing.change as changes

_scope(old, new) := changes.change({"scopes": {"gained": [], "lost": [], "changed": [{
	"old": changes.old(testing.scope(0, old)),
	"new": testing.scope(0, new),
}]}})

_role(old, new) := changes.change({"app_roles": {"gained": [], "lost": [], "changed": [{
	"old": changes.old(testing.app_role(0, old)),
	"new": testing.app_role(0, new),
}]}})

inputs := {
	"consent": _scope({"type": "Admin"}, {"type": "User"}),
	"members": _role(
		{"allowed_member_types": ["Application"]},
		{"allowed_member_types": ["User", "Application"]},
	),
	"access": _scope({}, {"value": "Orders.ReadWrite", "access": "write"}),
	"narrower_consent": _scope({"type": "User"}, {"type": "Admin"}),
	"fewer_members": _role(
		{"allowed_member_types": ["User", "Application"]},
		{"allowed_member_types": ["Application"]},
	),
	"members_unknown": _role({"allowed_member_types": null}, {"allowed_member_types": ["User"]}),
	"write_to_read": _scope({"value": "Orders.ReadWrite", "access": "write"}, {}),
	"another_id": _scope(
		{"id": "7d9f0c11-0000-4000-8000-000000000009"},
		{"value": "Orders.ReadWrite", "access": "write"},
	),
	"disabled": _scope({"type": "Admin"}, {"type": "User", "enabled": false}),
	"nothing": changes.change({}),
}

test_reports_consent_of_users if {
	rule.deny == {{
		"at": "/api/oauth2PermissionScopes/0",
		"kind": "scope",
		"name": "Orders.Read",
		"id": "7d9f0c11-0000-4000-8000-000000000001",
		"change": "can be consented to by users, where an administrator had to",
	}} with input as inputs.consent
}

test_reports_more_members if {
	rule.deny == {{
		"at": "/appRoles/0",
		"kind": "role",
		"name": "Orders.Read.All",
		"id": "7d9f0c11-0000-4000-8000-000000000101",
		"change": "is open to `User` as well",
	}} with input as inputs.members
}

test_reports_more_access if {
	rule.deny == {{
		"at": "/api/oauth2PermissionScopes/0",
		"kind": "scope",
		"name": "Orders.ReadWrite",
		"id": "7d9f0c11-0000-4000-8000-000000000001",
		"change": "gives write access, where the same id gave read access",
	}} with input as inputs.access
}

test_allows_what_is_not_wider if {
	rule.deny == set() with input as inputs.narrower_consent
	rule.deny == set() with input as inputs.fewer_members
	rule.deny == set() with input as inputs.members_unknown
	rule.deny == set() with input as inputs.write_to_read
	rule.deny == set() with input as inputs.another_id
	rule.deny == set() with input as inputs.disabled
	rule.deny == set() with input as inputs.nothing
}
