package zerotrust.least_privilege.permission_removed_test

import data.zerotrust.least_privilege.permission_removed as rule
import data.zerotrust.testing
import data.zerotrust.testing.change as changes

_lost(scopes, roles) := changes.change({
	"scopes": {"gained": [], "lost": scopes, "changed": []},
	"app_roles": {"gained": [], "lost": roles, "changed": []},
})

inputs := {
	"both": _lost([changes.old(testing.scope(0, {}))], [changes.old(testing.app_role(0, {}))]),
	"roles_alone": changes.change({"app_roles": {
		"gained": null,
		"lost": [changes.old(testing.app_role(0, {}))],
		"changed": [],
	}}),
	"disabled_before": _lost([changes.old(testing.scope(0, {"enabled": false}))], []),
	"enabled_unknown": _lost([changes.old(testing.scope(0, {"enabled": null}))], []),
	"added": changes.change({"scopes": {"gained": [testing.scope(0, {})], "lost": [], "changed": []}}),
	"nothing": changes.change({}),
}

_role := {
	"at": "1#/appRoles/0",
	"kind": "role",
	"name": "Orders.Read.All",
	"id": "7d9f0c11-0000-4000-8000-000000000101",
}

test_reports_scope_and_role if {
	scope := {
		"at": "1#/api/oauth2PermissionScopes/0",
		"kind": "scope",
		"name": "Orders.Read",
		"id": "7d9f0c11-0000-4000-8000-000000000001",
	}
	rule.deny == {scope, _role} with input as inputs.both
}

test_reports_without_the_scopes if {
	rule.deny == {_role} with input as inputs.roles_alone
}

test_allows_what_was_disabled_before if {
	rule.deny == set() with input as inputs.disabled_before
}

test_allows_unknown_state if {
	rule.deny == set() with input as inputs.enabled_unknown
}

test_allows_additions if {
	rule.deny == set() with input as inputs.added
}

test_allows_nothing if {
	rule.deny == set() with input as inputs.nothing
}
