# METADATA
# title: Duplicate permission value
# description: |-
#   Two permissions that look the same in a token mean different things to those who granted them.
#   A caller who was given the harmless one passes a check that was written for the other.
# related_resources:
#   - ref: https://learn.microsoft.com/graph/api/resources/permissionscope
#     description: permissionScope resource
#   - ref: https://learn.microsoft.com/graph/api/resources/approle
#     description: appRole resource
# custom:
#   id: LP-211
#   severity: medium
#   practice: LP.3
#   applies_to: [application]
#   uses:
#     - application.api.scopes
#     - application.api.scopes[].id
#     - application.api.scopes[].enabled
#     - application.api.scopes[].value
#     - application.app_roles
#     - application.app_roles[].id
#     - application.app_roles[].enabled
#     - application.app_roles[].value
#     - application.app_roles[].allowed_member_types
#   message: "{sharers} share the value `{value}`"
#   remediation: Give each permission its own value, and disable the one that is not meant.
package zerotrust.least_privilege.duplicate_permission_value

import data.zerotrust.lib.offered_permissions

deny contains finding if {
	some position, first in _claims
	second := _claims[position + 1]
	first[0] == second[0]
	finding := {"at": second[2], "sharers": second[3], "value": second[0][1]}
}

# A user's token can carry both. An application's token carries roles alone.
deny contains finding if {
	some role in offered_permissions.roles(input.application)
	_named(role)
	role.id != null
	offered_permissions.open_to(role, "User")
	role.value in _scope_values
	not [role.value, role.id] in _scope_ids
	not [role.value, null] in _scope_ids
	finding := {"at": role.at, "sharers": "a scope and a role for users", "value": role.value}
}

# Sorted, so that equal values for the same kind of caller stand side by side, in the order of the document.
_claims := sort(array.concat(_scope_claims, _role_claims))

_scope_claims := [claim |
	some index, scope in offered_permissions.scopes(input.application)
	_named(scope)
	claim := [["scope", scope.value], index, scope.at, "two scopes"]
]

_role_claims := [claim |
	some index, role in offered_permissions.roles(input.application)
	_named(role)
	some member_type in {"User", "Application"}
	offered_permissions.open_to(role, member_type)
	claim := [[member_type, role.value], index, role.at, "two roles"]
]

_scope_ids contains [value, id] if {
	some scope in offered_permissions.scopes(input.application)
	_named(scope)
	value := scope.value
	id := scope.id
}

_scope_values contains value if some [value, _] in _scope_ids

_named(permission) if {
	permission.enabled == true
	not permission.value in {null, ""}
}
