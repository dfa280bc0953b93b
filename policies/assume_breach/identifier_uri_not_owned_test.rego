package zerotrust.assume_breach.identifier_uri_not_owned_test

import data.zerotrust.assume_breach.identifier_uri_not_owned as rule
import data.zerotrust.testing

_app := "1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9"

_tenant := "3f2504e0-4f89-41d3-9a0c-0305e82c3301"

_stranger := "9c2d4e6f-0000-4000-8000-00000000000a"

ztvet := {"parameters": {}, "organization": {
	"domains": ["contoso.com"],
	"tenants": [upper(_tenant)],
	"repositories": null,
	"trusted_issuers": null,
	"certificate_issuers": null,
}}

_nothing_configured := {"parameters": {}, "organization": {
	"domains": null,
	"tenants": null,
	"repositories": null,
	"trusted_issuers": null,
	"certificate_issuers": null,
}}

# An `api` URI: what stands after `://`, its path, and its own facts.
_api(index, host, path, facts) := testing.identifier_uri(index, object.union(
	{
		"uri": concat("", ["api://", host, path]),
		"scheme": "api",
		"host": lower(host),
		"path": path,
		"registrable_domain": null,
		"own_domain": false,
	},
	facts,
))

_of_guid(guid, path, default_form) := testing.application({"identifier_uris": [_api(
	0, guid, path,
	{"guid": lower(guid), "default_form": default_form},
)]})

_https(facts) := testing.identifier_uri(0, object.union(
	{"uri": "https://shop.contoso.com/api", "path": "/api", "own_domain": true},
	facts,
))

_evil := {"uri": "https://evilcontoso.com/api", "host": "evilcontoso.com", "registrable_domain": "evilcontoso.com"}

_urn := testing.identifier_uri(0, {
	"uri": "urn:contoso:shop",
	"scheme": "urn",
	"host": null,
	"path": "contoso:shop",
	"registrable_domain": null,
})

_slash := _https({"uri": "https://shop.contoso.com/api/", "path": "/api/", "trailing_slash": true})

_unknown_application(facts) := testing.application(object.union({"app_id": null}, facts))

inputs := {
	"wildcard": testing.application({"identifier_uris": [_https({
		"uri": "https://*.contoso.com/api",
		"host": "*.contoso.com",
		"wildcard": true,
	})]}),
	"slash": testing.application({"identifier_uris": [_slash]}),
	"http": testing.application({"identifier_uris": [_https({
		"uri": "http://shop.contoso.com/api",
		"scheme": "http",
	})]}),
	"urn": testing.application({"identifier_uris": [_urn]}),
	"foreign_host": testing.application({"identifier_uris": [_https(object.union(_evil, {"own_domain": false}))]}),
	"host_not_judged": testing.application({"identifier_uris": [_https(object.union(_evil, {"own_domain": null}))]}),
	"own_host": testing.application({"identifier_uris": [_https({})]}),
	"own_id": _of_guid(_app, "", true),
	"own_id_upper_case": _of_guid(upper(_app), "", true),
	"own_id_and_path": _of_guid(_app, "/orders", false),
	"tenant_and_id": _of_guid(_tenant, concat("", ["/", _app]), true),
	"tenant_and_name": _of_guid(_tenant, "/orders", false),
	"stranger": _of_guid(_stranger, "", false),
	"stranger_and_name": _of_guid(_stranger, "/orders", false),
	"stranger_and_id": _of_guid(_stranger, concat("", ["/", _app]), true),
	"application_unknown": _unknown_application({"identifier_uris": [_api(
		0, _stranger, "",
		{"guid": _stranger, "default_form": null},
	)]}),
	"host_and_id": testing.application({"identifier_uris": [_api(0, "shop.evil.net", concat("", ["/", _app]), {})]}),
	"not_a_uri": testing.application({"identifier_uris": [testing.identifier_uri(0, {
		"uri": "shop",
		"valid": false,
		"scheme": null,
		"host": null,
		"path": null,
		"registrable_domain": null,
	})]}),
	"several": testing.application({"identifier_uris": [
		_api(0, _app, "", {"guid": _app, "default_form": true}),
		_api(1, _stranger, "/", {"guid": _stranger, "trailing_slash": true}),
		testing.identifier_uri(2, {"uri": "ftp://shop.contoso.com/auth", "scheme": "ftp", "own_domain": true}),
	]}),
	"password": testing.application({"identifier_uris": [_https({
		"uri": "http://ada:hunter2@shop.contoso.com/api",
		"scheme": "http",
		"userinfo": true,
	})]}),
	"saml": testing.declared_application({"type": "saml"}, {"identifier_uris": [
		object.union(_urn, {"at": "/identifierUris/0"}),
		object.union(_slash, object.union(_evil, {"own_domain": false, "at": "/identifierUris/1"})),
	]}),
	"saml_wildcard": testing.declared_application({"type": "saml"}, {"identifier_uris": [_https({
		"uri": "https://*.contoso.com/api",
		"host": "*.contoso.com",
		"wildcard": true,
	})]}),
	"none": testing.application({"identifier_uris": []}),
}

