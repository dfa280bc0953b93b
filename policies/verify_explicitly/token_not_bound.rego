# METADATA
# title: Token is not bound to its sender
# description: |-
#   A bearer token works for whoever holds it. One that is bound to a key of its client (`cnf`) is worth nothing to
#   a thief who has not stolen the key as well.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/msal/dotnet/advanced/proof-of-possession-tokens
#     description: Proof-of-possession tokens
#   - ref: https://www.rfc-editor.org/rfc/rfc7800
#     description: "RFC 7800: proof-of-possession key semantics"
# custom:
#   id: VE-320
#   severity: info
#   practice: VE.4
#   applies_to: [token]
#   requires: [tokens.require_proof_of_possession]
#   message: the token has no `cnf`, and works for whoever holds it
#   remediation: Let the client request a token with proof of possession, and check the proof.
package zerotrust.verify_explicitly.token_not_bound

deny contains finding if {
	data.ztvet.tokens.require_proof_of_possession == true
	not _bound
	finding := {"at": "token.claims.cnf"}
}

_bound if {
	is_object(input.token.claims.cnf)
	count(input.token.claims.cnf) > 0
}
