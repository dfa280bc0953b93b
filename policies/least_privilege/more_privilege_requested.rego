# METADATA
# title: Change requests more privilege
# description: |-
#   Who consents to the application next gives it more, and whoever takes it over gets more. The moment to ask what it is
#   for is before the change is made.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/secure-least-privileged-access
#     description: Principle of least privilege
#   - ref: https://learn.microsoft.com/graph/permissions-reference
#     description: Microsoft Graph permissions reference
# custom:
#   id: LP-404
#   severity: medium
#   practice: LP.1
#   applies_to: [change]
#   requires:
#     - change.permissions.gained
#     - change.permissions.lost
#   message: "requests {kind} permission `{permission}` of {resource}, which it did not before"
#   remediation: Say which call needs it, take the narrowest permission that serves the call, or leave it out.
package zerotrust.least_privilege.more_privilege_requested

import data.zerotrust.lib.label

deny contains finding if {
	some permission in input.change.permissions.gained
	not _replaces_a_higher_one(permission)
	finding := {
		"at": permission.at,
		"severity": _severity(permission),
		"permission": label.first_of([permission.name, permission.id]),
		"resource": label.first_of([permission.resource.name, permission.resource.app_id]),
		"kind": permission.kind,
		"privilege_level": permission.privilege_level,
		"tier": permission.tier,
	}
}

_severity(permission) := "critical" if permission.tier == 0

_severity(permission) := "high" if {
	not permission.tier == 0
	permission.privilege_level == 4
}

_severity(permission) := "low" if {
	not permission.tier == 0
	permission.privilege_level == 1
}

_severity(permission) := "medium" if {
	not permission.tier == 0
	not permission.privilege_level in {1, 4}
}

_replaces_a_higher_one(permission) if {
	not permission.tier == 0
	permission.name != null
	some lost in input.change.permissions.lost
	lost.resource.app_id == permission.resource.app_id
	_lower(permission, lost)
}

# `User.Read.All` in the place of `User.ReadWrite.All`
_lower(gained, lost) if {
	gained.kind == lost.kind
	gained.name == lost.read_sibling
}

# `Mail.Read` in the place of `Mail.ReadWrite.Shared`
_lower(gained, lost) if {
	lost.name != null
	gained.kind == lost.kind
	split(gained.name, ".")[0] == split(lost.name, ".")[0]
	gained.privilege_level != null
	lost.privilege_level != null
	gained.privilege_level < lost.privilege_level
}

# On behalf of a user, what the application could do by itself.
_lower(gained, lost) if {
	gained.kind == "delegated"
	lost.kind == "application"
	gained.name == lost.name
}
