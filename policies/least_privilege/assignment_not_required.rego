# METADATA
# title: Everyone may get a token
# description: |-
#   Every account of the tenant, guests included, can sign in to the application and gets a token for it. An attacker
#   with any account is through the first door, and what is left depends on the application's own checks.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/howto-restrict-your-app-to-a-set-of-users
#     description: Restricting an application to a set of users
# custom:
#   id: LP-301
#   severity: low
#   practice: LP.1
#   applies_to: [service_principal]
#   requires:
#     - service_principal.app_role_assignment_required
#     - service_principal.own
#   message: "`{name}` does not require an assignment"
#   remediation: Require assignment, and assign the users and applications that need it.
package zerotrust.least_privilege.assignment_not_required

import data.zerotrust.lib.label

deny contains finding if {
	principal := input.service_principal
	principal.own == true
	principal.app_role_assignment_required == false
	not principal.account_enabled == false
	finding := {
		"at": "service_principal.app_role_assignment_required",
		"name": label.first_of([principal.display_name, principal.app_id]),
	}
}
