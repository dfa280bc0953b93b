# METADATA
# title: Loopback redirect URI on a web or single-page platform
# description: |-
#   A loopback address of a web or single-page application is a leftover of development.
#   Any program on a user's machine can listen there, so it gives malicious software a way to receive codes or tokens.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/reply-url#localhost-exceptions
#     description: Exceptions for localhost redirect URIs
# custom:
#   id: AB-106
#   severity: low
#   practice: AB.1
#   applies_to: [application]
#   requires: [application.redirect_uris]
#   message: "redirect URI `{uri}` is a loopback address on the platform `{platform}`"
#   remediation: Remove the redirect URI, and develop with a registration of its own.
package zerotrust.assume_breach.redirect_uri_loopback

import data.zerotrust.lib.redirect_uris

deny contains finding if {
	not _development
	some redirect in input.application.redirect_uris
	redirect.platform in {"web", "spa"}
	redirect.loopback
	redirect_uris.on_web_host(redirect)
	finding := {"at": redirect.at, "uri": redirect_uris.shown(redirect), "platform": redirect.platform}
}

_development if input.declared.environment == "development"
