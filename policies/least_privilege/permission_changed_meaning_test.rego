package zerotrust.least_privilege.permission_changed_meaning_test

import data.zerotrust.least_privilege.permission_changed_meaning as rule
import data.zerotrust.testing
import data.zerotrust.testing.change as changes

_changed(old, new) := changes.change({
	"scopes": {"gained": [], "lost": [], "changed": [{"old": changes.old(old), "new": new}]},
	"app_roles": {"gained": [], "lost": [], "changed": []},
})

inputs := {
	"value": _changed(testing.scope(0, {}), testing.scope(0, {"value": "Orders.ReadWrite", "access": "write"})),
	"id": _changed(testing.scope(0, {}), testing.scope(1, {"id": "7d9f0c11-0000-4000-8000-000000000002"})),
	"role": changes.change({"app_roles": {"gained": [], "lost": [], "changed": [{
		"old": changes.old(testing.app_role(0, {})),
		"new": testing.app_role(0, {"value": "Orders.Manage.All"}),
	}]}}),
	"switched_off": _changed(testing.scope(0, {}), testing.scope(0, {"enabled": false})),
	"renamed_while_disabled": _changed(
		testing.scope(0, {"enabled": false}),
		testing.scope(0, {"enabled": false, "value": "Orders.List"}),
	),
	"consent": _changed(testing.scope(0, {"type": "User"}), testing.scope(0, {})),
	"value_unknown": _changed(testing.scope(0, {}), testing.scope(0, {"value": null, "type": "User"})),
	"enabled_unknown": _changed(
		testing.scope(0, {"enabled": null}),
		testing.scope(0, {"enabled": null, "value": "Orders.List"}),
	),
	"first_value": changes.change({"app_roles": {"gained": [], "lost": [], "changed": [{
		"old": changes.old(testing.app_role(0, {"value": ""})),
		"new": testing.app_role(0, {}),
	}]}}),
	"nothing": changes.change({}),
}

test_reports_another_value if {
	rule.deny == {{
		"at": "/api/oauth2PermissionScopes/0",
		"kind": "scope",
		"name": "Orders.Read",
		"id": "7d9f0c11-0000-4000-8000-000000000001",
		"change": "means `Orders.ReadWrite` now, under the same id",
	}} with input as inputs.value
}

test_reports_another_id if {
	rule.deny == {{
		"at": "/api/oauth2PermissionScopes/1",
		"kind": "scope",
		"name": "Orders.Read",
		"id": "7d9f0c11-0000-4000-8000-000000000001",
		"change": "has another id now, which nobody has consented to",
	}} with input as inputs.id
}

test_reports_a_role_without_the_scopes if {
	rule.deny == {{
		"at": "/appRoles/0",
		"kind": "role",
		"name": "Orders.Read.All",
		"id": "7d9f0c11-0000-4000-8000-000000000101",
		"change": "means `Orders.Manage.All` now, under the same id",
	}} with input as inputs.role
}

test_allows_what_does_not_change_the_meaning if {
	rule.deny == set() with input as inputs.switched_off
	rule.deny == set() with input as inputs.renamed_while_disabled
	rule.deny == set() with input as inputs.consent
	rule.deny == set() with input as inputs.value_unknown
	rule.deny == set() with input as inputs.enabled_unknown
	rule.deny == set() with input as inputs.first_value
	rule.deny == set() with input as inputs.nothing
}
