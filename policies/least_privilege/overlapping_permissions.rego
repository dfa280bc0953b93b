# METADATA
# title: Requests overlapping permissions
# description: |-
#   A permission that another one includes adds nothing but doubt about what the application needs.
#   Often the broader of the two is a leftover, and it is what a thief of the token would use.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/secure-least-privileged-access
#     description: Principle of least privilege
#   - ref: https://learn.microsoft.com/graph/permissions-overview#permissions-naming-pattern
#     description: How permissions are named
# custom:
#   id: LP-103
#   severity: medium
#   practice: LP.1
#   applies_to: [application]
#   requires:
#     - application.permissions
#     - application.permissions[].name
#     - application.permissions[].kind
#   message: "{kind} permission `{permission}` is included in `{enough}`"
#   remediation: Keep the one of the two that the calls need, and remove the other.
package zerotrust.least_privilege.overlapping_permissions

deny contains finding if {
	some permission in _named
	enough := [name |
		some name in _wider(permission.name)
		_key(permission, name) in _requested
	]
	count(enough) > 0
	finding := {
		"at": permission.at,
		"permission": permission.name,
		"kind": permission.kind,
		"enough": enough[0],
	}
}

_named := [permission |
	some permission in input.application.permissions
	not null in [permission.name, permission.kind, permission.resource.app_id]
]

_requested contains key if {
	some permission in _named
	key := _key(permission, permission.name)
}

_key(permission, name) := concat("/", [permission.resource.app_id, permission.kind, name])

# Names of permissions that include the one of the given name, the widest first.
_wider(name) := names if {
	[part, operation] := split(name, ".")
	names := [wider |
		some end in _wider_ends[operation]
		wider := concat(".", [part, end])
	]
}

_wider(name) := [concat(".", [part, "ReadWrite", constraint])] if {
	[part, operation, constraint] := split(name, ".")
	operation == "Read"
}

_wider_ends := {
	"Read": ["ReadWrite.All", "Read.All", "ReadWrite"],
	"ReadWrite": ["ReadWrite.All"],
}
