# METADATA
# title: Granted more than its calls need
# description: |-
#   A lower permission would have served every call that was observed. The rest of what this one opens is there for an
#   attacker alone.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/secure-least-privileged-access
#     description: Principle of least privilege
#   - ref: https://learn.microsoft.com/graph/microsoft-graph-activity-logs-overview
#     description: Microsoft Graph activity logs
# custom:
#   id: LP-306
#   severity: medium
#   practice: LP.1
#   applies_to: [service_principal]
#   requires:
#     - service_principal.app_role_assignments
#     - service_principal.app_role_assignments[].permission.resource.app_id
#     - service_principal.usage
#   message: "application permission `{permission}` of {resource} can be `{narrower}`: it covers every observed call"
#   remediation: Grant the narrower permission, let the application use it, and revoke this one.
package zerotrust.least_privilege.granted_more_than_used

import data.zerotrust.lib.service_principal

deny contains finding if {
	some assignment in input.service_principal.app_role_assignments
	permission := assignment.permission
	some used in input.service_principal.usage.permissions
	used.resource_app_id == permission.resource.app_id
	used.id == permission.id
	used.calls > 0
	used.narrower != null
	finding := object.union(
		service_principal.named(permission),
		{"at": assignment.at, "narrower": used.narrower, "calls": used.calls},
	)
}
