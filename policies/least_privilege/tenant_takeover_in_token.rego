# METADATA
# title: Token carries a permission that can take over the tenant
# description: |-
#   With this token in hand, whoever holds it can assign roles, add credentials or change who may sign in, until it
#   expires. A log, a proxy or a crash report that keeps it is as dangerous as a stolen credential.
# related_resources:
#   - ref: https://learn.microsoft.com/graph/permissions-reference
#     description: Microsoft Graph permissions reference
#   - ref: https://learn.microsoft.com/entra/identity-platform/secure-least-privileged-access
#     description: Principle of least privilege
# custom:
#   id: LP-501
#   severity: high
#   practice: LP.1
#   applies_to: [token]
#   message: "the token for Microsoft Graph carries `{permission}`, which can take over the tenant"
#   remediation: >-
#     Let the client ask for the scopes that a call needs, not for all that were granted, and replace the permission by
#     one that does only what the calls need.
package zerotrust.least_privilege.tenant_takeover_in_token

deny contains finding if {
	input.token.resource.app_id == "00000003-0000-0000-c000-000000000000"
	some permission in input.token.permissions
	permission.tier == 0
	finding := {
		"at": concat(".", ["token.claims", permission.claim]),
		"permission": permission.name,
		"claim": permission.claim,
	}
}
