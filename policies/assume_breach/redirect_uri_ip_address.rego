# METADATA
# title: Redirect URI is a bare IP address
# description: |-
#   An address is lent, not owned: the next tenant of a cloud address receives the codes and tokens that are sent to it.
#   Certificates for bare addresses are rare, so users learn to click through warnings.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/reply-url
#     description: Redirect URI restrictions
# custom:
#   id: AB-107
#   severity: medium
#   practice: AB.1
#   applies_to: [application]
#   requires: [application.redirect_uris]
#   message: "redirect URI `{uri}` leads to the bare IP address `{host}`"
#   remediation: Give the site a host name under a domain of the organisation and register that.
package zerotrust.assume_breach.redirect_uri_ip_address

import data.zerotrust.lib.redirect_uris

deny contains finding if {
	some redirect in input.application.redirect_uris
	redirect.ip
	redirect_uris.on_web_host(redirect)
	not redirect.loopback
	finding := {"at": redirect.at, "uri": redirect_uris.shown(redirect), "host": redirect.host}
}
