package zerotrust.least_privilege.no_full_access_tier_test

import data.zerotrust.least_privilege.no_full_access_tier as rule
import data.zerotrust.testing

inputs := {
	"no_tier": _sensitive({"Orders": "Orders.ReadFull"}, [testing.scope(0, {})]),
	"declared_name": _sensitive({"Orders": "Orders.Everything"}, [testing.scope(0, {}), testing.scope(1, _full)]),
	"no_name_declared": _sensitive({"Orders": ""}, [testing.scope(0, {})]),
	"tier_disabled": _sensitive(
		{"Orders": "Orders.ReadFull"},
		[testing.scope(0, {}), testing.scope(1, object.union(_full, {"enabled": false}))],
	),
	"several": _sensitive(
		{"Orders": "Orders.ReadFull", "Invoices": "Invoices.ReadFull"},
		[testing.scope(0, {}), testing.scope(1, _invoices), testing.scope(2, _full)],
	),
	"with_constraint": _sensitive({"Orders": "Orders.ReadFull"}, [testing.scope(0, _all)]),
	"pair": _sensitive({"Orders": "Orders.ReadFull"}, [testing.scope(0, {}), testing.scope(1, _full)]),
	"pair_with_constraints": _sensitive(
		{"Orders": "Orders.ReadFull"},
		[testing.scope(0, _all), testing.scope(1, _full_all)],
	),
	"pair_of_declared_name": _sensitive(
		{"Orders": "Orders.Everything"},
		[testing.scope(0, {}), testing.scope(1, _everything)],
	),
	"pair_without_declared_name": _sensitive({"Orders": ""}, [testing.scope(0, {}), testing.scope(1, _full)]),
	"other_resource": _sensitive({"Invoices": "Invoices.ReadFull"}, [testing.scope(0, {})]),
	"write_alone": _sensitive({"Orders": "Orders.ReadFull"}, [testing.scope(0, _write)]),
	"read_disabled": _sensitive({"Orders": "Orders.ReadFull"}, [testing.scope(0, {"enabled": false})]),
	"enabled_unknown": _sensitive({"Orders": "Orders.ReadFull"}, [testing.scope(0, {"enabled": null})]),
	"tier_may_be_enabled": _sensitive(
		{"Orders": "Orders.ReadFull"},
		[testing.scope(0, {}), testing.scope(1, object.union(_full, {"enabled": null}))],
	),
	"value_unknown": _sensitive({"Orders": "Orders.ReadFull"}, [testing.scope(0, {}), testing.scope(1, _unknown)]),
	"nothing_sensitive": _sensitive({}, [testing.scope(0, {})]),
}

test_reports_read_without_tier if {
	rule.deny == {{
		"at": "/api/oauth2PermissionScopes/0",
		"scope": "Orders.Read",
		"resource": "Orders",
		"full": "Orders.ReadFull",
	}} with input as inputs.no_tier
}

test_reports_missing_declared_name if {
	{finding.full | some finding in rule.deny} == {"Orders.Everything"} with input as inputs.declared_name
}

test_expects_read_full_where_no_name_is_declared if {
	{finding.full | some finding in rule.deny} == {"Orders.ReadFull"} with input as inputs.no_name_declared
}

test_reports_where_the_tier_is_disabled if {
	count(rule.deny) == 1 with input as inputs.tier_disabled
}

test_reports_the_resource_without_tier if {
	{finding.scope | some finding in rule.deny} == {"Invoices.Read"} with input as inputs.several
}

test_reports_read_with_constraint if {
	{finding.scope | some finding in rule.deny} == {"Orders.Read.All"} with input as inputs.with_constraint
}

test_allows_pair if {
	rule.deny == set() with input as inputs.pair
}

test_allows_pair_with_constraints if {
	rule.deny == set() with input as inputs.pair_with_constraints
}

test_allows_pair_of_declared_name if {
	rule.deny == set() with input as inputs.pair_of_declared_name
}

test_allows_pair_without_declared_name if {
	rule.deny == set() with input as inputs.pair_without_declared_name
}

test_allows_resource_that_is_not_sensitive if {
	rule.deny == set() with input as inputs.other_resource
}

test_allows_resource_that_no_scope_reads if {
	rule.deny == set() with input as inputs.write_alone
}

test_allows_disabled_read if {
	rule.deny == set() with input as inputs.read_disabled
}

test_is_silent_where_enabled_is_unknown if {
	rule.deny == set() with input as inputs.enabled_unknown
}

test_is_silent_where_the_tier_may_be_enabled if {
	rule.deny == set() with input as inputs.tier_may_be_enabled
}

test_is_silent_where_a_value_is_unknown if {
	rule.deny == set() with input as inputs.value_unknown
}

test_allows_nothing_sensitive if {
	rule.deny == set() with input as inputs.nothing_sensitive
}

_sensitive(resources, scopes) := testing.declared_application({"sensitive": resources}, {"api": {"scopes": scopes}})

_full := {
	"value": "Orders.ReadFull",
	"resource": "Orders",
	"operation": "ReadFull",
	"constraint": "",
	"access": "read",
}

_full_all := {
	"value": "Orders.ReadFull.All",
	"resource": "Orders",
	"operation": "ReadFull",
	"constraint": "All",
	"access": "read",
}

_all := {
	"value": "Orders.Read.All",
	"resource": "Orders",
	"operation": "Read",
	"constraint": "All",
	"access": "read",
}

_invoices := {
	"value": "Invoices.Read",
	"resource": "Invoices",
	"operation": "Read",
	"constraint": "",
	"access": "read",
}

_everything := {
	"value": "Orders.Everything",
	"resource": "Orders",
	"operation": "Everything",
	"constraint": "",
	"access": "other",
}

_write := {
	"value": "Orders.ReadWrite",
	"resource": "Orders",
	"operation": "ReadWrite",
	"constraint": "",
	"access": "write",
}

_unknown := {
	"value": null,
	"resource": null,
	"operation": null,
	"constraint": null,
	"access": "other",
}
