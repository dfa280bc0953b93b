# METADATA
# title: Redirect URI leaves the organisation
# description: |-
#   Whoever runs the host of a redirect URI receives the codes and tokens of the users who sign in.
#   A host outside the organisation's domains is in the hands of someone else, today or once its registration lapses.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/security-best-practices-for-app-registration
#     description: Security best practices for redirect URIs
# custom:
#   id: AB-103
#   severity: high
#   practice: AB.1
#   applies_to: [application]
#   requires: [application.redirect_uris, organization.domains]
#   message: "redirect URI `{uri}` leads to `{host}`, which is under none of the organisation's domains"
#   remediation: Move it to a domain of the organisation, or add the domain to organization.domains if it is yours.
package zerotrust.assume_breach.redirect_uri_foreign_domain

import data.zerotrust.lib.redirect_uris

deny contains finding if {
	some redirect in input.application.redirect_uris
	redirect.own_domain == false
	redirect_uris.on_web_host(redirect)
	not redirect.loopback
	not redirect_uris.microsoft_page(redirect)
	finding := {"at": redirect.at, "uri": redirect_uris.shown(redirect), "host": redirect.host}
}
