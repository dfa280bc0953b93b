# METADATA
# title: Requests many permissions
# description: |-
#   A long list of permissions is seldom reviewed and tends to hold unused ones.
#   Each one is more that an attacker can do with the application.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/secure-least-privileged-access
#     description: Principle of least privilege
# custom:
#   id: LP-109
#   severity: low
#   practice: LP.1
#   applies_to: [application]
#   requires: [application.permissions]
#   message: "{count} permissions are more than {limit}"
#   remediation: Remove the permissions that no call needs, and split applications that do several jobs.
#   parameters:
#     max_permissions:
#       type: integer
#       default: 20
#       description: Largest number of permissions that an application requests.
package zerotrust.least_privilege.too_many_permissions

deny contains finding if {
	total := count(input.application.permissions)
	limit := data.ztvet.parameters["LP-109"].max_permissions
	total > limit
	finding := {"at": "application.permissions", "count": total, "limit": limit}
}
