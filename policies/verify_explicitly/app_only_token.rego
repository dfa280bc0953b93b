# METADATA
# title: App-only token where a user is required
# description: |-
#   No user stands behind an app-only token: no multifactor authentication, no Conditional Access for users, and
#   nobody to ask in the log. An operation that acts for a user must not be open to it.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/claims-validation
#     description: Validating claims
#   - ref: https://learn.microsoft.com/entra/identity-platform/optional-claims-reference
#     description: Optional claims reference
# custom:
#   id: VE-312
#   severity: high
#   practice: VE.4
#   applies_to: [token]
#   denial: insufficient_scope
#   requires: [tokens.require_user]
#   message: "{problem}, and `tokens.require_user` asks for a user"
#   remediation: >-
#     Refuse the token. Add `idtyp` to the optional claims of the API's access tokens, so that app-only tokens are told
#     apart, and check it.
package zerotrust.verify_explicitly.app_only_token

import data.zerotrust.lib.token

deny contains finding if {
	data.ztvet.tokens.require_user == true
	input.token.flow == "app_only"
	finding := {"at": "token.claims.idtyp", "problem": "the token is app-only"}
}

deny contains finding if {
	data.ztvet.tokens.require_user == true
	not token.is_id(input.token)
	not input.token.flow in {"app_only", "delegated"}
	finding := {
		"at": "token.claims.idtyp",
		"problem": "the token does not say whether a user signed in",
		"severity": "medium",
	}
}
