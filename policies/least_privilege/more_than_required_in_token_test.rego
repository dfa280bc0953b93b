package zerotrust.least_privilege.more_than_required_in_token_test

import data.zerotrust.least_privilege.more_than_required_in_token as rule
import data.zerotrust.testing.token as tokens

ztvet := {"tokens": {"required_permissions": ["Orders.Read", "Orders.Read.All"]}}

_write_required := {"tokens": {"required_permissions": ["Orders.ReadWrite"]}}

_nothing_required := {"tokens": {"required_permissions": []}}

_read := tokens.permission("scp", "Orders.Read", {})

_write := tokens.permission("scp", "Orders.ReadWrite", {"access": "write"})

_scopes(permissions) := tokens.token({"permissions": permissions})

inputs := {
	"write": _scopes([_read, _write]),
	"full": _scopes([_read, tokens.permission("scp", "user_impersonation", {"access": "full"})]),
	"role": tokens.app_only({"permissions": [tokens.permission("roles", "Orders.Write.All", {"access": "write"})]}),
	"exact": _scopes([_read]),
	"more_to_read": _scopes([_read, tokens.permission("scp", "Customers.Read", {})]),
	"other": _scopes([_read, tokens.permission("roles", "Auditor", {"access": "other"})]),
	"only_write": _scopes([_write]),
}

test_reports_write if {
	expected := {{
		"at": "token.claims.scp",
		"permission": "Orders.ReadWrite",
		"claim": "scp",
		"access": "write",
	}}
	rule.deny == expected with input as inputs.write with data.ztvet as ztvet
}

test_reports_full if {
	expected := {{
		"at": "token.claims.scp",
		"permission": "user_impersonation",
		"claim": "scp",
		"access": "full",
	}}
	rule.deny == expected with input as inputs.full with data.ztvet as ztvet
}

test_reports_a_role if {
	expected := {{
		"at": "token.claims.roles",
		"permission": "Orders.Write.All",
		"claim": "roles",
		"access": "write",
	}}
	rule.deny == expected with input as inputs.role with data.ztvet as ztvet
}

test_reports_any_where_none_is_required if {
	count(rule.deny) == 1 with input as inputs.only_write with data.ztvet as _nothing_required
}

test_allows_exactly_the_required if {
	rule.deny == set() with input as inputs.exact with data.ztvet as ztvet
	rule.deny == set() with input as inputs.only_write with data.ztvet as _write_required
}

test_allows_more_to_read if {
	rule.deny == set() with input as inputs.more_to_read with data.ztvet as ztvet
}

test_allows_names_that_say_nothing_of_writing if {
	rule.deny == set() with input as inputs.other with data.ztvet as ztvet
}
