package zerotrust.assume_breach.redirect_uri_lookalike_host_test

import data.zerotrust.assume_breach.redirect_uri_lookalike_host as rule
import data.zerotrust.testing

ztvet := {
	"parameters": {"AB-115": {"max_distance": 2}},
	"organization": {
		"tenants": null,
		"domains": ["contoso.com"],
		"repositories": null,
		"trusted_issuers": null,
		"certificate_issuers": null,
	},
}

inputs := {
	"punycode": _application([_host(0, "xn--contos-9ta.com", "xn--contos-9ta.com", {"punycode": true})]),
	"mixed_script": _application([_host(0, "xn--contso-1nf.com", "xn--contso-1nf.com", {
		"punycode": true,
		"mixed_script": true,
	})]),
	"prefix": _application([_host(0, "contoso.com.evil.net", "evil.net", {"resembles": _prefix})]),
	"distance_1": _application([_host(0, "contos0.com", "contos0.com", {"resembles": _spelling(1)})]),
	"distance_2": _application([_host(0, "c0ntos0.com", "c0ntos0.com", {"resembles": _spelling(2)})]),
	"distance_3": _application([_host(0, "c0nt0s0.com", "c0nt0s0.com", {"resembles": _spelling(3)})]),
	"two_problems": _application([_host(0, "xn--contos-9ta.com", "xn--contos-9ta.com", {
		"punycode": true,
		"resembles": _spelling(1),
	})]),
	"several": _application([
		_host(0, "contos0.com", "contos0.com", {"resembles": _spelling(1)}),
		testing.redirect_uri(1, {"own_domain": true}),
		_host(2, "contoso.com.evil.net", "evil.net", {"resembles": _prefix}),
	]),
	"domains_not_configured": _application([_host(0, "xn--contos-9ta.com", "xn--contos-9ta.com", {
		"punycode": true,
		"own_domain": null,
	})]),
	"own_sub_domain": _application([testing.redirect_uri(0, {"own_domain": true})]),
	"own_internationalised_sub_domain": _application([_host(0, "xn--mnchen-3ya.contoso.com", "contoso.com", {
		"punycode": true,
		"own_domain": true,
	})]),
	"foreign": _application([_host(0, "shop.fabrikam.com", "fabrikam.com", {})]),
	"custom_scheme": _application([testing.redirect_uri(0, {
		"uri": "com.contoso.shop://contos0.com",
		"platform": "public_client",
		"scheme": "com.contoso.shop",
		"host": "contos0.com",
		"path": "",
		"registrable_domain": "contos0.com",
		"own_domain": false,
		"resembles": _spelling(1),
		"at": "/publicClient/redirectUris/0",
	})]),
	"unparsable": _application([_unparsable]),
}

_prefix := {"domain": "contoso.com", "kind": "prefix", "distance": 0}

_spelling(distance) := {"domain": "contoso.com", "kind": "spelling", "distance": distance}

_host(index, host, registrable_domain, facts) := testing.redirect_uri(index, object.union(
	{
		"uri": sprintf("https://%s/auth", [host]),
		"host": host,
		"registrable_domain": registrable_domain,
		"own_domain": false,
	},
	facts,
))

_application(redirects) := testing.application({"redirect_uris": redirects})

_unparsable := testing.redirect_uri(0, {
	"uri": "https://",
	"valid": false,
	"scheme": null,
	"host": null,
	"path": null,
	"registrable_domain": null,
})

test_reports_an_internationalised_host if {
	rule.deny == {{
		"at": "/web/redirectUris/0",
		"uri": "https://xn--contos-9ta.com/auth",
		"host": "xn--contos-9ta.com",
		"problem": "is an internationalised name",
	}} with input as inputs.punycode with data.ztvet as ztvet
}

test_reports_mixed_scripts_once if {
	rule.deny == {{
		"at": "/web/redirectUris/0",
		"uri": "https://xn--contso-1nf.com/auth",
		"host": "xn--contso-1nf.com",
		"problem": "mixes scripts",
	}} with input as inputs.mixed_script with data.ztvet as ztvet
}

test_reports_our_domain_in_front if {
	rule.deny == {{
		"at": "/web/redirectUris/0",
		"uri": "https://contoso.com.evil.net/auth",
		"host": "contoso.com.evil.net",
		"problem": "imitates `contoso.com`",
	}} with input as inputs.prefix with data.ztvet as ztvet
}

test_reports_our_domain_in_front_at_any_distance if {
	count(rule.deny) == 1 with input as inputs.prefix
		with data.ztvet as {"parameters": {"AB-115": {"max_distance": -1}}}
}

test_reports_a_misspelling if {
	rule.deny == {{
		"at": "/web/redirectUris/0",
		"uri": "https://contos0.com/auth",
		"host": "contos0.com",
		"problem": "imitates `contoso.com`",
	}} with input as inputs.distance_1 with data.ztvet as ztvet
}

test_reports_two_edits if {
	count(rule.deny) == 1 with input as inputs.distance_2 with data.ztvet as ztvet
}

test_allows_three_edits if {
	rule.deny == set() with input as inputs.distance_3 with data.ztvet as ztvet
}

test_follows_the_parameter if {
	count(rule.deny) == 1 with input as inputs.distance_3
		with data.ztvet as {"parameters": {"AB-115": {"max_distance": 3}}}
}

test_reports_each_problem if {
	{problem | some finding in rule.deny; problem := finding.problem} == {
		"is an internationalised name",
		"imitates `contoso.com`",
	} with input as inputs.two_problems with data.ztvet as ztvet
}

test_reports_each_host if {
	{at | some finding in rule.deny; at := finding.at} == {
		"/web/redirectUris/0",
		"/web/redirectUris/2",
	} with input as inputs.several with data.ztvet as ztvet
}

test_reports_an_internationalised_host_without_domains if {
	count(rule.deny) == 1 with input as inputs.domains_not_configured with data.ztvet as ztvet
}

test_allows_our_sub_domain if {
	rule.deny == set() with input as inputs.own_sub_domain with data.ztvet as ztvet
}

test_allows_our_internationalised_sub_domain if {
	rule.deny == set() with input as inputs.own_internationalised_sub_domain with data.ztvet as ztvet
}

test_allows_an_unlike_host if {
	rule.deny == set() with input as inputs.foreign with data.ztvet as ztvet
}

test_allows_a_custom_scheme if {
	rule.deny == set() with input as inputs.custom_scheme with data.ztvet as ztvet
}

test_skips_an_unparsable_uri if {
	rule.deny == set() with input as inputs.unparsable with data.ztvet as ztvet
}
