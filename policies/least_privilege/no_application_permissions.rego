# METADATA
# title: API offers no application permissions
# description: |-
#   Services and jobs have no way to call the API as themselves.
#   They end up with a user's account and password, which no one can limit or watch as a service.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/zero-trust-for-developers
#     description: Zero Trust best practices for developers
#   - ref: https://learn.microsoft.com/entra/identity-platform/howto-add-app-roles-in-apps
#     description: Add application roles
# custom:
#   id: LP-203
#   severity: low
#   practice: LP.5
#   applies_to: [application]
#   requires:
#     - application.api.scopes
#     - application.api.scopes[].enabled
#     - application.api.scopes[].value
#     - application.app_roles[].enabled
#     - application.app_roles[].allowed_member_types
#   requires_complete: [application.app_roles]
#   message: "API offers `{scopes}` for users, and no role for applications"
#   remediation: Offer roles open to applications beside the scopes, or declare the API as delegated only.
package zerotrust.least_privilege.no_application_permissions

import data.zerotrust.lib.offered_permissions

deny contains finding if {
	scopes := [value |
		some scope in input.application.api.scopes
		scope.enabled == true
		value := scope.value
		value != null
	]
	count(scopes) > 0
	not _open_to_applications
	not _delegated_only
	finding := {"at": "application.app_roles", "scopes": scopes}
}

_open_to_applications if {
	some role in input.application.app_roles
	offered_permissions.may_be_enabled(role)
	offered_permissions.may_be_open_to(role, "Application")
}

_delegated_only if input.declared.delegated_only == true
