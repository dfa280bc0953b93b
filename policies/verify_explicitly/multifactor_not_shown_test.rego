package zerotrust.verify_explicitly.multifactor_not_shown_test

import data.zerotrust.testing.token as tokens
import data.zerotrust.verify_explicitly.multifactor_not_shown as rule

ztvet := {"tokens": {"require_mfa": true}}

_not_required := {"tokens": {"require_mfa": false}}

_version_1(claims) := tokens.token(object.union(tokens.version_1, {"claims": claims}))

inputs := {
	"password": _version_1({"amr": ["pwd"]}),
	"single_factors": _version_1({"amr": ["pwd", "rsa"]}),
	"code_alone": _version_1({"amr": ["otp"]}),
	"windows_or_more": _version_1({"amr": ["wiaormfa"]}),
	"other_case": _version_1({"amr": ["MFA"]}),
	"none": _version_1({"amr": []}),
	"missing": _version_1({}),
	"malformed": _version_1({"amr": {"mfa": true}}),
	"version_2_with_password": tokens.token({"claims": {"amr": ["pwd"]}}),
	"mfa": _version_1({"amr": ["pwd", "mfa"]}),
	"ngcmfa": _version_1({"amr": ["ngcmfa"]}),
	"fido": _version_1({"amr": ["fido"]}),
	"key_and_code": _version_1({"amr": ["rsa", "otp"]}),
	"text": _version_1({"amr": "mfa"}),
	"version_2": tokens.token({}),
	"app_only": tokens.app_only(object.union(tokens.version_1, {"claims": {}})),
}

test_reports_single_factors if {
	expected := {{"at": "token.claims.amr"}}
	rule.deny == expected with input as inputs.password with data.ztvet as ztvet
	rule.deny == expected with input as inputs.single_factors with data.ztvet as ztvet
	rule.deny == expected with input as inputs.code_alone with data.ztvet as ztvet
	rule.deny == expected with input as inputs.windows_or_more with data.ztvet as ztvet
	rule.deny == expected with input as inputs.other_case with data.ztvet as ztvet
	rule.deny == expected with input as inputs.none with data.ztvet as ztvet
}

test_reports_missing_or_malformed if {
	count(rule.deny) == 1 with input as inputs.missing with data.ztvet as ztvet
	count(rule.deny) == 1 with input as inputs.malformed with data.ztvet as ztvet
}

test_reports_version_2_that_says_it if {
	count(rule.deny) == 1 with input as inputs.version_2_with_password with data.ztvet as ztvet
}

test_allows_several_factors if {
	rule.deny == set() with input as inputs.mfa with data.ztvet as ztvet
	rule.deny == set() with input as inputs.ngcmfa with data.ztvet as ztvet
	rule.deny == set() with input as inputs.fido with data.ztvet as ztvet
	rule.deny == set() with input as inputs.key_and_code with data.ztvet as ztvet
	rule.deny == set() with input as inputs.text with data.ztvet as ztvet
}

# The missing claim makes it inconclusive.
test_skips_version_2 if {
	rule.deny == set() with input as inputs.version_2 with data.ztvet as ztvet
}

test_asks_no_application if {
	rule.deny == set() with input as inputs.app_only with data.ztvet as ztvet
}

test_allows_a_password_where_more_is_not_required if {
	rule.deny == set() with input as inputs.password with data.ztvet as _not_required
}
