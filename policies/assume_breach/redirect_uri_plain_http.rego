# METADATA
# title: Redirect URI uses plain HTTP
# description: |-
#   A redirect URI receives authorization codes and tokens.
#   Over plain HTTP anyone on the network path can read them, or answer in place of the application.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/reply-url
#     description: Redirect URI restrictions
# custom:
#   id: AB-101
#   severity: high
#   practice: AB.1
#   applies_to: [application]
#   requires: [application.redirect_uris]
#   message: "redirect URI `{uri}` uses plain HTTP"
#   remediation: Use https, or a loopback address for a native client.
package zerotrust.assume_breach.redirect_uri_plain_http

import data.zerotrust.lib.redirect_uris

deny contains finding if {
	some redirect in input.application.redirect_uris
	redirect.scheme == "http"
	not redirect.loopback
	finding := {"at": redirect.at, "uri": redirect_uris.shown(redirect)}
}
