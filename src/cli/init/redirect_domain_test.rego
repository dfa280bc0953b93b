package own.redirect_domain_test

import data.own.redirect_domain as rule

parameters := {"OWN-001": {"domain": "example.com"}}

_input(host) := {"application": {"redirect_uris": [{
	"scheme": "https",
	"host": host,
	"uri": sprintf("https://%s/callback", [host]),
	"at": "/web/redirectUris/0",
}]}}

test_reports_another_domain if {
	rule.deny == {{
		"at": "/web/redirectUris/0",
		"uri": "https://example.net/callback",
		"domain": "example.com",
	}} with input as _input("example.net")
		with data.ztvet.parameters as parameters
}

# One test for each host: each passes or fails by itself.
test_reports[host] if {
	some host in ["example.com.evil.test", "badexample.com", "localhost"]
	count(rule.deny) == 1 with input as _input(host)
		with data.ztvet.parameters as parameters
}

test_allows[host] if {
	some host in ["example.com", "shop.example.com", "a.b.example.com"]
	rule.deny == set() with input as _input(host)
		with data.ztvet.parameters as parameters
}
