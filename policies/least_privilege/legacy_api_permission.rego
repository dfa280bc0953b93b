# METADATA
# title: Uses a legacy API where Microsoft Graph serves
# description: |-
#   The older APIs of Microsoft 365 offer fewer and broader permissions than Microsoft Graph.
#   The application holds more than it needs, and reviewers have one more API to know.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/identity-platform-integration-checklist
#     description: Integration checklist
#   - ref: https://learn.microsoft.com/graph/permissions-reference
#     description: Microsoft Graph permissions reference
# custom:
#   id: LP-107
#   severity: low
#   practice: LP.1
#   applies_to: [application]
#   requires: [application.permissions]
#   message: "permission `{permission}` is on the legacy API {resource}"
#   remediation: Call Microsoft Graph instead, and keep this permission only for what Microsoft Graph does not offer.
package zerotrust.least_privilege.legacy_api_permission

import data.zerotrust.lib.label

_legacy_apis := {
	"00000002-0000-0ff1-ce00-000000000000": "Office 365 Exchange Online",
	"00000003-0000-0ff1-ce00-000000000000": "Office 365 SharePoint Online",
	"00000004-0000-0ff1-ce00-000000000000": "Skype for Business Online",
}

deny contains finding if {
	some permission in input.application.permissions
	permission.resource.app_id != null
	resource := _legacy_apis[permission.resource.app_id]
	finding := {
		"at": permission.at,
		"permission": label.first_of([permission.name, permission.id]),
		"resource": resource,
	}
}
