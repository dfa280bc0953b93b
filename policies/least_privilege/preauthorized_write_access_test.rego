package zerotrust.least_privilege.preauthorized_write_access_test

import data.zerotrust.least_privilege.preauthorized_write_access as rule
import data.zerotrust.testing

ztvet := {"parameters": {"LP-201": {"catch_alls": [
	"user_impersonation",
	"access_as_user",
	"full_access",
	".default",
	"*",
	"all",
]}}}

inputs := {
	"write": testing.application(_api([_client(0, _portal, ["s-write"])])),
	"full": testing.application(_api([_client(0, _portal, ["s-control"])])),
	"impersonation": testing.application(_api([_client(0, _portal, ["s-full"])])),
	"catch_all": testing.application(_api([_client(0, _portal, ["s-all"])])),
	"several_scopes": testing.application(_api([_client(0, _portal, ["s-read", "s-full", "s-write"])])),
	"several_clients": testing.application(_api([
		_client(0, _portal, ["s-write"]),
		_client(1, _mobile, ["s-read"]),
		_client(2, _desktop, ["s-full"]),
	])),
	"other_client_declared": testing.declared_application(
		{"clients": [_mobile]},
		_api([_client(0, _portal, ["s-write"])]),
	),
	"clients_not_declared": testing.declared_application({"type": "api"}, _api([_client(0, _portal, ["s-write"])])),
	"read": testing.application(_api([_client(0, _portal, ["s-read"])])),
	"declared_client": testing.declared_application({"clients": [_portal]}, _api([_client(0, _portal, ["s-write"])])),
	"disabled": testing.application(_api([_client(0, _portal, ["s-disabled"])])),
	"no_scope": testing.application(_api([_client(0, _portal, [])])),
	"foreign_scope": testing.application(_api([_client(0, _portal, ["s-elsewhere"])])),
	"unknown": testing.application(_api([
		_client(0, null, ["s-write"]),
		_client(1, _portal, ["s-unknown", "s-unnamed"]),
	])),
	"no_client": testing.application(_api([])),
}

test_reports_write if {
	expected := {{
		"at": "/api/preAuthorizedApplications/0",
		"client": _portal,
		"scopes": ["Orders.ReadWrite"],
	}}
	rule.deny == expected with input as inputs.write with data.ztvet as ztvet
}

test_reports_full if {
	_scopes == {"Orders.FullControl"} with input as inputs.full with data.ztvet as ztvet
}

test_reports_impersonation if {
	_scopes == {"access_as_user"} with input as inputs.impersonation with data.ztvet as ztvet
}

test_reports_catch_all if {
	_scopes == {"all"} with input as inputs.catch_all with data.ztvet as ztvet
}

test_reports_client_once if {
	expected := {{
		"at": "/api/preAuthorizedApplications/0",
		"client": _portal,
		"scopes": ["Orders.ReadWrite", "access_as_user"],
	}}
	rule.deny == expected with input as inputs.several_scopes with data.ztvet as ztvet
}

test_reports_each_client if {
	{finding.at | some finding in rule.deny} == {
		"/api/preAuthorizedApplications/0",
		"/api/preAuthorizedApplications/2",
	} with input as inputs.several_clients with data.ztvet as ztvet
}

test_reports_where_another_client_is_declared if {
	count(rule.deny) == 1 with input as inputs.other_client_declared with data.ztvet as ztvet
}

test_reports_where_no_client_is_declared if {
	count(rule.deny) == 1 with input as inputs.clients_not_declared with data.ztvet as ztvet
}

test_allows_read if {
	rule.deny == set() with input as inputs.read with data.ztvet as ztvet
}

test_allows_declared_client if {
	rule.deny == set() with input as inputs.declared_client with data.ztvet as ztvet
}

test_allows_disabled_scope if {
	rule.deny == set() with input as inputs.disabled with data.ztvet as ztvet
}

test_allows_client_without_scope if {
	rule.deny == set() with input as inputs.no_scope with data.ztvet as ztvet
}

test_allows_scope_that_is_not_offered if {
	rule.deny == set() with input as inputs.foreign_scope with data.ztvet as ztvet
}

test_is_silent_on_unknown_members if {
	rule.deny == set() with input as inputs.unknown with data.ztvet as ztvet
}

test_is_silent_without_clients if {
	rule.deny == set() with input as inputs.no_client with data.ztvet as ztvet
}

_scopes contains name if {
	some finding in rule.deny
	some name in finding.scopes
}

_api(clients) := {"api": {"pre_authorized": clients, "scopes": [
	testing.scope(0, {"id": "s-read"}),
	testing.scope(1, object.union(_write, {"id": "s-write"})),
	testing.scope(2, object.union(_full, {"id": "s-full"})),
	testing.scope(3, object.union(_all, {"id": "s-all"})),
	testing.scope(4, object.union(_write, {"id": "s-disabled", "enabled": false})),
	testing.scope(5, object.union(_write, {"id": "s-unknown", "enabled": null})),
	testing.scope(6, object.union(_unknown, {"id": "s-unnamed"})),
	testing.scope(7, object.union(_write, {"id": null})),
	testing.scope(8, object.union(_control, {"id": "s-control"})),
]}}

_client(index, app_id, scopes) := {
	"app_id": app_id,
	"scopes": scopes,
	"at": sprintf("/api/preAuthorizedApplications/%d", [index]),
}

_portal := "9c2d1e0f-0000-4000-8000-000000000001"

_mobile := "9c2d1e0f-0000-4000-8000-000000000002"

_desktop := "9c2d1e0f-0000-4000-8000-000000000003"

_write := {
	"value": "Orders.ReadWrite",
	"resource": "Orders",
	"operation": "ReadWrite",
	"constraint": "",
	"access": "write",
}

_full := {
	"value": "access_as_user",
	"resource": null,
	"operation": null,
	"constraint": null,
	"access": "full",
}

_all := {
	"value": "all",
	"resource": null,
	"operation": null,
	"constraint": null,
	"access": "other",
}

_control := {
	"value": "Orders.FullControl",
	"resource": "Orders",
	"operation": "FullControl",
	"constraint": "",
	"access": "full",
}

_unknown := {
	"value": null,
	"resource": null,
	"operation": null,
	"constraint": null,
	"access": "other",
}
