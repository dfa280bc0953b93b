package zerotrust.assume_breach.redirect_uri_dangerous_scheme_test

import data.zerotrust.assume_breach.redirect_uri_dangerous_scheme as rule
import data.zerotrust.testing

inputs := {
	"javascript": _application([_opaque("javascript:alert(1)", "javascript")]),
	"data": _application([_opaque("data:text/html,hello", "data")]),
	"vbscript": _application([_opaque("vbscript:msgbox", "vbscript")]),
	"file": _application([_opaque("file:///tmp/auth", "file")]),
	"blob": _application([_opaque("blob:https://shop.contoso.com/1", "blob")]),
	"urn": _application([_opaque("urn:contoso:shop", "urn")]),
	"longer_out_of_band": _application([_opaque("urn:ietf:wg:oauth:2.0:oob:auto", "urn")]),
	"several": _application([_opaque("javascript:alert(1)", "javascript"), object.union(
		_opaque("urn:contoso:shop", "urn"),
		{"at": "/publicClient/redirectUris/1"},
	)]),
	"out_of_band": _application([_opaque("urn:ietf:wg:oauth:2.0:oob", "urn")]),
	"custom_scheme": _application([_custom_scheme]),
	"scheme_in_the_path": _application([testing.redirect_uri(0, {
		"uri": "https://shop.contoso.com/javascript:alert",
		"path": "/javascript:alert",
	})]),
	"scheme_with_a_dangerous_start": _application([_opaque("database://auth", "database")]),
	"unparsable": _application([_unparsable]),
}

_application(redirects) := testing.application({"redirect_uris": redirects})

_opaque(uri, scheme) := testing.redirect_uri(0, {
	"uri": uri,
	"platform": "public_client",
	"scheme": scheme,
	"host": null,
	"path": null,
	"registrable_domain": null,
	"at": "/publicClient/redirectUris/0",
})

_custom_scheme := testing.redirect_uri(0, {
	"uri": "com.contoso.shop://auth",
	"platform": "public_client",
	"scheme": "com.contoso.shop",
	"host": "auth",
	"path": "",
	"registrable_domain": null,
	"at": "/publicClient/redirectUris/0",
})

_unparsable := testing.redirect_uri(0, {
	"uri": "https://",
	"valid": false,
	"scheme": null,
	"host": null,
	"path": null,
	"registrable_domain": null,
})

test_reports_javascript if {
	rule.deny == {{
		"at": "/publicClient/redirectUris/0",
		"uri": "javascript:alert(1)",
		"scheme": "javascript",
	}} with input as inputs.javascript
}

test_reports_data if {
	rule.deny == {{
		"at": "/publicClient/redirectUris/0",
		"uri": "data:text/html,hello",
		"scheme": "data",
	}} with input as inputs.data
}

test_reports_vbscript if {
	rule.deny == {{
		"at": "/publicClient/redirectUris/0",
		"uri": "vbscript:msgbox",
		"scheme": "vbscript",
	}} with input as inputs.vbscript
}

test_reports_file if {
	rule.deny == {{
		"at": "/publicClient/redirectUris/0",
		"uri": "file:///tmp/auth",
		"scheme": "file",
	}} with input as inputs.file
}

test_reports_blob if {
	rule.deny == {{
		"at": "/publicClient/redirectUris/0",
		"uri": "blob:https://shop.contoso.com/1",
		"scheme": "blob",
	}} with input as inputs.blob
}

test_reports_a_urn_as_medium if {
	rule.deny == {{
		"at": "/publicClient/redirectUris/0",
		"uri": "urn:contoso:shop",
		"scheme": "urn",
		"severity": "medium",
	}} with input as inputs.urn
}

test_reports_more_than_the_out_of_band_urn if {
	rule.deny == {{
		"at": "/publicClient/redirectUris/0",
		"uri": "urn:ietf:wg:oauth:2.0:oob:auto",
		"scheme": "urn",
		"severity": "medium",
	}} with input as inputs.longer_out_of_band
}

test_reports_each_uri if {
	rule.deny == {
		{"at": "/publicClient/redirectUris/0", "uri": "javascript:alert(1)", "scheme": "javascript"},
		{
			"at": "/publicClient/redirectUris/1",
			"uri": "urn:contoso:shop",
			"scheme": "urn",
			"severity": "medium",
		},
	} with input as inputs.several
}

test_allows_the_out_of_band_urn if {
	rule.deny == set() with input as inputs.out_of_band
}

test_allows_a_custom_scheme if {
	rule.deny == set() with input as inputs.custom_scheme
}

test_allows_a_scheme_in_the_path if {
	rule.deny == set() with input as inputs.scheme_in_the_path
}

test_allows_a_scheme_that_only_starts_like_one if {
	rule.deny == set() with input as inputs.scheme_with_a_dangerous_start
}

test_skips_an_unparsable_uri if {
	rule.deny == set() with input as inputs.unparsable
}
