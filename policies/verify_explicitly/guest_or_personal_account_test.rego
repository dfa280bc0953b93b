package zerotrust.verify_explicitly.guest_or_personal_account_test

import data.zerotrust.testing.token as tokens
import data.zerotrust.verify_explicitly.guest_or_personal_account as rule

ztvet := {"tokens": {"allow_guests": false}}

_allowed := {"tokens": {"allow_guests": true}}

_own := "https://sts.windows.net/3f2504e0-4f89-41d3-9a0c-0305e82c3301/"

_other := "https://sts.windows.net/4a2504e0-4f89-41d3-9a0c-0305e82c3301/"

_with(claims) := tokens.token({"claims": claims})

inputs := {
	"guest": _with({"acct": 1}),
	"guest_as_text": _with({"acct": "1"}),
	"other_provider": _with({"acct": 0, "idp": _other}),
	"live": _with({"idp": "live.com"}),
	"malformed_provider": _with({"idp": ["live.com"]}),
	"guest_of_other_provider": _with({"acct": 1, "idp": _other}),
	"personal": tokens.token({
		"tenant": "9188040d-6c67-4c5b-b112-36a304b66dad",
		"issuer": {"tenant": "9188040d-6c67-4c5b-b112-36a304b66dad"},
	}),
	"personal_by_issuer": tokens.token({
		"tenant": null,
		"issuer": {"tenant": "9188040d-6c67-4c5b-b112-36a304b66dad"},
	}),
	"tenant_unknown": tokens.token({"claims": {"idp": _own}, "tenant": null}),
	"member": _with({"acct": 0}),
	"own_provider": tokens.token(object.union(tokens.version_1, {"claims": {"acct": 0, "idp": _own}})),
	"own_provider_of_other_version": _with({"idp": _own}),
	"nothing_said": _with({}),
}

_reported(signs) := {{"at": "token.claims", "signs": signs}}

test_reports_a_guest if {
	expected := _reported(["`acct` is 1"])
	rule.deny == expected with input as inputs.guest with data.ztvet as ztvet
	rule.deny == expected with input as inputs.guest_as_text with data.ztvet as ztvet
}

test_reports_another_provider if {
	expected := _reported(["`idp` is not the issuer"])
	rule.deny == expected with input as inputs.other_provider with data.ztvet as ztvet
	rule.deny == expected with input as inputs.live with data.ztvet as ztvet
	rule.deny == expected with input as inputs.malformed_provider with data.ztvet as ztvet
	rule.deny == expected with input as inputs.tenant_unknown with data.ztvet as ztvet
}

test_reports_all_signs_at_once if {
	expected := _reported(["`acct` is 1", "`idp` is not the issuer"])
	rule.deny == expected with input as inputs.guest_of_other_provider with data.ztvet as ztvet
}

test_reports_a_personal_account if {
	expected := _reported(["the tenant is that of personal accounts"])
	rule.deny == expected with input as inputs.personal with data.ztvet as ztvet
	rule.deny == expected with input as inputs.personal_by_issuer with data.ztvet as ztvet
}

test_allows_members if {
	rule.deny == set() with input as inputs.member with data.ztvet as ztvet
	rule.deny == set() with input as inputs.own_provider with data.ztvet as ztvet
	rule.deny == set() with input as inputs.own_provider_of_other_version with data.ztvet as ztvet
	rule.deny == set() with input as inputs.nothing_said with data.ztvet as ztvet
}

test_allows_guests_where_they_are_welcome if {
	rule.deny == set() with input as inputs.guest with data.ztvet as _allowed
	rule.deny == set() with input as inputs.live with data.ztvet as _allowed
	rule.deny == set() with input as inputs.personal with data.ztvet as _allowed
}
