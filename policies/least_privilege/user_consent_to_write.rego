# METADATA
# title: Users can consent to write access
# description: |-
#   Any user can let any client change data through this scope.
#   A consent-phishing application needs one careless user, and no administrator sees the request.
# related_resources:
#   - ref: https://learn.microsoft.com/graph/api/resources/permissionscope
#     description: permissionScope resource
#   - ref: https://learn.microsoft.com/entra/identity-platform/permissions-consent-overview
#     description: Permissions and consent
# custom:
#   id: LP-206
#   severity: medium
#   practice: LP.2
#   applies_to: [application]
#   requires:
#     - application.api.scopes
#     - application.api.scopes[].enabled
#     - application.api.scopes[].value
#     - application.api.scopes[].type
#   message: "users can consent to `{scope}`, which gives {access} access"
#   remediation: Set the type of the scope to `Admin`.
package zerotrust.least_privilege.user_consent_to_write

deny contains finding if {
	some scope in input.application.api.scopes
	scope.enabled == true
	scope.type == "User"
	scope.access in {"write", "full"}
	finding := {"at": scope.at, "scope": scope.value, "access": scope.access}
}
