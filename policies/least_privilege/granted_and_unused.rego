# METADATA
# title: Granted but never used
# description: |-
#   No call that was observed needs the permission. It helps only whoever takes the application over.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/secure-least-privileged-access
#     description: Principle of least privilege
#   - ref: https://learn.microsoft.com/graph/microsoft-graph-activity-logs-overview
#     description: Microsoft Graph activity logs
# custom:
#   id: LP-305
#   severity: medium
#   practice: LP.1
#   applies_to: [service_principal]
#   requires:
#     - service_principal.app_role_assignments
#     - service_principal.app_role_assignments[].permission.resource.app_id
#     - service_principal.usage
#   message: "application permission `{permission}` of {resource} was never used"
#   remediation: Revoke the grant, and take the permission off the registration.
package zerotrust.least_privilege.granted_and_unused

import data.zerotrust.lib.service_principal

deny contains finding if {
	some assignment in input.service_principal.app_role_assignments
	permission := assignment.permission
	permission.id != null
	permission.resource.app_id in input.service_principal.usage.resources
	not _used(permission)
	finding := object.union(service_principal.named(permission), {"at": assignment.at})
}

_used(permission) if {
	some used in input.service_principal.usage.permissions
	used.resource_app_id == permission.resource.app_id
	used.id == permission.id
	used.calls > 0
}
