# METADATA
# title: Redirect URI is not a valid URI
# description: |-
#   Where the platform, a browser and a proxy read a URI differently, a code can end at a place that nobody meant.
#   Dot segments and escaped slashes let one registered path stand for another.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/reply-url
#     description: Redirect URI restrictions
# custom:
#   id: AB-110
#   severity: high
#   practice: AB.1
#   applies_to: [application]
#   requires: [application.redirect_uris]
#   message: "redirect URI `{uri}` {problem}"
#   remediation: Register the plain absolute URI, without dot segments and escapes, in at most 256 supported characters.
package zerotrust.assume_breach.redirect_uri_invalid

import data.zerotrust.lib.redirect_uris

_max_characters := 256

deny contains finding if {
	some redirect in input.application.redirect_uris
	not redirect.valid
	finding := {"at": redirect.at, "uri": redirect_uris.shown(redirect), "problem": "cannot be parsed"}
}

deny contains finding if {
	some redirect in input.application.redirect_uris
	count(redirect.uri) > _max_characters
	finding := {"at": redirect.at, "uri": redirect_uris.shown(redirect), "problem": "is longer than 256 characters"}
}

deny contains finding if {
	some redirect in input.application.redirect_uris
	count(redirect.unsupported_characters) > 0
	finding := {
		"at": redirect.at,
		"uri": redirect_uris.shown(redirect),
		"problem": sprintf("has unsupported characters: `%s`", [concat(" ", redirect.unsupported_characters)]),
		"severity": "medium",
	}
}

# The hash in a broker's URI is escaped base64, slashes included.
deny contains finding if {
	some redirect in input.application.redirect_uris
	redirect.ambiguous_path
	redirect.broker == null
	finding := {
		"at": redirect.at,
		"uri": redirect_uris.shown(redirect),
		"problem": "has dot segments or an escaped slash or backslash in its path",
	}
}
