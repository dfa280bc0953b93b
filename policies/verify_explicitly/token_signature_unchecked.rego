# METADATA
# title: Token signature was not checked
# description: |-
#   What a token says is worth as much as its signature. Without the keys of its issuer, everything else that was found
#   here holds only if the token is genuine.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/access-tokens
#     description: Access tokens, and how to validate them
#   - ref: https://learn.microsoft.com/entra/identity-platform/signing-key-rollover
#     description: Signing key rollover
# custom:
#   id: VE-321
#   severity: medium
#   practice: VE.4
#   applies_to: [token]
#   message: "the token's signature was not checked: {reason}"
#   remediation: >-
#     Name a file with the issuer's keys (`jwks_uri` of its OpenID configuration) as `tokens.jwks` in ztvet.yaml. Where
#     claims without a signature are given on purpose, set `tokens.claims_only` to true.
package zerotrust.verify_explicitly.token_signature_unchecked

import data.zerotrust.lib.label

deny contains finding if {
	not input.token.signature.status in {"verified", "invalid"}
	not _claims_on_purpose
	finding := {
		"at": "token.signature",
		"reason": label.first_of([input.token.signature.reason, "no reason is known"]),
	}
}

_claims_on_purpose if {
	input.token.header == null
	data.ztvet.tokens.claims_only == true
}
