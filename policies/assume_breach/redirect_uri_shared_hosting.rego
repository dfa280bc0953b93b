# METADATA
# title: Redirect URI on a host that can be taken over
# description: |-
#   Names under a shared hosting suffix go to whoever asks first.
#   Once the site behind the redirect URI is deleted, an attacker can register its name and receive codes and tokens.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/security/fundamentals/subdomain-takeover
#     description: Prevent dangling DNS entries and subdomain takeover
#   - ref: https://learn.microsoft.com/entra/identity-platform/security-best-practices-for-app-registration
#     description: Security best practices for redirect URIs
# custom:
#   id: AB-104
#   severity: high
#   practice: AB.1
#   applies_to: [application]
#   requires: [application.redirect_uris]
#   message: "redirect URI `{uri}` is on `{suffix}`, where anyone may register a host"
#   remediation: Put the site behind a domain of the organisation and register that host instead.
package zerotrust.assume_breach.redirect_uri_shared_hosting

import data.zerotrust.lib.redirect_uris

deny contains finding if {
	some redirect in input.application.redirect_uris
	redirect.shared_hosting != null
	redirect_uris.on_web_host(redirect)
	redirect.own_domain != true
	finding := {"at": redirect.at, "uri": redirect_uris.shown(redirect), "suffix": redirect.shared_hosting}
}
