# METADATA
# title: Token header carries its own key
# description: |-
#   A validator that takes the key from the token, or from an address in it, accepts whatever an attacker signed
#   with a key of their own. Microsoft's tokens name a key of the published ones, by `kid` or `x5t`, and nothing
#   else.
# related_resources:
#   - ref: https://www.rfc-editor.org/rfc/rfc8725#section-3.10
#     description: "RFC 8725: do not trust received claims"
#   - ref: https://www.rfc-editor.org/rfc/rfc7515#section-4.1.11
#     description: "RFC 7515: the critical header parameter"
# custom:
#   id: VE-303
#   severity: critical
#   practice: VE.4
#   applies_to: [token]
#   requires: [token.header]
#   message: "the token's header has `{parameter}`, {meaning}"
#   remediation: Refuse the token, and take keys from the issuer's published metadata alone.
package zerotrust.verify_explicitly.token_header_key

_meanings := {
	"jwk": "a key of its own",
	"jku": "the address of keys of its own",
	"x5c": "a certificate of its own",
	"x5u": "the address of a certificate of its own",
	"crit": "which demands extensions that no token of Microsoft's has",
}

deny contains finding if {
	some parameter, meaning in _meanings
	parameter in object.keys(input.token.header)
	finding := {
		"at": concat(".", ["token.header", parameter]),
		"parameter": parameter,
		"meaning": meaning,
	}
}
