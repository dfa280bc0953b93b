# METADATA
# title: One role for users and for applications
# description: |-
#   A user who holds the role and an application that holds it look alike in the roles claim.
#   An API that means one of them lets the other through, so a user may get the reach of a service.
# related_resources:
#   - ref: https://learn.microsoft.com/graph/api/resources/approle
#     description: appRole resource
#   - ref: https://learn.microsoft.com/entra/identity-platform/howto-add-app-roles-in-apps
#     description: Add application roles
# custom:
#   id: LP-209
#   severity: low
#   practice: LP.5
#   applies_to: [application]
#   requires:
#     - application.app_roles
#     - application.app_roles[].enabled
#     - application.app_roles[].allowed_member_types
#   message: "role `{role}` is open to users and to applications"
#   remediation: Make two roles of it, one for users and groups and one for applications, with different values.
package zerotrust.least_privilege.role_for_users_and_applications

import data.zerotrust.lib.label
import data.zerotrust.lib.offered_permissions

deny contains finding if {
	some role in input.application.app_roles
	role.enabled == true
	offered_permissions.open_to(role, "User")
	offered_permissions.open_to(role, "Application")
	finding := {"at": role.at, "role": label.first_of([role.value, role.display_name, role.id])}
}
