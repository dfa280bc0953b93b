# METADATA
# title: Redirect URI has a wildcard
# description: |-
#   A wildcard lets codes and tokens go to hosts or paths that nobody reviewed.
#   An attacker who controls one of them, such as a forgotten sub-domain or an open redirect, collects the tokens.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/reply-url#restrictions-on-wildcards-in-redirect-uris
#     description: Restrictions on wildcards in redirect URIs
# custom:
#   id: AB-102
#   severity: critical
#   practice: AB.1
#   applies_to: [application]
#   requires: [application.redirect_uris]
#   message: "redirect URI `{uri}` has a wildcard"
#   remediation: Register each complete redirect URI. Carry what varies in the state parameter.
package zerotrust.assume_breach.redirect_uri_wildcard

import data.zerotrust.lib.redirect_uris

deny contains finding if {
	some redirect in input.application.redirect_uris
	redirect.wildcard
	finding := {"at": redirect.at, "uri": redirect_uris.shown(redirect)}
}
