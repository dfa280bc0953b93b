package zerotrust.least_privilege.required_permission_not_in_token_test

import data.zerotrust.least_privilege.required_permission_not_in_token as rule
import data.zerotrust.testing.token as tokens

ztvet := {"tokens": {"required_permissions": ["Orders.Read", "Orders.Read.All"]}}

_wider_allowed := {"tokens": {"required_permissions": ["Orders.Read", "Orders.ReadWrite"]}}

_nothing_required := {"tokens": {"required_permissions": []}}

_scope(name) := tokens.token({"permissions": [tokens.permission("scp", name, {})]})

inputs := {
	"none": tokens.token({"permissions": []}),
	"wider": _scope("Orders.ReadWrite"),
	"longer": _scope("Orders.Read.Shared"),
	"shorter": _scope("Orders"),
	"other_case": _scope("orders.read"),
	"scope": _scope("Orders.Read"),
	"role": tokens.app_only({}),
	"among_others": tokens.token({"permissions": [
		tokens.permission("scp", "Customers.Read", {}),
		tokens.permission("scp", "Orders.Read", {}),
	]}),
}

test_reports_none if {
	expected := {{"at": "token.claims", "required": ["Orders.Read", "Orders.Read.All"]}}
	rule.deny == expected with input as inputs.none with data.ztvet as ztvet
}

test_reports_what_only_resembles_it if {
	count(rule.deny) == 1 with input as inputs.wider with data.ztvet as ztvet
	count(rule.deny) == 1 with input as inputs.longer with data.ztvet as ztvet
	count(rule.deny) == 1 with input as inputs.shorter with data.ztvet as ztvet
	count(rule.deny) == 1 with input as inputs.other_case with data.ztvet as ztvet
}

test_allows_any_of_them if {
	rule.deny == set() with input as inputs.scope with data.ztvet as ztvet
	rule.deny == set() with input as inputs.role with data.ztvet as ztvet
	rule.deny == set() with input as inputs.among_others with data.ztvet as ztvet
}

test_allows_a_wider_one_that_is_named if {
	rule.deny == set() with input as inputs.wider with data.ztvet as _wider_allowed
}

test_allows_none_where_none_is_required if {
	rule.deny == set() with input as inputs.none with data.ztvet as _nothing_required
}
