package zerotrust.least_privilege.avoidable_application_permission_test

import data.zerotrust.least_privilege.avoidable_application_permission as rule
import data.zerotrust.testing

inputs := {
	"web": testing.declared_application({"type": "web"}, {"permissions": [testing.permission(0, _mail)]}),
	"spa": testing.declared_application({"type": "spa"}, {"permissions": [testing.permission(0, _mail)]}),
	"mobile": testing.declared_application({"type": "mobile"}, {"permissions": [testing.permission(0, _mail)]}),
	"desktop": testing.declared_application({"type": "desktop"}, {"permissions": [testing.permission(0, _mail)]}),
	"several": testing.declared_application({"type": "web"}, {"permissions": [
		testing.permission(0, _mail),
		testing.permission(1, {}),
		testing.permission(2, _sites),
	]}),
	"no_sibling": testing.declared_application({"type": "web"}, {"permissions": [testing.permission(0, _owned)]}),
	"delegated": testing.declared_application({"type": "web"}, {"permissions": [testing.permission(0, {})]}),
	"daemon": testing.declared_application({"type": "daemon"}, {"permissions": [testing.permission(0, _mail)]}),
	"api": testing.declared_application({"type": "api"}, {"permissions": [testing.permission(0, _mail)]}),
	"type_not_declared": testing.declared_application({"access": "read"}, {"permissions": [testing.permission(0, _mail)]}),
	"nothing_declared": testing.application({"permissions": [testing.permission(0, _mail)]}),
	"unknown": testing.declared_application({"type": "web"}, {"permissions": [
		testing.permission(0, _unknown),
		testing.permission(1, object.union(_mail, {"kind": null})),
	]}),
}

test_reports_web if {
	rule.deny == {{
		"at": "/requiredResourceAccess/0/resourceAccess/0",
		"permission": "Mail.Read",
		"type": "web",
	}} with input as inputs.web
}

test_reports_spa if {
	count(rule.deny) == 1 with input as inputs.spa
}

test_reports_mobile if {
	count(rule.deny) == 1 with input as inputs.mobile
}

test_reports_desktop if {
	count(rule.deny) == 1 with input as inputs.desktop
}

test_reports_each if {
	{finding.permission | some finding in rule.deny} == {"Mail.Read", "Sites.Selected"} with input as inputs.several
}

test_allows_permission_without_delegated_sibling if {
	rule.deny == set() with input as inputs.no_sibling
}

test_allows_delegated_permission if {
	rule.deny == set() with input as inputs.delegated
}

test_allows_daemon if {
	rule.deny == set() with input as inputs.daemon
}

test_allows_api if {
	rule.deny == set() with input as inputs.api
}

test_is_silent_where_the_type_is_not_declared if {
	rule.deny == set() with input as inputs.type_not_declared
}

test_is_silent_where_nothing_is_declared if {
	rule.deny == set() with input as inputs.nothing_declared
}

test_is_silent_on_unknown_members if {
	rule.deny == set() with input as inputs.unknown
}

_mail := {
	"id": "810c84a8-4a9e-49e6-bf7d-12d183f40d01",
	"name": "Mail.Read",
	"kind": "application",
	"privilege_level": 3,
	"risk": "high",
	"admin_consent": true,
}

_sites := {
	"id": "883ea226-0bf2-4a8f-9f9d-92c9162a727d",
	"name": "Sites.Selected",
	"kind": "application",
	"privilege_level": 3,
	"admin_consent": true,
	"access": "other",
}

_owned := {
	"id": "18a4783c-866b-4cc7-a460-3d5e5662c884",
	"name": "Application.ReadWrite.OwnedBy",
	"kind": "application",
	"privilege_level": 3,
	"tier": 0,
	"risk": "high",
	"admin_consent": true,
	"access": "write",
	"delegated_sibling": false,
}

_unknown := {
	"id": "0b1d5f0a-2c3d-4e5f-8a6b-7c8d9e0f1a2b",
	"name": null,
	"kind": "application",
	"known": false,
	"privilege_level": null,
	"admin_consent": null,
	"access": null,
	"delegated_sibling": null,
}
