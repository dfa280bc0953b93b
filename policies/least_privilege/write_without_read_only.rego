# METADATA
# title: API offers write without read-only
# description: |-
#   A client that only reads has to request a permission to change data.
#   A flaw in that client, or a token stolen from it, then changes or deletes what it should only have shown.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/zero-trust-for-developers
#     description: Zero Trust best practices for developers
#   - ref: https://learn.microsoft.com/graph/permissions-overview#permissions-naming-pattern
#     description: How permissions are named
# custom:
#   id: LP-202
#   severity: medium
#   practice: LP.4
#   applies_to: [application]
#   uses:
#     - application.api.scopes
#     - application.app_roles
#     - application.api.scopes[].enabled
#     - application.api.scopes[].value
#     - application.app_roles[].enabled
#     - application.app_roles[].value
#     - application.app_roles[].allowed_member_types
#   message: "{kind} `{value}` gives {access} access to `{resource}`, and no {kind} only reads it"
#   remediation: Offer a read-only permission beside it, such as `Orders.Read` beside `Orders.ReadWrite`.
package zerotrust.least_privilege.write_without_read_only

import data.zerotrust.lib.offered_permissions

deny contains finding if {
	some scope in offered_permissions.scopes(input.application)
	_writes(scope)
	not scope.resource in _read_by_scope
	not _unnamed_scope
	finding := {
		"at": scope.at,
		"kind": "scope",
		"value": scope.value,
		"resource": scope.resource,
		"access": scope.access,
	}
}

deny contains finding if {
	some role in offered_permissions.roles(input.application)
	_writes(role)
	role.allowed_member_types != null
	some member_type in role.allowed_member_types
	not [member_type, role.resource] in _read_by_role
	not _unnamed_role
	finding := {
		"at": role.at,
		"kind": "role",
		"value": role.value,
		"resource": role.resource,
		"access": role.access,
	}
}

_writes(permission) if {
	permission.enabled == true
	permission.resource != null
	permission.access in {"write", "full"}
}

_unnamed_scope if offered_permissions.any_unnamed(offered_permissions.scopes(input.application))

_unnamed_role if offered_permissions.any_unnamed(offered_permissions.roles(input.application))

_read_by_scope contains resource if {
	some scope in offered_permissions.scopes(input.application)
	_may_read(scope)
	resource := scope.resource
}

_read_by_role contains [member_type, resource] if {
	some role in offered_permissions.roles(input.application)
	_may_read(role)
	some member_type in {"User", "Application"}
	offered_permissions.may_be_open_to(role, member_type)
	resource := role.resource
}

_may_read(permission) if {
	offered_permissions.may_be_enabled(permission)
	permission.access == "read"
}
