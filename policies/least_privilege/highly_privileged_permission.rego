# METADATA
# title: Requests a highly privileged permission
# description: |-
#   Permissions of the highest privilege reach the data or the settings of everyone.
#   A stolen token or credential of the application gives an attacker the same reach.
# related_resources:
#   - ref: https://learn.microsoft.com/graph/permissions-reference
#     description: Microsoft Graph permissions reference
#   - ref: https://learn.microsoft.com/entra/identity-platform/secure-least-privileged-access
#     description: Principle of least privilege
# custom:
#   id: LP-102
#   severity: high
#   practice: LP.1
#   applies_to: [application]
#   requires: [application.permissions]
#   message: "permission `{permission}` of {resource} is highly privileged"
#   remediation: Replace it with the narrowest permission that the calls need, or record why nothing narrower serves.
package zerotrust.least_privilege.highly_privileged_permission

import data.zerotrust.lib.label

_graph := "00000003-0000-0000-c000-000000000000"

deny contains finding if {
	some permission in input.application.permissions
	_highly_privileged(permission)
	not _takes_over(permission)
	finding := {
		"at": permission.at,
		"permission": label.first_of([permission.name, permission.id]),
		"resource": label.first_of([permission.resource.name, permission.resource.app_id]),
		"kind": permission.kind,
		"privilege_level": permission.privilege_level,
		"tier": permission.tier,
		"risk": permission.risk,
	}
}

_highly_privileged(permission) if permission.privilege_level == 4

_highly_privileged(permission) if permission.tier == 0

# Microsoft grades the permissions of Microsoft Graph; those of other resources have only the list of risky ones.
_highly_privileged(permission) if {
	permission.risk in {"critical", "high"}
	permission.resource.app_id != _graph
}

# These are reported by LP-101.
_takes_over(permission) if {
	permission.kind == "application"
	permission.tier == 0
}
