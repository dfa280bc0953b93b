# METADATA
# title: Token lacks a required permission
# description: |-
#   Nobody granted the caller the operation. An API that lets it through because the token is otherwise in order treats
#   every client and every user alike.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/scenario-protected-web-api-verification-scope-app-roles
#     description: Verify scopes and app roles
#   - ref: https://learn.microsoft.com/entra/identity-platform/claims-validation
#     description: Validating claims
# custom:
#   id: LP-503
#   severity: high
#   practice: LP.1
#   applies_to: [token]
#   requires: [tokens.required_permissions]
#   message: "the token carries none of the required permissions: {required}"
#   remediation: >-
#     Refuse the token. Where a wider permission is to serve as well, name it in `tokens.required_permissions`: none is
#     implied by another.
package zerotrust.least_privilege.required_permission_not_in_token

deny contains finding if {
	count(data.ztvet.tokens.required_permissions) > 0
	not _carries_one
	finding := {
		"at": "token.claims",
		"required": data.ztvet.tokens.required_permissions,
	}
}

_carries_one if {
	some permission in input.token.permissions
	permission.name in data.ztvet.tokens.required_permissions
}
