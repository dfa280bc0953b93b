# METADATA
# title: Registrations share a redirect URI
# description: |-
#   One address receives the codes and tokens of several applications. Whoever breaks into the site behind it has them
#   all, and a token for one may be passed off as a token for another.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/reply-url
#     description: Redirect URI restrictions
#   - ref: https://learn.microsoft.com/entra/identity-platform/security-best-practices-for-app-registration
#     description: Security best practices for application registrations
# custom:
#   id: AB-701
#   severity: medium
#   practice: AB.2
#   applies_to: [inventory]
#   requires: [inventory.shared_redirect_uris]
#   message: "redirect URI `{uri}` is shared by `{applications}`"
#   remediation: Give each application its own redirect URIs, or make one registration of what is one application.
package zerotrust.assume_breach.shared_redirect_uri

import data.zerotrust.lib.inventory
import data.zerotrust.lib.redirect_uris

# What every native client may name.
_everyones := {"urn:ietf:wg:oauth:2.0:oob"}

deny contains finding if {
	some shared in input.inventory.shared_redirect_uris
	not redirect_uris.microsoft_page(shared)
	not shared.uri in _everyones
	finding := object.union(inventory.about(shared.applications), {"uri": shared.uri})
}
