# METADATA
# title: Requests an unknown permission
# description: |-
#   No published permission of Microsoft Graph has this id.
#   It may be hidden, retired or mistyped: nobody can tell from the manifest what it would give to an attacker.
# related_resources:
#   - ref: https://learn.microsoft.com/graph/permissions-reference
#     description: Microsoft Graph permissions reference
#   - ref: https://learn.microsoft.com/graph/api/resources/requiredresourceaccess
#     description: requiredResourceAccess resource
# custom:
#   id: LP-108
#   severity: medium
#   practice: LP.1
#   applies_to: [application]
#   requires:
#     - application.permissions
#     - application.permissions[].known
#   message: "`{permission}` is not known as a permission of Microsoft Graph of the kind {kind}"
#   remediation: Look the id up in the tenant, and replace it with a published permission or remove it.
package zerotrust.least_privilege.unknown_permission

import data.zerotrust.lib.label

_graph := "00000003-0000-0000-c000-000000000000"

deny contains finding if {
	some permission in input.application.permissions
	permission.resource.app_id == _graph
	permission.known == false
	permission.kind != null
	finding := {
		"at": permission.at,
		"permission": label.first_of([permission.id, permission.name]),
		"kind": permission.kind,
	}
}
