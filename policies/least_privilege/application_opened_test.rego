package zerotrust.least_privilege.application_opened_test

import data.zerotrust.least_privilege.application_opened as rule
import data.zerotrust.testing
import data.zerotrust.testing.change as changes

_from_to(old, new) := changes.change({"old": old, "new": new})

_lock(enabled, all) := {"lock": {"enabled": enabled, "all_properties": all, "at": "/servicePrincipalLockConfiguration"}}

_audience(name, multitenant, personal) := {
	"sign_in_audience": name,
	"multitenant": multitenant,
	"personal_accounts": personal,
}

_my_org := _audience("AzureADMyOrg", false, false)

_organisations := _audience("AzureADMultipleOrgs", true, false)

_everyone := _audience("AzureADandPersonalMicrosoftAccount", true, true)

_owner := testing.owner(0, {})

_owners(lost, new) := changes.change({"owners": {"gained": [], "lost": lost}, "new": {"owners": new}})

inputs := {
	"organisations": _from_to(_my_org, _organisations),
	"everyone": _from_to(_my_org, _everyone),
	"personal": _from_to(_organisations, _everyone),
	"access_token": _from_to(
		{"implicit_grant": {"access_token": false}},
		{"implicit_grant": {"access_token": true}},
	),
	"id_token": _from_to({"implicit_grant": {"id_token": false}}, {"implicit_grant": {"id_token": true}}),
	"public_client": _from_to({"public_client_fallback": false}, {"public_client_fallback": true}),
	"unlocked": _from_to(_lock(true, true), _lock(false, true)),
	"lock_narrowed": _from_to(_lock(true, true), _lock(true, false)),
	"last_owner": _owners([changes.old(_owner)], []),
	"narrowed": _from_to(_everyone, _my_org),
	"declared": changes.declared_change(
		{"multitenant": true, "personal_accounts": true},
		{"old": _my_org, "new": _everyone},
	),
	"hybrid_flow": changes.declared_change({"hybrid_flow": true}, {
		"old": {"implicit_grant": {"id_token": false}},
		"new": {"implicit_grant": {"id_token": true}},
	}),
	"switched_off": _from_to(
		{"implicit_grant": {"access_token": true, "id_token": true}, "public_client_fallback": true},
		{"implicit_grant": {"access_token": false, "id_token": false}, "public_client_fallback": false},
	),
	"unknown_before": _from_to(
		{"multitenant": null, "personal_accounts": null, "sign_in_audience": null},
		object.union(_everyone, {
			"implicit_grant": {"access_token": true, "id_token": true},
			"public_client_fallback": true,
		}),
	),
	"locked": _from_to(_lock(false, false), _lock(true, false)),
	"lock_unknown": _from_to(_lock(true, true), {"lock": null}),
	"one_owner_left": _owners([changes.old(_owner)], [testing.owner(0, {"id": "a1b2c3d4-0000-4000-8000-000000000002"})]),
	"never_an_owner": _owners([], []),
}

_openings contains finding.opening if some finding in rule.deny

test_reports_a_wider_audience if {
	rule.deny == {{
		"at": "change.new.sign_in_audience",
		"opening": "users of other organisations can sign in now",
	}} with input as inputs.organisations
	count(rule.deny) == 2 with input as inputs.everyone
	_openings == {"personal accounts can sign in now"} with input as inputs.personal
}

test_reports_flows_that_are_switched_on if {
	rule.deny == {{
		"at": "change.new.implicit_grant.access_token",
		"opening": "the authorization endpoint issues access tokens now (implicit grant)",
	}} with input as inputs.access_token
	rule.deny == {{
		"at": "change.new.implicit_grant.id_token",
		"opening": "the authorization endpoint issues ID tokens now (implicit grant)",
	}} with input as inputs.id_token
	rule.deny == {{
		"at": "change.new.public_client_fallback",
		"opening": "public client flows (device code, password) are open now",
	}} with input as inputs.public_client
}

test_reports_a_looser_lock if {
	_openings == {"the instance property lock is off now"} with input as inputs.unlocked
	_openings == {"the instance property lock does not cover all properties any more"} with input as inputs.lock_narrowed
}

test_reports_the_last_owner if {
	_openings == {"the last owner was removed"} with input as inputs.last_owner
}

test_allows_what_opens_nothing if {
	rule.deny == set() with input as inputs.narrowed
	rule.deny == set() with input as inputs.declared
	rule.deny == set() with input as inputs.hybrid_flow
	rule.deny == set() with input as inputs.switched_off
	rule.deny == set() with input as inputs.unknown_before
	rule.deny == set() with input as inputs.locked
	rule.deny == set() with input as inputs.lock_unknown
	rule.deny == set() with input as inputs.one_owner_left
	rule.deny == set() with input as inputs.never_an_owner
}
