# METADATA
# title: Token carries more than the operation needs
# description: |-
#   A token that can write reaches every place that a call with it passes. Where the call only reads, the rest is at the
#   disposal of whoever picks the token up.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/secure-least-privileged-access
#     description: Principle of least privilege
#   - ref: https://learn.microsoft.com/entra/identity-platform/scopes-oidc
#     description: Scopes and permissions
# custom:
#   id: LP-502
#   severity: medium
#   practice: LP.1
#   applies_to: [token]
#   requires: [tokens.required_permissions]
#   message: "the token carries `{permission}` ({access} access) beyond `tokens.required_permissions`"
#   remediation: >-
#     Let the client ask for the scopes of the operation alone, and grant applications no role that they do not use.
package zerotrust.least_privilege.more_than_required_in_token

deny contains finding if {
	some permission in input.token.permissions
	permission.access in {"write", "full"}
	not permission.name in data.ztvet.tokens.required_permissions
	finding := {
		"at": concat(".", ["token.claims", permission.claim]),
		"permission": permission.name,
		"claim": permission.claim,
		"access": permission.access,
	}
}
