# METADATA
# title: Mutable claim requested as an identifier
# description: |-
#   Names and addresses change, are given to other people, and in some tenants are chosen by the user. An
#   application that decides access by them lets the next holder of the name into the account of the previous one.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/claims-validation
#     description: Validating claims
#   - ref: https://learn.microsoft.com/entra/identity-platform/optional-claims-reference
#     description: Optional claims reference
# custom:
#   id: VE-115
#   severity: medium
#   practice: VE.4
#   applies_to: [application]
#   requires: [declared.authorizes_by]
#   uses:
#     - application.optional_claims.access_token
#     - application.optional_claims.id_token
#     - application.optional_claims.saml2_token
#   message: "`{claim}` in the {token} can change hands, and the application authorizes by it"
#   remediation: Authorize by `oid` and `tid`, or by `sub`, and keep the other claims for display.
package zerotrust.verify_explicitly.mutable_claim_as_identifier

import data.zerotrust.lib.optional_claims

_mutable := {"upn", "email", "preferred_username", "verified_primary_email"}

deny contains finding if {
	some list, claims in optional_claims.known(input.application)
	some claim in claims
	claim.name in _mutable
	claim.name in input.declared.authorizes_by
	finding := {"at": claim.at, "claim": claim.name, "token": optional_claims.tokens[list]}
}
