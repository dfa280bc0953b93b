package contoso.redirect_domain_test

import data.contoso.redirect_domain as rule

domains := {"production": ["contoso.com"], "development": ["dev.contoso.com", "localhost"]}

_input(environment, host) := {
	"declared": {"environment": environment},
	"application": {"redirect_uris": [{
		"host": host,
		"uri": sprintf("https://%v/", [host]),
		"at": "/web/redirectUris/0",
	}]},
}

test_reports_a_host_for_another_environment if {
	rule.deny == {{
		"at": "/web/redirectUris/0",
		"uri": "https://localhost/",
		"environment": "production",
	}} with input as _input("production", "localhost")
		with data.directory.redirect_domains as domains
}

test_reports[environment][host] if {
	some environment, hosts in {
		"production": ["contoso.com.evil.test", "badcontoso.com"],
		"development": ["contoso.com", "example.dev"],
	}
	some host in hosts
	count(rule.deny) == 1 with input as _input(environment, host)
		with data.directory.redirect_domains as domains
}

test_allows[environment][host] if {
	some environment, hosts in {
		"production": ["contoso.com", "shop.contoso.com"],
		"development": ["localhost", "shop.dev.contoso.com"],
	}
	some host in hosts
	rule.deny == set() with input as _input(environment, host)
		with data.directory.redirect_domains as domains
}

test_leaves_uris_without_a_host_alone if {
	rule.deny == set() with input as _input("production", null)
		with data.directory.redirect_domains as domains
}
