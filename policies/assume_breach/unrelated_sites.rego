# METADATA
# title: One registration serves unrelated sites
# description: |-
#   Sites under different domains that share a registration also share its consent, permissions and credentials.
#   An attacker who takes over one of them can obtain tokens for all.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/security-best-practices-for-app-registration
#     description: Security best practices for redirect URIs
# custom:
#   id: AB-121
#   severity: medium
#   practice: AB.2
#   applies_to: [application]
#   requires: [application.redirect_uris]
#   message: "redirect URIs lead to {count} unrelated sites, more than {limit}: `{domains}`"
#   remediation: Register each application on its own and move the redirect URIs there.
#   parameters:
#     max_sites:
#       type: integer
#       default: 2
#       description: Largest number of registrable domains among the redirect URIs of one registration.
package zerotrust.assume_breach.unrelated_sites

import data.zerotrust.lib.redirect_uris

_domains := {domain |
	some redirect in input.application.redirect_uris
	redirect_uris.on_web_host(redirect)
	not redirect.loopback
	not redirect_uris.microsoft_page(redirect)
	domain := redirect.registrable_domain
	domain != null
}

deny contains finding if {
	limit := data.ztvet.parameters["AB-121"].max_sites
	count(_domains) > limit
	finding := {
		"at": "application.redirect_uris",
		"count": count(_domains),
		"limit": limit,
		"domains": sort(_domains),
	}
}
