# METADATA
# title: Duplicate permission request
# description: |-
#   The same permission is listed more than once.
#   Who removes one entry believes the permission gone while the other still requests it.
# related_resources:
#   - ref: https://learn.microsoft.com/graph/api/resources/requiredresourceaccess
#     description: requiredResourceAccess resource
# custom:
#   id: LP-111
#   severity: low
#   practice: LP.1
#   applies_to: [application]
#   requires:
#     - application.permissions
#     - application.permissions[].id
#     - application.permissions[].kind
#   message: "{kind} permission `{permission}` is requested more than once"
#   remediation: Remove the repeated entry.
package zerotrust.least_privilege.duplicate_permission_request

import data.zerotrust.lib.label

deny contains finding if {
	some position, first in _requests
	second := _requests[position + 1]
	first[0] == second[0]
	permission := input.application.permissions[second[1]]
	finding := {
		"at": permission.at,
		"permission": label.first_of([permission.name, permission.id]),
		"kind": permission.kind,
		"resource": label.first_of([permission.resource.name, permission.resource.app_id]),
	}
}

# Sorted, so that requests for the same permission stand side by side, in the order of the document.
_requests := sort([entry |
	some index, permission in input.application.permissions
	request := [permission.resource.app_id, permission.kind, permission.id]
	not null in request
	entry := [request, index]
])
