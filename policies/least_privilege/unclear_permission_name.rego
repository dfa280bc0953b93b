# METADATA
# title: Permission name says nothing
# description: |-
#   The name does not say which data may be used how.
#   Who consents to it, or checks for it in code, has to guess what it allows, and it grows to allow more.
# related_resources:
#   - ref: https://learn.microsoft.com/graph/permissions-overview#permissions-naming-pattern
#     description: How permissions are named
#   - ref: https://learn.microsoft.com/entra/identity-platform/zero-trust-for-developers
#     description: Zero Trust best practices for developers
# custom:
#   id: LP-207
#   severity: low
#   practice: LP.2
#   applies_to: [application]
#   uses:
#     - application.api.scopes
#     - application.api.scopes[].enabled
#     - application.api.scopes[].value
#     - application.app_roles
#     - application.app_roles[].enabled
#     - application.app_roles[].value
#   message: "{kind} `{value}` does not name a resource and an operation"
#   remediation: Name it `resource.operation` or `resource.operation.constraint`, such as `Orders.Read.All`.
package zerotrust.least_privilege.unclear_permission_name

import data.zerotrust.lib.catch_all
import data.zerotrust.lib.offered_permissions

deny contains finding if {
	some scope in offered_permissions.scopes(input.application)
	_unclear(scope)
	finding := {"at": scope.at, "kind": "scope", "value": scope.value}
}

deny contains finding if {
	some role in offered_permissions.roles(input.application)
	_unclear(role)
	finding := {"at": role.at, "kind": "role", "value": role.value}
}

# A role without a value is in no token. Catch-alls are a matter of LP-201.
_unclear(permission) if {
	permission.enabled == true
	not permission.value in {null, ""}
	permission.resource == null
	not catch_all.includes(permission.value)
}
