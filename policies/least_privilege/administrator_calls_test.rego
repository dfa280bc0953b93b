package zerotrust.least_privilege.administrator_calls_test

import data.zerotrust.least_privilege.administrator_calls as rule
import data.zerotrust.testing.token as tokens

_global_administrator := "62e90394-69f5-4237-9190-012177145e10"

_with(wids) := tokens.token({"claims": {"wids": wids}})

inputs := {
	"global_administrator": _with([_global_administrator, "b79fbf4d-3ef9-4689-8143-76b194e85509"]),
	"capitals": _with([upper(_global_administrator)]),
	"text": _with(_global_administrator),
	"several": _with([_global_administrator, "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3"]),
	"uri": tokens.token({
		"claims": {"wids": [_global_administrator]},
		"audience": ["api://orders"],
		"resource": {"app_id": null},
	}),
	"user": _with(["b79fbf4d-3ef9-4689-8143-76b194e85509"]),
	"app_only": tokens.app_only({"claims": {"wids": ["0997a1d0-0d1d-4acb-b408-d5ca73121e90"]}}),
	"reader": _with(["88d8e3e3-8f55-4a1e-953a-9b9898b8876b"]),
	"malformed": _with([62, null, {"id": _global_administrator}]),
	"missing": tokens.token({}),
	"graph": tokens.token(object.union(tokens.for_graph, {"claims": {"wids": [_global_administrator]}})),
}

test_reports_a_global_administrator if {
	expected := {{
		"at": "token.claims.wids",
		"role": "Global Administrator",
		"role_id": "62e90394-69f5-4237-9190-012177145e10",
	}}
	rule.deny == expected with input as inputs.global_administrator
	rule.deny == expected with input as inputs.capitals
	rule.deny == expected with input as inputs.text
	rule.deny == expected with input as inputs.uri
}

test_reports_each_role if {
	roles := {finding.role | some finding in rule.deny} with input as inputs.several
	roles == {"Global Administrator", "Application Administrator"}
}

test_allows_users if {
	rule.deny == set() with input as inputs.user
	rule.deny == set() with input as inputs.missing
	rule.deny == set() with input as inputs.malformed
}

test_allows_the_mark_of_applications if {
	rule.deny == set() with input as inputs.app_only
}

test_allows_roles_without_power if {
	rule.deny == set() with input as inputs.reader
}

test_allows_a_service_of_microsofts if {
	rule.deny == set() with input as inputs.graph
}
