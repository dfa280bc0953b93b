# METADATA
# title: Token is not signed by an asymmetric key
# description: |-
#   Microsoft signs its tokens with private keys. A token without a signature, or with one made with a shared
#   secret, can be written by anyone who knows what the validator takes for the secret, such as the public key.
# related_resources:
#   - ref: https://www.rfc-editor.org/rfc/rfc8725#section-3.1
#     description: "RFC 8725: perform algorithm verification"
#   - ref: https://learn.microsoft.com/entra/identity-platform/access-tokens
#     description: Access tokens, and how to validate them
# custom:
#   id: VE-302
#   severity: critical
#   practice: VE.4
#   applies_to: [token]
#   requires: [token.header]
#   message: "the token's `alg` is `{algorithm}`, which is no asymmetric signature of RFC 7518"
#   remediation: Refuse the token, and let the validator accept RS256 and no algorithm that the token chooses.
package zerotrust.verify_explicitly.token_algorithm

# The names are case-sensitive, so that every spelling of `none` is outside.
_asymmetric := {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"}

deny contains finding if {
	_named
	algorithm := input.token.header.alg
	not algorithm in _asymmetric
	finding := {"at": "token.header.alg", "algorithm": algorithm}
}

deny contains finding if {
	not _named
	finding := {
		"at": "token.header.alg",
		"algorithm": null,
		"message": "the token's header names no algorithm in `alg`",
	}
}

_named if is_string(input.token.header.alg)
