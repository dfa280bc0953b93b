# METADATA
# title: Redirect URI points to a development tunnel
# description: |-
#   A tunnel brings codes and tokens to a developer's machine, past every control of the network.
#   Its host name is short-lived, and the next person who gets the name receives the tokens.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/developer/dev-tunnels/security
#     description: Security of dev tunnels
#   - ref: https://learn.microsoft.com/entra/identity-platform/security-best-practices-for-app-registration
#     description: Security best practices for redirect URIs
# custom:
#   id: AB-105
#   severity: high
#   practice: AB.1
#   applies_to: [application]
#   requires: [application.redirect_uris]
#   message: "redirect URI `{uri}` leads into a development tunnel of `{tunnel}`"
#   remediation: Remove the redirect URI. Test with a separate development registration.
package zerotrust.assume_breach.redirect_uri_tunnel

import data.zerotrust.lib.redirect_uris

deny contains finding if {
	some redirect in input.application.redirect_uris
	redirect.tunnel != null
	redirect_uris.on_web_host(redirect)
	redirect.own_domain != true
	finding := {"at": redirect.at, "uri": redirect_uris.shown(redirect), "tunnel": redirect.tunnel}
}
