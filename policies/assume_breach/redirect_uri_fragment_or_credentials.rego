# METADATA
# title: Redirect URI has a fragment or credentials
# description: |-
#   Everyone who signs in can read a user name or password in a redirect URI.
#   It also misleads the reader: `contoso.com@evil.net` leads to `evil.net`.
#   A fragment collides with the place where a response may carry tokens, and OAuth 2.0 forbids it.
# related_resources:
#   - ref: https://www.rfc-editor.org/rfc/rfc6749#section-3.1.2
#     description: OAuth 2.0, redirection endpoint
#   - ref: https://learn.microsoft.com/entra/identity-platform/reply-url
#     description: Redirect URI restrictions
# custom:
#   id: AB-108
#   severity: high
#   practice: AB.1
#   applies_to: [application]
#   requires: [application.redirect_uris]
#   message: "redirect URI `{uri}` has {problem}"
#   remediation: Register the URI without it. Replace a password that was in it.
package zerotrust.assume_breach.redirect_uri_fragment_or_credentials

import data.zerotrust.lib.redirect_uris

deny contains finding if {
	some redirect in input.application.redirect_uris
	redirect.fragment
	finding := {"at": redirect.at, "uri": redirect_uris.shown(redirect), "problem": "a fragment"}
}

deny contains finding if {
	some redirect in input.application.redirect_uris
	redirect.userinfo
	finding := {"at": redirect.at, "uri": redirect_uris.shown(redirect), "problem": "a user name or password"}
}
