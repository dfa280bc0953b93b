package zerotrust.least_privilege.group_owners_consent_test

import data.zerotrust.least_privilege.group_owners_consent as rule
import data.zerotrust.testing.tenant as testing

_tenant(consent, policies) := testing.tenant({
	"directory_settings": {"group_specific_consent": consent},
	"authorization": {"permission_grant_policies": policies},
})

_team := testing.grant_policy(0, "owned_resource", "microsoft-dynamically-managed-permissions-for-team")

_chat := testing.grant_policy(1, "owned_resource", "microsoft-dynamically-managed-permissions-for-chat")

inputs := {
	"setting": _tenant(true, null),
	"policies": _tenant(null, [_team, _chat]),
	"both": _tenant(true, [_team]),
	"off": _tenant(false, [testing.grant_policy(0, "self", "microsoft-user-default-low")]),
	"unknown": _tenant(null, null),
}

_setting := {
	"at": "tenant.directory_settings.group_specific_consent",
	"setting": "EnableGroupSpecificConsent",
}

_policy(policy) := {"at": policy.at, "setting": policy.id}

test_reports_the_setting if {
	expected := {_setting}
	rule.deny == expected with input as inputs.setting
}

test_reports_each_policy if {
	expected := {_policy(_team), _policy(_chat)}
	rule.deny == expected with input as inputs.policies
}

test_reports_both if {
	expected := {_setting, _policy(_team)}
	rule.deny == expected with input as inputs.both
}

test_allows_off if {
	rule.deny == set() with input as inputs.off
}

test_reports_nothing_unknown if {
	rule.deny == set() with input as inputs.unknown
}
