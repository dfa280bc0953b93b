# METADATA
# title: Requests the directory when a narrower permission exists
# description: |-
#   Directory permissions span users, groups, applications, devices and roles at once.
#   Most applications need one of these, and an attacker with a token gets all of them.
# related_resources:
#   - ref: https://learn.microsoft.com/graph/permissions-reference
#     description: Microsoft Graph permissions reference
#   - ref: https://learn.microsoft.com/entra/identity-platform/secure-least-privileged-access
#     description: Principle of least privilege
# custom:
#   id: LP-112
#   severity: medium
#   practice: LP.1
#   applies_to: [application]
#   requires: [application.permissions]
#   message: "permission `{permission}` reaches the whole directory, narrower ones are `{narrower}`"
#   remediation: Request only the kinds of object that the calls use.
package zerotrust.least_privilege.directory_permission

deny contains finding if {
	some permission in input.application.permissions
	not null in [permission.resource.app_id, permission.name]
	startswith(permission.name, "Directory.")
	entry := data.facts.narrower_permissions[permission.resource.app_id][permission.name]
	finding := {
		"at": permission.at,
		"permission": permission.name,
		"narrower": entry.narrower,
		"remediation": entry.how,
	}
}
