# METADATA
# title: Token has expired
# description: |-
#   Expiry bounds what a stolen token is worth, and how long a user who was disabled goes on. A validator that lets
#   expired tokens through lets every token that ever leaked through.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference
#     description: Access token claims reference
#   - ref: https://www.rfc-editor.org/rfc/rfc7519#section-4.1.4
#     description: "RFC 7519: the expiration time claim"
# custom:
#   id: VE-307
#   severity: high
#   practice: VE.4
#   applies_to: [token]
#   message: "the token expired at {expires}"
#   remediation: Refuse the token, and let the client request a new one.
#   parameters:
#     clock_skew_seconds:
#       type: integer
#       default: 300
#       description: By how much the clocks of issuer and validator may differ, in seconds.
package zerotrust.verify_explicitly.token_expired

deny contains finding if {
	input.token.expires_in_seconds != null
	input.token.expires_in_seconds <= 0 - data.ztvet.parameters["VE-307"].clock_skew_seconds
	finding := {"at": "token.claims.exp", "expires": input.token.expires}
}

deny contains finding if {
	input.token.expires_in_seconds == null
	finding := {
		"at": "token.claims.exp",
		"expires": null,
		"message": "the token has no `exp` that is a number of seconds, and would never expire",
	}
}
