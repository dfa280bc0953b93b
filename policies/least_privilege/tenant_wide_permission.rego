# METADATA
# title: Requests tenant-wide access where a selected scope exists
# description: |-
#   As an application permission it opens every site, file or mailbox of the tenant.
#   The same access can be limited to the ones that the application works with, and so can a thief's.
# related_resources:
#   - ref: https://learn.microsoft.com/graph/permissions-selected-overview
#     description: Selected permissions in OneDrive and SharePoint
#   - ref: https://learn.microsoft.com/exchange/permissions-exo/application-rbac
#     description: Role-based access control for applications in Exchange Online
# custom:
#   id: LP-105
#   severity: medium
#   practice: LP.1
#   applies_to: [application]
#   requires:
#     - application.permissions
#     - application.permissions[].kind
#   message: "application permission `{permission}` of {resource} reaches the whole tenant, `{narrower}` can be limited"
#   remediation: Use the narrower permission or role, limited to what the application works with, and remove this one.
package zerotrust.least_privilege.tenant_wide_permission

import data.zerotrust.lib.label

deny contains finding if {
	some permission in input.application.permissions
	permission.kind == "application"
	not null in [permission.resource.app_id, permission.name]
	entry := data.facts.narrower_permissions[permission.resource.app_id][permission.name]
	not _on_directory(permission)
	finding := {
		"at": permission.at,
		"permission": permission.name,
		"resource": label.first_of([permission.resource.name, permission.resource.app_id]),
		"narrower": entry.narrower,
		"remediation": entry.how,
	}
}

# These are reported by LP-112.
_on_directory(permission) if startswith(permission.name, "Directory.")
