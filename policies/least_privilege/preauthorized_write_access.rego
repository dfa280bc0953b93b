# METADATA
# title: Pre-authorized client receives write access
# description: |-
#   A pre-authorized client gets the permission without anyone being asked.
#   Whoever controls that client can change data through the API in the name of every user who signs in to it.
# related_resources:
#   - ref: https://learn.microsoft.com/graph/api/resources/preauthorizedapplication
#     description: preAuthorizedApplication resource
#   - ref: https://learn.microsoft.com/entra/identity-platform/secure-least-privileged-access
#     description: Principle of least privilege
# custom:
#   id: LP-210
#   severity: medium
#   practice: LP.1
#   applies_to: [application]
#   requires:
#     - application.api.pre_authorized
#     - application.api.pre_authorized[].app_id
#     - application.api.scopes
#     - application.api.scopes[].id
#     - application.api.scopes[].enabled
#     - application.api.scopes[].value
#   message: "client `{client}` receives `{scopes}` without consent"
#   remediation: Pre-authorize the client for read-only scopes, or declare it under `clients` if it is meant to write.
package zerotrust.least_privilege.preauthorized_write_access

import data.zerotrust.lib.catch_all
import data.zerotrust.lib.label

deny contains finding if {
	some client in input.application.api.pre_authorized
	client.app_id != null
	not client.app_id in _declared_clients
	granted := {id | some id in client.scopes}
	scopes := [name |
		some scope in _broad_scopes
		scope.id in granted
		name := label.first_of([scope.value, scope.id])
	]
	count(scopes) > 0
	finding := {"at": client.at, "client": client.app_id, "scopes": scopes}
}

_broad_scopes := [scope |
	some scope in input.application.api.scopes
	scope.enabled == true
	_broad(scope)
]

_broad(scope) if scope.access in {"write", "full"}

_broad(scope) if catch_all.includes(scope.value)

_declared_clients contains client if {
	clients := input.declared.clients
	clients != null
	some client in clients
}
