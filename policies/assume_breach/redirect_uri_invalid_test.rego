package zerotrust.assume_breach.redirect_uri_invalid_test

import data.zerotrust.assume_breach.redirect_uri_invalid as rule
import data.zerotrust.testing

inputs := {
	"unparsable": _application([_unparsable]),
	"unparsable_with_a_password": _application([object.union(_unparsable, {"uri": "https://ada:s3cret@"})]),
	"characters_256": _application([_long(0, 231)]),
	"characters_257": _application([_long(0, 232)]),
	"wide_characters_256": _application([testing.redirect_uri(0, {
		"uri": sprintf("https://shop.contoso.com/%s", [_repeat("é", 231)]),
		"path": sprintf("/%s", [_repeat("é", 231)]),
	})]),
	"unsupported": _application([testing.redirect_uri(0, {
		"uri": "https://shop.contoso.com/auth(1)!",
		"path": "/auth(1)!",
		"unsupported_characters": ["(", ")", "!"],
	})]),
	"dot_segments": _application([testing.redirect_uri(0, {
		"uri": "https://shop.contoso.com/a/../auth",
		"path": "/a/../auth",
		"ambiguous_path": true,
	})]),
	"several_problems": _application([testing.redirect_uri(0, {
		"uri": "https://shop.contoso.com/a%2Fb;c",
		"path": "/a%2Fb;c",
		"ambiguous_path": true,
		"unsupported_characters": [";"],
	})]),
	"several": _application([_unparsable, testing.redirect_uri(1, {}), testing.redirect_uri(2, {
		"uri": "https://shop.contoso.com/./auth",
		"path": "/./auth",
		"ambiguous_path": true,
	})]),
	"broker_hash": _application([testing.redirect_uri(0, {
		"uri": "msauth://com.contoso.shop/2jmj7l5rSw0yVb%2FvlWAYkK%2FYBwk%3D",
		"platform": "public_client",
		"scheme": "msauth",
		"host": "com.contoso.shop",
		"path": "/2jmj7l5rSw0yVb%2FvlWAYkK%2FYBwk%3D",
		"registrable_domain": null,
		"broker": {"platform": "android", "well_formed": true, "problem": ""},
		"ambiguous_path": true,
		"at": "/publicClient/redirectUris/0",
	})]),
	"custom_scheme": _application([_custom_scheme]),
	"plain": _application([testing.redirect_uri(0, {})]),
}

_application(redirects) := testing.application({"redirect_uris": redirects})

_long(index, characters) := testing.redirect_uri(index, {
	"uri": sprintf("https://shop.contoso.com/%s", [_repeat("a", characters)]),
	"path": sprintf("/%s", [_repeat("a", characters)]),
})

_repeat(text, times) := concat("", [text | some _ in numbers.range(1, times)])

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

test_reports_an_unparsable_uri if {
	rule.deny == {{
		"at": "/web/redirectUris/0",
		"uri": "https://",
		"problem": "cannot be parsed",
	}} with input as inputs.unparsable
}

test_hides_what_may_be_a_password if {
	rule.deny == {{
		"at": "/web/redirectUris/0",
		"uri": "…@",
		"problem": "cannot be parsed",
	}} with input as inputs.unparsable_with_a_password
}

test_allows_256_characters if {
	rule.deny == set() with input as inputs.characters_256
}

test_reports_257_characters if {
	{problem | some finding in rule.deny; problem := finding.problem} == {
		"is longer than 256 characters",
	} with input as inputs.characters_257
}

test_counts_characters_and_not_bytes if {
	rule.deny == set() with input as inputs.wide_characters_256
}

test_reports_unsupported_characters_as_medium if {
	rule.deny == {{
		"at": "/web/redirectUris/0",
		"uri": "https://shop.contoso.com/auth(1)!",
		"problem": "has unsupported characters: `( ) !`",
		"severity": "medium",
	}} with input as inputs.unsupported
}

test_reports_dot_segments if {
	rule.deny == {{
		"at": "/web/redirectUris/0",
		"uri": "https://shop.contoso.com/a/../auth",
		"problem": "has dot segments or an escaped slash or backslash in its path",
	}} with input as inputs.dot_segments
}

test_reports_each_problem if {
	rule.deny == {
		{
			"at": "/web/redirectUris/0",
			"uri": "https://shop.contoso.com/a%2Fb;c",
			"problem": "has unsupported characters: `;`",
			"severity": "medium",
		},
		{
			"at": "/web/redirectUris/0",
			"uri": "https://shop.contoso.com/a%2Fb;c",
			"problem": "has dot segments or an escaped slash or backslash in its path",
		},
	} with input as inputs.several_problems
}

test_reports_each_uri if {
	{at | some finding in rule.deny; at := finding.at} == {
		"/web/redirectUris/0",
		"/web/redirectUris/2",
	} with input as inputs.several
}

test_allows_an_escaped_broker_hash if {
	rule.deny == set() with input as inputs.broker_hash
}

test_allows_a_custom_scheme if {
	rule.deny == set() with input as inputs.custom_scheme
}

test_allows_a_plain_uri if {
	rule.deny == set() with input as inputs.plain
}
