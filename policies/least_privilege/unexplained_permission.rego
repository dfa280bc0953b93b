# METADATA
# title: Permission without an explanation
# description: |-
#   Whoever is asked for consent, or assigns the role, reads these texts to decide.
#   Without them access is given blindly, also to an attacker's client.
# related_resources:
#   - ref: https://learn.microsoft.com/graph/api/resources/permissionscope
#     description: permissionScope resource
#   - ref: https://learn.microsoft.com/graph/api/resources/approle
#     description: appRole resource
# custom:
#   id: LP-208
#   severity: low
#   practice: LP.2
#   applies_to: [application]
#   uses:
#     - application.api.scopes
#     - application.api.scopes[].enabled
#     - application.api.scopes[].type
#     - application.api.scopes[].admin_consent_description
#     - application.api.scopes[].admin_consent_display_name
#     - application.api.scopes[].user_consent_description
#     - application.api.scopes[].user_consent_display_name
#     - application.app_roles
#     - application.app_roles[].enabled
#     - application.app_roles[].description
#   message: "{kind} `{value}` has no {missing}"
#   remediation: Write what the permission lets its holder see and do, in words that the reader of the text understands.
package zerotrust.least_privilege.unexplained_permission

import data.zerotrust.lib.label
import data.zerotrust.lib.offered_permissions

deny contains finding if {
	some scope in offered_permissions.scopes(input.application)
	scope.enabled == true
	missing := array.concat(_missing_for_administrators(scope), _missing_for_users(scope))
	count(missing) > 0
	finding := {
		"at": scope.at,
		"kind": "scope",
		"value": label.first_of([scope.value, scope.id]),
		"missing": missing,
	}
}

deny contains finding if {
	some role in offered_permissions.roles(input.application)
	role.enabled == true
	_is_empty(role.description)
	finding := {
		"at": role.at,
		"kind": "role",
		"value": label.first_of([role.value, role.display_name, role.id]),
		"missing": ["description"],
	}
}

_missing_for_administrators(scope) := [title |
	some [text, title] in [
		[scope.admin_consent_description, "description for administrators"],
		[scope.admin_consent_display_name, "title for administrators"],
	]
	_is_empty(text)
]

_missing_for_users(scope) := [title |
	some [text, title] in [
		[scope.user_consent_description, "description for users"],
		[scope.user_consent_display_name, "title for users"],
	]
	_is_empty(text)
] if {
	scope.type == "User"
}

_missing_for_users(scope) := [] if scope.type != "User"

_is_empty(text) if {
	text != null
	trim_space(text) == ""
}
