# METADATA
# title: Required authentication context is missing
# description: |-
#   An authentication context stands for a policy that a sensitive operation needs, such as a stronger factor or a
#   managed device. Where the token does not name it, the user was never asked to satisfy the policy.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/developer-guide-conditional-access-authentication-context
#     description: Conditional Access authentication context
#   - ref: https://learn.microsoft.com/entra/identity-platform/claims-challenge
#     description: Claims challenges, claims requests and client capabilities
# custom:
#   id: VE-315
#   severity: high
#   practice: VE.2
#   applies_to: [token]
#   requires: [tokens.required_auth_contexts]
#   message: "the user did not satisfy the authentication context `{auth_context}`"
#   remediation: >-
#     Answer with a claims challenge for the context where the client can handle one (`cp1`), and refuse the token
#     otherwise.
package zerotrust.verify_explicitly.auth_context_missing

# Contexts are for users: no policy asks an application for one.
deny contains finding if {
	not input.token.flow == "app_only"
	some auth_context in data.ztvet.tokens.required_auth_contexts
	not auth_context in input.token.auth_contexts
	finding := {
		"at": "token.claims.acrs",
		"auth_context": auth_context,
		"client_capable": _client_capable,
	}
}

_client_capable := "cp1" in input.token.capabilities
