# METADATA
# title: Granted a permission that can take over the tenant
# description: |-
#   With this permission an application can assign roles, add credentials or change who may sign in, without any user.
#   Whoever gets hold of one of its credentials becomes a global administrator.
# related_resources:
#   - ref: https://learn.microsoft.com/graph/permissions-reference
#     description: Microsoft Graph permissions reference
#   - ref: https://learn.microsoft.com/graph/api/resources/approleassignment
#     description: App role assignments
# custom:
#   id: LP-303
#   severity: critical
#   practice: LP.1
#   applies_to: [service_principal]
#   requires:
#     - service_principal.app_role_assignments
#     - service_principal.app_role_assignments[].permission.resource.app_id
#   message: "application permission `{permission}` of {resource} is granted and can take over the tenant"
#   remediation: Remove the assignment, and grant a permission that does only what the calls need.
package zerotrust.least_privilege.tenant_takeover_granted

import data.zerotrust.lib.service_principal

deny contains finding if {
	not input.service_principal.first_party == true
	not _judged_as_foreign
	some assignment in input.service_principal.app_role_assignments
	assignment.permission.tier == 0
	finding := object.union(service_principal.named(assignment.permission), {"at": assignment.at})
}

# LP-308 reports these.
_judged_as_foreign if {
	data.ztvet.organization.tenants != null
	service_principal.foreign(input.service_principal)
}
