# METADATA
# title: Multifactor authentication is not shown
# description: |-
#   A password alone is guessed, phished and bought. A token of version 1 says in `amr` how its user authenticated;
#   one of version 2 does not say, and an authentication context has to stand in its place.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference
#     description: "Access token claims reference: amr"
#   - ref: https://learn.microsoft.com/entra/identity/conditional-access/policy-all-users-mfa-strength
#     description: Require multifactor authentication for all users
# custom:
#   id: VE-317
#   severity: medium
#   practice: VE.2
#   applies_to: [token]
#   denial: insufficient_scope
#   requires: [tokens.require_mfa]
#   uses: [token.claims.amr]
#   message: "`amr` does not show that the user gave more than one factor"
#   remediation: >-
#     Require multifactor authentication by a Conditional Access policy for the API. To see in the token that it took
#     place, require an authentication context (`tokens.required_auth_contexts`).
package zerotrust.verify_explicitly.multifactor_not_shown

import data.zerotrust.lib.token

deny contains finding if {
	data.ztvet.tokens.require_mfa == true
	not input.token.flow == "app_only"
	_says_how
	not _multifactor
	finding := {"at": "token.claims.amr"}
}

# Every token of version 1 for a user has the claim.
_says_how if input.token.version == 1

_says_how if "amr" in object.keys(input.token.claims)

_multifactor if {
	some method in {"mfa", "ngcmfa", "fido"}
	method in _methods
}

# A key and a code from a device are a factor each.
_multifactor if {
	"rsa" in _methods
	"otp" in _methods
}

_methods := token.values(input.token.claims, "amr")
