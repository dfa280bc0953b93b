package zerotrust.least_privilege.tenant_takeover_in_token_test

import data.zerotrust.least_privilege.tenant_takeover_in_token as rule
import data.zerotrust.testing.token as tokens

_graph(permissions) := tokens.token(object.union(tokens.for_graph, {"permissions": permissions}))

_write(claim, name, tier) := tokens.permission(claim, name, {"access": "write", "tier": tier})

inputs := {
	"role": _graph([_write("roles", "RoleManagement.ReadWrite.Directory", 0)]),
	"scope": _graph([
		tokens.permission("scp", "User.Read", {}),
		_write("scp", "Directory.ReadWrite.All", 0),
	]),
	"others": _graph([tokens.permission("scp", "User.Read", {}), _write("scp", "Mail.ReadWrite", null)]),
	"own_api": tokens.app_only({
		"roles": ["Directory.ReadWrite.All"],
		"permissions": [_write("roles", "Directory.ReadWrite.All", null)],
	}),
}

test_reports_a_role if {
	expected := {{
		"at": "token.claims.roles",
		"permission": "RoleManagement.ReadWrite.Directory",
		"claim": "roles",
	}}
	rule.deny == expected with input as inputs.role
}

test_reports_a_scope if {
	expected := {{
		"at": "token.claims.scp",
		"permission": "Directory.ReadWrite.All",
		"claim": "scp",
	}}
	rule.deny == expected with input as inputs.scope
}

test_allows_others if {
	rule.deny == set() with input as inputs.others
}

test_allows_the_same_name_in_an_own_api if {
	rule.deny == set() with input as inputs.own_api
}
