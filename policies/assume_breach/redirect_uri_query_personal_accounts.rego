# METADATA
# title: Query in a redirect URI with personal accounts
# description: |-
#   The platform does not support queries in redirect URIs of applications that personal accounts may use.
#   What a query carries is often a target to send the user on to, which an attacker can turn into an open redirect.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/reply-url#query-parameter-support-in-redirect-uris
#     description: Query parameters in redirect URIs
# custom:
#   id: AB-113
#   severity: medium
#   practice: AB.1
#   applies_to: [application]
#   requires: [application.redirect_uris, application.personal_accounts]
#   message: "redirect URI `{uri}` has a query, and personal accounts may sign in"
#   remediation: Register the URI without its query and carry the values in the state parameter.
package zerotrust.assume_breach.redirect_uri_query_personal_accounts

import data.zerotrust.lib.redirect_uris

deny contains finding if {
	input.application.personal_accounts
	some redirect in input.application.redirect_uris
	redirect.query
	finding := {"at": redirect.at, "uri": redirect_uris.shown(redirect)}
}
