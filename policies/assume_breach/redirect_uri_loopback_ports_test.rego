package zerotrust.assume_breach.redirect_uri_loopback_ports_test

import data.zerotrust.assume_breach.redirect_uri_loopback_ports as rule
import data.zerotrust.testing

inputs := {
	"two_ports": _application([_port(0, 3000), _port(1, 5000)]),
	"with_and_without_a_port": _application([
		_loopback(0, {}),
		_loopback(1, {"uri": "http://localhost:3000", "port": 3000}),
	]),
	"three_ports": _application([_port(0, 3000), _port(1, 4000), _port(2, 5000)]),
	"two_platforms": _application([_port(0, 3000), object.union(_port(0, 5000), {
		"platform": "spa",
		"at": "/spa/redirectUris/0",
	})]),
	"same_query": _application([_query(0, 3000, "a=b"), _query(1, 5000, "a=b")]),
	"different_queries": _application([_query(0, 3000, "a=b"), _query(1, 5000, "a=c")]),
	"two_groups": _application([_port(0, 3000), _path(1, 3000, "/b"), _port(2, 5000), _path(3, 5000, "/b")]),
	"different_paths": _application([_path(0, 3000, "/a"), _path(1, 5000, "/b")]),
	"different_hosts": _application([_port(0, 3000), _loopback(1, {
		"uri": "http://127.0.0.1:5000/cb",
		"host": "127.0.0.1",
		"port": 5000,
		"path": "/cb",
		"ip": true,
	})]),
	"different_schemes": _application([_port(0, 3000), _loopback(1, {
		"uri": "https://localhost:5000/cb",
		"scheme": "https",
		"port": 5000,
		"path": "/cb",
	})]),
	"same_port_twice": _application([_port(0, 3000), object.union(_port(0, 3000), {
		"platform": "spa",
		"at": "/spa/redirectUris/0",
	})]),
	"other_hosts": _application([
		testing.redirect_uri(0, {"uri": "https://shop.contoso.com:8443/auth", "port": 8443}),
		testing.redirect_uri(1, {"uri": "https://shop.contoso.com:9443/auth", "port": 9443}),
	]),
	"one": _application([_port(0, 3000)]),
	"none": _application([]),
}

_application(redirects) := testing.application({"redirect_uris": redirects})

_port(index, port) := _path(index, port, "/cb")

_path(index, port, path) := _loopback(index, {
	"uri": sprintf("http://localhost:%d%s", [port, path]),
	"port": port,
	"path": path,
})

_query(index, port, query) := _loopback(index, {
	"uri": sprintf("http://localhost:%d/cb?%s", [port, query]),
	"port": port,
	"path": "/cb",
	"query": true,
})

_loopback(index, facts) := testing.redirect_uri(index, object.union(
	{
		"uri": "http://localhost",
		"scheme": "http",
		"host": "localhost",
		"path": "",
		"registrable_domain": null,
		"loopback": true,
	},
	facts,
))

test_reports_two_ports if {
	rule.deny == {{
		"at": "/web/redirectUris/1",
		"uri": "http://localhost:5000/cb",
		"other": "http://localhost:3000/cb",
	}} with input as inputs.two_ports
}

test_reports_one_with_and_one_without_a_port if {
	rule.deny == {{
		"at": "/web/redirectUris/1",
		"uri": "http://localhost:3000",
		"other": "http://localhost",
	}} with input as inputs.with_and_without_a_port
}

test_reports_all_but_the_first_of_three if {
	rule.deny == {
		{"at": "/web/redirectUris/1", "uri": "http://localhost:4000/cb", "other": "http://localhost:3000/cb"},
		{"at": "/web/redirectUris/2", "uri": "http://localhost:5000/cb", "other": "http://localhost:4000/cb"},
	} with input as inputs.three_ports
}

test_reports_across_platforms if {
	rule.deny == {{
		"at": "/spa/redirectUris/0",
		"uri": "http://localhost:5000/cb",
		"other": "http://localhost:3000/cb",
	}} with input as inputs.two_platforms
}

test_reports_equal_queries if {
	rule.deny == {{
		"at": "/web/redirectUris/1",
		"uri": "http://localhost:5000/cb?a=b",
		"other": "http://localhost:3000/cb?a=b",
	}} with input as inputs.same_query
}

test_reports_each_group if {
	rule.deny == {
		{"at": "/web/redirectUris/2", "uri": "http://localhost:5000/cb", "other": "http://localhost:3000/cb"},
		{"at": "/web/redirectUris/3", "uri": "http://localhost:5000/b", "other": "http://localhost:3000/b"},
	} with input as inputs.two_groups
}

test_allows_different_queries if {
	rule.deny == set() with input as inputs.different_queries
}

test_allows_different_paths if {
	rule.deny == set() with input as inputs.different_paths
}

test_allows_different_hosts if {
	rule.deny == set() with input as inputs.different_hosts
}

test_allows_different_schemes if {
	rule.deny == set() with input as inputs.different_schemes
}

test_leaves_equal_ports_alone if {
	rule.deny == set() with input as inputs.same_port_twice
}

test_allows_ports_of_other_hosts if {
	rule.deny == set() with input as inputs.other_hosts
}

test_allows_one if {
	rule.deny == set() with input as inputs.one
}

test_allows_none if {
	rule.deny == set() with input as inputs.none
}
