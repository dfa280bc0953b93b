# METADATA
# title: Implicit grant issues access tokens
# description: |-
#   The authorization endpoint hands access tokens to the browser in the URL, where history, logs, extensions and
#   injected scripts can read them. Nothing ties such a token to the client that asked for it, so whoever sees it
#   can use it.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/v2-oauth2-implicit-grant-flow
#     description: Implicit grant flow
#   - ref: https://learn.microsoft.com/entra/identity-platform/migrate-spa-implicit-to-auth-code
#     description: From the implicit grant to the authorization code flow
# custom:
#   id: VE-101
#   severity: high
#   practice: VE.3
#   applies_to: [application]
#   requires: [application.implicit_grant.access_token]
#   message: "the authorization endpoint issues access tokens without a code"
#   remediation: Switch off access tokens of the implicit grant and use the authorization code flow with PKCE.
package zerotrust.verify_explicitly.implicit_grant_access_token

deny contains finding if {
	input.application.implicit_grant.access_token == true
	finding := {"at": "application.implicit_grant.access_token"}
}