_finding(uri, problem) := {"at": "/identifierUris/0", "uri": uri, "problem": problem}

_foreign := "names neither this application nor a known tenant"

_scheme := "uses another scheme than `api` and `https`"

test_reports_wildcard if {
	findings := {_finding("https://*.contoso.com/api", "has a wildcard")}
	rule.deny == findings with input as inputs.wildcard with data.ztvet as ztvet
}

test_reports_trailing_slash if {
	findings := {_finding("https://shop.contoso.com/api/", "ends with a slash")}
	rule.deny == findings with input as inputs.slash with data.ztvet as ztvet
}

test_reports_http if {
	findings := {_finding("http://shop.contoso.com/api", _scheme)}
	rule.deny == findings with input as inputs.http with data.ztvet as ztvet
}

test_reports_urn if {
	findings := {_finding("urn:contoso:shop", _scheme)}
	rule.deny == findings with input as inputs.urn with data.ztvet as ztvet
}

test_reports_host_outside_the_organisation if {
	findings := {_finding("https://evilcontoso.com/api", "is under none of the organisation's domains")}
	rule.deny == findings with input as inputs.foreign_host with data.ztvet as ztvet
}

test_does_not_judge_hosts_without_domains if {
	rule.deny == set() with input as inputs.host_not_judged with data.ztvet as _nothing_configured
}

test_allows_own_host if {
	rule.deny == set() with input as inputs.own_host with data.ztvet as ztvet
}

test_allows_own_id if {
	rule.deny == set() with input as inputs.own_id with data.ztvet as ztvet
}

test_allows_own_id_in_upper_case if {
	rule.deny == set() with input as inputs.own_id_upper_case with data.ztvet as _nothing_configured
}

test_allows_own_id_and_path if {
	rule.deny == set() with input as inputs.own_id_and_path with data.ztvet as _nothing_configured
}

test_allows_known_tenant if {
	rule.deny == set() with input as inputs.tenant_and_id with data.ztvet as ztvet
}

test_allows_known_tenant_and_name if {
	rule.deny == set() with input as inputs.tenant_and_name with data.ztvet as ztvet
}

test_reports_guid_of_a_stranger if {
	findings := {_finding(concat("", ["api://", _stranger]), _foreign)}
	rule.deny == findings with input as inputs.stranger with data.ztvet as ztvet
}

test_reports_lone_guid_without_tenants if {
	findings := {_finding(concat("", ["api://", _stranger]), _foreign)}
	rule.deny == findings with input as inputs.stranger with data.ztvet as _nothing_configured
}

test_reports_unknown_tenant_and_name if {
	findings := {_finding(concat("", ["api://", _stranger, "/orders"]), _foreign)}
	rule.deny == findings with input as inputs.stranger_and_name with data.ztvet as ztvet
}

test_does_not_judge_what_may_be_the_tenant if {
	rule.deny == set() with input as inputs.stranger_and_name with data.ztvet as _nothing_configured
}

test_reports_unknown_tenant_and_id if {
	findings := {_finding(concat("", ["api://", _stranger, "/", _app]), _foreign)}
	rule.deny == findings with input as inputs.stranger_and_id with data.ztvet as ztvet
}

test_allows_default_form_without_tenants if {
	rule.deny == set() with input as inputs.stranger_and_id with data.ztvet as _nothing_configured
}

test_does_not_judge_without_application_id if {
	rule.deny == set() with input as inputs.application_unknown with data.ztvet as ztvet
}

test_allows_host_and_id if {
	rule.deny == set() with input as inputs.host_and_id with data.ztvet as ztvet
}

test_does_not_judge_what_has_no_scheme if {
	rule.deny == set() with input as inputs.not_a_uri with data.ztvet as ztvet
}

test_reports_each_problem_of_each_uri if {
	stranger := concat("", ["api://", _stranger, "/"])
	rule.deny == {
		{"at": "/identifierUris/1", "uri": stranger, "problem": _foreign},
		{"at": "/identifierUris/1", "uri": stranger, "problem": "ends with a slash"},
		{"at": "/identifierUris/2", "uri": "ftp://shop.contoso.com/auth", "problem": _scheme},
	} with input as inputs.several with data.ztvet as ztvet
}

test_hides_password if {
	findings := {_finding("…@shop.contoso.com/api", _scheme)}
	rule.deny == findings with input as inputs.password with data.ztvet as ztvet
}

test_allows_entity_ids_of_saml if {
	rule.deny == set() with input as inputs.saml with data.ztvet as ztvet
}

test_reports_wildcard_of_saml if {
	findings := {_finding("https://*.contoso.com/api", "has a wildcard")}
	rule.deny == findings with input as inputs.saml_wildcard with data.ztvet as ztvet
}

test_allows_none if {
	rule.deny == set() with input as inputs.none with data.ztvet as ztvet
}
