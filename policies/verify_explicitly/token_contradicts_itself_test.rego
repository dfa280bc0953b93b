package zerotrust.verify_explicitly.token_contradicts_itself_test

import data.zerotrust.testing.token as tokens
import data.zerotrust.verify_explicitly.token_contradicts_itself as rule

_version_1(facts) := tokens.token(object.union(tokens.version_1, facts))

_client := "9c2d4f60-7a18-4f0e-8f53-2d9b7c1e0a44"

inputs := {
	"version_2_from_issuer_of_version_1": tokens.token(object.union(tokens.version_1, {"version": 2})),
	"version_1_from_issuer_of_version_2": tokens.token({"version": 1}),
	"version_1_with_azp": _version_1({"claims": {"azp": _client}}),
	"version_2_with_appid": tokens.token({"claims": {"azp": _client, "appid": _client}}),
	"version_2_for_uri": tokens.token({"audience": ["api://orders"]}),
	"other_tenant": tokens.token({"tenant": "4a2504e0-4f89-41d3-9a0c-0305e82c3301"}),
	"several": tokens.token({"version": 1, "claims": {"azp": _client}}),
	"version_1": _version_1({"claims": {"appid": _client}, "audience": ["api://orders"]}),
	"version_1_for_id": _version_1({"claims": {"appid": _client}}),
	"version_2": tokens.token({"claims": {"azp": _client}}),
	"version_2_for_id_in_capitals": tokens.token({"audience": ["1F0E2D3C-4B5A-4978-8695-A4B3C2D1E0F9"]}),
	"unknown": tokens.token({
		"version": null,
		"issuer": {"uri": "https://accounts.example.com/", "cloud": null, "tenant": null, "version": null},
		"audience": ["api://orders"],
		"claims": {"appid": _client, "azp": _client},
	}),
	"without_tid": tokens.token({"tenant": null}),
}

test_reports_version_2_from_the_issuer_of_version_1 if {
	expected := {{
		"at": "token.claims.ver",
		"contradiction": "`ver` is of version 2, and the issuer is of version 1",
	}}
	rule.deny == expected with input as inputs.version_2_from_issuer_of_version_1
}

test_reports_version_1_from_the_issuer_of_version_2 if {
	expected := {{
		"at": "token.claims.ver",
		"contradiction": "`ver` is of version 1, and the issuer is of version 2",
	}}
	rule.deny == expected with input as inputs.version_1_from_issuer_of_version_2
}

test_reports_version_1_with_the_client_of_version_2 if {
	expected := {{
		"at": "token.claims.azp",
		"contradiction": "`ver` is of version 1, and `azp` is a claim of version 2",
	}}
	rule.deny == expected with input as inputs.version_1_with_azp
}

test_reports_version_2_with_the_client_of_version_1 if {
	expected := {{
		"at": "token.claims.appid",
		"contradiction": "`ver` is of version 2, and `appid` is a claim of version 1",
	}}
	rule.deny == expected with input as inputs.version_2_with_appid
}

test_reports_version_2_for_a_uri if {
	expected := {{
		"at": "token.claims.aud",
		"contradiction": "`ver` is of version 2, and the audience `api://orders` is no application id",
	}}
	rule.deny == expected with input as inputs.version_2_for_uri
}

test_reports_the_tenant if {
	tenants := ["4a2504e0-4f89-41d3-9a0c-0305e82c3301", "3f2504e0-4f89-41d3-9a0c-0305e82c3301"]
	expected := {{
		"at": "token.claims.tid",
		"contradiction": sprintf("`tid` is `%s`, and the issuer's tenant is `%s`", tenants),
	}}
	rule.deny == expected with input as inputs.other_tenant
}

test_reports_each_contradiction if {
	count(rule.deny) == 2 with input as inputs.several
}

test_allows_version_1 if {
	rule.deny == set() with input as inputs.version_1
	rule.deny == set() with input as inputs.version_1_for_id
}

test_allows_version_2 if {
	rule.deny == set() with input as inputs.version_2
	rule.deny == set() with input as inputs.version_2_for_id_in_capitals
}

test_skips_what_is_not_known if {
	rule.deny == set() with input as inputs.unknown
	rule.deny == set() with input as inputs.without_tid
}
