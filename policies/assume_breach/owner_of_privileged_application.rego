# METADATA
# title: Owners can take over a privileged application
# description: |-
#   An owner can add a credential and sign in as the application. With a permission that leads to control of the
#   tenant, an ordinary account becomes worth as much as an administrator's, without an administrator's protection.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity/enterprise-apps/overview-assign-app-owners
#     description: Application ownership
#   - ref: https://learn.microsoft.com/graph/permissions-reference
#     description: Microsoft Graph permissions
# custom:
#   id: AB-307
#   severity: medium
#   practice: AB.4
#   applies_to: [application]
#   requires: [application.owners, application.permissions]
#   message: "owner `{name}` can act as an application with `{permissions}`"
#   remediation: >-
#     Remove the permission if something narrower serves. Otherwise let only accounts that are protected like
#     administrators own the application.
package zerotrust.assume_breach.owner_of_privileged_application

import data.zerotrust.lib.label
import data.zerotrust.lib.tier_zero

deny contains finding if {
	count(_permissions) > 0
	some owner in input.application.owners
	owner.type in {"user", null}
	finding := {
		"at": owner.at,
		"name": label.first_of([owner.display_name, owner.id]),
		"permissions": _permissions,
	}
}

_permissions := tier_zero.application_permissions(input.application.permissions)
