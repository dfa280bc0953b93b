# METADATA
# title: API offers no delegated permissions
# description: |-
#   Clients cannot call the API on behalf of their users.
#   They call it as themselves with access to the data of everyone, even where one user is at work.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/zero-trust-for-developers
#     description: Zero Trust best practices for developers
#   - ref: https://learn.microsoft.com/entra/identity-platform/quickstart-configure-app-expose-web-apis
#     description: Configure an application to expose a web API
# custom:
#   id: LP-204
#   severity: low
#   practice: LP.5
#   applies_to: [application]
#   requires:
#     - application.app_roles
#     - application.app_roles[].enabled
#     - application.app_roles[].allowed_member_types
#     - application.api.scopes[].enabled
#   requires_complete: [application.api.scopes]
#   message: "API offers `{roles}` for applications, and no scope for users"
#   remediation: Offer scopes beside the roles, or declare the API as a daemon if users never take part.
package zerotrust.least_privilege.no_delegated_permissions

import data.zerotrust.lib.label
import data.zerotrust.lib.offered_permissions
import data.zerotrust.lib.web_api

deny contains finding if {
	roles := [name |
		some role in input.application.app_roles
		role.enabled == true
		offered_permissions.open_to(role, "Application")
		name := label.first_of([role.value, role.display_name, role.id])
	]
	count(roles) > 0
	not web_api.exposes_scope(input.application)
	not _daemons_only
	finding := {"at": "application.api.scopes", "roles": roles}
}

_daemons_only if input.declared.type == "daemon"
