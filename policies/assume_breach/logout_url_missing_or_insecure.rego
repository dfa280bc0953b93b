# METADATA
# title: Front-channel logout URL is missing or insecure
# description: |-
#   Without a front-channel logout URL the application keeps its session when the user signs out elsewhere.
#   Over plain HTTP anyone on the network path can block or forge the sign-out.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc#single-sign-out
#     description: Single sign-out
#   - ref: https://learn.microsoft.com/entra/identity-platform/identity-platform-integration-checklist
#     description: Integration checklist
# custom:
#   id: AB-116
#   severity: low
#   practice: AB.1
#   applies_to: [application]
#   requires: [application.urls.logout]
#   uses:
#     - application.redirect_uris
#   message: "front-channel logout URL {problem}"
#   remediation: Set the front-channel logout URL to an https address that ends the application's session.
package zerotrust.assume_breach.logout_url_missing_or_insecure

import data.zerotrust.lib.redirect_uris

deny contains finding if {
	logout := input.application.urls.logout
	logout.scheme != "https"
	finding := {
		"at": logout.at,
		"uri": redirect_uris.shown(logout),
		"problem": sprintf("`%s` does not use https", [redirect_uris.shown(logout)]),
	}
}

deny contains finding if {
	input.application.urls.logout == {}
	input.declared.type in {"web", "spa"}
	redirects := input.application.redirect_uris
	redirects != null
	count(redirects) > 0
	finding := {"at": "application.urls.logout", "problem": "is not set", "severity": "info"}
}
