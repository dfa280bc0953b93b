# METADATA
# title: Single-page application redirects on the web platform
# description: |-
#   A redirect URI of the web platform does not let a browser redeem a code with PKCE, so a single-page
#   application falls back to the implicit grant, or to a secret that every visitor can read.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/migrate-spa-implicit-to-auth-code
#     description: From the implicit grant to the authorization code flow
#   - ref: https://learn.microsoft.com/entra/identity-platform/scenario-spa-app-registration
#     description: Registering a single-page application
# custom:
#   id: VE-103
#   severity: medium
#   practice: VE.3
#   applies_to: [application]
#   requires_complete: [application.redirect_uris]
#   uses:
#     - application.implicit_grant.access_token
#   message: "redirect URI `{uri}` of a single-page application is on the web platform"
#   remediation: >-
#     Move the redirect URI to the single-page application platform and use the authorization code flow with PKCE.
package zerotrust.verify_explicitly.spa_redirect_on_web_platform

import data.zerotrust.lib.client
import data.zerotrust.lib.redirect_uris

deny contains finding if {
	_single_page
	not client.has_platform(input.application, "spa")
	some redirect in input.application.redirect_uris
	redirect.platform == "web"
	finding := {"at": redirect.at, "uri": redirect_uris.shown(redirect)}
}

_single_page if input.declared.type == "spa"

_single_page if {
	input.application.implicit_grant.access_token == true
	not input.declared.type == "web"
}
