package zerotrust.verify_explicitly.token_issuer_test

import data.zerotrust.testing.token as tokens
import data.zerotrust.verify_explicitly.token_issuer as rule

ztvet := {"organization": {"tenants": ["3F2504E0-4F89-41D3-9A0C-0305E82C3301"]}}

_no_tenants := {"organization": {"tenants": null}}

_stranger := "https://login.microsoftonline.com/4a2504e0-4f89-41d3-9a0c-0305e82c3301/v2.0"

_of(uri, cloud, version) := tokens.token({"issuer": {"uri": uri, "cloud": cloud, "version": version}})

inputs := {
	"foreign": tokens.token({"issuer": {
		"uri": "https://accounts.example.com/3f2504e0-4f89-41d3-9a0c-0305e82c3301/",
		"cloud": null,
		"tenant": null,
		"version": null,
	}}),
	"missing": tokens.token({"issuer": {"uri": null, "cloud": null, "tenant": null, "version": null}}),
	"stranger": tokens.token({"issuer": {"uri": _stranger, "tenant": "4a2504e0-4f89-41d3-9a0c-0305e82c3301"}}),
	"tenant_unknown": tokens.token({"issuer": {"tenant": null}}),
	"own": tokens.token({}),
	"own_v1": tokens.token(tokens.version_1),
	"us_government": _of(
		"https://login.microsoftonline.us/3f2504e0-4f89-41d3-9a0c-0305e82c3301/v2.0",
		"us_government",
		2,
	),
	"china": _of(
		"https://login.partner.microsoftonline.cn/3f2504e0-4f89-41d3-9a0c-0305e82c3301/v2.0",
		"china",
		2,
	),
	"china_v1": _of("https://sts.chinacloudapi.cn/3f2504e0-4f89-41d3-9a0c-0305e82c3301/", "china", 1),
}

test_reports_an_issuer_that_is_not_microsofts if {
	expected := {{
		"at": "token.claims.iss",
		"issuer": "https://accounts.example.com/3f2504e0-4f89-41d3-9a0c-0305e82c3301/",
		"reason": "is none of Microsoft's",
	}}
	rule.deny == expected with input as inputs.foreign with data.ztvet as ztvet
	rule.deny == expected with input as inputs.foreign with data.ztvet as _no_tenants
}

test_reports_missing if {
	expected := {{"at": "token.claims.iss", "issuer": "(missing)", "reason": "is none of Microsoft's"}}
	rule.deny == expected with input as inputs.missing with data.ztvet as _no_tenants
}

test_reports_another_tenant if {
	expected := {{
		"at": "token.claims.iss",
		"issuer": _stranger,
		"reason": "is of a tenant that is none of `organization.tenants`",
	}}
	rule.deny == expected with input as inputs.stranger with data.ztvet as ztvet
}

test_reports_an_unknown_tenant if {
	count(rule.deny) == 1 with input as inputs.tenant_unknown with data.ztvet as ztvet
}

test_allows_any_tenant_where_none_is_configured if {
	rule.deny == set() with input as inputs.stranger with data.ztvet as _no_tenants
}

test_allows_the_tenant_in_every_form if {
	rule.deny == set() with input as inputs.own with data.ztvet as ztvet
	rule.deny == set() with input as inputs.own_v1 with data.ztvet as ztvet
	rule.deny == set() with input as inputs.us_government with data.ztvet as ztvet
	rule.deny == set() with input as inputs.china with data.ztvet as ztvet
	rule.deny == set() with input as inputs.china_v1 with data.ztvet as ztvet
}
