# METADATA
# title: Token is not valid yet
# description: |-
#   A token from the future was written by someone whose clock is wrong, or made in store for a time when its issuer
#   would no longer issue it.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference
#     description: Access token claims reference
#   - ref: https://www.rfc-editor.org/rfc/rfc7519#section-4.1.5
#     description: "RFC 7519: the not before claim"
# custom:
#   id: VE-308
#   severity: high
#   practice: VE.4
#   applies_to: [token]
#   uses: [token.not_before, token.issued]
#   message: "`{claim}` lies {seconds} seconds in the future"
#   remediation: Refuse the token, and compare the clock of the validator with the time of the network.
#   parameters:
#     clock_skew_seconds:
#       type: integer
#       default: 300
#       description: By how much the clocks of issuer and validator may differ, in seconds.
package zerotrust.verify_explicitly.token_not_valid_yet

_starts := {"nbf": input.token.not_before_in_seconds, "iat": input.token.issued_in_seconds}

deny contains finding if {
	some claim, seconds in _starts
	seconds != null
	seconds > data.ztvet.parameters["VE-308"].clock_skew_seconds
	finding := {
		"at": concat(".", ["token.claims", claim]),
		"claim": claim,
		"seconds": seconds,
	}
}
