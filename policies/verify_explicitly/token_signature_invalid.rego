# METADATA
# title: Token signature is invalid
# description: |-
#   The signature is all that tells a token of Microsoft's from one that anyone wrote. Where it does not hold, nothing
#   that the token says does.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/access-tokens
#     description: Access tokens, and how to validate them
#   - ref: https://learn.microsoft.com/entra/identity-platform/signing-key-rollover
#     description: Signing key rollover
# custom:
#   id: VE-301
#   severity: critical
#   practice: VE.4
#   applies_to: [token]
#   message: "the token's signature is not valid: {reason}"
#   remediation: >-
#     Refuse the token. Where it is genuine, fetch the issuer's keys anew: they change without notice.
package zerotrust.verify_explicitly.token_signature_invalid

import data.zerotrust.lib.label

deny contains finding if {
	input.token.signature.status == "invalid"
	finding := {
		"at": "token.signature",
		"reason": label.first_of([input.token.signature.reason, "no reason is known"]),
	}
}
