# METADATA
# title: Acts with the user's full reach in an Azure service
# description: |-
#   With this permission the application can do whatever the signed-in user can do in the service.
#   A token stolen from an administrator's session holds all of the administrator's rights there.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/role-based-access-control/best-practices
#     description: Best practices for Azure role-based access control
#   - ref: https://learn.microsoft.com/entra/identity-platform/secure-least-privileged-access
#     description: Principle of least privilege
# custom:
#   id: LP-113
#   severity: low
#   practice: LP.1
#   applies_to: [application]
#   requires: [application.permissions]
#   message: "`{permission}` on {resource} acts with all rights of the signed-in user"
#   remediation: Narrow the roles of its users in the service, and request a narrower permission where there is one.
package zerotrust.least_privilege.full_reach_in_azure

_services := {
	"499b84ac-1321-427f-aa17-267ca6975798": "Azure DevOps",
	"797f4846-ba00-4fd7-ba43-dac1f8f63013": "Azure Service Management",
	"cfa8b339-82a2-471a-a3c9-0fc0be7a4093": "Azure Key Vault",
	"e406a681-f3d4-42a8-90b6-c2b029497af1": "Azure Storage",
}

deny contains finding if {
	some permission in input.application.permissions
	permission.name == "user_impersonation"
	permission.resource.app_id != null
	resource := _services[permission.resource.app_id]
	finding := {"at": permission.at, "permission": permission.name, "resource": resource}
}
