# METADATA
# title: Requests a permission that can take over the tenant
# description: |-
#   Some application permissions let their holder assign roles, add credentials or change who may sign in.
#   Whoever steals a credential of the application can use them to become a global administrator.
# related_resources:
#   - ref: https://learn.microsoft.com/graph/permissions-reference
#     description: Microsoft Graph permissions reference
#   - ref: https://learn.microsoft.com/entra/identity-platform/secure-least-privileged-access
#     description: Principle of least privilege
# custom:
#   id: LP-101
#   severity: critical
#   practice: LP.1
#   applies_to: [application]
#   requires:
#     - application.permissions
#     - application.permissions[].kind
#   message: "application permission `{permission}` of {resource} can take over the tenant"
#   remediation: Replace it with one that does only what the calls need, or act for an administrator who signs in.
package zerotrust.least_privilege.tenant_takeover_permission

import data.zerotrust.lib.label

deny contains finding if {
	some permission in input.application.permissions
	permission.kind == "application"
	permission.tier == 0
	finding := {
		"at": permission.at,
		"permission": label.first_of([permission.name, permission.id]),
		"resource": label.first_of([permission.resource.name, permission.resource.app_id]),
	}
}
