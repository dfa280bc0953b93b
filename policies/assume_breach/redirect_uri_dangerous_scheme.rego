# METADATA
# title: Redirect URI uses a dangerous scheme
# description: |-
#   Schemes such as javascript, data and blob run content instead of leading to a site, and file leads to a local disk.
#   An attacker who starts a sign-in can have the response handled by their own code. A urn names no endpoint at all.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/security-best-practices-for-app-registration
#     description: Security best practices for redirect URIs
# custom:
#   id: AB-109
#   severity: critical
#   practice: AB.1
#   applies_to: [application]
#   requires: [application.redirect_uris]
#   message: "redirect URI `{uri}` uses the scheme `{scheme}`"
#   remediation: Use https, or a reverse-domain custom scheme for a native client.
package zerotrust.assume_breach.redirect_uri_dangerous_scheme

import data.zerotrust.lib.redirect_uris

_dangerous_schemes := {"javascript", "data", "vbscript", "file", "blob"}

_out_of_band := "urn:ietf:wg:oauth:2.0:oob"

deny contains finding if {
	some redirect in input.application.redirect_uris
	redirect.scheme in _dangerous_schemes
	finding := {"at": redirect.at, "uri": redirect_uris.shown(redirect), "scheme": redirect.scheme}
}

deny contains finding if {
	some redirect in input.application.redirect_uris
	redirect.scheme == "urn"
	lower(redirect.uri) != _out_of_band
	finding := {
		"at": redirect.at,
		"uri": redirect_uris.shown(redirect),
		"scheme": redirect.scheme,
		"severity": "medium",
	}
}
